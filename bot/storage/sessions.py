"""What did a conversation speak of last? Sessions survive a restart; personal is nothing in them."""

from collections import OrderedDict
from datetime import datetime
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from sqlalchemy import Row, bindparam, select

from bot.conversation.turn import Session
from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.tables import EPOCH, replies, sessions
from bot.understanding.result import Topic

_MOST_CACHED = 20_000
_TOPIC: TypeAdapter[Topic | None] = TypeAdapter(Topic | None, config=ConfigDict(extra="forbid"))


class StoredSessions:
    """Sessions by the key of their conversation: a chat's pseudonym, in groups ``chat/person``.

    SQLite belongs to one process, so what was read or written once is answered from memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cached: OrderedDict[str, Session] = OrderedDict()
        self._most = _MOST_CACHED if database.path else 0
        self._put = database.dialect.upsert(sessions)
        self._get = select(sessions).where(sessions.c.conversation == bindparam("conversation"))

    async def get(self, conversation: str) -> Session:
        """The session of a conversation; a blank one for a new conversation."""
        if conversation in self._cached:
            return self._cached[conversation]
        rows = await self._database.rows(self._get, {"conversation": conversation})
        session = _session(rows[0]) if rows else Session()
        self.remember(conversation, session)
        return session

    def changes(self, conversation: str, person: str, session: Session) -> list[Change]:
        """What keeping a session changes, for a commit shared with other things; then ``remember`` it."""
        row = {
            "conversation": conversation,
            "person": person,
            "topic": {
                "unanswered": session.unanswered,
                "draft_told": session.draft_told,
                "topic": _TOPIC.dump_python(session.topic),
            },
            "declines": session.declines,
            "at": session.at or EPOCH,
        }
        return [Change(self._put, [row])]

    def remember(self, conversation: str, session: Session) -> None:
        """Answer from memory from now on."""
        self._cached[conversation] = session
        self._cached.move_to_end(conversation)
        while len(self._cached) > self._most:
            self._cached.popitem(last=False)

    def forget_all(self) -> None:
        """Answer nothing from memory any more: rows were erased."""
        self._cached.clear()


def _session(row: Row[*tuple[Any, ...]]) -> Session:
    spoken = row.topic or {}
    unanswered, draft_told = spoken.get("unanswered", ""), spoken.get("draft_told", False)
    return Session(_topic(spoken.get("topic")), row.declines, row.at, unanswered, draft_told)


def _topic(given: object) -> Topic | None:
    """A stored topic; None when it comes from a version that spoke of things this one does not know."""
    try:
        return _TOPIC.validate_python(given)
    except ValidationError:
        return None


class Replies:
    """Ids of messages, by conversation (a pseudonym) and the id of the question."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._put = database.dialect.upsert(replies)

    async def of(self, conversation: str, question: int) -> tuple[int, ...]:
        """The messages that answered a question; empty when that is not known any more."""
        asked = select(replies.c.messages)
        asked = asked.where(replies.c.conversation == conversation, replies.c.question == question)
        return tuple(message for row in await self._database.rows(asked) for message in row.messages)

    def changes(self, conversation: str, question: int, messages: tuple[int, ...], now: datetime) -> list[Change]:
        """What keeping them changes."""
        row = {"conversation": conversation, "question": question, "messages": messages, "at": now}
        return [Change(self._put, [row])]
