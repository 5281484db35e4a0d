"""The stand-in fails on demand, in each way a network fails."""

import httpx
import pytest

from tests.telegram_server.faults import broken_json, cut, empty, html_page, refused, slow


def test_a_refusal_is_shown_as_often_as_asked_and_only_to_its_chat(bot, telegram):
    telegram.meet(2)
    telegram.trouble(refused("sendMessage", 429, "Too Many Requests: retry after 2", chat=2, retry_after=2))
    assert bot.ask("sendMessage", chat_id=1, text="x")["ok"]
    refusal = bot.ask("sendMessage", chat_id=2, text="x")
    assert (refusal["error_code"], refusal["parameters"]) == (429, {"retry_after": 2})
    assert bot.ask("sendMessage", chat_id=2, text="x")["ok"]
    assert [len(telegram.messages(chat)) for chat in (1, 2)] == [1, 1]


@pytest.mark.parametrize(("accepted", "shown"), [(False, 0), (True, 1)])
def test_a_cut_connection_leaves_the_message_unsent_or_sent(bot, telegram, accepted, shown):
    telegram.trouble(cut("sendMessage", accepted=accepted))
    with pytest.raises(httpx.TransportError):
        bot.ask("sendMessage", chat_id=1, text="x")
    assert len(telegram.messages()) == shown
    assert bot.ask("sendMessage", chat_id=1, text="y")["ok"]


def test_an_answer_can_break_off_in_the_middle(bot, telegram):
    telegram.trouble(cut("sendMessage", accepted=True, half=True))
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        bot.ask("sendMessage", chat_id=1, text="x")
    assert len(telegram.messages()) == 1


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        (html_page("getUpdates"), 502, "<html>"),
        (broken_json("getUpdates"), 200, '{"ok": true, "result": ['),
        (empty("getUpdates"), 200, ""),
    ],
)
def test_a_poll_can_bring_rubbish(bot, telegram, fault, status, body):
    telegram.trouble(fault)
    answer = bot.client.post(f"{bot.url}/bot{telegram.token}/getUpdates")
    assert (answer.status_code, answer.text.startswith(body)) == (status, True)
    assert bot.ask("getUpdates")["ok"]


def test_a_slow_request_is_served_late_and_let_go_when_all_is_well(bot, telegram):
    telegram.trouble(slow("sendMessage", 0.05))
    assert bot.ask("sendMessage", chat_id=1, text="x")["ok"]
    telegram.trouble(slow("sendMessage", 60, accepted=True))
    with pytest.raises(httpx.ReadTimeout):
        bot.client.post(f"{bot.url}/bot{telegram.token}/sendMessage", json={"chat_id": 1, "text": "y"}, timeout=0.2)
    telegram.calm()
    assert [message.text for message in telegram.messages()] == ["x", "y"]
