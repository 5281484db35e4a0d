"""What a citizen notices when nothing comes in from Telegram, or something strange."""

import asyncio

import pytest
import structlog

from tests.reliability.citizens import HEALTHY, QUESTION, all_answered, answers, ask, healthy, settled
from tests.telegram_server.faults import Fault, broken_json, cut, empty, html_page, refused
from tests.telegram_server.people import until


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getUpdates", 5, status=500),
        html_page("getUpdates", 502, 5),
        broken_json("getUpdates", 5),
        empty("getUpdates", 5),
        cut("getUpdates", 5),
    ],
    ids=["500", "html", "broken", "empty", "reset"],
)
async def test_F8_polling_goes_on_whatever_the_server_answers(bot, telegram, fault):
    telegram.trouble(fault)
    await healthy(telegram, bot)


@pytest.mark.parametrize(("code", "times"), [(401, 1), (404, 1), (401, 4)])
async def test_F9_a_refused_token_does_not_end_the_polling(bot, telegram, code, times):
    await until(lambda: telegram.calls("getMe"), "the connection")
    telegram.trouble(refused("getUpdates", code, "Unauthorized", times=times))
    await healthy(telegram, bot)


async def test_F10_another_poller_is_named_in_one_line_and_waited_for(bot, telegram):
    telegram.trouble(refused("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3))
    with structlog.testing.capture_logs() as lines:
        await healthy(telegram, bot)
    said = [line["cause"] for line in lines if line["event"] == "nothing comes in; trying again"]
    assert said in ([], ["another process polls with this token, or a webhook is set"])


async def test_F11_a_batch_whose_way_was_lost_comes_again_and_is_answered_once(bot, telegram):
    telegram.trouble(cut("getUpdates", 2, accepted=True))
    await healthy(telegram, bot)


POISON = [
    {"update_id": 1, "message": "no object"},
    {"update_id": 2, "message": {"message_id": "x", "date": [], "chat": None, "text": "x"}},
    {"update_id": 3, "message": {"message_id": 1, "date": 1, "chat": {"id": "1", "type": "private"}, "text": "x"}},
    {"update_id": 4, "callback_query": {"id": 7}},
    {"update_id": 5, "inline_query": None},
]


async def test_F12_poison_is_set_aside_and_those_after_it_are_answered(bot, telegram):
    for update in POISON:
        telegram.push_raw(update)
    await healthy(telegram, bot)
    assert bot.rows("SELECT update_id, state, body FROM inbox WHERE state = 'bad'") == [
        (number, "bad", None) for number in range(1, 6)
    ]


@pytest.mark.parametrize(
    "update", [{"message": {"text": "x"}}, {"update_id": True}, {"update_id": "7"}, {"update_id": None}]
)
async def test_F12_an_update_without_an_id_stops_nobody(bot, telegram, update):
    telegram.push_raw(update)
    await healthy(telegram, bot)


async def test_F12_unknown_kinds_are_over_at_once(bot, telegram):
    telegram.push_raw({"update_id": 1, "chess_move": {"from": "e2"}})
    telegram.push_raw(
        {
            "update_id": 2,
            "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "new_chat_title": "x"},
        }
    )
    await healthy(telegram, bot)
    assert bot.states()[:2] == ["done", "done"]
    assert telegram.messages(1) == []


async def test_F12_a_text_of_a_megabyte_is_answered(bot, telegram):
    telegram.say(QUESTION + " a" * 500_000, chat=1)
    await all_answered(telegram, [1])
    await settled(bot)
    assert len(bot.rows("SELECT question FROM queries")[0][0]) <= 4096
    await healthy(telegram, bot)


async def test_F12_ids_that_jump_back_are_answered(bot, telegram):
    ask(telegram, [1])
    await all_answered(telegram, [1])
    telegram.server.on_loop(lambda: setattr(telegram.server.methods.updates, "next_id", 5))
    await healthy(telegram, bot)


async def test_F13_P3_each_update_three_times_and_shuffled_is_answered_once(bot, telegram):
    ask(telegram, HEALTHY)
    waiting = telegram.server.on_loop(lambda: list(telegram.server.methods.updates.pending))
    for update in reversed(waiting * 2):
        telegram.push_raw(update)
    await healthy_without_asking(telegram, bot)


async def healthy_without_asking(telegram, bot):
    await all_answered(telegram, HEALTHY)
    await settled(bot)
    await asyncio.sleep(0.2)
    assert set(answers(telegram).values()) == {1}
    assert len(bot.rows("SELECT * FROM queries")) == len(HEALTHY)


async def test_P3_an_update_that_comes_again_after_a_restart_is_known(start, telegram):
    first = start()
    ask(telegram, HEALTHY)
    again = telegram.server.on_loop(lambda: list(telegram.server.methods.updates.pending))
    await all_answered(telegram, HEALTHY)
    await first.end()
    for update in again:
        telegram.push_raw(update)
    second = start()
    await until(lambda: telegram.pending() == 0, "that all is confirmed")
    await healthy_without_asking(telegram, second)
