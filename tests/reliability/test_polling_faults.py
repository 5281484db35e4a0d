"""What a citizen notices when nothing comes in from Telegram, or something strange."""

import asyncio

import pytest
import structlog

from bot.channels.telegram.delivery import delivery
from bot.channels.telegram.delivery.delivery import StandstillError
from tests.reliability.citizens import HEALTHY, ONCE, QUESTION, all_answered, all_over, answers, ask, healthy, settled
from tests.telegram_server.faults import Fault, broken_json, cut, empty, html_page, refused, slow
from tests.telegram_server.people import until


async def shown(telegram, times):
    """The troubles, as soon as so many of them have come."""
    await until(lambda: len(telegram.server.faults.shown) >= times, "the trouble")
    return telegram.server.faults.shown


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getUpdates", 5, status=500),
        html_page("getUpdates", 502, 5),
        broken_json("getUpdates", 5),
        empty("getUpdates", 5),
        cut("getUpdates", 5),
        Fault("getUpdates", 5, status=502, body=b"null"),
        Fault("getUpdates", 5, status=200, body=b'{"ok":true,"result":{}}'),
    ],
    ids=["500", "html", "broken", "empty", "reset", "null", "no list"],
)
async def test_F8_F23_polling_goes_on_whatever_the_server_answers(bot, telegram, fault):
    telegram.trouble(fault)
    assert await healthy(telegram, bot) == ONCE
    assert await shown(telegram, 5) == [fault] * 5


@pytest.mark.parametrize("code", [401, 404])
async def test_F9_a_refused_token_does_not_end_the_polling(bot, telegram, code):
    await until(lambda: telegram.calls("getMe"), "the connection")
    telegram.trouble(refused("getUpdates", code, "Unauthorized"))
    with structlog.testing.capture_logs() as lines:
        assert await healthy(telegram, bot) == ONCE
        await shown(telegram, 1)
        await until(lambda: bot.channel.delivery.poller.trouble == "", "the next poll")
    assert [line["cause"] for line in lines if "cause" in line] == ["Telegram refuses the token"]


@pytest.mark.parametrize(
    "fault",
    [
        html_page("getMe", 404, 3),
        html_page("getMe", 200, 3),
        Fault("getMe", 3, status=200, body=b"{}"),
        refused("getMe", 401, "Unauthorized"),
        refused("getMe", 404, "Not Found", times=2),
    ],
    ids=["portal", "page", "nothing", "401 once", "404 twice"],
)
async def test_F9_F22_whoever_answers_in_telegrams_place_at_the_start_is_waited_for(start, telegram, fault):
    times = fault.times
    telegram.trouble(fault)
    assert await healthy(telegram, start(lambda seconds: asyncio.sleep(seconds / 20))) == ONCE
    assert telegram.server.faults.shown == [fault] * times


async def test_told_to_stop_while_telegram_does_not_answer_at_all_it_stops_at_once(start, telegram):
    telegram.trouble(slow("getMe", 600))
    bot = start()
    await until(lambda: telegram.server.faults.shown, "the request")
    await asyncio.wait_for(bot.end(), 5)
    assert bot.task.exception() is None
    assert telegram.calls("getMe") == []


async def test_a_standstill_of_two_minutes_ends_the_process(bot, telegram):
    assert await healthy(telegram, bot) == ONCE
    bot.ahead += 130
    with pytest.raises(StandstillError):
        await asyncio.wait_for(bot.task, 10)


async def test_a_welcome_that_fails_is_logged_and_costs_no_answer(start, telegram):
    bot = start(lambda seconds: asyncio.sleep(seconds / 20))

    async def broken():
        raise KeyError

    bot.welcome = broken
    with structlog.testing.capture_logs() as lines:
        assert await healthy(telegram, bot) == ONCE
        line = await until(lambda: next((one for one in lines if "work" in one), None), "a line")
    assert (line["work"], line["cause"], line["log_level"]) == ("presenting the bot", "KeyError", "error")


async def test_F8_a_poll_whose_line_is_dead_is_given_up_and_the_next_one_brings_the_question(
    start, telegram, monkeypatch
):
    assert delivery.POLL_TIMEOUT_S <= 30
    monkeypatch.setattr(delivery, "POLL_TIMEOUT_S", 1.0)
    telegram.trouble(slow("getUpdates", 600))
    bot = start()
    await until(lambda: telegram.server.faults.shown, "the poll")
    assert await healthy(telegram, bot) == ONCE


async def test_F10_another_poller_costs_no_answer(bot, telegram):
    telegram.trouble(refused("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3))
    with structlog.testing.capture_logs() as lines:
        assert await healthy(telegram, bot) == ONCE
        await shown(telegram, 3)
    assert [line["cause"] for line in lines if "cause" in line] == ["another process polls with this token"]


async def test_F11_a_batch_whose_way_was_lost_comes_again_and_is_answered_once(bot, telegram):
    fault = cut("getUpdates", 2, accepted=True)
    telegram.trouble(fault)
    assert await healthy(telegram, bot) == ONCE
    assert await shown(telegram, 2) == [fault] * 2
    assert bot.states() == ["done"] * len(HEALTHY)


BIG = 2**63
POISON = [
    {"update_id": 1, "message": "no object"},
    {"update_id": 2, "message": {"message_id": "x", "date": [], "chat": None, "text": "x"}},
    {"update_id": 3, "message": {"message_id": 1, "date": 1, "chat": {"id": "1", "type": "private"}, "text": "x"}},
    {"update_id": 4, "callback_query": {"id": 7}},
    {"update_id": 5, "inline_query": None},
    {"update_id": 6, "message": {"message_id": BIG, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}},
    {"update_id": 7, "message": {"message_id": 1, "date": 1, "chat": {"id": -BIG - 1, "type": "group"}, "text": "x"}},
    {"update_id": 8, "message": {"message_id": 1, "date": BIG, "chat": {"id": 1, "type": "private"}, "text": "x"}},
]


async def test_F12_F24_poison_is_set_aside_and_those_after_it_are_answered(bot, telegram):
    for update in POISON:
        telegram.push_raw(update)
    assert await healthy(telegram, bot) == ONCE
    assert bot.rows("SELECT update_id, state, body FROM inbox WHERE state = 'bad'") == [
        (number, "bad", None) for number in range(1, 9)
    ]


@pytest.mark.parametrize(
    "update",
    [{"message": {"text": "x"}}, {"update_id": True}, {"update_id": "7"}, {"update_id": None}, {"update_id": BIG}],
)
async def test_F12_an_update_without_an_id_stops_nobody(bot, telegram, update):
    telegram.push_raw(update)
    assert await healthy(telegram, bot) == ONCE
    assert bot.states() == ["done"] * len(HEALTHY)


async def test_F12_unknown_kinds_are_over_at_once(bot, telegram):
    telegram.push_raw({"update_id": 1, "chess_move": {"from": "e2"}})
    telegram.push_raw(
        {
            "update_id": 2,
            "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "new_chat_title": "x"},
        }
    )
    assert await healthy(telegram, bot) == ONCE
    assert bot.states()[:2] == ["done", "done"]
    assert telegram.messages(1) == []


@pytest.mark.parametrize("kind", ["rich_message", "hologram"])
async def test_F12_a_kind_that_nobody_knows_is_owned_up_to(bot, telegram, kind):
    telegram.send({kind: {"blocks": []}})
    assert bot.phrases.say("telegram.bukan_teks") in (await telegram.reply()).text


async def test_F24_half_a_letter_in_a_question_is_answered_like_any_other(bot, telegram):
    telegram.say(QUESTION + " \ud83d", chat=1, entities=[])
    await all_answered(telegram, [1])
    await settled(bot)
    assert bot.states() == ["done"]


async def test_F12_a_text_of_a_megabyte_is_answered(bot, telegram):
    telegram.say(QUESTION + " a" * 500_000, chat=1)
    await all_answered(telegram, [1])
    await settled(bot)
    assert len(bot.rows("SELECT question FROM queries")[0][0]) <= 4096
    assert await healthy(telegram, bot) == ONCE


async def test_F12_ids_that_jump_back_are_answered(bot, telegram):
    ask(telegram, [1])
    await all_answered(telegram, [1])
    telegram.server.on_loop(lambda: setattr(telegram.server.methods.updates, "next_id", 5))
    assert await healthy(telegram, bot) == ONCE
    await until(lambda: telegram.pending() == 0, "that all is confirmed")
    ids = [number for (number,) in bot.rows("SELECT update_id FROM inbox ORDER BY update_id")]
    assert ids == [*range(5, 5 + len(HEALTHY)), 1000]


async def test_F13_P3_each_update_three_times_and_shuffled_is_answered_once(bot, telegram):
    ask(telegram, HEALTHY)
    waiting = telegram.server.on_loop(lambda: list(telegram.server.methods.updates.pending))
    for _ in range(2):  # beside the first, then after its answer
        for update in reversed(waiting):
            telegram.push_raw(update)
        await all_over(telegram, bot)
    assert answers(telegram) == ONCE
    assert bot.rows("SELECT count(*), count(DISTINCT turn) FROM queries") == [(len(HEALTHY), len(HEALTHY))]


async def test_P3_an_update_that_comes_again_after_a_restart_is_known(start, telegram):
    first = start()
    ask(telegram, HEALTHY)
    again = telegram.server.on_loop(lambda: list(telegram.server.methods.updates.pending))
    await all_answered(telegram, HEALTHY)
    await first.end()
    for update in again:
        telegram.push_raw(update)
    second = start()
    await all_over(telegram, second)
    assert answers(telegram) == ONCE
    assert second.rows("SELECT count(*), count(DISTINCT turn) FROM queries") == [(len(HEALTHY), len(HEALTHY))]
