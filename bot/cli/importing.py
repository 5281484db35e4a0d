"""How is a workbook taken back? The same path as an upload."""

import asyncio
import os
import sys
from pathlib import Path

import click

from bot.authoring.changing.changes import Applied, Changes, Proposal
from bot.authoring.desk import wording
from bot.authoring.spreadsheet.read import read_sheet
from bot.bootstrap.house import assemble
from bot.bootstrap.storing import open_database
from bot.channels.terminal import render
from bot.cli.shared import KNOWLEDGE, bar, say
from bot.errors import KnowledgeError
from bot.knowledge.phrases import Phrases
from bot.knowledge.reading.folder import StrayError
from bot.settings import load_settings
from bot.storage.history import ChangeLog


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Terapkan tanpa bertanya, kecuali membuat pertanyaan salah.")
@click.option("--dry-run", is_flag=True, help="Tunjukkan bedanya saja; tidak ada yang ditulis.")
@KNOWLEDGE
def import_(file: Path, *, yes: bool, dry_run: bool, knowledge: Path) -> None:
    """Ambil kembali lembar kerja (FILE.xlsx atau .ods): semuanya, atau semua salahnya menurut lembar dan sel.

    Bedanya ditunjukkan dulu. Di terminal perintah ini bertanya; selain itu langsung diterapkan, kecuali
    membuat pertanyaan salah.
    """
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    house = assemble(knowledge)
    files, phrases = house.live.files(), house.live.snapshot.knowledge.phrases
    if broken := [one for one in house.live.problems if not isinstance(files.get(one.file), StrayError)]:
        raise KnowledgeError(broken)  # nobody can tell what the rows of a broken file change

    def agreed(found: Proposal) -> bool:
        say(f"{render(wording.proposed(found, phrases), numbered=False)}\n")
        if dry_run:
            say(phrases.say("perintah.coba_saja"))
            return False
        return _asked(phrases) if asks else _unasked(found, phrases)

    async def taken() -> Applied | Proposal | None:
        async with open_database(load_settings()) as database:
            changes = Changes(house.live, ChangeLog(database), house.now)
            found = await changes.propose(upload.files, f"terminal:{os.getuid()}", upload.how, upload.bases)
            found = upload.told(found)
            if not found.may_be_applied:
                return found
            return await changes.apply(found.pending) if agreed(found) else None

    with bar("berkas") as progress:
        upload = read_sheet(file.read_bytes(), file.name, files, house.live.snapshot.knowledge, progress)
        if upload.problems:
            raise KnowledgeError(upload.problems)
        told = asyncio.run(taken())
    if isinstance(told, Applied):
        done = wording.told(phrases, "lembar_diterapkan", berkas=", ".join(sorted(told.files)))
        click.echo(render(done), err=True)
    elif told:
        say(_refused(told, phrases))


def _asked(phrases: Phrases) -> bool:
    """Whether who sits there says yes."""
    is_yes = click.prompt(phrases.say("perintah.terapkan"), "tidak").casefold().startswith("y")
    if not is_yes:
        say(phrases.say("admin.dibatalkan"))
    return is_yes


def _unasked(found: Proposal, phrases: Phrases) -> bool:
    """Yes where nobody is asked; what makes a question wrong somebody has to read."""
    if found.harmed:
        raise KnowledgeError([phrases.say("perintah.jadi_salah")])
    return True


def _refused(found: Proposal, phrases: Phrases) -> str:
    """That nothing changes; what forbids a change is raised."""
    if found.problems:
        raise KnowledgeError(found.problems)
    if found.stale:
        raise KnowledgeError([render(wording.overtaken(found, phrases), numbered=False)])
    return render(wording.proposed(found, phrases), numbered=False)
