"""How is a person forgotten, and what has had its time? In the rows, in memory, and in what was set aside."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.copies import forget_in_copies, note_erased, purge_copies
from bot.storage.engine.database import Database
from bot.storage.inbox import Inbox
from bot.storage.log.missed import Suggestions
from bot.storage.log.querylog import QueryLog
from bot.storage.sessions import Replies, StoredSessions
from bot.storage.tables import pseudonym_keys


async def forget(database: Database, sessions: StoredSessions, person: str, now: datetime) -> int:
    """Erase a person's questions, conversations and links to messages; how many questions that were.

    Raises:
        StorageError: Not everything is erased.
    """
    if database.path:
        await asyncio.to_thread(note_erased, database.path, person, now)
    await sessions.forget(person)
    await Replies(database).forget(person)
    count = await QueryLog(database).erase(person)
    await database.checkpoint()
    if database.path:
        await asyncio.to_thread(forget_in_copies, database.path, person, now)
    return count


async def purge(database: Database, sessions: StoredSessions, now: datetime, retention: timedelta) -> None:
    """Erase what has had its time: conversations, links to messages, ended updates, and after ``retention`` the rest.

    Raises:
        StorageError: Not everything is erased.
    """
    before = now - retention
    await sessions.purge(now)
    await Replies(database).purge(now)
    await Inbox(database).purge(now)
    await QueryLog(database).purge(before)
    await Suggestions(database).purge(before)
    if database.path:
        await asyncio.to_thread(purge_copies, database.path, now, before)
    await database.checkpoint()


async def is_named_by(database: Database, key: str) -> bool:
    """Whether people are named by this key (its fingerprint) in a database; in a new one they are from now on.

    Raises:
        StorageError: The database cannot be used.
    """

    async def work(connection: AsyncConnection) -> bool:
        known = (await connection.execute(select(pseudonym_keys.c.fingerprint))).scalar()
        if known is None:
            await connection.execute(insert(pseudonym_keys), [{"fingerprint": key}])
        return known in {None, key}

    return await database.transact(work)
