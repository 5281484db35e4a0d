"""What happens when Telegram does not take a message? It is tried again, patiently, until it does."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.delivery.workers import Slots

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_FIRST_S, _LONGEST_S = 0.5, 30.0
_PATIENCE_S = 24 * 3600.0  # Telegram itself keeps an update no longer
_STORM_CHATS, _STORM_S = 3, 10.0  # so many chats held off within so long: everybody waits
_TRIED_AGAIN = ("sendmessage", "senddocument", "sendphoto", "editmessagetext", "editmessagereplymarkup")
_FINAL = (BadRequest, Forbidden, ChatMigrated)

Call = Callable[..., Coroutine[Any, Any, Any]]


@dataclass
class Pauses:
    """Until when a chat, or everybody, has to wait; seconds of a clock that only goes forward."""

    clock: Callable[[], float]
    _chats: dict[object, float] = field(default_factory=dict)
    _recent: dict[object, float] = field(default_factory=dict)
    _all: float = 0.0

    def hold(self, chat: object, seconds: float) -> None:
        """Telegram asks for a pause; when it asks several chats, all of them pause."""
        now = self.clock()
        self._chats[chat] = max(self._chats.get(chat, 0.0), now + seconds)
        self._recent = {who: at for who, at in self._recent.items() if now - at < _STORM_S} | {chat: now}
        if len(self._recent) >= _STORM_CHATS:
            self._all = max(self._all, now + seconds)

    def left(self, chat: object) -> float:
        """Seconds that a chat still has to wait."""
        now = self.clock()
        if self._chats.get(chat, now) <= now:
            self._chats.pop(chat, None)
        return max(self._chats.get(chat, now), self._all) - now


class Sending(BaseRateLimiter[None]):
    """Between the bot and Telegram: what brings an answer is tried again, for up to a day.

    Args:
        slots: Given back while waiting, so that one chat's trouble is its own.
        clock: Seconds that only go forward.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        slots: Slots,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._slots = slots
        self._clock = clock
        self._sleep = sleep
        self._pauses = Pauses(clock)

    async def process_request(  # noqa: PLR0917 - PTB's signature
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - PTB's name
    ) -> Any:
        """Make a request, again and again where that helps.

        Raises:
            TelegramError: It will never be accepted, or nobody would miss it.
        """
        if endpoint.casefold() not in _TRIED_AGAIN:
            return await callback(*args, **kwargs)
        chat, deadline, wait_s = data.get("chat_id"), self._clock() + _PATIENCE_S, _FIRST_S
        while True:
            await self._pause(self._pauses.left(chat))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._pauses.hold(chat, seconds_of(error))
                _log.info("Telegram asks for a pause", seconds=seconds_of(error))
            except _FINAL:
                raise
            except TelegramError as error:  # also 401 and 404: a proxy's page looks the same
                if self._clock() > deadline:
                    raise
                _log.warning("not sent, trying again", cause=type(error).__name__, wait_s=wait_s)
                await self._pause(wait_s * random.uniform(0.75, 1.25))  # noqa: S311 - spreads, hides nothing
                wait_s = min(_LONGEST_S, wait_s * 2)

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            async with self._slots.given_back():
                await self._sleep(seconds)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
