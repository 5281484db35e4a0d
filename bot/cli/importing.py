"""How is a workbook taken back?"""

import asyncio
import os
import sys
from pathlib import Path

import click

from bot.authoring.changing.changes import Changes
from bot.authoring.desk.importing import import_sheet
from bot.bootstrap.house import assemble
from bot.bootstrap.storing import open_database
from bot.channels.terminal import render
from bot.cli.shared import KNOWLEDGE, bar, say
from bot.conversation.reply import Reply
from bot.knowledge.phrases import Phrases
from bot.settings import load_settings
from bot.storage.history import ChangeLog


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Terapkan tanpa bertanya.")
@click.option("--dry-run", is_flag=True, help="Tunjukkan bedanya saja; tidak ada yang ditulis.")
@KNOWLEDGE
def import_(file: Path, *, yes: bool, dry_run: bool, knowledge: Path) -> None:
    """Ambil kembali lembar kerja (FILE.xlsx atau .ods): semuanya, atau semua salahnya menurut lembar dan sel.

    Bedanya ditunjukkan dulu. Di terminal perintah ini bertanya; selain itu langsung diterapkan.
    """
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

    async def taken() -> Reply | None:
        house, who = assemble(knowledge), f"terminal:{os.getuid()}"
        async with open_database(load_settings()) as database:
            changes = Changes(house.live, ChangeLog(database), house.now)
            return await import_sheet(raw, file.name, changes, who, agree=agree, progress=progress)

    raw = file.read_bytes()
    with bar("berkas") as progress:
        told = asyncio.run(taken())
    if told:
        say(render(told))
