"""How is the database reached? One writer with group commit, readers beside it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import structlog
from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.storage.engine.dialects import Dialect, make_engine, sqlite_path
from bot.storage.engine.failures import clearly, is_broken
from bot.storage.engine.files import DAMAGED, OLD, make_new, name_aside, prepare_file, set_aside
from bot.storage.engine.migrate import upgrade, version
from bot.storage.tables import HEAD

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")
Row = Mapping[str, Any]
Work = Callable[[AsyncConnection], Awaitable[T]]

_MOST_AT_ONCE = 500  # jobs of one commit
_READERS = 4
_CHECKPOINTS, _BETWEEN_S = 5, 0.2  # tries to empty the journal, each as long as a lock is waited for
_TALKATIVE = ("aiosqlite", "alembic", "sqlalchemy")  # at DEBUG they log values: questions among them


@dataclass(frozen=True)
class Change:
    """One statement for some rows."""

    statement: Executable
    rows: Sequence[Row]


@dataclass(frozen=True)
class _Job:
    done: asyncio.Future[Any]
    changes: Sequence[Change] = ()
    work: Work[Any] | None = None


class Database:
    """An open database; ``open`` makes one, use it as an async context manager.

    Every method raises StorageError when it cannot, and nothing else whatever the database says.
    """

    def __init__(self, url: str, path: Path | None) -> None:
        self.path = path  # of SQLite's file
        self._writing = make_engine(url, "BEGIN IMMEDIATE", size=1)
        self._reading = make_engine(url, "BEGIN", size=_READERS) if path else self._writing
        self.dialect = Dialect(is_sqlite=path is not None)
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
        if path is None:
            return await cls._opened(url, None)
        prepare_file(path)
        try:
            return await cls._opened(url, path)
        except StorageError as error:
            if not is_broken(error.__cause__):
                raise
            kept = set_aside(path, DAMAGED)
            _log.error("the database is damaged; it was set aside and a new one begun", kept=str(kept))
            prepare_file(path)
            return await cls._opened(url, path)

    @classmethod
    async def _opened(cls, url: str, path: Path | None) -> Self:
        database = cls(url, path)
        try:
            await database._bring_up_to_date()
        except StorageError:
            await database._dispose()
            raise
        database._writer = asyncio.create_task(database._write())
        return database

    async def _bring_up_to_date(self) -> None:
        """Make the tables, or change them; a copy of what they were is kept."""
        with clearly("the database cannot be opened"):
            async with self._writing.begin() as connection:
                found = await connection.run_sync(version)
            if found and found != HEAD and self.path:
                await self.copy_to(name_aside(self.path, OLD))
            if found != HEAD:
                async with self._writing.begin() as connection:
                    await connection.run_sync(upgrade)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def write(self, *changes: Change) -> None:
        """Commit changes, all or nothing; many callers share one commit, which a cancelled one does not stop."""
        await self._do(changes=changes)

    async def transact(self, work: Work[T]) -> T:
        """Run work in a transaction of its own, commit it, and return what it gave."""
        return await self._do(work=work)  # type: ignore[no-any-return]  # the result of the caller's own work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with, beside the writer."""
        with clearly("the database cannot be read"):
            async with self._reading.connect() as connection:
                yield connection

    async def checkpoint(self) -> None:
        """Move what was written into the main file and empty the journal; that fails while somebody goes on reading."""
        for _ in range(_CHECKPOINTS if self.path else 0):
            with clearly("the journal cannot be emptied"):
                busy = await self._outside_transaction("PRAGMA wal_checkpoint(TRUNCATE)")
            if not busy:
                return
            await asyncio.sleep(_BETWEEN_S)
        if self.path:
            raise StorageError("the journal cannot be emptied: the database is being read")

    async def copy_to(self, target: Path) -> None:
        """Write a consistent copy into a new file while everything goes on."""
        if not self.path:
            raise StorageError("this database is backed up with its own tools (pg_dump)")
        make_new(target)
        with clearly("the copy cannot be written"):
            await self._outside_transaction("VACUUM INTO ?", str(target))

    async def close(self) -> None:
        """Commit what is waiting and close."""
        writer, self._writer = self._writer, None  # from here on nothing is taken any more
        if writer is not None:
            self._jobs.put_nowait(None)
            await writer
        await self._dispose()

    async def _outside_transaction(self, statement: str, *values: str) -> Any:
        """The first value that a statement gives; None when it gives none."""
        async with self._reading.connect() as connection:
            raw = await connection.get_raw_connection()
            cursor = await raw.driver_connection.execute(statement, values)  # type: ignore[union-attr]  # aiosqlite's own
            row = await cursor.fetchone()
            await cursor.close()
            return row[0] if row else None

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
        """Commit jobs together; when they hold what can never be stored, one by one, so that it fails alone."""
        if not jobs:
            return
        result: Any = None
        try:
            result = await self._committed(jobs)
        except Exception as error:  # noqa: BLE001 - every waiting caller is told, whatever it was
            if len(jobs) > 1 and isinstance(error, StorageError) and error.hopeless:
                for job in jobs:
                    await self._commit([job])
                return
            for job in jobs:
                if not job.done.done():
                    job.done.set_exception(error)
        else:
            for job in jobs:
                if not job.done.done():
                    job.done.set_result(result)

    async def _committed(self, jobs: Sequence[_Job]) -> Any:
        with clearly("the database cannot be written"):
            connection = await self._kept_connection()
            async with connection.begin():
                for statement, rows in _merged(jobs):
                    await connection.execute(statement, rows)
                work = jobs[0].work
                return await work(connection) if work else None

    async def _kept_connection(self) -> AsyncConnection:
        """The writer's connection, kept open: fetching it from the pool and back costs as much as a commit."""
        if self._connection is None or self._connection.invalidated:
            self._connection = await self._writing.connect()
        return self._connection


def _merged(jobs: Sequence[_Job]) -> list[tuple[Executable, list[Row]]]:
    """All changes, rows of the same statement together as long as their order on a table stays what it was."""
    merged: list[tuple[Executable, list[Row]]] = []
    places: dict[Executable, list[Row]] = {}
    newest: dict[object, Executable] = {}  # by table
    for change in (change for job in jobs for change in job.changes if change.rows):
        statement = change.statement
        table = getattr(statement, "table", None)
        if statement in places and newest[table] is not statement:
            places, newest = {}, {}
        if statement not in places:
            places[statement] = []
            merged.append((statement, places[statement]))
        places[statement].extend(change.rows)
        newest[table] = statement
    return merged
