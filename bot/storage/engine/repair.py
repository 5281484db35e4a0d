"""What takes the place of a database? Of a damaged one every row that can still be read, or a copy brought back."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import create_engine

from bot.errors import StorageError
from bot.storage.engine.failures import clearly, is_broken
from bot.storage.engine.files import DAMAGED, OLD, begin_fresh, erase_again, prepare_file, set_aside
from bot.storage.engine.locking import in_use
from bot.storage.engine.migrate import upgrade
from bot.storage.tables import HEAD, metadata

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_STEPS = 10_000  # of SQLite's machine between two looks at the clock


def is_whole(path: Path, within_s: float | None = None) -> bool:
    """Whether SQLite's own check finds no damage; a check that takes longer than ``within_s`` is left.

    A million rows (400 MB) took 1.8 s, and 0.6 s once they were in memory.
    """
    began = time.monotonic()
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            if within_s is not None:
                connection.set_progress_handler(lambda: time.monotonic() - began > within_s, _STEPS)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:  # interrupted, or busy
        return True
    except sqlite3.DatabaseError as error:
        return not is_broken(error)
    return str(found) == "ok"


def repair(path: Path) -> None:
    """Set a damaged database aside and begin a new one with what can still be read of it."""
    kept = set_aside(path, DAMAGED)
    _log.error("the database is damaged; it was set aside, and a new one begins", kept=str(kept))
    with clearly("the new database cannot be made"):
        prepare_file(path)
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        saved = _salvage(kept, path) if kept else 0
    _log.warning("what could be read of the damaged database is in the new one", rows=saved)


def restore(source: Path, path: Path) -> Path | None:
    """Put a copy in the place of a database file; where that one was set aside, None when there was none.

    Who was erased since the copy was made is erased in it. A copy that is damaged or none of ours changes nothing.
    """
    _check(source)
    with in_use(path, alone=True), clearly("the copy cannot be put in place"):
        fresh = begin_fresh(path)
        shutil.copyfile(source, fresh)
        erase_again(fresh, path)
        kept = set_aside(path, OLD)  # a journal without its database too: it would be played into the copy
        fresh.replace(path)
    return kept


def _check(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            state = connection.execute("PRAGMA integrity_check").fetchone()[0]
            versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error as error:
        raise StorageError(f"{source} is no copy of the database: {error}") from None
    if state != "ok":
        raise StorageError(f"{source} is damaged: {state}")
    if any(version > HEAD for (version,) in versions):
        raise StorageError(f"{source} comes from a newer version of this program")


def _salvage(damaged: Path, path: Path) -> int:
    with closing(sqlite3.connect(damaged)) as old, closing(sqlite3.connect(path, isolation_level=None)) as new:
        old.text_factory = lambda raw: raw.decode("utf-8", "replace")
        new.execute("BEGIN IMMEDIATE")
        for table in metadata.sorted_tables:
            known = [one.name for one in table.columns if one.name in _columns(old, table.name)]
            columns, places = ", ".join(known), ", ".join("?" * len(known))
            if known:  # S608: all these names are ours
                into = f"INSERT OR IGNORE INTO {table.name} ({columns}) VALUES ({places})"  # noqa: S608
                new.executemany(into, _readable(old, f"SELECT {columns} FROM {table.name}"))  # noqa: S608
        new.execute("DELETE FROM answered WHERE turn NOT IN (SELECT turn FROM queries)")
        new.execute("COMMIT")
        return new.total_changes


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    with suppress(sqlite3.DatabaseError):
        return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    return []


def _readable(database: sqlite3.Connection, rows: str) -> Iterator[tuple[Any, ...]]:
    """The rows before a damage, and those behind it."""
    for order in ("ASC", "DESC"):
        try:
            yield from database.execute(f"{rows} ORDER BY rowid {order}")
        except sqlite3.DatabaseError:
            continue
        return
