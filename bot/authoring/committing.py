"""When does a change hold? From the moment the history knows it: before, the folder goes back, afterwards it stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import structlog

from bot.authoring import writing
from bot.storage.changes import ChangeLog, Pending

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_AGAIN_S = 0.05


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    """Nobody else changes the folder meanwhile; waits for who does.

    Raises:
        StorageError: The folder cannot be written.
    """
    lock = writing.Lock(folder)
    try:
        while not lock.acquire():  # noqa: ASYNC110 - another process tells nobody when it is done
            await asyncio.sleep(_AGAIN_S)
        yield
    finally:
        lock.release()


async def commit(folder: Path, log: ChangeLog, change: Pending, at: datetime) -> None:
    """Write the files of a change and keep them in the history; the folder is locked.

    Raises:
        StorageError: It could not be done, and the folder is as it was.
    """
    before = await asyncio.to_thread(writing.contents, folder, tuple(change.files))
    journal = await asyncio.to_thread(writing.begin, folder, change.id, change.files)
    try:
        await asyncio.to_thread(writing.swap, folder, journal)
        await log.record(change, at, before)
    finally:
        await settle(folder, log)


async def settle(folder: Path, log: ChangeLog) -> bool:
    """Bring a change to its end that was begun: finish what the history knows, undo the rest; the folder is locked.

    Returns:
        Whether there was one.

    Raises:
        StorageError: The folder cannot be written, or the history not be asked: then the journal stays.
    """
    journal = await asyncio.to_thread(writing.interrupted, folder)
    if journal is None:
        return False
    holds = await log.has(journal.change)
    await asyncio.to_thread(writing.finish if holds else writing.undo, folder, journal)
    return True


async def recover(folder: Path, log: ChangeLog) -> None:
    """At start, before anybody reads the folder: end what a killed process had begun.

    Raises:
        StorageError: The folder cannot be written although a change lies there unfinished.
    """
    if await asyncio.to_thread(writing.interrupted, folder) is None:
        return
    async with locked(folder):
        if await settle(folder, log):
            _log.warning("a change of the knowledge had been cut off and was brought to its end")
