"""How do several files change as one, even when the process is killed in between?

New and old bytes lie beside each file, then a journal names the change, then the files are swapped. Whoever comes
later finds either no journal, or one that tells how to go back or that all is done.
"""

import asyncio
import fcntl
import json
import os
import re
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.errors import StorageError
from bot.live import JOURNAL
from bot.storage.history import ChangeLog, Pending

_LOCK = ".tanya-lock"
_NEW, _OLD = ".tanya-new", ".tanya-old"
_NAME = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*\.yaml")


@dataclass(frozen=True)
class Journal:
    """A change under way: its id, and per file whether there was one before and is one after."""

    change: str
    files: Mapping[str, tuple[bool, bool]]


class Lock:
    """Whoever holds it is the only one that changes the folder. It ends with its process.

    Raises:
        StorageError: The folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        with _clearly(folder):
            self._file = (folder / _LOCK).open("w")

    def acquire(self) -> bool:
        """Take it; False when somebody else holds it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give it up."""
        self._file.close()


def begin(folder: Path, change: str, files: Mapping[str, bytes | None]) -> Journal:
    """Lay everything ready; the files themselves are as before.

    Args:
        folder: The knowledge folder, locked.
        change: Id of the change.
        files: New bytes by path below the folder; None takes the file away.

    Raises:
        StorageError: It cannot be written, or a path leads out of the folder.
    """
    with _clearly(folder):
        files_were = {name: (_path(folder, name).exists(), raw is not None) for name, raw in files.items()}
        journal = Journal(change, files_were)
        try:
            for name, raw in files.items():
                _lay_beside(_path(folder, name), raw)
            _write(folder / f"{JOURNAL}{_NEW}", json.dumps({"change": change, "files": files_were}).encode())
            (folder / f"{JOURNAL}{_NEW}").replace(folder / JOURNAL)
            _sync(folder, journal)
        except OSError:
            _sweep(folder, journal)
            raise
    return journal


def swap(folder: Path, journal: Journal) -> None:
    """Put the new files in place, each at once.

    Raises:
        StorageError: It cannot be written; go back with ``undo``.
    """
    with _clearly(folder):
        for name, (_, stays) in journal.files.items():
            path = _path(folder, name)
            if stays:
                _beside(path, _NEW).replace(path)
            else:
                path.unlink(missing_ok=True)
        _sync(folder, journal)


def finish(folder: Path, journal: Journal) -> None:
    """The change holds: forget the way back."""
    with _clearly(folder):
        (folder / JOURNAL).unlink(missing_ok=True)
        _sync(folder, journal)
        _sweep(folder, journal)


def undo(folder: Path, journal: Journal) -> None:
    """Go back to how it was; may be cut off and done again."""
    with _clearly(folder):
        for name, (was, _) in journal.files.items():
            path = _path(folder, name)
            if not was:
                path.unlink(missing_ok=True)
            elif _beside(path, _OLD).exists():
                _beside(path, _OLD).replace(path)
        _sync(folder, journal)
        finish(folder, journal)


def contents(folder: Path, files: Iterable[str]) -> Mapping[str, bytes | None]:
    """What files hold; None for one that is not there.

    Raises:
        StorageError: One cannot be read, or its path leads out of the folder.
    """
    with _clearly(folder):
        paths = {name: _path(folder, name) for name in files}
        return {name: path.read_bytes() if path.exists() else None for name, path in paths.items()}


def interrupted(folder: Path) -> Journal | None:
    """The change that somebody began and did not end; None when there is none."""
    with _clearly(folder):
        try:
            told = json.loads((folder / JOURNAL).read_bytes())
        except FileNotFoundError:
            return None
        return Journal(
            str(told["change"]), {str(name): (bool(was), bool(is_)) for name, (was, is_) in told["files"].items()}
        )


def _path(folder: Path, name: str) -> Path:
    path = folder / name
    if not _NAME.fullmatch(name) or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise StorageError(f"not a file of the knowledge folder: {name!r}")
    return path


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f".{path.name}{suffix}")


def _lay_beside(path: Path, raw: bytes | None) -> None:
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        _write(_beside(path, _OLD), path.read_bytes())
        shutil.copymode(path, _beside(path, _OLD))
    if raw is not None:
        _write(_beside(path, _NEW), raw)
        if path.exists():
            shutil.copymode(path, _beside(path, _NEW))


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path, journal: Journal) -> None:
    for place in {folder, *(_path(folder, name).parent for name in journal.files)}:
        if place.exists():
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _sweep(folder: Path, journal: Journal) -> None:
    for name in journal.files:
        path = _path(folder, name)
        for suffix in (_NEW, _OLD):
            _beside(path, suffix).unlink(missing_ok=True)
        if path.parent != folder:
            with suppress(OSError):  # still in use, as it should be
                path.parent.rmdir()


@contextmanager
def _clearly(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"the knowledge folder {folder} cannot be read or written: {error.strerror}") from error


_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_AGAIN_S = 0.05


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    """Nobody else changes the folder meanwhile; waits for who does.

    Raises:
        StorageError: The folder cannot be written.
    """
    lock = Lock(folder)
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
    before = await asyncio.to_thread(contents, folder, tuple(change.files))
    journal = await asyncio.to_thread(begin, folder, change.id, change.files)
    try:
        await asyncio.to_thread(swap, folder, journal)
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
    journal = await asyncio.to_thread(interrupted, folder)
    if journal is None:
        return False
    holds = await log.has(journal.change)
    await asyncio.to_thread(finish if holds else undo, folder, journal)
    return True


async def recover(folder: Path, log: ChangeLog) -> None:
    """At start, before anybody reads the folder: end what a killed process had begun.

    Raises:
        StorageError: The folder cannot be written although a change lies there unfinished.
    """
    if await asyncio.to_thread(interrupted, folder) is None:
        return
    async with locked(folder):
        if await settle(folder, log):
            _log.warning("a change of the knowledge had been cut off and was brought to its end")
