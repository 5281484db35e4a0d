"""What does an answered update leave behind for good? Log row or rating, session and messages, in one commit."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.channels.telegram.context import Receipt
from bot.conversation.turn import Session
from bot.errors import StorageError
from bot.reports.statistics import statistics
from bot.storage.engine.database import Change, Database
from bot.storage.log.erasing import forget, purge
from bot.storage.log.querylog import QueryLog
from bot.storage.sessions import Replies, StoredSessions

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
_TIDY_EVERY_S = 3600.0


class Keeping:
    """A ``Memory`` that a restart does not forget."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._sessions = StoredSessions(database)
        self._replies = Replies(database)
        self._log = QueryLog(database)

    async def session(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation.

        Raises:
            StorageError: It cannot be read.
        """
        return await self._sessions.get(conversation)

    async def answers(self, conversation: str, question: int) -> tuple[int, ...]:
        """Ids of the messages that answered a message; empty when that is not known (any more).

        Raises:
            StorageError: They cannot be read.
        """
        return await self._replies.of(conversation, question)

    def changes(self, receipt: Receipt) -> list[Change]:
        """What keeping a receipt changes, for the commit that also ends its update; then ``remember`` it."""
        kept = receipt.kept
        if kept is None:
            return []
        handled, person = kept.handled, kept.conversation.rpartition("/")[2]
        changes = self._sessions.changes(kept.conversation, handled.session)
        if handled.record is not None:
            changes += self._log.changes(handled.record)
        if handled.decision.rated is not None:
            changes += self._log.rating(handled.decision.rated, person)
        if handled.decision.picked is not None:
            changes.append(self._log.choice(handled.decision.picked, person))
        if kept.answers:
            changes += self._replies.changes(kept.conversation, kept.question, kept.answers, self._now())
        return changes

    def remember(self, receipt: Receipt) -> None:
        """Answer from memory from now on."""
        if receipt.kept is not None:
            self._sessions.remember(receipt.kept.conversation, receipt.kept.handled.session)

    async def forget(self, person: str) -> int:
        """Erase everything of a person; how many questions that were.

        Raises:
            StorageError: Not everything is erased.
        """
        return await forget(self._database, self._sessions, person, self._now())

    async def tidy(self, retention: timedelta) -> None:
        """Erase what has had its time: conversations, links to messages, and questions after ``retention``.

        Raises:
            StorageError: Not everything is erased.
        """
        now = self._now()
        await purge(self._database, self._sessions, now, retention)
        await statistics(self._database, now)  # days that are over are counted before somebody waits for it

    async def keep_tidy(self, retention: timedelta) -> None:
        """Tidy now and every hour, until cancelled."""
        while True:
            try:
                await self.tidy(retention)
            except StorageError as error:
                _log.error("old rows could not be erased", cause=str(error))
            await asyncio.sleep(_TIDY_EVERY_S)


class Memory(Protocol):
    """Sessions, and which messages answered which question. Conversations are known by their pseudonyms."""

    async def session(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        ...

    async def answers(self, conversation: str, question: int) -> tuple[int, ...]:
        """Ids of the messages that answered a message; empty when that is not known (any more)."""
        ...

    async def forget(self, person: str) -> int:
        """Erase everything of a person (a pseudonym); how many questions that were."""
        ...
