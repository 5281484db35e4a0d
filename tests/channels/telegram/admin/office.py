"""A running bot whose knowledge its admins can change: the real folder, matcher and history."""

import asyncio
from pathlib import Path

from bot.access import Access
from bot.assistant import Assistant
from bot.authoring.changing.changes import Changes
from bot.authoring.desk.desk import Desk
from bot.authoring.desk.suggestions import SuggestionDesk
from bot.authoring.suggestions.boards import Boards
from bot.channels.telegram.admin.alarm import Alarm
from bot.channels.telegram.assembly import Plan, open_channel
from bot.channels.telegram.delivery.waiting import Clocks
from bot.live import Live
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.history import ChangeLog
from bot.storage.log.missed import Suggestions
from tests.channels.telegram.running import ADMIN, CLERK, MORNING, PER_MINUTE, Running
from tests.telegram_server.server import TOKEN

OTHER_CLERK = 902
KTP = "dukcapil/ktp-hilang.yaml"


class Office(Running):
    """The bot with a desk. ``folder`` is its knowledge."""

    def __init__(self, url: str, folder: Path, data: Path) -> None:
        live = Live(folder)
        super().__init__(url, live.snapshot.knowledge, data=data)
        self.folder, self.live, self.alarm = folder, live, None
        access = Access(frozenset({ADMIN}), {"dukcapil": frozenset({CLERK}), "rujukan": frozenset({OTHER_CLERK})})
        self.plan = Plan(TOKEN, url, PER_MINUTE, 32, access)
        self.ready = asyncio.Event()
        self.moment = MORNING
        self.now = lambda: self.moment

    async def _run(self) -> None:
        async with await Database.open(sqlite_url(self.data / "tanya.db")) as database:
            clocks = Clocks(self.now, self.seconds, self.sleep)
            desk = Desk(self.plan.access, Changes(self.live, ChangeLog(database), self.now))
            offered = SuggestionDesk(desk, Boards(Suggestions(database), self.live, self.now))
            assistant = Assistant(self.live, lambda: 0.0)
            named = lambda number: f"p{number}"  # noqa: E731
            self.channel = open_channel(self.plan, assistant, database, named, clocks, offered=offered)
            self.alarm = Alarm(self.channel.application.bot, desk)
            watching = asyncio.create_task(self.live.watch(self.alarm))
            await self.channel.delivery.run(self.stop, self.channel.welcome)
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    def read(self, file: str = KTP) -> bytes:
        return (self.folder / file).read_bytes()

    def changed(self, old: str, new: str, file: str = KTP) -> bytes:
        """The file as a clerk would have changed it; nothing is written."""
        text = self.read(file).decode()
        assert old in text
        return text.replace(old, new, 1).encode()
