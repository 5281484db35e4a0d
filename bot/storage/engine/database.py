"""How is the database reached? One writer with group commit, readers beside it."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.storage.engine.dialects import Dialect, make_engine, sqlite_path
from bot.storage.engine.failures import DatabaseLostError, clearly, is_broken
from bot.storage.engine.files import DAMAGED, OLD, begin_fresh, inodes, make_new, name_aside, prepare_file, set_aside
from bot.storage.engine.migrate import upgrade, version
from bot.storage.engine.repair import is_whole, repair
from bot.storage.engine.writer import Change, Work, Writer
from bot.storage.tables import HEAD

T = TypeVar("T")

_READERS = 4
_CHECKPOINTS, _BETWEEN_S = 5, 0.2  # tries to empty the journal, each as long as a lock is waited for


class Database:
    """An open database; ``open`` makes one, use it as an async context manager.

    Every method raises StorageError when it cannot, and nothing else whatever the database says.
    """

    def __init__(self, url: str, path: Path | None) -> None:
        self.path = path  # of SQLite's file
        self._writing = make_engine(url, "BEGIN IMMEDIATE", size=1)
        self._reading = make_engine(url, "BEGIN", size=_READERS) if path else self._writing
        self.dialect = Dialect(is_sqlite=path is not None)
        self._writer = Writer(self._writing, self._clearly)
        self._damage = asyncio.Event()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database and bring its tables up to date.

        A SQLite file that is damaged is set aside, and a new one goes on with what can be read of it.
        """
        path = sqlite_path(url)
        if path is None:
            return await cls._opened(url, None)
        prepare_file(path)
        try:
            return await cls._opened(url, path)
        except StorageError as error:
            if not is_broken(error.__cause__):
                raise
            await asyncio.to_thread(repair, path)
            return await cls._opened(url, path)

    @classmethod
    async def _opened(cls, url: str, path: Path | None) -> Self:
        database = cls(url, path)
        try:
            await database._bring_up_to_date()
        except StorageError:
            await database.close()
            raise
        database._writer.start()
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
        await self._writer.do(changes)

    async def transact(self, work: Work[T]) -> T:
        """Run work in a transaction of its own, commit it, and return what it gave."""
        return await self._writer.do(work=work)  # type: ignore[no-any-return]  # the result of the caller's own work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with, beside the writer."""
        with self._clearly("the database cannot be read"):
            async with self._reading.connect() as connection:
                yield connection

    async def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
        """What a query gives, read beside the writer."""
        async with self.read() as connection:
            return (await connection.execute(query, values)).all()

    async def checkpoint(self) -> None:
        """Move what was written into the main file and empty the journal; that fails while somebody goes on reading."""
        for _ in range(_CHECKPOINTS if self.path else 0):
            with self._clearly("the journal cannot be emptied"):
                async with self._reading.connect() as connection:
                    busy = await _outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
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
        with self._clearly("the copy cannot be written"):
            async with self._reading.connect() as connection:
                await _outside_transaction(connection, "VACUUM INTO ?", str(target))

    async def watch(self, every_s: float = 60.0) -> None:
        """Look whether the file is whole, and again and again whether it is still the one that was opened.

        Raises:
            DatabaseLostError: It is not. What could be saved stands in its place, for a fresh process to go on with.
        """
        if self.path is None:
            return
        before = now = inodes(self.path)
        if not await asyncio.to_thread(is_whole, self.path):
            self._damage.set()
        while not self._damage.is_set() and all(old in {None, new} for old, new in zip(before, now, strict=True)):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._damage.wait(), every_s)
            before, now = now, inodes(self.path)
        await self._saved(self.path)
        what = "was damaged" if self._damage.is_set() else "was taken away"
        raise DatabaseLostError(f"the database {what} while the bot ran; what could be saved is in {self.path}")

    async def _saved(self, path: Path) -> None:
        """Write nothing any more, and put a whole database in the place of the lost one."""
        await self._writer.stop()
        if self._damage.is_set():
            await self.close()
            await asyncio.to_thread(repair, path)
            return
        with clearly(f"the database {path} cannot be put back"):
            fresh = begin_fresh(path)
            open_still = await self._writer.connection()  # can be read although it has no name any more
            await _outside_transaction(open_still, "VACUUM INTO ?", str(fresh))
            await self.close()
            set_aside(path, DAMAGED)
            fresh.replace(path)

    async def close(self) -> None:
        """Commit what is waiting and close."""
        await self._writer.close()
        await self._writing.dispose()
        await self._reading.dispose()

    @contextmanager
    def _clearly(self, what: str) -> Iterator[None]:
        try:
            with clearly(what):
                yield
        except StorageError as error:
            if is_broken(error.__cause__):
                self._damage.set()
            raise


async def _outside_transaction(connection: AsyncConnection, statement: str, *values: str) -> Any:
    """The first value that a statement gives; None when it gives none."""
    raw = await connection.get_raw_connection()
    cursor = await raw.driver_connection.execute(statement, values)  # type: ignore[union-attr]  # aiosqlite's own
    row = await cursor.fetchone()
    await cursor.close()
    return row[0] if row else None
