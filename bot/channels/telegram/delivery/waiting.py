"""How does one wait, and what goes on beside the answers? The clock is handed in, so that a test can turn it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.errors import TanyaError
from bot.logs import trace

Sleep = Callable[[float], Awaitable[None]]
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_LONGEST_S = 60.0


@dataclass(frozen=True)
class Clocks:
    """The clock on the wall, the one that only goes forward, and waiting."""

    now: Callable[[], datetime]  # aware
    seconds: Callable[[], float]
    sleep: Sleep = asyncio.sleep


@dataclass
class GrowingWait:
    """Waits between tries: each twice as long as the last, and spread, so that not everybody comes back at once."""

    sleep: Sleep
    longest_s: float
    next_s: float = 0.5

    async def __call__(self) -> None:
        """Wait before the next try."""
        wait_s, self.next_s = self.next_s, min(self.longest_s, self.next_s * 2)
        await self.sleep(wait_s * random.uniform(0.75, 1.25))  # noqa: S311 - spreads, hides nothing


async def beside(main: Awaitable[Any], *others: Coroutine[Any, Any, Any]) -> None:
    """Let others go on until ``main`` ends; the first error of any of them ends all, and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(other) for other in others]
            await main
            for task in tasks:
                task.cancel()
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


async def going_on(what: str, work: Callable[[], Awaitable[None]], sleep: Sleep) -> None:
    """Do a work, and begin it anew whenever it fails: the answers can do without it for a while."""
    wait = GrowingWait(sleep, _LONGEST_S, 1.0)
    while True:
        try:
            return await work()
        except Exception as error:  # noqa: BLE001 - whatever it was, the work has to go on
            cause = str(error) if isinstance(error, TanyaError) else type(error).__name__
            _log.error("a work beside the answers failed; it begins anew", work=what, cause=cause, trace=trace(error))
        await wait()
