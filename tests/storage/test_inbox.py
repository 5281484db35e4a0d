from datetime import timedelta

import pytest

from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.inbox import Arrival, Inbox, UpdateState
from bot.storage.log.erasing import KEPT, purge
from bot.storage.sessions import StoredSessions
from tests.storage.conftest import NOON


@pytest.fixture
def inbox(database):
    return Inbox(database)


def arrival(number: int, chat: int = 1, **fields) -> Arrival:
    return Arrival(number, chat, f"body {number}", **fields)


async def end(database, inbox, *numbers, state=UpdateState.DONE, at=NOON):
    await database.write(*(inbox.ended(number, state, at) for number in numbers))


async def test_a_batch_is_given_back_oldest_first_and_without_what_is_known(inbox):
    first = await inbox.store([arrival(3), arrival(1), arrival(2), arrival(1)], NOON)
    again = await inbox.store([arrival(2), arrival(4)], NOON)
    assert [one.update_id for one in first] == [1, 2, 3]
    assert [one.update_id for one in again] == [4]


async def test_P1_what_is_not_over_is_open_after_a_restart(path):
    async with await Database.open(sqlite_url(path)) as database:
        inbox = Inbox(database)
        await inbox.store([arrival(1), arrival(2, chat=7)], NOON)
        await inbox.begin(2)
        await end(database, inbox, 1)
    async with await Database.open(sqlite_url(path)) as database:
        (waiting,) = await Inbox(database).open()
    assert (waiting.update_id, waiting.chat, waiting.body, waiting.attempts) == (2, 7, "body 2", 2)


async def test_P3_an_update_that_ended_is_known_for_48_hours(database, inbox):
    await inbox.store([arrival(1)], NOON)
    await end(database, inbox, 1)
    await purge(database, StoredSessions(database), NOON + KEPT - timedelta(hours=1), timedelta(days=180))
    assert await inbox.store([arrival(1)], NOON) == []
    await purge(database, StoredSessions(database), NOON + KEPT + timedelta(hours=1), timedelta(days=180))
    assert [one.update_id for one in await inbox.store([arrival(1)], NOON)] == [1]


async def test_what_is_open_is_never_purged(database, inbox):
    await inbox.store([arrival(1)], NOON)
    await purge(database, StoredSessions(database), NOON + timedelta(days=30), timedelta(days=180))
    assert [one.update_id for one in await inbox.open()] == [1]


async def test_T8_text_and_chat_are_gone_from_the_file_when_an_update_ends(database, inbox, path):
    await inbox.store([Arrival(1, 987654321987, "rahasia-warga")], NOON)
    await end(database, inbox, 1)
    await database.checkpoint()
    assert b"rahasia-warga" not in path.read_bytes()


async def test_counts_say_how_many_stand_where(database, inbox):
    await inbox.store([arrival(1), arrival(2), arrival(3), arrival(4, state=UpdateState.BAD)], NOON)
    await end(database, inbox, 1)
    await end(database, inbox, 2, state=UpdateState.BAD)
    assert await inbox.counts() == {UpdateState.OPEN: 1, UpdateState.DONE: 1, UpdateState.BAD: 2}


async def test_what_came_first_is_taken_up_first_though_telegram_began_its_numbers_anew(inbox):
    for minute, number in enumerate((5, 2, 7)):
        await inbox.store([arrival(number)], NOON + timedelta(minutes=minute))
    assert [one.update_id for one in await inbox.open()] == [5, 2, 7]


async def test_an_end_by_itself_takes_back_no_try_that_was_not_counted(inbox):
    await inbox.store([arrival(1)], NOON)
    await inbox.survived()
    await inbox.survived()
    assert [one.attempts for one in await inbox.open()] == [0]
