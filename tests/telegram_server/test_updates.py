"""The stand-in hands out updates as the real Bot API does."""

from concurrent.futures import ThreadPoolExecutor

import pytest


def texts(answer):
    return [update["message"]["text"] for update in answer["result"]]


def test_an_update_is_confirmed_by_a_higher_offset_and_by_nothing_else(bot, telegram):
    telegram.say("satu")
    telegram.say("dua")
    first = bot.ask("getUpdates")
    assert texts(first) == texts(bot.ask("getUpdates")) == ["satu", "dua"]
    assert texts(bot.ask("getUpdates", offset=first["result"][1]["update_id"])) == ["dua"]
    assert texts(bot.ask("getUpdates", offset=first["result"][1]["update_id"] + 1)) == []
    assert telegram.pending() == 0


def test_at_most_100_come_at_once(bot, telegram):
    for number in range(101):
        telegram.say(str(number))
    first = bot.ask("getUpdates", limit=500)["result"]
    assert len(first) == 100
    assert texts(bot.ask("getUpdates", offset=first[-1]["update_id"] + 1)) == ["100"]


def test_a_negative_offset_forgets_all_but_the_last(bot, telegram):
    telegram.say("satu")
    telegram.say("dua")
    assert texts(bot.ask("getUpdates", offset=-1)) == ["dua"]
    assert telegram.pending() == 1


def test_a_long_poll_ends_with_the_first_update(bot, telegram):
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(bot.ask, "getUpdates", timeout=50)
        telegram.say("halo")
        assert texts(poll.result(10)) == ["halo"]


def test_a_second_poll_throws_out_the_one_that_waits(bot, telegram):
    with ThreadPoolExecutor() as pool:
        first = pool.submit(bot.ask, "getUpdates", timeout=50)
        while telegram.server.on_loop(lambda: telegram.server.methods.updates.polls) < 1:
            pass
        second = pool.submit(bot.ask, "getUpdates", timeout=50)
        assert first.result(10)["error_code"] == 409
        telegram.say("halo")
        assert texts(second.result(10)) == ["halo"]


def test_only_the_kinds_asked_for_are_kept(bot, telegram):
    bot.ask("getUpdates", allowed_updates=["callback_query"])
    telegram.say("halo")
    telegram.press_data("x")
    assert [list(update) for update in bot.ask("getUpdates")["result"]] == [["update_id", "callback_query"]]


def test_polling_is_refused_while_a_webhook_is_set(bot):
    bot.ask("setWebhook", url="https://example.org/x")
    assert bot.ask("getUpdates")["error_code"] == 409
    bot.ask("deleteWebhook")
    assert bot.ask("getUpdates")["ok"]
    assert bot.refusal("setWebhook", url="http://example.org").startswith("Bad Request: bad webhook")


def test_the_same_offset_again_at_once_brings_one_update_when_throttled(bot, telegram):
    telegram.server.methods.updates.throttled = True
    telegram.say("satu")
    telegram.say("dua")
    assert texts(bot.ask("getUpdates")) == ["satu", "dua"]
    assert texts(bot.ask("getUpdates")) == ["satu"]


@pytest.mark.parametrize("offset", [10**9, 10**12])
def test_ids_that_were_restarted_still_reach_the_bot(bot, telegram, offset):
    telegram.say("satu")
    assert texts(bot.ask("getUpdates", offset=offset)) == ["satu"]
