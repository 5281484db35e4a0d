"""Which messages answered which question? Known as long as Telegram lets a question be edited."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from bot.storage.database import Change, Database
from bot.storage.moments import to_ms
from bot.storage.tables import replies

KEPT = timedelta(hours=48)


class Replies:
    """Ids of messages, by conversation (a pseudonym) and the id of the question."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._put = database.dialect.upsert(replies)

    async def of(self, conversation: str, question: int) -> tuple[int, ...]:
        """The messages that answered a question; empty when that is not known any more.

        Raises:
            StorageError: They cannot be read.
        """
        asked = select(replies.c.messages)
        asked = asked.where(replies.c.conversation == conversation, replies.c.question == question)
        async with self._database.read() as connection:
            found = (await connection.execute(asked)).scalar()
        return tuple(json.loads(found)) if found else ()

    def changes(self, conversation: str, question: int, messages: tuple[int, ...], now: datetime) -> list[Change]:
        """What keeping them changes."""
        row = {
            "conversation": conversation,
            "question": question,
            "messages": json.dumps(messages),
            "at_ms": to_ms(now),
        }
        return [Change(self._put, [row])]

    async def forget(self, person: str) -> None:
        """Erase what belongs to a person's conversations.

        Raises:
            StorageError: Nothing was erased.
        """
        await self._database.write(Change(_FORGET, [{"alone": person, "in_group": f"%/{person}"}]))

    async def purge(self, now: datetime) -> None:
        """Erase what can no longer be edited.

        Raises:
            StorageError: Nothing was erased.
        """
        await self._database.write(Change(_PURGE, [{"before": to_ms(now - KEPT)}]))


_FORGET = delete(replies).where(
    (replies.c.conversation == bindparam("alone")) | replies.c.conversation.like(bindparam("in_group"))
)
_PURGE = delete(replies).where(replies.c.at_ms < bindparam("before"))
