"""How many updates are worked on at once? Whoever only waits gives its slot to others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass


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
