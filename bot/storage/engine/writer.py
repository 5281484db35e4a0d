"""How is written? By one alone: what waits together is committed together, what can never be stored fails alone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageError

T = TypeVar("T")
Row = Mapping[str, Any]
Work = Callable[[AsyncConnection], Awaitable[T]]

_MOST_AT_ONCE = 500  # jobs of one commit


@dataclass(frozen=True)
class Change:
    """One statement for some rows."""

    statement: Executable
    rows: Sequence[Row]


@dataclass(frozen=True)
class _Job:
    done: asyncio.Future[Any]
    changes: Sequence[Change]
    work: Work[Any] | None


class Writer:
    """Writes through an engine; whatever fails is said by ``clearly``."""

    def __init__(self, engine: AsyncEngine, clearly: Callable[[str], AbstractContextManager[None]]) -> None:
        self._engine = engine
        self._clearly = clearly
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._connection: AsyncConnection | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take jobs."""
        self._task = asyncio.create_task(self._write())

    async def stop(self) -> None:
        """Take no more jobs, and commit what is waiting."""
        task, self._task = self._task, None
        if task is not None:
            self._jobs.put_nowait(None)
            await task

    async def close(self) -> None:
        """Stop, and leave the connection."""
        await self.stop()
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def do(self, changes: Sequence[Change] = (), work: Work[Any] | None = None) -> Any:
        """Have changes or work committed; what the work gave."""
        if self._task is None:
            raise StorageError("the database is closed")
        job = _Job(asyncio.get_running_loop().create_future(), changes, work)
        self._jobs.put_nowait(job)
        return await job.done

    async def _write(self) -> None:
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
        result, failure = None, None
        try:
            result = await self._committed(jobs)
        except Exception as error:  # noqa: BLE001 - every waiting caller is told, whatever it was
            failure = error
        if len(jobs) > 1 and isinstance(failure, StorageError) and failure.hopeless:
            for job in jobs:
                await self._commit([job])
            return
        for waiting in (job.done for job in jobs if not job.done.done()):
            if failure:
                waiting.set_exception(failure)
            else:
                waiting.set_result(result)

    async def _committed(self, jobs: Sequence[_Job]) -> Any:
        with self._clearly("the database cannot be written"):
            connection = await self.connection()
            async with connection.begin():
                for statement, rows in _merged(jobs):
                    await connection.execute(statement, rows)
                work = jobs[0].work
                return await work(connection) if work else None

    async def connection(self) -> AsyncConnection:
        """The connection, kept open: fetching it from the pool and back costs as much as a commit."""
        if self._connection is None or self._connection.invalidated:
            self._connection = await self._engine.connect()
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
