"""What is erased by itself, and when? Everything that has had its time, every hour."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.errors import StorageError
from bot.reports.statistics import statistics
from bot.storage.engine.database import Database
from bot.storage.log.erasing import purge
from bot.storage.sessions import StoredSessions

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_EVERY_S = 3600.0


async def keep_tidy(
    database: Database,
    sessions: StoredSessions,
    retention: timedelta,
    now: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Tidy now and every hour, until cancelled; questions stay for ``retention``, the rest as long as it is of use.

    ``sessions`` are those of the running bot, which it also answers from memory.
    """
    while True:
        try:
            await purge(database, sessions, now(), retention)
            await statistics(database, now())  # days that are over are counted before somebody waits for it
        except StorageError as error:
            _log.error("old rows could not be erased", cause=str(error))
        await sleep(_EVERY_S)
