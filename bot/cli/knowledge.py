"""How is knowledge checked, tested, laid out, taken back?"""

import asyncio
import json
import shutil
import sys
from pathlib import Path

import click

from bot.authoring.changing.questions import as_values, ask_all, lines_of
from bot.bootstrap.importing import take_sheet
from bot.channels.terminal import render
from bot.cli.shared import KNOWLEDGE, bar, say, write
from bot.conversation.reply import Reply
from bot.errors import SettingsError
from bot.knowledge.loader import load, read
from bot.knowledge.phrases import Phrases
from bot.knowledge.schema import schemas
from bot.live import Snapshot
from bot.settings import default_knowledge, load_settings


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Daftar masalah sebagai JSON.")
def check(folder: Path | None, *, as_json: bool) -> None:
    """Periksa pengetahuan; tiap masalah sebagai berkas:baris: pesan."""
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
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON dengan tiap pertanyaan yang gagal.")
def test_(knowledge: Path | None, *, as_json: bool) -> None:
    """Tanyakan pertanyaan uji milik pengetahuan sendiri."""
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
@click.option("--yes", is_flag=True, help="Terapkan tanpa bertanya.")
@click.option("--dry-run", is_flag=True, help="Tunjukkan bedanya saja; tidak ada yang ditulis.")
@KNOWLEDGE
def import_(file: Path, *, yes: bool, dry_run: bool, knowledge: Path | None) -> None:
    """Ambil kembali lembar kerja (FILE.xlsx atau .ods): semuanya, atau semua salahnya menurut lembar dan sel.

    Bedanya ditunjukkan dulu. Di terminal perintah ini bertanya; selain itu langsung diterapkan.
    """
    settings = load_settings()
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()

    def agree(change: Reply, phrases: Phrases) -> bool:
        say(f"{render(change, numbered=False)}\n")
        if dry_run:
            say(phrases.say("perintah.coba_saja"))
        elif asks and not click.prompt(phrases.say("perintah.terapkan"), "tidak").casefold().startswith("y"):
            say(phrases.say("admin.dibatalkan"))
        else:
            return True
        return False

    with bar("berkas") as progress:
        folder = knowledge or settings.knowledge_dir
        told = asyncio.run(take_sheet(settings, folder, raw, file.name, agree=agree, progress=progress))
    if told:
        say(render(told))
