"""Which board is the newest? Built beside the answering: when somebody first asks, and from then on once an hour."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.authoring.suggestions.board import Board
from bot.live import Live
from bot.storage.log.missed import Suggestions

LOOKED_BACK = timedelta(days=30)

_EVERY_S = 3600
_PATIENCE_S = 2.0  # what is ready by then need not be waited for by a person


class Boards:
    """The board that admins look at, and when it was built. StorageError: the log cannot be read."""

    def __init__(self, suggestions: Suggestions, live: Live, now: Callable[[], datetime]) -> None:
        self.suggestions, self.live, self.now = suggestions, live, now
        self.built: datetime | None = None
        self._board: Board | None = None
        self._building: asyncio.Task[None] | None = None

    async def board(self) -> Board | None:
        """The board; None while the first one is still being built."""
        if self._board is None:
            done, _ = await asyncio.wait({self._begun()}, timeout=_PATIENCE_S)
            for one in done:
                one.result()
        return self._board

    async def renew(self) -> None:
        """Build a new board of what is in the log now."""
        await self._begun()

    async def keep_fresh(self) -> None:
        """Build a new one every hour once anybody has asked for one; until cancelled."""
        while True:
            await asyncio.sleep(_EVERY_S)
            if self._board is not None:
                await self.renew()

    def _begun(self) -> asyncio.Task[None]:
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._build())
        return self._building

    async def _build(self) -> None:
        now = self.now()
        rows, marks = await self.suggestions.missed(now - LOOKED_BACK), await self.suggestions.marks()
        self._board = await asyncio.to_thread(Board, rows, marks, self.live.snapshot)
        self.built = now
