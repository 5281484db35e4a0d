"""How do updates come in? By long polls; a batch is confirmed only after it was stored, and nothing ends it."""

import json
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.delivery.lines import Lines
from bot.channels.telegram.delivery.sending import seconds_of
from bot.channels.telegram.delivery.waiting import Clocks, GrowingWait
from bot.errors import StorageError

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "inline_query")
_LONG_POLL_S = 20
POLL_TIMEOUT_S = _LONG_POLL_S + 10.0  # then the line is dead; together with a wait at most 35 s of silence
_LONGEST_S = 3.0
_CONFLICT_S, _REFUSED_S = 5.0, 30.0
_SAID_EVERY_S = 60.0
_OTHER_POLLER = "another process polls with this token"
_WEBHOOK = (
    "a webhook is set, so Telegram sends elsewhere; call the Bot API method deleteWebhook once, or use another bot"
)

Fetch = Callable[[int], Awaitable[list[Any]]]


def fetching(line: Lines, address: str) -> Fetch:
    """Long polls of the bot at an address, token included, over a line that waits ``POLL_TIMEOUT_S``."""

    async def fetch(offset: int) -> Any:
        given = {"timeout": _LONG_POLL_S, "limit": 100, "allowed_updates": json.dumps(ALLOWED), "offset": offset}
        return await line.post(f"{address}/getUpdates?{urlencode(given)}")

    return fetch


@dataclass
class Poller:
    """Fetches batch after batch.

    ``fetch`` asks Telegram for what comes from an offset on, ``store`` commits a batch, ``room`` waits until more may
    come in.
    """

    fetch: Fetch
    store: Callable[[list[Any]], Awaitable[None]]
    room: Callable[[], Awaitable[object]]
    clocks: Clocks
    trouble: str = ""  # why nothing comes in, in one line; empty when all is well
    polled_at: float = math.inf  # seconds of the clock, when the last poll ended; without end during a wait on purpose
    _said: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Poll until cancelled."""
        offset = 0
        while True:
            await self._waited(self.room())
            updates = await self._fetched(offset)
            await self._stored(updates)
            ids = [one["update_id"] for one in updates if isinstance(one, dict) and type(one.get("update_id")) is int]
            # From this batch alone: after a quiet week Telegram starts its ids anew, lower or higher.
            offset = max(ids) + 1 if ids else offset
            if updates and not ids:
                await self._pause(_LONGEST_S)  # nothing in it can be confirmed; it will come again

    async def _fetched(self, offset: int) -> list[Any]:
        wait = GrowingWait(self._pause, _LONGEST_S)
        while True:
            try:
                updates = await self.fetch(offset)
            except Conflict as error:
                self._troubled(_WEBHOOK if "webhook" in error.message.casefold() else _OTHER_POLLER)
                await self._pause(_CONFLICT_S)
            except InvalidToken:
                self._troubled("Telegram refuses the token")
                await self._pause(_REFUSED_S)
            except RetryAfter as error:
                self._troubled("Telegram asks for a pause")
                await self._pause(seconds_of(error))
            except TelegramError as error:
                self._troubled(f"Telegram cannot be reached ({type(error).__name__})")
                await wait()
            else:
                self._recovered()
                return updates

    async def _stored(self, updates: list[Any]) -> None:
        wait = GrowingWait(self._pause, _LONGEST_S)
        while updates:
            try:
                await self.store(updates)
                self._recovered()
            except Exception as error:  # noqa: BLE001 - whatever it holds, it must not keep the others out
                if isinstance(error, StorageError) and not error.hopeless:
                    self._troubled(str(error))
                    await wait()
                    continue
                if len(updates) == 1:
                    _log.error("an update cannot be stored; it is left out", cause=type(error).__name__)
                else:
                    for one in updates:
                        await self._stored([one])
            return

    def _troubled(self, trouble: str) -> None:
        self.trouble = trouble
        self._say(_log.warning, "nothing comes in; trying again", cause=trouble)

    def _recovered(self) -> None:
        self.polled_at = self.clocks.seconds()
        if self.trouble:
            self.trouble = ""
            self._say(_log.info, "messages come in again")

    def _say(self, log: Callable[..., None], event: str, cause: str = "") -> None:
        """One clear line, once a minute, however often it comes and goes."""
        now = self.clocks.seconds()
        if now - self._said.get(event + cause, float("-inf")) >= _SAID_EVERY_S:
            self._said[event + cause] = now
            log(event, **({"cause": cause} if cause else {}))

    async def _pause(self, seconds: float) -> None:
        await self._waited(self.clocks.sleep(seconds))

    async def _waited(self, wait: Awaitable[object]) -> None:
        """Wait on purpose: the watchdog must not take that for a standstill."""
        self.polled_at = math.inf
        await wait
        self.polled_at = self.clocks.seconds()
