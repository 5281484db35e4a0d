"""What goes on beside the answers? Works that run side by side; none of them ends without a word."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.channels.telegram.delivery.waiting import GrowingWait, Sleep
from bot.errors import TanyaError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_LONGEST_S = 60.0


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
            where = "".join(traceback.format_tb(error.__traceback__))  # without values: they may be a citizen's words
            _log.error("a work beside the answers failed; it begins anew", work=what, cause=cause, trace=where)
        await wait()
