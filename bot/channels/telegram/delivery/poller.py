"""How do updates come in? By long polls; a batch is confirmed only after it was stored, and nothing ends it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.delivery.sending import seconds_of
from bot.channels.telegram.delivery.waiting import Clocks
from bot.errors import StorageError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "inline_query")
LONG_POLL_S = 30
_GRACE_S = 10.0  # how much later than a long poll its answer may come
_FIRST_S, _LONGEST_S = 0.5, 5.0
_CONFLICT_S, _REFUSED_S = 5.0, 30.0
_SAID_EVERY_S = 60.0

Fetch = Callable[[int | None], Awaitable[Any]]


@dataclass
class Health:
    """How polling is doing."""

    polled_at: float  # seconds of the clock, when the last poll ended or a wait was on purpose
    trouble: str = ""  # why nothing comes in, in one line; empty when all is well


def fetching(request: BaseRequest, address: str) -> Fetch:
    """Long polls over a connection of their own.

    Args:
        request: Initialised; of it only the public ``post`` is used.
        address: Of the bot at the Bot API server, token included.
    """

    async def fetch(offset: int | None) -> Any:
        given: dict[str, object] = {"timeout": LONG_POLL_S, "limit": 100, "allowed_updates": json.dumps(ALLOWED)}
        if offset is not None:
            given["offset"] = offset
        return await request.post(f"{address}/getUpdates?{urlencode(given)}", read_timeout=LONG_POLL_S + _GRACE_S)

    return fetch


@dataclass
class Poller:
    """Fetches batch after batch.

    ``fetch`` asks Telegram for what comes after an offset, ``store`` commits a batch, ``room`` waits until more may
    come in, ``health`` is kept up to date.
    """

    fetch: Fetch
    store: Callable[[list[Any]], Awaitable[None]]
    room: Callable[[], Awaitable[None]]
    health: Health
    clocks: Clocks
    _said: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Poll until cancelled."""
        offset: int | None = None
        while True:
            await self._waited(self.room())
            updates = await self._fetched(offset)
            await self._stored(updates)
            ids = [one["update_id"] for one in updates if isinstance(one, dict) and type(one.get("update_id")) is int]
            # From this batch alone: after a quiet week Telegram starts its ids anew, lower or higher.
            offset = max(ids) + 1 if ids else offset
            if updates and not ids:
                await self._pause(_FIRST_S)  # nothing in it can be confirmed; it will come again

    async def _fetched(self, offset: int | None) -> list[Any]:
        wait_s = _FIRST_S
        while True:
            try:
                updates = await self.fetch(offset)
            except Conflict:
                self._say("another process polls with this token, or a webhook is set")
                await self._pause(_CONFLICT_S)
            except InvalidToken:
                self._say("Telegram refuses the token, or a proxy answers in its place")
                await self._pause(_REFUSED_S)
            except RetryAfter as error:
                await self._pause(seconds_of(error))
            except (TelegramError, KeyError, TypeError) as error:
                self._say(f"Telegram cannot be reached ({type(error).__name__})")
                await self._pause(wait_s)
                wait_s = min(_LONGEST_S, wait_s * 2)
            else:
                self.health.polled_at = self.clocks.seconds()
                if isinstance(updates, list):
                    self._recovered()
                    return updates
                await self._pause(wait_s)

    async def _stored(self, updates: list[Any]) -> None:
        wait_s = _FIRST_S
        while updates:
            try:
                await self.store(updates)
            except StorageError as error:
                self._say(str(error))
                await self._pause(wait_s)
                wait_s = min(_LONGEST_S, wait_s * 2)
            else:
                self._recovered()
                return

    def _say(self, trouble: str) -> None:
        """One clear line, once a minute."""
        now = self.clocks.seconds()
        self.health.trouble = trouble
        if now - self._said.get(trouble, float("-inf")) >= _SAID_EVERY_S:
            self._said[trouble] = now
            _log.warning("nothing comes in; trying again", cause=trouble)

    def _recovered(self) -> None:
        if self.health.trouble:
            self.health.trouble = ""
            self._said.clear()
            _log.info("messages come in again")

    async def _pause(self, seconds: float) -> None:
        await self._waited(self.clocks.sleep(seconds))

    async def _waited(self, wait: Awaitable[None]) -> None:
        """Wait on purpose: the watchdog must not take that for a standstill."""
        waiting = asyncio.ensure_future(wait)
        try:
            while not waiting.done():
                await asyncio.wait({waiting}, timeout=_SAID_EVERY_S / 4)
                self.health.polled_at = self.clocks.seconds()
            waiting.result()
        finally:
            waiting.cancel()
