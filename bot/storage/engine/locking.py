"""Whose is a database meanwhile? Many may use it, one answers from it, and who replaces it is alone."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import structlog

from bot.errors import StorageError
from bot.storage.engine.failures import clearly

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_LOOK_EVERY_S = 0.5


@contextmanager
def in_use(path: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold a database file: together with others who run on it, or alone to replace it."""
    with _held(path.with_name("running.lock"), fcntl.LOCK_EX if alone else fcntl.LOCK_SH) as held:
        if not held:
            raise StorageError(f"{path} is in use; stop the bot first")
        yield


@asynccontextmanager
async def alone_answering(path: Path, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> AsyncIterator[None]:
    """Be the only one who answers from a database; as long as another one does, wait as a stand-by."""
    waited = False
    while True:
        with _held(path.with_name("answering.lock"), fcntl.LOCK_EX) as held:
            if held:
                if waited:
                    _log.warning("the other process has ended; this one takes over")
                yield
                return
        if not waited:
            _log.warning("another process answers from this folder; waiting as a stand-by", folder=str(path.parent))
        waited = True
        await sleep(_LOOK_EVERY_S)


@contextmanager
def _held(lock: Path, how: int) -> Iterator[bool]:
    """Whether a lock could be had; it is given back at the end, by the system when the process is killed."""
    with clearly(f"{lock} cannot be written"):
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
        held = True
    except OSError:
        held = False
    try:
        yield held
    finally:
        os.close(file)
