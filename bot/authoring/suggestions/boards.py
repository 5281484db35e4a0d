"""Which board is the newest? Built beside the answering: when somebody first asks, and from then on once an hour."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.authoring.suggestions.board import Board
from bot.live import Live
from bot.storage.log.missed import Suggestions

LOOKED_BACK = timedelta(days=30)

OLD = timedelta(minutes=5)
_EVERY_S = 3600


@dataclass
class Boards:
    """The board that admins look at. StorageError: the log cannot be read."""

    suggestions: Suggestions
    live: Live
    now: Callable[[], datetime]
    patience_s: float = 2.0  # what is ready by then need not be waited for by a person
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _board: Board | None = field(default=None, init=False)
    _building: asyncio.Task[None] | None = field(default=None, init=False)

    async def board(self, oldest: timedelta = OLD) -> Board | None:
        """The board, an old one while a new one is still being built; None while that is the first."""
        if self._board is None or self.now() - self._board.at > oldest:
            done, _ = await asyncio.wait({self.renew()}, timeout=self.patience_s)
            for one in done:
                one.result()
        return self._board

    def renew(self) -> asyncio.Task[None]:
        """The building of a new board; the one under way, which may not know of what has just been erased."""
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._build())
        return self._building

    async def keep_fresh(self) -> None:
        """Build a new one every hour once anybody has asked for one; until cancelled, which ends the building too."""
        try:
            while True:
                await self.sleep(_EVERY_S)
                if self._board is not None:
                    await self.renew()
        finally:
            if self._building is not None:
                self._building.cancel()
                await asyncio.wait({self._building})

    async def _build(self) -> None:
        now = self.now()
        rows, marks = await self.suggestions.missed(now - LOOKED_BACK), await self.suggestions.marks()
        board = await asyncio.to_thread(Board, rows, marks, self.live.snapshot, now)
        for mark in set(await self.suggestions.marks()) - set(marks):  # made meanwhile
            board.mark(mark)
        self._board = board
