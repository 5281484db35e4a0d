"""How is a person forgotten, and what has had its time? In the rows, in memory, and in what was set aside."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.turn import IDLE
from bot.storage.engine.database import Database
from bot.storage.engine.files import forget_in_copies, note_erased, purge_copies
from bot.storage.engine.writer import Change
from bot.storage.inbox import UpdateState
from bot.storage.log.querylog import QueryLog
from bot.storage.sessions import StoredSessions
from bot.storage.tables import inbox, looks, pseudonym_keys, replies, sessions, suggestion_marks

KEPT = timedelta(hours=48)
"""How long an ended update is known when it comes again, and the messages of an answer when its question is edited."""

_TALKS_KEPT = IDLE + timedelta(hours=1)

_TALKS_OF = delete(sessions).where(sessions.c.person == bindparam("who"))
_REPLIES_TO = delete(replies).where(
    (replies.c.conversation == bindparam("who")) | replies.c.conversation.like("%/" + bindparam("who"))
)

_BEFORE: BindParameter[datetime] = bindparam("before")
_OLD_UPDATES = delete(inbox).where(inbox.c.state != UpdateState.OPEN, inbox.c.ended < _BEFORE)


async def forget(database: Database, talks: StoredSessions, person: str, now: datetime) -> int:
    """Erase a person's questions, conversations and links to messages; how many questions that were."""
    if database.path:
        await asyncio.to_thread(note_erased, database.path, person, now)
    await database.write(Change(_TALKS_OF, [{"who": person}]), Change(_REPLIES_TO, [{"who": person}]))
    talks.forget_all()
    count = await QueryLog(database).erase(person)
    await database.checkpoint()
    if database.path:
        await asyncio.to_thread(forget_in_copies, database.path, person, now)
    return count


async def purge(database: Database, talks: StoredSessions, now: datetime, retention: timedelta) -> None:
    """Erase what has had its time: conversations, messages, ended updates, and after ``retention`` the rest."""
    talked = {replies: now - KEPT, sessions: now - _TALKS_KEPT}
    words = {looks: now - retention, suggestion_marks: now - retention}  # of questions and of searches
    ends = {_OLD_UPDATES: now - KEPT}
    ends |= {delete(old).where(old.c.at < _BEFORE): before for old, before in (talked | words).items()}
    await database.write(*(Change(old, [{"before": before}]) for old, before in ends.items()))
    talks.forget_all()
    await QueryLog(database).purge(now - retention)
    if database.path:
        await asyncio.to_thread(purge_copies, database.path, now, now - retention)
    await database.checkpoint()


async def is_named_by(database: Database, key: str) -> bool:
    """Whether people are named by this key (its fingerprint) in a database; in a new one they are from now on."""

    async def work(connection: AsyncConnection) -> bool:
        known = (await connection.execute(select(pseudonym_keys.c.fingerprint))).scalar()
        if known is None:
            await connection.execute(insert(pseudonym_keys), [{"fingerprint": key}])
        return known in {None, key}

    return await database.transact(work)
