"""Which commands are there? A command's module is imported when it is used."""

import sys
from importlib import import_module

import click

from bot.errors import KnowledgeError, SettingsError, TanyaError

_COMMANDS = {
    "run": "running:run",
    "chat": "asking:chat",
    "ask": "asking:ask",
    "check": "knowledge:check",
    "test": "knowledge:test_",
    "init": "knowledge:init",
    "schema": "knowledge:schema",
    "import": "knowledge:import_",
    "export": "publishing:export",
    "compliance": "publishing:compliance",
    "qr": "publishing:qr",
    "log": "log:log",
    "stats": "log:stats",
    "suggest": "log:suggest",
    "backup": "log:backup",
    "restore": "log:restore",
}


class _Commands(click.Group):
    """Imports a command's module when the command is named, so that none pays for another's libraries."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(f"bot.cli.{module}"), attribute)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tanya-layanan")
def tanya() -> None:
    """Tanya Layanan answers questions about public services from a knowledge base."""


def main() -> int:
    """Run a command; its exit code: 0 done, 1 the input has problems, 2 wrong usage or settings."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # text streams all have it
    try:
        tanya.main(prog_name="tanya", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except KnowledgeError as error:
        return _fail(str(error), 1)
    except SettingsError as error:
        return _fail(str(error), 2)
    except TanyaError as error:
        return _fail(str(error), 1)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nothing more can be said
        return 0
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    return 0


def _fail(message: str, code: int) -> int:
    for line in message.splitlines():
        sys.stderr.write(f"tanya: {line}\n")
    return code
