"""Who answers what lies in the inbox? One worker a chat, oldest first; chats side by side."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog

from bot.channels.telegram.delivery.waiting import Sleep
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
        self._stopping = False

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
            suspect = queue[0].attempts >= _SUSPECT
            async with self._slots.alone() if suspect else self._slots.taken():
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


@dataclass
class _Held:
    slots: asyncio.Semaphore
    here: bool = False

    async def take(self) -> None:
        if not self.here:
            await self.slots.acquire()
            self.here = True

    def give(self) -> None:
        if self.here:
            self.here = False
            self.slots.release()


_held: ContextVar[_Held | None] = ContextVar("slot", default=None)


class Slots:
    """So many slots; a task takes one for an update and lends it out while it waits.

    Args:
        count: How many slots.
        sleep: Waits for so many seconds.
    """

    def __init__(self, count: int, sleep: Sleep = asyncio.sleep) -> None:
        self._free = asyncio.Semaphore(count)
        self._alone = asyncio.Semaphore(1)
        self._sleep = sleep

    def taken(self) -> AbstractAsyncContextManager[None]:
        """Hold a slot, waiting for one in the order of asking."""
        return _holding(self._free)

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Hold the one slot of those that must not be worked on side by side."""
        return _holding(self._alone)

    @asynccontextmanager
    async def lent(self, after_s: float = 0.0) -> AsyncIterator[None]:
        """Be without the slot inside, from so many seconds on; who holds none is not concerned."""
        held = _held.get()
        if held is None:
            yield
            return
        timer = asyncio.get_running_loop().call_later(after_s, held.give)
        try:
            yield
        finally:
            timer.cancel()
            await held.take()

    async def sleep(self, seconds: float) -> None:
        """Wait, while another one has the slot."""
        async with self.lent():
            await self._sleep(seconds)


@asynccontextmanager
async def _holding(slots: asyncio.Semaphore) -> AsyncIterator[None]:
    held = _Held(slots)
    await held.take()
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
        held.give()
