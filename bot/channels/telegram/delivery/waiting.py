"""What time is it, and how does one wait? Handed in, so that a test can turn it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Clocks:
    """The clock on the wall, the one that only goes forward, and waiting."""

    now: Callable[[], datetime]  # aware
    seconds: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
