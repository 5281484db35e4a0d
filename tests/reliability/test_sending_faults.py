"""What a citizen notices when Telegram does not take an answer."""

import asyncio
import time
from dataclasses import replace

import pytest

from bot.channels.telegram import app
from tests.channels.telegram.running import Running
from tests.reliability.citizens import ANSWER, HEALTHY, ONCE, QUESTION, all_answered, answers, ask, healthy, settled
from tests.telegram_server.faults import Fault, cut, html_page, refused, slow
from tests.telegram_server.people import mention, until
from tests.telegram_server.tls import Front, certificate


async def test_F1_a_pause_that_telegram_asks_for_is_kept_and_the_answer_comes_after_it(start, telegram):
    bot = start()
    telegram.trouble(refused("sendMessage", 429, "Too Many Requests", chat=1, retry_after=1))
    began = time.monotonic()
    ask(telegram, [1])
    await all_answered(telegram, [1])
    assert time.monotonic() - began >= 1.0
    assert await healthy(telegram, bot) == ONCE


async def test_F1_ten_pauses_for_everybody_end_with_everybody_answered(bot, telegram):
    telegram.trouble(refused("sendMessage", 429, "Too Many Requests", times=10, retry_after=2))
    assert await healthy(telegram, bot) == ONCE
    assert len(telegram.server.faults.shown) == 10


@pytest.mark.parametrize("held", [[1], [-1, -2, -3]], ids=["a person", "three groups of one"])
async def test_P6_F29_who_has_to_pause_delays_nobody_else_by_a_moment(start, telegram, held):
    pause_over = asyncio.Event()

    async def sleep(_seconds):
        await pause_over.wait()
        await asyncio.sleep(0.05)

    bot = start(sleep, concurrency=1)
    telegram.trouble(*(refused("sendMessage", 429, "Too Many Requests", chat=chat, retry_after=40) for chat in held))
    ask_there(telegram, held)
    await until(lambda: len(telegram.server.faults.shown) == len(held), "the pauses")
    ask(telegram, HEALTHY)
    await all_answered(telegram, HEALTHY)
    assert [answers(telegram)[chat] for chat in held] == [0] * len(held)
    pause_over.set()
    bot.ahead += 40
    await all_answered(telegram, held)
    await settled(bot)


def ask_there(telegram, chats, **fields):
    """In groups one has to name the bot."""
    for chat in chats:
        telegram.say(mention(QUESTION) if chat < 0 else QUESTION, chat=chat, **fields)


@pytest.mark.parametrize("fault", [Fault("sendMessage", 10, status=500), html_page("sendMessage", 502, 10)])
async def test_F2_an_ill_server_delays_answers_and_loses_none(bot, telegram, fault):
    telegram.trouble(fault, Fault("sendMessage", 10, status=503))
    assert await healthy(telegram, bot) == ONCE
    assert len(telegram.server.faults.shown) == 20


@pytest.mark.parametrize("half", [False, True])
async def test_F3_connections_that_break_before_the_message_is_taken_cost_nothing(bot, telegram, half):
    telegram.trouble(cut("sendMessage", 5, half=half))
    assert await healthy(telegram, bot) == ONCE
    assert len(telegram.server.faults.shown) == 5


async def test_F3_tls_handshakes_that_fail_cost_nothing(telegram, knowledge, tmp_path, monkeypatch):
    shown, kept = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    (tmp_path / "data").mkdir()
    async with Front(int(telegram.url.rpartition(":")[2])).open(shown, kept) as front:
        bot = Running(front.url, knowledge, data=tmp_path / "data")
        bot.sleep = lambda seconds: asyncio.sleep(seconds / 20)
        bot.task = asyncio.create_task(bot.run())
        await until(lambda: telegram.server.methods.updates.polls, "the first poll")
        front.failing = 5
        assert await healthy(telegram, bot) == ONCE
        assert front.failed == 5
        await bot.end()


async def test_F4_connections_that_break_after_the_message_was_taken_cost_a_copy_at_most(bot, telegram):
    telegram.trouble(cut("sendMessage", 5, accepted=True))
    got = await healthy(telegram, bot)
    assert len(telegram.server.faults.shown) == 5
    assert len(HEALTHY) <= sum(got.values()) <= len(HEALTHY) + 5


async def test_F4_an_answer_that_comes_too_late_costs_a_copy_at_most(start, telegram, monkeypatch):
    monkeypatch.setattr(app, "_READ_TIMEOUT_S", 1.5)
    bot = start(lambda seconds: asyncio.sleep(seconds / 20))
    telegram.trouble(slow("sendMessage", 30, 3, accepted=True))
    got = await healthy(telegram, bot)
    assert len(telegram.server.faults.shown) == 3
    assert len(HEALTHY) <= sum(got.values()) <= len(HEALTHY) + 3


async def test_F5_F29_sends_that_hang_delay_only_their_own_chats(start, telegram, monkeypatch):
    monkeypatch.setattr(app, "_READ_TIMEOUT_S", 600.0)
    bot = start(concurrency=5)
    telegram.trouble(*(slow("sendMessage", 500, 1, chat) for chat in range(1, 6)))
    ask(telegram, range(1, 6))
    await until(lambda: len(telegram.server.faults.shown) == 5, "five sends that hang")
    ask(telegram, HEALTHY)
    await all_answered(telegram, HEALTHY)
    assert [answers(telegram)[chat] for chat in range(1, 6)] == [0] * 5
    telegram.calm()
    await all_answered(telegram, range(1, 6))
    await settled(bot)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, b"[]"),
        (502, b"null"),
        (200, b"{}"),
        (200, b'{"ok":true}'),
        (200, b'{"ok":true,"result":[]}'),
        (403, b"<p>"),
    ],
)
async def test_F23_an_answer_that_is_none_of_telegrams_loses_no_question(bot, telegram, status, body):
    telegram.trouble(Fault("sendMessage", 10, status=status, body=body))
    assert await healthy(telegram, bot) == ONCE
    assert set(bot.states()) == {"done"}


async def test_F23_a_day_without_any_send_ends_with_the_answer(bot, telegram):
    telegram.trouble(Fault("sendMessage", 10**6, status=503, body=b"[]"))
    ask(telegram, [1])
    await until(lambda: telegram.server.faults.shown, "a send")
    bot.ahead += 25 * 3600
    await asyncio.sleep(0.5)
    assert bot.states() == ["open"]
    telegram.calm()
    await all_answered(telegram, [1])
    await settled(bot)
    assert bot.states() == ["done"]


async def test_F23_an_apology_that_does_not_get_through_leaves_the_question_open(bot, telegram):
    good = bot.live.snapshot
    bot.live.snapshot = replace(good, matcher=None)
    telegram.trouble(Fault("sendMessage", 10**6, status=503, body=b"[]"))
    ask(telegram, [1])
    await until(lambda: telegram.server.faults.shown, "the apology")
    bot.live.snapshot = good
    bot.ahead += 25 * 3600
    await asyncio.sleep(0.5)
    assert bot.states() == ["open"]
    telegram.calm()
    await all_answered(telegram, [1])
    assert [message.text for message in telegram.messages(1) if ANSWER not in message.text] == []


@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        ("Bad Request: message thread not found", "message_thread_id"),
        ("Bad Request: TOPIC_CLOSED", "message_thread_id"),
        ("Bad Request: message to be replied not found", "reply_parameters"),
    ],
)
async def test_F26_what_a_refusal_names_is_left_out_and_the_answer_comes(bot, telegram, words, left_out):
    telegram.trouble(refused("sendMessage", 400, words, chat=-1))
    ask_there(telegram, [-1], message_thread_id=7, is_topic_message=True)
    await all_answered(telegram, [-1])
    await settled(bot)
    (message,) = telegram.messages(-1)
    assert {"message_thread_id", "reply_parameters"} - message.params.keys() == {left_out}
    assert bot.states() == ["done"]


async def test_F26_in_a_topic_that_stays_closed_nothing_is_tried_for_ever(bot, telegram):
    telegram.trouble(refused("sendMessage", 400, "Bad Request: TOPIC_CLOSED", times=10**6, chat=-1))
    ask_there(telegram, [-1], message_thread_id=7, is_topic_message=True)
    await until(lambda: bot.states() == ["bad"], "the end")
    assert len(telegram.server.faults.shown) == 4


async def test_F26_a_group_that_became_a_supergroup_is_answered_there(bot, telegram):
    telegram.meet(-1005)
    moved = {"migrate_to_chat_id": -1005}
    telegram.trouble(refused("sendMessage", 400, "Bad Request: group chat was upgraded", chat=-1, **moved))
    ask_there(telegram, [-1])
    await all_answered(telegram, [-1005])
    await settled(bot)
    assert (bot.states(), telegram.messages(-1)) == (["done"], [])


@pytest.mark.parametrize(
    ("code", "words", "state"),
    [
        (400, "Bad Request: message is too long", "bad"),
        (400, "Bad Request: chat not found", "bad"),
        (403, "Forbidden: bot was blocked by the user", "done"),
    ],
)
async def test_F6_what_will_never_be_taken_is_given_up_at_once(bot, telegram, code, words, state):
    telegram.trouble(refused("sendMessage", code, words, times=2, chat=1))
    ask(telegram, [1])
    await until(lambda: bot.states() == [state], "the end")
    telegram.calm()
    assert bot.rows("SELECT * FROM queries") == []
    assert await healthy(telegram, bot) == ONCE


async def test_F6_refused_markup_is_sent_as_plain_text_once(bot, telegram):
    telegram.trouble(refused("sendMessage", 400, "Bad Request: can't parse entities: x", chat=1))
    ask(telegram, [1])
    await all_answered(telegram, [1])
    assert [message.source == message.text for message in telegram.messages(1)] == [True]
    assert await healthy(telegram, bot) == ONCE


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("answerCallbackQuery", "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        ("editMessageText", "Bad Request: message to edit not found"),
        ("answerCallbackQuery", ""),
    ],
)
async def test_F7_an_answer_to_a_button_comes_although_something_around_it_fails(bot, telegram, method, words):
    telegram.say("/layanan")
    await telegram.reply()
    fault = refused(method, 400, words) if words else Fault(method, status=502)
    telegram.trouble(fault)
    telegram.press(telegram.messages()[0].labels[0])
    await until(lambda: "KTP-el hilang" in telegram.messages()[-1].labels, "the next screen")
    assert await healthy(telegram, bot) == ONCE
    in_place, anew = [1], [0, 0]
    assert [message.edits for message in telegram.messages()] == (anew if method == "editMessageText" else in_place)
    assert telegram.server.faults.shown == [fault]


async def test_P5_answers_come_in_the_order_of_the_questions_however_slow_single_sends_are(bot, telegram):
    telegram.trouble(*(slow("sendMessage", 0.003 * (number * 7 % 11), 3) for number in range(40)))
    ask(telegram, range(1, 21), times=10)
    await all_answered(telegram, range(1, 21), times=10)
    await settled(bot)
    for chat in range(1, 21):
        said = bot.rows(f"SELECT question FROM queries WHERE person = 'p{chat}' ORDER BY id")
        assert [question for (question,) in said] == [f"{QUESTION} {number}" for number in range(10)]
    shown = [message.id for message in telegram.messages(1)]
    assert shown == sorted(shown)
    assert set(answers(telegram).values()) == {10}
