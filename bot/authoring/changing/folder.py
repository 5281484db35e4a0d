"""How do several files change as one, even when the process is killed in between? The history is the redo log.

New bytes are laid beside the files, then the change is recorded, then the files are replaced. Killed before the
record all is as it was; killed after it, whoever comes next writes what the history says. What is recorded and not
yet written shows by what lies beside; only a change that takes away a single file, which is done at once, has nothing
there. Everything here raises StorageError when the folder cannot be read or written, or the history not be asked.
"""

import asyncio
import fcntl
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import structlog

from bot.errors import StorageError
from bot.live import STAGED, staged
from bot.storage.history import ChangeLog, Pending, fingerprint

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_NAME = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_AGAIN_S = 0.05
_LOOK_S = 5.0


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    """Nobody else changes the folder meanwhile; waits for who does. It ends with its process and leaves no file."""
    with _clearly(folder):
        handle = os.open(folder, os.O_RDONLY)
    try:
        while not _taken(handle):  # noqa: ASYNC110 - another process tells nobody when it is done
            await asyncio.sleep(_AGAIN_S)
        yield
    finally:
        os.close(handle)


async def commit(folder: Path, log: ChangeLog, change: Pending, at: datetime) -> None:
    """Keep a change in the history and write its files; the folder is locked.

    Where that fails the folder is as it was, unless the history has the change: then the next ``settle`` writes it.
    """
    before = await asyncio.to_thread(stage, folder, change.files)  # a full disk shows here, before it is recorded
    try:
        await log.record(change, at, before)
    finally:
        await settle(folder, log)


async def settle(folder: Path, log: ChangeLog) -> bool:
    """Write what the history has and the folder not yet, and clear away the rest; whether there was anything.

    The folder is locked.
    """
    unwritten = await log.unwritten()
    await asyncio.to_thread(_finish, folder, unwritten)
    for change in unwritten:
        await log.drop(change.id)
    return bool(unwritten)


async def recover(folder: Path, log: ChangeLog) -> None:
    """At start, before anybody reads the folder: end what a killed process had begun."""
    if not staged(folder) and not await log.unwritten():
        return
    async with locked(folder):
        if await settle(folder, log):
            _log.warning("a change of the knowledge had been cut off and was brought to its end")


async def keep_whole(folder: Path, log: ChangeLog, sleep: Callable[[float], Awaitable[None]]) -> None:
    """End what another process begins and is killed over, until cancelled; who still writes has the lock."""
    while True:
        await sleep(_LOOK_S)
        if await asyncio.to_thread(staged, folder):
            await recover(folder, log)


def contents(folder: Path, files: Iterable[str]) -> Mapping[str, bytes | None]:
    """What files hold; None for one that is not there."""
    with _clearly(folder):
        paths = {name: _path(folder, name) for name in files}
        return {name: path.read_bytes() if path.exists() else None for name, path in paths.items()}


def stage(folder: Path, files: Mapping[str, bytes | None]) -> Mapping[str, bytes | None]:
    """Lay new bytes beside their files, which stay as they are; all of them or none. What the files hold."""
    before = contents(folder, files)
    with _clearly(folder):
        paths = {_path(folder, name): raw for name, raw in files.items()}
        try:
            for path, raw in paths.items():
                if raw is not None:
                    _lay_beside(path, raw)
        except OSError:
            _sweep(folder)
            raise
    return before


def swap(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Put what was laid beside in place, each file at once; may be cut off and done again after another ``stage``."""
    with _clearly(folder):
        paths = {_path(folder, name): raw for name, raw in files.items()}
        for path in sorted(paths, key=lambda path: paths[path] is not None):  # what lies beside tells of a change:
            if paths[path] is None:  # so the files that go away are first
                path.unlink(missing_ok=True)
            else:
                _beside(path).replace(path)
        for place in {folder, *(path.parent for path in paths)}:
            _sync(place)


def _finish(folder: Path, changes: Iterable[Pending]) -> None:
    for change in changes:
        _redo(folder, change)
    _sweep(folder)


def _redo(folder: Path, change: Pending) -> None:
    """Write what a recorded change made of its files; what was edited since stays, and is newer."""
    now = contents(folder, change.files)
    late = {name for name, raw in now.items() if fingerprint(raw) != change.bases.get(name, "")}
    files = {name: raw for name, raw in change.files.items() if name not in late and now[name] != raw}
    if any(now[name] != change.files[name] for name in late):
        _log.warning("files were edited while a change of them waited to be written", files=sorted(late))
    stage(folder, files)
    swap(folder, files)


def _path(folder: Path, name: str) -> Path:
    path = folder / name
    if not _NAME.fullmatch(name) or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise StorageError(f"not a file of the knowledge folder: {name!r}")
    return path


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{STAGED}")


def _lay_beside(path: Path, raw: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    if _beside(path).is_file() and _beside(path).read_bytes() == raw:
        return
    with _beside(path).open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, _beside(path))


def _sync(place: Path) -> None:
    if place.exists():
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Forget what was laid beside, and the folders that were made only for it."""
    for path in staged(folder):
        with suppress(OSError):  # somebody else's, named like ours
            path.unlink()
        with suppress(OSError):  # still in use, as it should be
            path.parent.rmdir()


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _clearly(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"the knowledge folder {folder} cannot be read or written: {error.strerror}") from error
