"""Which commands are there? One short function each; the work is done elsewhere."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import KnowledgeError, SettingsError, TanyaError
from bot.settings import Settings, default_knowledge, load_settings

if TYPE_CHECKING:
    from bot.channels.terminal import Asking, Talk  # heavy parts are imported by the commands that need them

_KNOWLEDGE = click.option(
    "--knowledge",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Knowledge folder; default KNOWLEDGE_DIR.",
)
_AT = click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help="Answer at this moment.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tanya-layanan")
def tanya() -> None:
    """Tanya Layanan answers questions about public services from a knowledge base."""


@tanya.command()
def run() -> None:
    """Start everything that the settings allow."""
    settings = load_settings()
    if settings.telegram_bot_token.get_secret_value():
        _run_telegram(settings)
        return
    click.echo(
        "No TELEGRAM_BOT_TOKEN is set, so Telegram stays off.\n"
        "To get one, write /newbot to @BotFather in Telegram and follow its steps.\n"
        "Then put TELEGRAM_BOT_TOKEN=… into .env and start again.",
        err=True,
    )
    if sys.stdin.isatty():
        _talk(settings.knowledge_dir).talk(_typed())
    else:
        _talk(settings.knowledge_dir).talk(_lines())


def _run_telegram(settings: Settings) -> None:
    from bot.bootstrap import serve  # noqa: PLC0415 - python-telegram-bot takes half a second to import

    asyncio.run(serve(settings))


@tanya.command()
@_KNOWLEDGE
@_AT
@click.option("--script", type=click.File("r", encoding="utf-8"), help="Play the lines of a file instead.")
def chat(knowledge: Path | None, at: datetime | None, script: Iterator[str] | None) -> None:
    """Talk in the terminal; buttons are numbers."""
    talk = _talk(knowledge, at)
    if script is not None:
        talk.play(line.rstrip("\n") for line in script)
        return
    talk.greet()
    talk.talk(_typed())


@tanya.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--dialogue", is_flag=True, help="The lines are one conversation; an empty line starts a new one.")
@click.option("--explain", is_flag=True, help="Say why, and why the runner-up lost.")
@_KNOWLEDGE
@_AT
def ask(  # the contract's options, one argument each
    question: str | None, *, as_json: bool, dialogue: bool, explain: bool, knowledge: Path | None, at: datetime | None
) -> None:
    """Answer QUESTION, or every line of standard input."""
    asking = _asking(knowledge, at, dialogue=dialogue, explained=explain)
    for line in [question] if question is not None else _lines():
        answer = asking.ask(line)
        if answer is not None:
            _say(json.dumps(answer.as_json(), ensure_ascii=False) if as_json else answer.as_text())


@tanya.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="A JSON list of problems.")
def check(folder: Path | None, *, as_json: bool) -> None:
    """Validate knowledge; every problem as file:line: message."""
    from bot.knowledge.loader import read  # noqa: PLC0415

    problems = read(folder or load_settings().knowledge_dir).problems
    if as_json:
        rows = [{"file": p.file, "line": p.line, "message": p.message, "hint": p.hint} for p in problems]
        _say(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            _say(str(problem))
    if problems:
        raise SystemExit(1)


@tanya.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Lay a writable copy of the shipped knowledge in FOLDER."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"{folder} is not empty; nothing was written")
    try:
        shutil.copytree(default_knowledge(), folder, dirs_exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written: {error.strerror}") from None
    click.echo(f"Knowledge copied to {folder}. Set KNOWLEDGE_DIR={folder} to use it.")


@tanya.command()
@_KNOWLEDGE
def schema(knowledge: Path | None) -> None:
    """Renew skema/, the JSON Schemas for editors, from the models."""
    from bot.knowledge.schema import schemas  # noqa: PLC0415

    folder = (knowledge or load_settings().knowledge_dir) / "skema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _asking(knowledge: Path | None, at: datetime | None, *, dialogue: bool, explained: bool = False) -> Asking:
    from bot.bootstrap import assemble  # noqa: PLC0415
    from bot.channels.terminal import Asking  # noqa: PLC0415

    house = assemble(knowledge or load_settings().knowledge_dir, at)
    return Asking(house.assistant, house.now, dialogue=dialogue, explained=explained)


def _talk(knowledge: Path | None, at: datetime | None = None) -> Talk:
    from bot.channels.terminal import Talk  # noqa: PLC0415

    return Talk(_asking(knowledge, at, dialogue=True), _say)


def _typed() -> Iterator[str]:
    """Lines as a person types them, until the end of input."""
    while True:
        try:
            yield input("» ")
        except EOFError:
            return


def _lines() -> Iterator[str]:
    """Lines of standard input as they come, without their ends."""
    while line := sys.stdin.readline():
        yield line.rstrip("\r\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


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
