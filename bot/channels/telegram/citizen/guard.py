"""What happens before and after every handler? Too many messages are held off, what goes wrong is owned up to."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.channels.telegram.delivery.sending import may_pass
from bot.channels.telegram.delivery.waiting import Clocks
from bot.channels.telegram.screen.notices import notice, sentence
from bot.channels.telegram.screen.render import render
from bot.channels.telegram.screen.show import Destination, acknowledge, send
from bot.channels.telegram.visits import Context, Receipt
from bot.errors import StorageError
from bot.knowledge.phrases import Phrases
from bot.logs import trace

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_SWEEP_AT = 10_000  # people, before those who have been quiet are forgotten
_NOTICE_EVERY_S = 60.0
_REMEMBERED = 8  # updates of a person; each chat has one in hand


class Guard:
    """The handlers around all others.

    Messages are counted by the moment they were written, presses and searches, which carry none, by the clock. What
    was written before the start, when nobody was there to answer, is not counted.
    """

    def __init__(self, per_minute: int, clocks: Clocks, phrases: Callable[[], Phrases]) -> None:
        self._messages, self._presses = Limits(per_minute), Limits(per_minute)
        self._seconds, self._phrases = clocks.seconds, phrases
        self._since = clocks.now().replace(microsecond=0)  # Telegram tells whole seconds

    async def admit(self, update: Update, context: Context) -> None:
        """Let an update through, or end it here, before any other handler, when its sender writes too much."""
        allowance = self._allowance(update)
        if allowance is Allowance.PASS:
            return
        if update.callback_query is not None:
            await acknowledge(update.callback_query, sentence(self._phrases(), "terlalu_banyak"))
        elif allowance is Allowance.NOTICE:
            await self._tell(update, context, "terlalu_banyak")
        Receipt.current().settle()
        raise ApplicationHandlerStop

    def _allowance(self, update: Update) -> "Allowance":
        who = update.effective_user or update.effective_chat
        if who is None:
            return Allowance.PASS
        message = None if update.callback_query else update.effective_message
        if message is None:
            return self._presses.take(who.id, update.update_id, self._seconds())
        written = message.edit_date or message.date
        if written < self._since:
            return Allowance.PASS
        return self._messages.take(who.id, update.update_id, written.timestamp())

    async def failed(self, update: object, context: Context) -> None:
        """Log what went wrong once, under an id, and tell the citizen. Neither text nor name is logged."""
        error = context.error
        if isinstance(error, Forbidden):  # the bot was blocked: there is nobody to tell
            Receipt.current().settle()
            return
        if isinstance(error, StorageError) or may_pass(error):  # the update stays open and is tried again
            _log.error("not answered yet", cause=str(error) if isinstance(error, StorageError) else _told(error))
            return
        if not isinstance(update, Update):
            _log.warning("Telegram is not answering as it should", cause=_told(error))
            return
        incident = secrets.token_hex(4)
        _log.error("an update failed", incident=incident, cause=_told(error), trace=error and trace(error))
        if update.callback_query is not None:
            await acknowledge(update.callback_query)
        try:
            await self._tell(update, context, "maaf", kode=incident)
        except TelegramError as second:
            _log.warning("the apology failed too", incident=incident, cause=_told(second))
            if may_pass(second):
                return  # nobody was told: the update stays open
        Receipt.current().incident = incident

    async def _tell(self, update: Update, context: Context, name: str, **values: object) -> None:
        place = Destination.of(update)
        if place is not None:
            await send(context.bot, place, render(notice(self._phrases(), name, **values)))


def _told(error: BaseException | None) -> str:
    """Kind of an error. Its message only where it is Telegram's own: others may hold a citizen's words."""
    kind = type(error).__name__
    return f"{kind}: {error}" if isinstance(error, BadRequest) else kind


class Allowance(Enum):
    """What happens to a message."""

    PASS = auto()
    NOTICE = auto()  # too many: say so, once a minute
    SILENCE = auto()


@dataclass
class _Bucket:
    tokens: float
    at: float
    noticed: float = float("-inf")
    decided: dict[int, Allowance] = field(default_factory=dict)  # by update, the last ones: tries are not counted

    def fill(self, at: float, most: float) -> float:
        """What there is at a moment; one of the past brings nothing."""
        self.tokens = min(most, self.tokens + max(0.0, at - self.at) * most / 60)
        self.at = max(at, self.at)
        return self.tokens

    def take(self, at: float, most: float) -> Allowance:
        """Use one up."""
        if self.fill(at, most) >= 1:
            self.tokens -= 1
            return Allowance.PASS
        if at - self.noticed < _NOTICE_EVERY_S:
            return Allowance.SILENCE
        self.noticed = at
        return Allowance.NOTICE


class Limits:
    """Token buckets by person: so many messages in a row, and so many a minute bring back."""

    def __init__(self, per_minute: int) -> None:
        self._most = float(per_minute)
        self._buckets: dict[int, _Bucket] = {}

    def take(self, person: int, update: int, at: float) -> Allowance:
        """Count an update of a person, once however often it is tried; ``at`` is in seconds."""
        if len(self._buckets) > _SWEEP_AT:
            self._buckets = {who: one for who, one in self._buckets.items() if one.fill(at, self._most) < self._most}
        bucket = self._buckets.setdefault(person, _Bucket(self._most, at))
        if update not in bucket.decided:
            bucket.decided[update] = bucket.take(at, self._most)
            if len(bucket.decided) > _REMEMBERED:
                del bucket.decided[min(bucket.decided)]
        return bucket.decided[update]
