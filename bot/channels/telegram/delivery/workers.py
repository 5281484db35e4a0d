"""Who answers what lies in the inbox? One worker a chat, oldest first; chats side by side."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
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
    """The workers of all chats; ``room`` is set while there are fewer than ``most_chats``.

    ``answer`` brings one update to its end; it returns when the end is committed and raises only what is a fault.
    """

    def __init__(
        self, answer: Callable[[Waiting], Awaitable[None]], slots: "Slots", most_chats: int = MOST_CHATS
    ) -> None:
        self.room = asyncio.Event()
        self.room.set()
        self._answer = answer
        self._slots, self._slot_of_suspects = slots, Slots(1)
        self._most_chats = most_chats
        self._waiting: dict[int, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def ids(self) -> set[int]:
        """Updates that are waiting or being answered, by their ids."""
        return {one.update_id for queue in self._waiting.values() for one in queue}

    def add(self, waiting: Waiting) -> None:
        """Give an update to its chat's worker."""
        queue = self._waiting.setdefault(waiting.chat, deque())
        queue.append(waiting)
        if len(queue) > 1:
            return
        if len(self._waiting) >= self._most_chats:
            self.room.clear()
        task = asyncio.create_task(self._work(waiting.chat, queue))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self, within_s: float) -> None:
        """Begin nothing new; what is being answered may end within so many seconds."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, chat: int, queue: deque[Waiting]) -> None:
        while queue and not self._stopping:
            slots = self._slot_of_suspects if queue[0].attempts >= _SUSPECT else self._slots
            async with slots.taken():
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
                self.room.set()


@dataclass
class _Held:
    slots: asyncio.Semaphore
    here: bool = True

    def give(self) -> None:
        if self.here:
            self.here = False
            self.slots.release()


_held: ContextVar[_Held | None] = ContextVar("slot", default=None)


class Slots:
    """So many slots; a task takes one for an update and lends it out while it waits.

    What is sent while its slot is lent goes on: while Telegram is slow, more sends are on their way than there are
    slots, though never two of a chat.
    """

    def __init__(self, count: int, sleep: Sleep = asyncio.sleep) -> None:
        self._free = asyncio.Semaphore(count)
        self._sleep = sleep

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a slot, waiting for one in the order of asking."""
        await self._free.acquire()
        held = _Held(self._free)
        token = _held.set(held)
        try:
            yield
        finally:
            _held.reset(token)
            held.give()

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
            if not held.here:
                await held.slots.acquire()
                held.here = True

    async def sleep(self, seconds: float) -> None:
        """Wait, while another one has the slot."""
        async with self.lent():
            await self._sleep(seconds)
