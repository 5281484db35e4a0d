"""Which commands are there? One short function each; the work is done elsewhere."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import KnowledgeError, SettingsError, TanyaError
from bot.log_commands import COMMANDS
from bot.settings import Settings, default_knowledge, load_settings

if TYPE_CHECKING:
    # heavy parts are imported by the commands that need them
    from bot.assistant import Handled
    from bot.channels.terminal import Asking, Talk
    from bot.conversation.composing.wording import Asking as Publishing

    Keep = Callable[[Handled], None]

_KNOWLEDGE = click.option(
    "--knowledge",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Knowledge folder; default KNOWLEDGE_DIR.",
)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_AT = click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help="Answer at this moment.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tanya-layanan")
def tanya() -> None:
    """Tanya Layanan answers questions about public services from a knowledge base."""


for _command in COMMANDS:
    tanya.add_command(_command)


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
    with _logged(settings) as keep:
        talk = _talk(settings.knowledge_dir, keep)
        talk.talk(_typed() if sys.stdin.isatty() else _lines())


def _run_telegram(settings: Settings) -> None:
    from bot.bootstrap import serve  # noqa: PLC0415 - python-telegram-bot takes half a second to import

    asyncio.run(serve(settings))


@tanya.command()
@_KNOWLEDGE
@_AT
@click.option("--script", type=click.File("r", encoding="utf-8"), help="Play the lines of a file instead.")
def chat(knowledge: Path | None, at: datetime | None, script: Iterator[str] | None) -> None:
    """Talk in the terminal; buttons are numbers."""
    if script is not None:
        _talk(knowledge, _forget, at).play(line.rstrip("\n") for line in script)
        return
    with _logged(load_settings()) as keep:
        talk = _talk(knowledge, keep, at)
        talk.greet()
        talk.talk(_typed())


@tanya.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--dialogue", is_flag=True, help="The lines are one conversation; an empty line starts a new one.")
@click.option(
    "--gap", type=click.FloatRange(min=0, max=86400), default=0, help="Seconds between two lines of a dialogue."
)
@click.option("--explain", is_flag=True, help="Say why, and why the runner-up lost.")
@click.option("--log", "logged", is_flag=True, help="Keep the questions in the query log.")
@_KNOWLEDGE
@_AT
def ask(
    question: str | None,
    *,
    as_json: bool,
    dialogue: bool,
    gap: float,
    explain: bool,
    logged: bool,
    knowledge: Path | None,
    at: datetime | None,
) -> None:
    """Answer QUESTION, or every line of standard input."""
    with _logged(load_settings()) if logged else nullcontext(_forget) as keep:
        asking = _asking(knowledge, keep, at, dialogue=dialogue, explained=explain)
        asking.gap = timedelta(seconds=gap)
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


@tanya.command("test")
@_KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every question that failed.")
def test_(knowledge: Path | None, *, as_json: bool) -> None:
    """Ask the knowledge its own test questions."""
    from bot.authoring.changing.questions import as_values, ask_all, lines_of  # noqa: PLC0415
    from bot.knowledge.loader import load  # noqa: PLC0415
    from bot.live import Snapshot  # noqa: PLC0415

    snapshot = Snapshot.of(load(knowledge or load_settings().knowledge_dir))
    report = ask_all(snapshot)
    if as_json:
        _say(json.dumps(as_values(report), ensure_ascii=False, indent=2))
    else:
        for line in lines_of(report, snapshot.knowledge.phrases):
            _say(line)
    if report.failed:
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


@tanya.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--html", type=_FOLDER, help="A site of all standards, readable without a server.")
@click.option("--pdf", type=_FOLDER, help="A poster for the counter of each service.")
@_KNOWLEDGE
@_AT
def export(
    file: Path | None, *, html: Path | None, pdf: Path | None, knowledge: Path | None, at: datetime | None
) -> None:
    """Write all knowledge as a workbook for clerks (FILE.xlsx), a site, or posters."""
    if not (file or html or pdf):
        raise click.UsageError("name a FILE.xlsx, --html DIR or --pdf DIR")
    settings = load_settings()
    if file:
        _export_sheet(file, knowledge or settings.knowledge_dir)
    if html:
        from bot.authoring.standards import poster, site  # noqa: PLC0415

        bot = poster.username(settings.bot_username) if settings.bot_username else ""
        click.echo(f"{site.export_site(html, _published(knowledge, at), bot)} pages in {html}.")
    if pdf:
        from bot.authoring.standards import poster  # noqa: PLC0415

        bot = poster.username(settings.bot_username)
        with _bar("posters") as progress:
            count = poster.export_posters(pdf, _published(knowledge, at), bot, progress)
        click.echo(f"{count} posters in {pdf}.")


def _export_sheet(file: Path, folder: Path) -> None:
    from bot.authoring.spreadsheet.read import export_sheet  # noqa: PLC0415
    from bot.knowledge.loader import files_of  # noqa: PLC0415

    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file} must end in .xlsx")
    with _bar("sheets") as progress:
        raw = export_sheet(files_of(folder), progress)
    _write(file, raw)
    click.echo(f"Workbook written to {file}.")


@tanya.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_KNOWLEDGE
def import_(file: Path, knowledge: Path | None) -> None:
    """Take a workbook back (FILE.xlsx or .ods): all of it, or every problem by sheet and cell. Never asks."""
    from bot.bootstrap import take_sheet  # noqa: PLC0415

    settings = load_settings()
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
    with _bar("files") as progress:
        done = asyncio.run(take_sheet(settings, knowledge or settings.knowledge_dir, raw, file.name, progress))
    for name in done.files:
        click.echo(f"changed: {name}")
    for tested in done.wrong:
        click.echo(f"now wrong: {tested.question} ({', '.join(tested.expected)})", err=True)
    if not done.files:
        click.echo("Nothing changed.")


@tanya.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="One page in this file.")
@_KNOWLEDGE
@_AT
def compliance(*, as_json: bool, html: Path | None, knowledge: Path | None, at: datetime | None) -> None:
    """Show which of the 14 components each service has, and each agency's score."""
    from bot.authoring.standards import compliance as standards  # noqa: PLC0415
    from bot.authoring.standards import compliance_shown as show  # noqa: PLC0415

    asking = _published(knowledge, at)
    found = standards.assess(asking.knowledge, asking.today)
    if as_json:
        _say(json.dumps(show.as_json(found), ensure_ascii=False, indent=2))
    if html:
        _write(html, show.as_html(found, asking.knowledge).encode())
        click.echo(f"Page written to {html}.", err=as_json)
    if not as_json and not html:
        from rich.console import Console  # noqa: PLC0415

        Console().print(show.as_table(found, asking.phrases))


@tanya.command()
@click.argument("folder", type=_FOLDER)
@_KNOWLEDGE
def qr(folder: Path, knowledge: Path | None) -> None:
    """Write a QR code of each service, PNG and SVG, that opens the bot at it."""
    from bot.authoring.standards import poster  # noqa: PLC0415

    bot = poster.username(load_settings().bot_username)
    count = poster.export_codes(folder, _published(knowledge), bot)
    click.echo(f"Codes of {count} services in {folder}.")


def _published(knowledge: Path | None, at: datetime | None = None) -> Publishing:
    """All knowledge at a moment, as published pages need it."""
    from bot.bootstrap import moment  # noqa: PLC0415
    from bot.conversation.composing.wording import Asking as Publishing  # noqa: PLC0415
    from bot.knowledge.loader import load  # noqa: PLC0415

    loaded = load(knowledge or load_settings().knowledge_dir)
    return Publishing(loaded, moment(loaded, at))


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Shows how far long work has come; nothing when nobody watches."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell(done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        yield tell


def _write(file: Path, raw: bytes) -> None:
    try:
        file.write_bytes(raw)
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}") from None


def _asking(
    knowledge: Path | None, keep: Keep, at: datetime | None, *, dialogue: bool, explained: bool = False
) -> Asking:
    from bot.bootstrap import assemble  # noqa: PLC0415
    from bot.channels.terminal import Asking  # noqa: PLC0415

    house = assemble(knowledge or load_settings().knowledge_dir, at)
    return Asking(house.assistant, house.now, keep, dialogue=dialogue, explained=explained)


def _talk(knowledge: Path | None, keep: Keep, at: datetime | None = None) -> Talk:
    from bot.channels.terminal import Talk  # noqa: PLC0415

    return Talk(_asking(knowledge, keep, at, dialogue=True), _say)


def _logged(settings: Settings) -> AbstractContextManager[Keep]:
    from bot.bootstrap import recording  # noqa: PLC0415

    return recording(settings)


def _forget(_: Handled) -> None:
    """Keep nothing."""


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
