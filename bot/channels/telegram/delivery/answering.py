"""How does one update come to its end? It is tried until it is answered, and what it leaves is committed with it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import structlog
from telegram import Update

from bot.channels.telegram.delivery.sending import FINAL
from bot.channels.telegram.delivery.waiting import Clocks, GrowingWait
from bot.channels.telegram.delivery.workers import Slots
from bot.channels.telegram.screen.notices import sentence
from bot.channels.telegram.visits import App, Kept, Receipt
from bot.errors import StorageError
from bot.knowledge.phrases import Phrases
from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.inbox import Inbox, UpdateState, Waiting
from bot.storage.log.querylog import QueryLog
from bot.storage.sessions import Replies, StoredSessions

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

MOST_TRIES = 5
"""Tries that were begun and never ended, because the process died."""

_MOST_ROUNDS = 10  # tries in a row that nobody settled: nine waits, three minutes together
_TOO_OLD = timedelta(hours=24)
_LONGEST_S, _COMMIT_LONGEST_S = 30.0, 5.0
_UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Answering:
    """Brings updates to their end; the handlers of ``application`` fill receipts of what is to be kept."""

    application: App
    database: Database
    sessions: StoredSessions
    replies: Replies
    slots: Slots
    clocks: Clocks
    phrases: Callable[[], Phrases]  # the bot's sentences as they stand now

    @cached_property
    def inbox(self) -> Inbox:
        """Where updates lie until they end."""
        return Inbox(self.database)

    @cached_property
    def queries(self) -> QueryLog:
        """One log for all: only rows of the same statement are written together."""
        return QueryLog(self.database)

    async def answer(self, waiting: Waiting) -> None:
        """Bring one update to its end."""
        if waiting.attempts >= MOST_TRIES or self.clocks.now() - waiting.received > _TOO_OLD:
            await self._give_up(waiting)
            return
        if not waiting.counted:
            await self._surely(lambda: self.inbox.begin(waiting.update_id))
        try:
            update = Update.de_json(json.loads(waiting.body), self.application.bot)
        except _UNREADABLE as error:
            _log.error("an update cannot be read", cause=type(error).__name__)
            await self._end(waiting, UpdateState.BAD)
            return
        wait = GrowingWait(self.slots.sleep, _LONGEST_S)
        for _ in range(_MOST_ROUNDS):
            receipt = Receipt.opened()
            await self.application.process_update(update)
            if receipt.incident:
                await self._end(waiting, UpdateState.BAD)
                return
            if receipt.settled:
                await self._end(waiting, UpdateState.DONE, receipt.kept)
                return
            await wait()
        await self._give_up(waiting)

    async def _give_up(self, waiting: Waiting) -> None:
        """End an update that killed its process too often or waited too long, once its sender was told."""
        _log.error("an update is set aside", attempts=waiting.attempts, received=waiting.received.isoformat())
        try:
            await self.application.bot.send_message(waiting.chat, sentence(self.phrases(), "tidak_terjawab"))
        except FINAL as error:
            _log.warning("there is nobody to apologise to", cause=type(error).__name__)
        await self._end(waiting, UpdateState.BAD)

    async def _end(self, waiting: Waiting, state: UpdateState, kept: Kept | None = None) -> None:
        changes = self.left_by(kept) if kept else []
        end = self.inbox.ended(waiting.update_id, state, self.clocks.now())
        try:
            await self._surely(lambda: self.database.write(*changes, end))
        except StorageError as error:
            _log.error("what an answer leaves can never be stored; its update is set aside", cause=str(error))
            bad = self.inbox.ended(waiting.update_id, UpdateState.BAD, self.clocks.now())
            await self._surely(lambda: self.database.write(bad))
        if kept:
            self.sessions.remember(kept.turn.conversation, kept.handled.session)

    def left_by(self, kept: Kept) -> list[Change]:
        """What an answer leaves for good, for the commit that also ends its update: session, log row, messages."""
        turn, handled = kept.turn, kept.handled
        changes = self.sessions.changes(turn.conversation, turn.user, handled.session)
        changes += self.queries.left_by(turn.user, handled.record, handled.decision)
        if kept.answers:
            changes += self.replies.changes(turn.conversation, kept.question, kept.answers, self.clocks.now())
        return changes

    async def _surely(self, commit: Callable[[], Awaitable[None]]) -> None:
        """Commit, however long it takes, unless it never can be: what was sent must not be sent again."""
        wait = GrowingWait(self.slots.sleep, _COMMIT_LONGEST_S)
        while True:
            try:
                return await commit()
            except StorageError as error:
                if error.hopeless:
                    raise
                _log.error("not committed, trying again", cause=str(error))
            await wait()
