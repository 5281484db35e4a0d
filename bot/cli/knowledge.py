"""How is knowledge checked, tested, laid out?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from bot.access import Access, misnamed_admins
from bot.authoring.changing.answers import check_stored
from bot.authoring.changing.names import doubted_names
from bot.authoring.changing.questions import ask_all
from bot.authoring.changing.questions_shown import Outcomes, as_values, lines_of
from bot.bootstrap.house import LAST_GOOD_FILE, moment
from bot.cli.shared import KNOWLEDGE, OPERATORS_KNOWLEDGE, read_knowledge, say, say_json
from bot.errors import SettingsError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading import document
from bot.knowledge.reading.doubts import warnings
from bot.knowledge.reading.doubts_of_messages import FILE as MESSAGES
from bot.knowledge.reading.doubts_of_messages import warnings_of_messages
from bot.knowledge.reading.folder import Files, files_of
from bot.knowledge.reading.loader import read_files
from bot.knowledge.schema import schemas
from bot.live import Snapshot
from bot.live.holding import kept
from bot.live.trial import Trial, tried
from bot.settings import default_knowledge, load_settings


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Daftar masalah sebagai JSON.")
def check(folder: Path | None, *, as_json: bool) -> None:
    """Periksa pengetahuan; tiap masalah sebagai berkas:baris: pesan."""
    settings = load_settings()
    files = files_of(folder or settings.knowledge_dir)
    loaded = read_files(files)
    trial = tried(loaded.knowledge) if loaded.knowledge else Trial(())
    problems = (*loaded.problems, *trial.problems)
    access = Access(frozenset(), settings.agency_admins)
    if loaded.knowledge and (wrong := misnamed_admins(access, loaded.knowledge.agencies)):
        click.echo(f"tanya: {wrong}", err=True)
    if as_json:
        rows = [{"file": p.file, "line": p.line, "message": p.message, "hint": p.hint} for p in problems]
        say_json(rows)
    else:
        for problem in problems:
            say(str(problem))
        for remark in _remarks(trial.snapshot) if trial.snapshot else ():
            say(remark)
        before = {} if folder else kept(settings.data_dir / LAST_GOOD_FILE)
        if loaded.knowledge and not problems:
            for line in _summary(loaded.knowledge, files, before):
                say(line)
    if problems:
        raise SystemExit(1)


def _remarks(snapshot: Snapshot) -> Iterator[str]:
    """What may stand in a file, and yet is hardly meant."""
    knowledge = snapshot.knowledge
    today = moment(knowledge).date()
    for identity, file in knowledge.files.items():
        for doubt in warnings(knowledge.subjects[identity], today):
            yield f"perhatikan: {file}: {doubt}"
    for identity, doubt in doubted_names(snapshot, knowledge.subjects):
        yield f"perhatikan: {knowledge.files[identity]}: {doubt}"
    for doubt in warnings_of_messages(knowledge):
        yield f"perhatikan: {MESSAGES}: {doubt}"


def _summary(knowledge: KnowledgeBase, files: Files, before: Files) -> Iterator[str]:
    """What was read, and what was there when the bot last answered from it and is no longer."""
    counts = {"layanan": knowledge.services, "instansi": knowledge.agencies, "rujukan": knowledge.referrals}
    gone = before.keys() - files.keys()
    if gone:
        yield knowledge.phrases.say("admin.periksa_hilang", daftar=", ".join(sorted(gone)))
    yield knowledge.phrases.say("admin.periksa_beres", **{name: len(found) for name, found in counts.items()})


@click.command("test")
@KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON dengan tiap pertanyaan yang gagal.")
def test_(knowledge: Path, *, as_json: bool) -> None:
    """Tanyakan pertanyaan uji milik pengetahuan sendiri, dan periksa isi jawabannya."""
    snapshot = Snapshot.of(read_knowledge(knowledge))
    report = ask_all(snapshot)
    outcomes = Outcomes(report, tuple(check_stored(snapshot)), document.lines_of(files_of(knowledge)))
    if as_json:
        say_json(as_values(outcomes))
    else:
        for line in lines_of(outcomes, snapshot.knowledge.phrases):
            say(line)
    if report.failed or report.wrong_answers:
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
@OPERATORS_KNOWLEDGE
def schema(knowledge: Path) -> None:
    """Renew skema/, the JSON Schemas for editors, from the models."""
    folder = knowledge / "skema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
