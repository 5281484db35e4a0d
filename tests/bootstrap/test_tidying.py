"""What has had its time is erased, and what has not stays."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.bootstrap.tidying import keep_tidy
from bot.conversation.turn import Session
from bot.errors import StorageError
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.inbox import Arrival, Inbox, UpdateState
from bot.storage.log.filters import Filter
from bot.storage.log.missed import Mark, MarkState, Suggestions
from bot.storage.sessions import Replies, StoredSessions
from tests.storage.conftest import CommittingLog, record

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path):
    async with await Database.open(sqlite_url(tmp_path / "tanya.db")) as database:
        yield database


async def tidy(database, sessions=None, rounds=1):
    """Tidy so often, and how long was waited between."""
    waited = []

    async def sleep(seconds):
        waited.append(seconds)
        if len(waited) == rounds:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await keep_tidy(database, sessions or StoredSessions(database), timedelta(days=30), lambda: NOW, sleep)
    return waited


async def test_questions_are_kept_as_many_days_as_was_set(database):
    log = CommittingLog(database)
    for number, days in ((1, 29), (2, 31)):
        await log.keep(record(number, at=NOW - timedelta(days=days)))
    await tidy(database)
    assert [row.turn for row in (await log.page(Filter())).rows] == ["turn-1"]


async def test_what_was_marked_in_questions_goes_with_them(database):
    suggestions = Suggestions(database)
    for word, days in (("baru", 29), ("lama", 31)):
        await suggestions.mark(Mark((word,), MarkState.IGNORED, NOW - timedelta(days=days), "terminal:1"))
    await tidy(database)
    assert [mark.words for mark in await suggestions.marks()] == [("baru",)]


async def test_conversations_links_to_messages_and_ended_updates_have_their_time(database):
    sessions, replies, inbox = StoredSessions(database), Replies(database), Inbox(database)
    for chat, hours in (("new", 1), ("old", 49)):
        at = NOW - timedelta(hours=hours)
        await database.write(*sessions.changes(chat, chat, Session(at=at)), *replies.changes(chat, 1, (2,), at))
        await inbox.store([Arrival(hours, 1, "", UpdateState.DONE)], at)
    await tidy(database)
    assert [(await sessions.get(chat)).at is None for chat in ("new", "old")] == [False, True]
    assert [await replies.of(chat, 1) for chat in ("new", "old")] == [(2,), ()]
    assert (await inbox.counts())[UpdateState.DONE] == 1


async def test_it_is_done_every_hour_also_after_the_database_failed(database):
    fails = [StorageError("locked"), None]

    class Sessions(StoredSessions):
        async def purge(self, now):
            if error := fails.pop(0):
                raise error

    await CommittingLog(database).keep(record(1, at=NOW - timedelta(days=31)))
    assert await tidy(database, Sessions(database), rounds=2) == [3600, 3600]
    assert (await CommittingLog(database).page(Filter())).rows == ()
