"""What time is it, and how does one wait? Handed in, so that a test can turn it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

Sleep = Callable[[float], Awaitable[None]]


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
