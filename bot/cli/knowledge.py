"""How is knowledge checked, tested, laid out, taken back?"""

import asyncio
import json
import shutil
from pathlib import Path

import click

from bot.authoring.changing.questions import as_values, ask_all, lines_of
from bot.bootstrap.importing import take_sheet
from bot.cli.shared import KNOWLEDGE, bar, say, write
from bot.errors import SettingsError
from bot.knowledge.loader import load, read
from bot.knowledge.schema import schemas
from bot.live import Snapshot
from bot.settings import default_knowledge, load_settings


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="A JSON list of problems.")
def check(folder: Path | None, *, as_json: bool) -> None:
    """Validate knowledge; every problem as file:line: message."""
    problems = read(folder or load_settings().knowledge_dir).problems
    if as_json:
        rows = [{"file": p.file, "line": p.line, "message": p.message, "hint": p.hint} for p in problems]
        say(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            say(str(problem))
    if problems:
        raise SystemExit(1)


@click.command("test")
@KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every question that failed.")
def test_(knowledge: Path | None, *, as_json: bool) -> None:
    """Ask the knowledge its own test questions."""
    snapshot = Snapshot.of(load(knowledge or load_settings().knowledge_dir))
    report = ask_all(snapshot)
    if as_json:
        say(json.dumps(as_values(report), ensure_ascii=False, indent=2))
    else:
        for line in lines_of(report, snapshot.knowledge.phrases):
            say(line)
    if report.failed:
        raise SystemExit(1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Lay a writable copy of the shipped knowledge in FOLDER."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"{folder} is not empty; nothing was written")
    shutil.copytree(default_knowledge(), folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    click.echo(f"Knowledge copied to {folder}. Set KNOWLEDGE_DIR={folder} to use it.")


@click.command()
@KNOWLEDGE
def schema(knowledge: Path | None) -> None:
    """Renew skema/, the JSON Schemas for editors, from the models."""
    folder = (knowledge or load_settings().knowledge_dir) / "skema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        write(folder / name, text.encode())


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@KNOWLEDGE
def import_(file: Path, knowledge: Path | None) -> None:
    """Take a workbook back (FILE.xlsx or .ods): all of it, or every problem by sheet and cell. Never asks."""
    settings = load_settings()
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
    with bar("files") as progress:
        done = asyncio.run(take_sheet(settings, knowledge or settings.knowledge_dir, raw, file.name, progress))
    for name in done.files:
        click.echo(f"changed: {name}")
    for tested in done.wrong:
        click.echo(f"now wrong: {tested.question} ({', '.join(tested.expected)})", err=True)
    if not done.files:
        click.echo("Nothing changed.")
