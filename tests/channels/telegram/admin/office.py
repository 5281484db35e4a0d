"""A running bot whose knowledge its admins can change: the real folder, matcher and history."""

import asyncio
from pathlib import Path

from bot.access import Access
from bot.authoring.desk.desk import Desk
from bot.channels.telegram.admin.alarm import Alarm
from bot.channels.telegram.delivery.waiting import beside
from bot.live import Live
from tests.channels.telegram.running import ADMIN, CLERK, MORNING, Running

OTHER_CLERK = 902
KTP = "dukcapil/ktp-hilang.yaml"


class Office(Running):
    """The bot with a desk. ``folder`` is its knowledge."""

    def __init__(self, url: str, folder: Path, data: Path) -> None:
        live = Live(folder)
        super().__init__(url, live.snapshot.knowledge, data=data)
        self.folder, self.live, self.alarm = folder, live, None
        self.access = Access(frozenset({ADMIN}), {"dukcapil": frozenset({CLERK}), "rujukan": frozenset({OTHER_CLERK})})
        self.ready = asyncio.Event()
        self.moment = MORNING
        self.now = lambda: self.moment

    async def serve(self, desk: Desk) -> None:
        self.alarm = Alarm(self.channel.application.bot, desk)
        await beside(self.channel.delivery.run(self.stop, self.channel.welcome), self.live.watch(self.alarm))

    def read(self, file: str = KTP) -> bytes:
        return (self.folder / file).read_bytes()

    def changed(self, old: str, new: str, file: str = KTP) -> bytes:
        """The file as a clerk would have changed it; nothing is written."""
        text = self.read(file).decode()
        assert old in text
        return text.replace(old, new, 1).encode()
