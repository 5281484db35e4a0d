"""Who answers what lies in the inbox? One worker a chat, oldest first; chats side by side."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass

import structlog

from bot.storage.inbox import Waiting

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

MOST_CHATS = 2000
"""Chats with open updates, before nothing more is fetched."""

_SUSPECT = 2  # tries that a process did not survive: from then on one at a time, so that the guilty one stands out


class Workers:
    """The workers of all chats.

    Args:
        answer: Brings one update to its end; it returns when the end is committed and raises only what is a fault.
        slots: How many are worked on at once.
        most_chats: See ``MOST_CHATS``.
    """

    def __init__(
        self, answer: Callable[[Waiting], Awaitable[None]], slots: "Slots", most_chats: int = MOST_CHATS
    ) -> None:
        self._answer = answer
        self._slots = slots
        self._most_chats = most_chats
        self._waiting: dict[int, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._room.set()
        self._alone = asyncio.Lock()
        self._stopping = False

    @property
    def open(self) -> int:
        """Updates that are waiting or being answered."""
        return sum(len(waiting) for waiting in self._waiting.values())

    def ids(self) -> set[int]:
        """Updates that are waiting or being answered, by their ids."""
        return {one.update_id for queue in self._waiting.values() for one in queue}

    def add(self, waiting: Waiting) -> None:
        """Give an update to its chat's worker."""
        queue = self._waiting.get(waiting.chat)
        if queue is not None:
            queue.append(waiting)
            return
        self._waiting[waiting.chat] = deque([waiting])
        if len(self._waiting) >= self._most_chats:
            self._room.clear()
        task = asyncio.create_task(self._work(waiting.chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Wait until more may be fetched."""
        await self._room.wait()

    async def stop(self, within_s: float) -> None:
        """Begin nothing new; what is being answered may end within so many seconds."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, chat: int) -> None:
        queue = self._waiting[chat]
        while queue and not self._stopping:
            async with self._guarded(queue[0]), self._slots.taken():
                if self._stopping:
                    return
                try:
                    await self._answer(queue[0])
                except Exception as error:  # noqa: BLE001 - the worker outlives whatever one update does
                    _log.error("an update could not be brought to its end", cause=type(error).__name__)
            queue.popleft()
        if not queue:
            del self._waiting[chat]
            if len(self._waiting) < self._most_chats:
                self._room.set()

    def _guarded(self, waiting: Waiting) -> AbstractAsyncContextManager[None]:
        return self._alone if waiting.attempts >= _SUSPECT else nullcontext()


@dataclass
class _Held:
    here: bool = True


_held: ContextVar[_Held | None] = ContextVar("slot", default=None)


class Slots:
    """So many slots; a task takes one for an update and gives it back while it sleeps."""

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a slot, waiting for one in the order of asking."""
        await self._free.acquire()
        held = _Held()
        token = _held.set(held)
        try:
            yield
        finally:
            _held.reset(token)
            if held.here:
                self._free.release()

    @asynccontextmanager
    async def given_back(self) -> AsyncIterator[None]:
        """Be without the slot inside; who holds none is not concerned."""
        held = _held.get()
        if held is None or not held.here:
            yield
            return
        held.here = False
        self._free.release()
        yield
        await self._free.acquire()
        held.here = True
