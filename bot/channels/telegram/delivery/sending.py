"""What happens when Telegram does not take a message? It is tried again, patiently, until it does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.delivery.waiting import GrowingWait
from bot.channels.telegram.delivery.workers import Slots

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_LONGEST_S = 30.0
_PATIENCE_S = 24 * 3600.0  # Telegram itself keeps an update no longer
_HANGS_S = 0.5  # a request that takes longer holds nobody else up
_STORM_CHATS, _STORM_S, _STORM_PAUSE_S = 3, 10.0, 1.0  # so many people held off within so long: all pause a moment
_TRIED_AGAIN = frozenset({
    "sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageReplyMarkup", "deleteMessage", "getFile",
})  # fmt: skip
FINAL = (BadRequest, Forbidden, ChatMigrated)
"""Refusals that stay refusals, however often one asks in the same way."""
_WAYS: Mapping[str, tuple[str, ...]] = {
    "message_thread_id": ("thread not found", "topic_closed", "topic_deleted", "topic_id_invalid"),
    "reply_parameters": ("replied not found", "message_id_invalid"),
}
"""What to leave out of a request, by what a refusal says of it."""


@dataclass
class Pauses:
    """Until when a chat, or everybody, has to wait; seconds of a clock that only goes forward."""

    clock: Callable[[], float]
    _chats: dict[object, float] = field(default_factory=dict)
    _recent: dict[object, float] = field(default_factory=dict)
    _all: float = 0.0

    def hold(self, chat: object, seconds: float) -> None:
        """Telegram asks for a pause; when it asks several people, and not groups of one, all pause for a moment."""
        now = self.clock()
        self._chats[chat] = max(self._chats.get(chat, 0.0), now + seconds)
        if isinstance(chat, int) and chat > 0:
            self._recent = {who: at for who, at in self._recent.items() if now - at < _STORM_S} | {chat: now}
        if len(self._recent) >= _STORM_CHATS:
            self._all = max(self._all, now + min(seconds, _STORM_PAUSE_S))

    def left(self, chat: object) -> float:
        """Seconds that a chat still has to wait; none or less when it may go on."""
        now, until = self.clock(), self._chats.get(chat, 0.0)
        if until <= now:
            self._chats.pop(chat, None)
        return max(until, self._all) - now


class Sending(BaseRateLimiter[None]):
    """Between the bot and Telegram: what brings an answer is tried again, for up to a day, its slot lent meanwhile."""

    def __init__(self, slots: Slots, clock: Callable[[], float]) -> None:
        self._slots = slots
        self._clock = clock
        self._pauses = Pauses(clock)

    async def process_request(  # noqa: PLR0917 - PTB's signature
        self,
        callback: Callable[..., Awaitable[Any]],
        args: Any,  # noqa: ARG002 - endpoint and data once more
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - PTB's name
    ) -> Any:
        """Make a request, again and again where that helps."""
        deadline, wait, ways = self._clock() + _PATIENCE_S, GrowingWait(self._slots.sleep, _LONGEST_S), 0
        while True:
            chat = data.get("chat_id")
            if (left_s := self._pauses.left(chat)) > 0 and endpoint in _TRIED_AGAIN:
                await self._slots.sleep(left_s)
            try:
                async with self._slots.lent(_HANGS_S):
                    return await callback(endpoint, data, **kwargs)
            except FINAL as refusal:
                other = other_way(refusal, data)
                if other is None or ways > len(_WAYS):
                    raise
                data, ways = other, ways + 1
            except TelegramError as error:  # also 401 and 404: they may pass
                if endpoint not in _TRIED_AGAIN or self._clock() > deadline:
                    raise
                if isinstance(error, RetryAfter):
                    self._pauses.hold(chat, seconds_of(error))
                    _log.info("Telegram asks for a pause", seconds=seconds_of(error))
                else:
                    _log.warning("not sent, trying again", cause=type(error).__name__, wait_s=wait.next_s)
                    await wait()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def other_way(refusal: TelegramError, data: dict[str, Any]) -> dict[str, Any] | None:
    """The same request in the other way that a refusal names; None when it names none."""
    if isinstance(refusal, ChatMigrated):
        return {name: value for name, value in data.items() if name not in _WAYS} | {"chat_id": refusal.new_chat_id}
    said = refusal.message.casefold()
    named = {name for name, signs in _WAYS.items() if any(sign in said for sign in signs)} & data.keys()
    return {name: value for name, value in data.items() if name not in named} if named else None


def may_pass(error: BaseException | None) -> bool:
    """Whether Telegram or the way to it was in trouble, so that the same may be accepted later."""
    return isinstance(error, TelegramError) and not isinstance(error, FINAL)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
