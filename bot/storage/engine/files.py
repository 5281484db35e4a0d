"""What lies on the disk? A database that only its owner may read; beside it copies, and who was erased since."""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.errors import StorageError
from bot.storage.engine.failures import clearly, is_broken
from bot.storage.tables import from_ms, to_ms

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

OLD, DAMAGED = "lama", "rusak"
"""Why a database was set aside: another one took its place, or it cannot be read."""

_PARTS = ("", "-wal", "-shm")  # a database, its journal and the journal's index
_MOMENT = "%Y%m%dT%H%M%S%f"
_DAMAGED_KEPT = timedelta(days=7)  # nothing can be erased in it alone
_FORGET = (
    "DELETE FROM queries WHERE person = :person AND at_ms <= :until",
    "DELETE FROM sessions WHERE person = :person AND at_ms <= :until",
    "DELETE FROM replies WHERE (conversation = :person OR conversation LIKE '%/' || :person) AND at_ms <= :until",
    "DELETE FROM day_counts",
)
_NO_INBOX = "DELETE FROM inbox"  # whose words wait there only their ids say; nobody answers from a copy
_PURGE = tuple(f"DELETE FROM {table} WHERE at_ms < :before" for table in ("queries", "looks", "suggestion_marks"))  # noqa: S608 - names of tables, ours


def prepare_file(path: Path) -> None:
    """Make the folder and the file, readable for this user only, unless they are there.

    A journal whose database is gone is set aside: a new database would take it for its own.
    """
    if _part(path, "-wal").exists() and not (path.exists() and path.stat().st_size):
        kept = set_aside(path, DAMAGED)
        _log.error("the database is gone; its journal was set aside, and a new one begun", kept=str(kept))
    with clearly(f"the database {path} cannot be written"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)  # SQLite gives its journal the same rights


def begin_fresh(path: Path) -> Path:
    """An empty file beside a database, which is to take its place once it is whole."""
    fresh = _part(path, ".baru")
    _remove(fresh)
    prepare_file(fresh)
    return fresh


def make_new(path: Path) -> None:
    """Make an empty file, readable for this user only, where there is none."""
    if path.exists():
        raise StorageError(f"{path} exists already; nothing was written")
    with clearly(f"{path} cannot be written"):
        path.touch(0o600, exist_ok=False)


def inodes(path: Path) -> tuple[int | None, ...]:
    """Which files a database and its journal are; None for one that is not there."""
    found: list[int | None] = [None, None]
    for number, part in enumerate(_PARTS[:2]):
        with suppress(OSError):
            found[number] = _part(path, part).stat().st_ino
    return tuple(found)


def name_aside(path: Path, why: str) -> Path:
    """A new name beside a database for a copy of it, which says why and when."""
    return _part(path, f".{why}-{datetime.now(UTC):{_MOMENT}}")


def set_aside(path: Path, why: str) -> Path | None:
    """Give a database and its journal, whichever is there, a name that says why; None when nothing was there."""
    kept = name_aside(path, why)
    parts = [part for part in _PARTS if _part(path, part).exists()]
    with clearly(f"the database {path} cannot be set aside"):
        for part in parts:
            _part(path, part).rename(_part(kept, part))
    return kept if parts else None


def copies(path: Path) -> Iterator[tuple[Path, datetime]]:
    """Everything of a database that was set aside, and when; of some only the journal is there."""
    names = {re.sub("-(wal|shm)$", "", file.name) for file in path.parent.glob(f"{path.name}.*-*")}
    for name in sorted(names):
        if match := re.fullmatch(rf"(?:{OLD}|{DAMAGED})-(\d+T\d+)", name.removeprefix(f"{path.name}.")):
            yield path.with_name(name), datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)


def note_erased(path: Path, person: str, at: datetime) -> None:
    """Write down that a person (a pseudonym) was erased, for copies that are brought back later."""
    with clearly("who was erased cannot be noted"):
        file = os.open(_list_of(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, f"{person} {to_ms(at)}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)


def erase_again(copy: Path, path: Path) -> None:
    """Erase in a copy of a database who was erased in that one since."""
    for person, at in _noted(path):
        if not _erase(copy, _FORGET, {"person": person, "until": to_ms(at)}):
            raise StorageError(f"nobody can be erased in {copy}, and some were since it was made")


def forget_in_copies(path: Path, person: str, at: datetime) -> None:
    """Erase a person in everything that was set aside; what is too damaged for that goes whole."""
    for copy, _ in copies(path):
        if not _erase(copy, (*_FORGET, _NO_INBOX), {"person": person, "until": to_ms(at)}):
            _log.warning("a damaged copy, in which nobody can be erased alone, was removed", copy=copy.name)
            _remove(copy)


def purge_copies(path: Path, now: datetime, before: datetime) -> None:
    """Erase what is older than ``before`` also in what was set aside, and who was erased before then in the list."""
    for copy, since in copies(path):
        if since < before or (not _erase(copy, _PURGE, {"before": to_ms(before)}) and since < now - _DAMAGED_KEPT):
            _remove(copy)
    kept = [f"{person} {to_ms(at)}\n" for person, at in _noted(path) if at >= before]
    with clearly("who was erased cannot be noted"):
        if _list_of(path).exists():
            _list_of(path).write_text("".join(kept), encoding="ascii")


def _part(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _remove(copy: Path) -> None:
    with clearly(f"{copy} cannot be removed"):
        for part in _PARTS:
            _part(copy, part).unlink(missing_ok=True)


def _list_of(path: Path) -> Path:
    return _part(path, ".erased")


def _noted(path: Path) -> list[tuple[str, datetime]]:
    if not _list_of(path).exists():
        return []
    lines = [line.split() for line in _list_of(path).read_text(encoding="ascii", errors="replace").splitlines()]
    return [(line[0], from_ms(int(line[1]))) for line in lines if len(line) == 2 and line[1].isdecimal()]  # noqa: PLR2004


def _erase(copy: Path, statements: Sequence[str], values: dict[str, object]) -> bool:
    """Erase in a file that nobody uses, so that no byte of it stays; False when that cannot be, now or ever."""
    if not copy.exists():
        return False
    with clearly(f"nothing can be erased in {copy}"):
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA foreign_keys = ON")
                erased = sum(connection.execute(statement, values).rowcount for statement in statements)
                if erased:
                    connection.execute("INSERT INTO query_words(query_words) VALUES ('optimize')")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as error:
            if is_broken(error) or error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # damaged, or without our tables
                return False
            raise
    return True
