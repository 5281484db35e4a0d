"""How is a workbook taken back?"""

import asyncio
import sys
from pathlib import Path

import click

from bot.bootstrap.importing import take_sheet
from bot.channels.terminal import render
from bot.cli.shared import KNOWLEDGE, bar, say
from bot.conversation.reply import Reply
from bot.knowledge.phrases import Phrases
from bot.settings import load_settings


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
        told = asyncio.run(take_sheet(settings, folder, file.read_bytes(), file.name, agree=agree, progress=progress))
    if told:
        say(render(told))
