"""Which updates wait for the bot, and who may fetch them? Offsets, long polls and conflicts as in tdlib."""

import asyncio
import time
from dataclasses import dataclass, field

from tests.telegram_server.refusal import Refusal

Update = dict[str, object]

MOST_AT_ONCE = 100
LONGEST_POLL = 50.0
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    "Conflict: terminated by setWebhook request",
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)


@dataclass
class Updates:
    """The queue of one bot. Touched only from the server's own event loop."""

    next_id: int = 1000
    throttled: bool = False  # the real server answers the same offset with 1 update, or late; off keeps tests quick
    webhook: str = ""
    allowed: set[str] = field(default_factory=set)
    pending: list[Update] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    polls: int = 0
    _waiting: asyncio.Future[str] | None = None
    _last_offset: int | None = None
    _last_poll: float = 0.0

    def push(self, kind: str, body: object) -> int:
        """Add an update of a kind ("message", "callback_query", …) that this bot wants; its id."""
        update_id = self.next_id
        self.next_id += 1
        if kind in self.allowed or (not self.allowed and kind not in _NOT_BY_DEFAULT):
            self.push_raw({"update_id": update_id, kind: body})
        return update_id

    def push_raw(self, update: Update) -> None:
        """Add an update as it is: poison, a duplicate, an id that jumps back."""
        self.pending.append(update)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result("")

    async def fetch(self, offset: int, limit: int, timeout_s: float, allowed: list[str] | None) -> list[Update]:
        """Confirm what lies below the offset; return what waits, or wait for it.

        Raises:
            Refusal: 409 when a webhook is set or another poll takes over while this one waits.
        """
        self.polls += 1
        if self.webhook:
            raise Refusal(409, _CONFLICT[2])
        if allowed is not None:
            self.allowed = set(allowed)
        self._interrupt(_CONFLICT[0])
        limit, timeout_s = self._slowed(offset, limit, min(timeout_s, LONGEST_POLL))
        self._confirm(offset)
        if not self.pending and timeout_s > 0:
            await self._wait(timeout_s)
        return self.pending[: max(1, min(limit, MOST_AT_ONCE))]

    def set_webhook(self, url: str) -> None:
        """Deliver to an address from now on; empty: back to polling."""
        self.webhook = url
        if url:
            self._interrupt(_CONFLICT[1])

    def _interrupt(self, conflict: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(conflict)

    async def _wait(self, timeout_s: float) -> None:
        self._waiting = waiting = asyncio.get_running_loop().create_future()
        try:
            conflict = await asyncio.wait_for(waiting, timeout_s)
        except TimeoutError:
            return
        if conflict:
            raise Refusal(409, conflict)

    def _slowed(self, offset: int, limit: int, timeout_s: float) -> tuple[int, float]:
        now, same = time.monotonic(), offset == self._last_offset
        since = now - self._last_poll
        self._last_offset, self._last_poll = offset, now
        if not (self.throttled and same):
            return limit, timeout_s
        return (1 if since < 0.5 else limit), (max(timeout_s, 3.0) if since < 3.0 else timeout_s)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._drop(len(self.pending) + offset)
            return
        # An offset far above every id comes from before the ids were restarted; it confirms nothing.
        if offset <= self.next_id + 10:
            kept = [update for update in self.pending if _id(update) >= offset]
            self.confirmed += [_id(update) for update in self.pending if _id(update) < offset]
            self.pending = kept

    def _drop(self, count: int) -> None:
        count = max(0, count)
        self.confirmed += [_id(update) for update in self.pending[:count]]
        self.pending = self.pending[count:]


def _id(update: Update) -> int:
    given = update.get("update_id")
    return given if isinstance(given, int) else 0
