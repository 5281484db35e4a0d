"""What is erased by itself, and when? Everything that has had its time, every hour."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.errors import StorageError
from bot.reports.statistics import statistics
from bot.storage.engine.database import Database
from bot.storage.log.erasing import purge
from bot.storage.sessions import StoredSessions

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_EVERY_S = 3600.0


@dataclass(frozen=True)
class Tidying:
    """Keeps a database tidy. Questions stay for ``retention``, conversations and the rest as long as they are of use.

    ``sessions`` are those of the running bot, which it also answers from memory.
    """

    database: Database
    sessions: StoredSessions
    retention: timedelta
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def go_on(self) -> None:
        """Tidy now and every hour, until cancelled."""
        while True:
            try:
                now = self.now()
                await purge(self.database, self.sessions, now, self.retention)
                await statistics(self.database, now)  # days that are over are counted before somebody waits for it
            except StorageError as error:
                _log.error("old rows could not be erased", cause=str(error))
            await self.sleep(_EVERY_S)
