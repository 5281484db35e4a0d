"""Which commands are there? A command's module is imported when it is used."""

import sys
from importlib import import_module

import click

from bot.errors import TanyaError
from bot.logs import set_up, trace
from bot.settings import unknown_settings

_COMMANDS = {
    "run": "running:run",
    "chat": "asking:chat",
    "ask": "asking:ask",
    "check": "knowledge:check",
    "test": "knowledge:test_",
    "init": "knowledge:init",
    "schema": "knowledge:schema",
    "import": "importing:import_",
    "confirm": "confirming:confirm",
    "export": "publishing:export",
    "compliance": "publishing:compliance",
    "checklist": "publishing:checklist",
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


@click.group(cls=_Commands, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tanya-layanan")
def tanya() -> None:
    """Tanya Layanan answers questions about public services from a knowledge base."""
    for line in unknown_settings():
        click.echo(f"tanya: {line}", err=True)


def main() -> int:
    """Run a command; its exit code.

    0 done, 1 the input has problems, 2 wrong usage or settings, 3 only a fresh process helps.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # text streams all have it
    set_up(level="WARNING")
    try:
        code = tanya.main(prog_name="tanya", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except Exception as error:  # noqa: BLE001 - the edge: nobody reads a traceback
        code, message = _told(error)
        for line in message.splitlines():
            sys.stderr.write(f"tanya: {line}\n")
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> tuple[int, str]:
    """The exit code an error deserves, and what is said of it."""
    match error:
        case click.UsageError(ctx=click.Context() as context):
            return 2, f"{error.format_message()} See: {context.command_path} --help"
        case click.ClickException():
            return 2, error.format_message()
        case TanyaError():
            return error.exit_code, str(error)
        case OSError():
            return 2, f"{error.filename or 'the system'}: {error.strerror or type(error).__name__}"
        case _:
            return 1, f"a fault in the program, please report it: {trace(error)}"
