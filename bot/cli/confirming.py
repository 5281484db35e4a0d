"""How is a service confirmed without Telegram? As /konfirmasi does it."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import click

from bot.access import Access
from bot.authoring.changing.changes import Changes
from bot.authoring.desk.confirming import Confirming
from bot.authoring.desk.desk import Desk
from bot.bootstrap.house import assemble
from bot.bootstrap.storing import open_database
from bot.channels.terminal import render
from bot.cli.shared import KNOWLEDGE, say
from bot.errors import KnowledgeError
from bot.settings import load_settings
from bot.storage.history import ChangeLog


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--by", default="", metavar="NAMA", help="Jabatan atau kantor yang mengonfirmasi; tanpa ini instansinya.")
@KNOWLEDGE
def confirm(ids: Sequence[str], by: str, knowledge: Path) -> None:
    """Konfirmasi isi layanan (ID) atas nama dinasnya; perubahan isinya menggugurkannya lagi."""
    house, user = assemble(knowledge), os.getuid()
    everything = Access(frozenset(), {}, frozenset({user}))  # who runs commands may write the files, too

    async def done() -> tuple[str, bool]:
        async with open_database(load_settings()) as database:
            desk = Desk(everything, Changes(house.live, ChangeLog(database), house.now), "terminal")
            reply = await Confirming(desk).confirmed(user, list(dict.fromkeys(ids)), " ".join(by.split()))
            given = (one.confirmed for one in desk.own_services(user) if one.id in ids and not one.is_draft)
            done_today = [one for one in given if one and one.day == desk.changes.today()]
            return render(reply, numbered=False), len(done_today) == len(set(ids))

    told, is_done = asyncio.run(done())
    if not is_done:
        raise KnowledgeError([told])
    say(told)
