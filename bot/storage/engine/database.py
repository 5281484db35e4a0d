"""How is the database reached? One writer with group commit, readers beside it."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import structlog
from sqlalchemy import Executable
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.storage.engine.dialects import Dialect, is_damaged, make_engine, sqlite_path
from bot.storage.engine.files import prepare_file, set_aside
from bot.storage.engine.migrate import up_to_date, upgrade

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")
Row = Mapping[str, Any]
Work = Callable[[AsyncConnection], Awaitable[T]]

_MOST_AT_ONCE = 500  # jobs of one commit
_READERS = 4
_TALKATIVE = ("aiosqlite", "alembic", "sqlalchemy")  # at DEBUG they log values: questions among them


@dataclass(frozen=True)
class Change:
    """One statement for some rows. Statements of one commit run in the order they first came in."""

    statement: Executable
    rows: Sequence[Row]


@dataclass(frozen=True)
class _Job:
    done: asyncio.Future[Any]
    changes: Sequence[Change] = ()
    work: Work[Any] | None = None


class Database:
    """An open database; ``open`` makes one, use it as an async context manager."""

    def __init__(self, url: str) -> None:
        self._writing = make_engine(url, "BEGIN IMMEDIATE", size=1)
        self._reading = make_engine(url, "BEGIN", size=_READERS) if self.is_sqlite else self._writing
        self.dialect = Dialect(is_sqlite=self.is_sqlite)
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None  # the writer's

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database and bring its tables up to date.

        A SQLite file that is damaged is set aside under another name and a new one begun.

        Raises:
            StorageError: It can be neither opened nor made.
        """
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        path = sqlite_path(url)
        if path is not None:
            prepare_file(path)
        try:
            return await cls._opened(url)
        except StorageError as error:
            if path is None or not is_damaged(error.__cause__):
                raise
            kept = set_aside(path, "rusak")
            _log.error("the database is damaged; it was set aside and a new one begun", kept=str(kept))
            prepare_file(path)
            return await cls._opened(url)

    @classmethod
    async def _opened(cls, url: str) -> Self:
        database = cls(url)
        try:
            async with _clearly("the database cannot be opened"), database._writing.begin() as connection:
                if not await connection.run_sync(up_to_date):
                    await connection.run_sync(upgrade)
        except StorageError:
            await database._dispose()
            raise
        database._writer = asyncio.create_task(database._write())
        return database

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether one process owns the database file."""
        return self._writing.dialect.name == "sqlite"

    async def write(self, *changes: Change) -> None:
        """Commit changes; many callers share one commit. A cancelled caller's changes are committed all the same.

        Raises:
            StorageError: Nothing of them was committed.
        """
        await self._do(changes=changes)

    async def transact(self, work: Work[T]) -> T:
        """Run work in a transaction of its own, commit it, and return what it gave.

        Raises:
            StorageError: Nothing was committed.
        """
        return await self._do(work=work)  # type: ignore[no-any-return]  # the result of the caller's own work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with, beside the writer.

        Raises:
            StorageError: The database cannot be read.
        """
        async with _clearly("the database cannot be read"), self._reading.connect() as connection:
            yield connection

    async def checkpoint(self) -> None:
        """Move what was written into the main file and empty the journal."""
        if self.is_sqlite:
            async with _clearly("the journal cannot be emptied"):
                await self._outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")

    async def copy_to(self, target: Path) -> None:
        """Write a consistent copy into a new file while everything goes on.

        Raises:
            StorageError: It cannot be written, or the database is no file.
        """
        if not self.is_sqlite:
            raise StorageError("this database is backed up with its own tools (pg_dump)")
        async with _clearly("the copy cannot be written"):
            await self._outside_transaction("VACUUM INTO ?", str(target))

    async def close(self) -> None:
        """Commit what is waiting and close."""
        if self._writer is not None:
            await self._jobs.put(None)
            await self._writer
            self._writer = None
        await self._dispose()

    async def _outside_transaction(self, statement: str, *values: str) -> None:
        async with self._reading.connect() as connection:
            raw = await connection.get_raw_connection()
            cursor = await raw.driver_connection.execute(statement, values)  # type: ignore[union-attr]  # aiosqlite's own
            await cursor.close()

    async def _dispose(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        await self._writing.dispose()
        await self._reading.dispose()

    async def _do(self, changes: Sequence[Change] = (), work: Work[Any] | None = None) -> Any:
        if self._writer is None:
            raise StorageError("the database is closed")
        job = _Job(asyncio.get_running_loop().create_future(), changes, work)
        self._jobs.put_nowait(job)
        return await job.done

    async def _write(self) -> None:
        """The only task that writes: what waits together is committed together."""
        while (job := await self._jobs.get()) is not None:
            group = [job]
            while len(group) < _MOST_AT_ONCE and not self._jobs.empty():
                following = self._jobs.get_nowait()
                if following is None:
                    self._jobs.put_nowait(None)
                    break
                group.append(following)
            await self._commit([one for one in group if one.work is None])
            for one in group:
                if one.work is not None:
                    await self._commit([one])

    async def _commit(self, jobs: list[_Job]) -> None:
        if not jobs:
            return
        result: Any = None
        try:
            async with _clearly("the database cannot be written"):
                connection = await self._kept_connection()
                async with connection.begin():
                    for change in _merged(jobs):
                        await connection.execute(change.statement, change.rows)
                    if (work := jobs[0].work) is not None:
                        result = await work(connection)
        except Exception as error:  # noqa: BLE001 - every waiting caller is told, whatever it was
            for job in jobs:
                if not job.done.done():
                    job.done.set_exception(error)
        else:
            for job in jobs:
                if not job.done.done():
                    job.done.set_result(result)

    async def _kept_connection(self) -> AsyncConnection:
        """The writer's connection, kept open: fetching it from the pool and back costs as much as a commit."""
        if self._connection is None or self._connection.invalidated:
            self._connection = await self._writing.connect()
        return self._connection


def _merged(jobs: Sequence[_Job]) -> list[Change]:
    """All changes, rows of the same statement together: one round trip for many callers."""
    rows: dict[int, tuple[Executable, list[Row]]] = {}
    for job in jobs:
        for change in job.changes:
            rows.setdefault(id(change.statement), (change.statement, []))[1].extend(change.rows)
    return [Change(statement, given) for statement, given in rows.values() if given]


@asynccontextmanager
async def _clearly(what: str) -> AsyncIterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        cause = getattr(error, "orig", None) or error  # SQLAlchemy adds the statement and its values: not for a log
        raise StorageError(f"{what}: {cause}") from cause
