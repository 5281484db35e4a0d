"""What a citizen notices when the database is in trouble, or the bot dies at a bad moment."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from sqlalchemy import insert as insert_into

from bot.channels.telegram.delivery import delivery
from bot.channels.telegram.delivery.answering import MOST_TRIES, Answering
from bot.storage.engine import dialects
from bot.storage.engine.writer import Change
from bot.storage.tables import looks
from tests.channels.telegram.running import MORNING
from tests.reliability.citizens import (
    HEALTHY,
    ONCE,
    QUESTION,
    all_answered,
    answers,
    ask,
    ask_at_once,
    healthy,
    settled,
)
from tests.telegram_server.faults import Fault, refused, slow
from tests.telegram_server.people import until


@pytest.fixture
def impatient(monkeypatch):
    """A database that gives up on a lock at once: the fault shows in no time."""
    pragmas = tuple(p if "busy" not in p else "PRAGMA busy_timeout = 20" for p in dialects._PRAGMAS)
    monkeypatch.setattr(dialects, "_PRAGMAS", pragmas)


@pytest.mark.usefixtures("impatient")
async def test_F15_while_the_database_is_locked_nothing_is_confirmed_and_afterwards_all_are_answered(bot, telegram):
    ask(telegram, [1])
    await all_answered(telegram, [1])
    await settled(bot)
    with closing(sqlite3.connect(bot.data / "tanya.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ask(telegram, HEALTHY)
        trouble = "the database cannot be written: database is locked"
        await until(lambda: bot.channel.delivery.poller.trouble == trouble, "the trouble")
        assert telegram.pending() == len(HEALTHY)
        assert answers(telegram).total() == 1
        other.execute("COMMIT")
    await all_answered(telegram, HEALTHY)
    await settled(bot)
    assert set(answers(telegram).values()) == {1}
    assert bot.channel.delivery.poller.trouble == ""


@pytest.mark.usefixtures("impatient")
async def test_F15_a_lock_between_answer_and_commit_costs_no_copy(bot, telegram):
    telegram.trouble(slow("sendMessage", 0.3, 1, chat=1))
    ask(telegram, [1])
    await until(lambda: telegram.server.faults.shown, "the send")
    with closing(sqlite3.connect(bot.data / "tanya.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await all_answered(telegram, [1])
        await asyncio.sleep(0.3)
        assert bot.states() == ["open"]
        other.execute("COMMIT")
    assert await healthy(telegram, bot) == ONCE


async def test_F15_a_question_whose_conversation_cannot_be_read_stays_open_and_is_answered_later(bot, telegram):
    ask(telegram, [1])
    await all_answered(telegram, [1])
    await settled(bot)
    await asyncio.to_thread(rename, bot, "sessions", "gone")
    with structlog.testing.capture_logs() as lines:
        ask(telegram, HEALTHY)
        await until(lambda: [line for line in lines if line["event"] == "not answered yet"], "the trouble")
    assert "bad" not in bot.states()
    await asyncio.to_thread(rename, bot, "gone", "sessions")
    await all_answered(telegram, HEALTHY)
    await settled(bot)
    assert set(bot.states()) == {"done"}
    assert set(answers(telegram).values()) == {1}


def rename(bot, table, name):
    """In a thread: the bot may be in the middle of a commit."""
    with closing(sqlite3.connect(bot.data / "tanya.db", 20, isolation_level=None)) as other:
        other.execute(f"ALTER TABLE {table} RENAME TO {name}")


async def test_what_is_open_in_nobodys_hands_is_taken_up_within_a_minute(start, telegram):
    bot = start(lambda seconds: asyncio.sleep(seconds / 600))
    ask(telegram, [1])
    await all_answered(telegram, [1])
    await settled(bot)
    body = {"message_id": 9, "date": 1764000000, "chat": {"id": 1, "type": "private"}, "text": QUESTION}
    sender = {"id": 1, "is_bot": False, "first_name": ""}
    insert(bot, {"update_id": 1, "message": {**body, "from": sender}}, attempts=1)
    await all_answered(telegram, [1], times=2)
    await settled(bot)
    assert answers(telegram) == {1: 2}
    assert bot.rows("SELECT update_id, state FROM inbox ORDER BY update_id") == [(1, "done"), (1000, "done")]


def insert(bot, update, attempts):
    """An update that some earlier process left open."""
    with closing(sqlite3.connect(bot.data / "tanya.db")) as connection, connection:
        connection.execute(
            "INSERT INTO inbox (update_id, chat_id, received_ms, body, state, attempts) VALUES (?, ?, ?, ?, 'open', ?)",
            (update["update_id"], 1, int(MORNING.timestamp() * 1000) - 120_000, json.dumps(update), attempts),
        )


async def test_F24_an_answer_that_leaves_what_no_column_holds_is_set_aside_alone(bot, telegram, monkeypatch):
    changes, look = Answering.left_by, insert_into(looks)

    def with_an_odd_one(answering, kept):
        row = {"at": MORNING, "who": "", "what": "", "detail": "", "rows": 2**63}
        return changes(answering, kept) + ([Change(look, [row])] if kept.turn.user == "p1" else [])

    monkeypatch.setattr(Answering, "left_by", with_an_odd_one)
    ask(telegram, range(1, 11))
    await all_answered(telegram, range(1, 11))
    await settled(bot)
    assert bot.rows("SELECT state, count(*) FROM inbox GROUP BY state ORDER BY state") == [("bad", 1), ("done", 9)]
    assert bot.rows("SELECT count(*) FROM queries") == [(9,)]
    assert set(answers(telegram).values()) == {1}


async def dies(bot, monkeypatch):
    """End a bot without letting it finish anything, or know that it ends."""
    monkeypatch.setattr(delivery, "_STOP_S", 0.0)
    bot.task.cancel()
    await asyncio.gather(bot.task, return_exceptions=True)


async def test_F18_death_between_commit_and_confirmation_loses_and_doubles_nothing(start, telegram, monkeypatch):
    first = start()
    await until(lambda: telegram.server.methods.updates.polls, "the first poll")
    telegram.trouble(Fault("getUpdates", delay_s=60, reset=True))  # the poll that would confirm
    ask_at_once(telegram, HEALTHY)
    await all_answered(telegram, HEALTHY)
    await settled(first)
    await dies(first, monkeypatch)
    telegram.calm()
    assert telegram.pending() == len(HEALTHY)
    second = start()
    await until(lambda: telegram.pending() == 0, "that all is confirmed")
    await settled(second)
    assert set(answers(telegram).values()) == {1}


async def test_F18_P2_death_between_answer_and_its_commit_costs_a_copy_and_loses_nothing(start, telegram, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Answering, "_end", lambda *_: asyncio.Event().wait())
        first = start()
        ask(telegram, [1, 2])
        await all_answered(telegram, [1, 2])
        await dies(first, monkeypatch)
        assert first.states() == ["open", "open"]
    second = start()
    await all_answered(telegram, [1, 2], times=2)
    await settled(second)
    assert answers(telegram) == {1: 2, 2: 2}
    assert len(second.rows("SELECT * FROM queries")) == 2


async def test_F12_an_update_that_killed_its_process_too_often_is_set_aside_with_an_apology(
    start, telegram, monkeypatch
):
    telegram.trouble(slow("sendMessage", 600, MOST_TRIES, chat=1))
    ask(telegram, [1])
    for number in range(MOST_TRIES):
        bot = start()
        await until(lambda number=number: len(telegram.server.faults.shown) > number, "a try")
        await dies(bot, monkeypatch)
    last = start()
    assert (await telegram.reply()).text == last.phrases.say("telegram.tidak_terjawab")
    await settled(last)
    assert last.states() == ["bad"]
    assert await healthy(telegram, last) == ONCE


async def test_P1_restarts_while_nothing_can_be_sent_count_as_no_crash_and_everybody_is_answered(
    start, telegram, monkeypatch
):
    monkeypatch.setattr(delivery, "_STOP_S", 0.05)
    telegram.trouble(refused("sendMessage", 502, "Bad Gateway", times=10**6))
    ask(telegram, HEALTHY)
    for number in range(MOST_TRIES + 1):
        bot = start()
        seen = len(HEALTHY) * (number + 1)
        await until(lambda seen=seen: len(telegram.server.faults.shown) >= seen, "a try for everybody")
        await bot.end()
        assert bot.rows("SELECT DISTINCT state, attempts FROM inbox") == [("open", 0)]
    telegram.calm()
    bot = start()
    await all_answered(telegram, HEALTHY)
    await settled(bot)
    assert set(answers(telegram).values()) == {1}


async def test_what_is_open_for_a_day_ends_with_an_apology(start, telegram, monkeypatch):
    first = start()
    telegram.trouble(slow("sendMessage", 60, 1))
    ask(telegram, [1])
    await until(lambda: telegram.server.faults.shown, "the send")
    await dies(first, monkeypatch)
    telegram.calm()
    second = start()
    second.now = lambda: MORNING.replace(day=MORNING.day + 2)
    apology = second.phrases.say("telegram.tidak_terjawab")
    await until(lambda: apology in [message.text for message in telegram.messages(1)], "the apology")
    await settled(second)
    assert second.states() == ["bad"]


async def test_P7_told_to_stop_it_ends_what_is_being_sent_and_leaves_the_rest_for_the_next(start, telegram):
    first = start()
    telegram.trouble(slow("sendMessage", 0.2, 1000))
    ask(telegram, range(1, 101))
    await until(lambda: answers(telegram).total() >= 10, "the first answers")
    await first.end()
    assert 10 <= answers(telegram).total() < 100
    telegram.calm()
    second = start()
    await all_answered(telegram, range(1, 101))
    await settled(second)
    assert set(answers(telegram).values()) == {1}
    assert len(second.rows("SELECT * FROM queries")) == 100


async def test_an_answer_that_comes_late_opens_with_one_line_of_apology(start, telegram):
    bot = start()
    bot.now = lambda: datetime.now(UTC) + timedelta(minutes=31)
    ask(telegram, [1])
    await all_answered(telegram, [1])
    apology = bot.phrases.say("telegram.terlambat")
    assert [message.text.startswith(apology) for message in telegram.messages(1)] == [True]
