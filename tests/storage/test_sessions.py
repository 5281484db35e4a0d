from datetime import timedelta

from sqlalchemy import text

from bot.conversation.turn import Session
from bot.knowledge.vocabulary import Aspect
from bot.storage import sessions as stored
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.log.erasing import forget, purge
from bot.storage.sessions import StoredSessions
from bot.understanding.result import Topic
from tests.storage.conftest import NOON

TALK = Session(
    Topic(("ktp-hilang",), (Aspect.COST,), offered=True), declines=1, at=NOON, unanswered="syarat", draft_told=True
)


async def put(database, conversation, session, sessions=None):
    sessions = sessions or StoredSessions(database)
    await database.write(*sessions.changes(conversation, conversation.removeprefix("grup/"), session))
    sessions.remember(conversation, session)


async def test_a_conversation_goes_on_after_a_restart(path):
    async with await Database.open(sqlite_url(path)) as database:
        await put(database, "chat", TALK)
    async with await Database.open(sqlite_url(path)) as database:
        assert await StoredSessions(database).get("chat") == TALK


async def test_a_new_conversation_is_blank(database):
    assert await StoredSessions(database).get("new") == Session()


async def test_the_last_session_counts(database):
    sessions = StoredSessions(database)
    await put(database, "chat", TALK, sessions)
    await put(database, "chat", Session(at=NOON), sessions)
    assert await sessions.get("chat") == Session(at=NOON)
    assert await StoredSessions(database).get("chat") == Session(at=NOON)


async def test_a_person_is_forgotten_in_private_and_in_groups_and_nobody_else(database):
    sessions = StoredSessions(database)
    for key in ("warga", "grup/warga", "grup/lain"):
        await put(database, key, TALK, sessions)
    await forget(database, sessions, "warga", NOON)
    for known in (sessions, StoredSessions(database)):
        assert [await known.get(key) for key in ("warga", "grup/warga", "grup/lain")] == [Session(), Session(), TALK]


async def test_what_ended_is_purged(database):
    sessions = StoredSessions(database)
    await put(database, "old", TALK, sessions)
    await put(database, "new", Session(at=NOON + timedelta(hours=2)), sessions)
    await purge(database, sessions, NOON + timedelta(hours=2), timedelta(days=1))
    assert await StoredSessions(database).get("old") == await sessions.get("old") == Session()
    assert await StoredSessions(database).get("new") == Session(at=NOON + timedelta(hours=2))


async def test_a_topic_of_another_version_is_forgotten(database):
    await put(database, "chat", TALK)
    await database.transact(
        lambda c: c.execute(text("""UPDATE sessions SET topic = '{"topic": {"subjects": [], "mood": 1}}'"""))
    )
    assert (await StoredSessions(database).get("chat")).topic is None


async def test_the_conversations_of_longest_ago_leave_the_memory_first(database, monkeypatch):
    monkeypatch.setattr(stored, "_MOST_CACHED", 2)
    sessions = StoredSessions(database)
    for conversation in ("a", "b", "a", "c"):
        sessions.remember(conversation, TALK)
    assert set(sessions._cached) == {"a", "c"}
