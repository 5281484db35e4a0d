"""A clock that a test turns: who waits on it gets there at once, and it knows how long everybody waited."""

import asyncio
from datetime import timedelta

from bot.channels.telegram.delivery.waiting import Clocks
from tests.channels.telegram.running import MORNING


class Turned:
    def __init__(self) -> None:
        self.at = 0.0
        self.waits: list[float] = []
        self.clocks = Clocks(lambda: MORNING + timedelta(seconds=self.at), lambda: self.at, self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)
