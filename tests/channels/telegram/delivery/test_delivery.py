"""What a citizen and the operator meet when something breaks."""

import asyncio
import os
import signal
import socket
from dataclasses import replace

import pytest
import structlog

from bot.channels.telegram.delivery.answering import Answering
from bot.channels.telegram.delivery.delivery import stop_on_signals
from bot.errors import SettingsError
from bot.live import Snapshot
from tests.channels.telegram.running import Hearing, Running
from tests.telegram_server.faults import Fault, html_page, refused
from tests.telegram_server.people import Telegram, until
from tests.telegram_server.server import TOKEN


class Broken(Hearing):
    """A matcher with a fault that would show what the citizen wrote."""

    def understand(self, text, about):
        raise KeyError(text)


async def test_a_fault_is_owned_up_to_and_logged_once_without_the_question(bot, telegram):
    good = bot.live.snapshot
    bot.live.snapshot = Snapshot(good.knowledge, Broken())
    with structlog.testing.capture_logs() as lines:
        telegram.say("rahasia saya")
        reply = await telegram.reply()
    failures = [line for line in lines if line["log_level"] == "error"]
    assert len(failures) == 1
    assert reply.text == bot.phrases.say("telegram.maaf", kode=failures[0]["incident"])
    assert reply.labels
    assert "KeyError" in failures[0]["cause"]
    assert "rahasia" not in repr(lines)
    bot.live.snapshot = good
    telegram.say("biaya ktp hilang")
    assert "Gratis" in (await telegram.reply(2)).text
    await until(lambda: bot.states() == ["bad", "done"], "the end of both")


async def test_a_button_that_fails_stops_waiting_and_owns_up(bot, telegram):
    bot.live.snapshot = Snapshot(replace(bot.live.snapshot.knowledge, agencies=None), None)
    telegram.press_data("1b:::")
    assert "gangguan" in (await telegram.reply()).text
    assert len(telegram.calls("answerCallbackQuery")) == 1


async def test_what_two_answers_leave_is_written_by_the_same_statements(bot, telegram, monkeypatch):
    left_by, written = Answering.left_by, []

    def noted(answering, kept):
        changes = left_by(answering, kept)
        written.append([change.statement for change in changes])
        return changes

    monkeypatch.setattr(Answering, "left_by", noted)
    telegram.say("biaya ktp hilang")
    telegram.say("biaya ktp hilang")
    await telegram.reply(2)
    await until(lambda: bot.states() == ["done", "done"], "the end of both")
    first, second = written
    assert first == second


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(bot, telegram):
    telegram.trouble(refused("sendMessage", 400, "Bad Request: can't parse entities: Unexpected end tag"))
    telegram.say("biaya ktp hilang")
    reply = await telegram.reply()
    assert "parse_mode" not in reply.params
    assert reply.source == reply.text


async def test_who_blocked_the_bot_is_left_alone(bot, telegram):
    telegram.say("biaya ktp hilang", chat=1)
    await telegram.reply()
    telegram.block(1)
    with structlog.testing.capture_logs() as lines:
        telegram.say("biaya ktp hilang", chat=1)
        telegram.say("biaya ktp hilang", chat=2)
        await telegram.reply(chat=2)
    assert [line for line in lines if line["log_level"] == "error"] == []
    await until(lambda: bot.states() == ["done"] * 3, "the end of all")


async def test_a_wrong_token_is_one_clear_line(telegram, knowledge):
    wrong = Running(telegram.url, knowledge, "777000:AAwrong-token-0123456789-0123456789")
    wrong.sleep = lambda seconds: asyncio.sleep(seconds / 100)
    with pytest.raises(SettingsError, match="does not accept TELEGRAM_BOT_TOKEN"):
        await wrong.run()


async def test_without_network_the_bot_waits_for_it(knowledge):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    offline = Running(f"http://127.0.0.1:{port}", knowledge)
    with structlog.testing.capture_logs() as lines:
        task = asyncio.create_task(offline.run())
        await until(lambda: lines, "a line in the log")
        with Telegram(port=port) as telegram:
            telegram.say("biaya ktp hilang")
            assert "Gratis" in (await telegram.reply()).text
            offline.stop.set()
            await task
    warnings = [line["event"] for line in lines if line["log_level"] == "warning"]
    assert warnings == ["Telegram cannot be reached; trying again"]


async def test_while_it_waits_for_the_network_the_bot_can_be_stopped(knowledge):
    offline = Running("http://127.0.0.1:9", knowledge)
    offline.stop.set()
    assert await offline.run() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_after_what_is_under_way(telegram, knowledge, number):
    running = Running(telegram.url, knowledge)
    running.stop = stop_on_signals()
    task = asyncio.create_task(running.run())
    telegram.say("biaya ktp hilang")
    await telegram.reply()
    os.kill(os.getpid(), number)
    await asyncio.wait_for(task, 30)
    assert not running.channel.application.running


async def test_polling_survives_a_server_in_trouble(bot, telegram):
    telegram.trouble(html_page("getUpdates"))
    telegram.say("biaya ktp hilang")
    assert "Gratis" in (await telegram.reply()).text


async def test_no_log_holds_the_token_or_what_a_citizen_wrote(telegram, knowledge, logged):
    running = Running(telegram.url, knowledge)
    task = asyncio.create_task(running.run())
    telegram.trouble(html_page("sendMessage"), Fault("getUpdates", status=200, body=b'{"result": "rahasia saya'))
    telegram.say("nama saya Sri Wahyuni, rahasia saya", chat=1)
    telegram.say("biaya ktp hilang", chat=2)
    await telegram.reply(chat=2)
    running.stop.set()
    await task
    wrong = Running(telegram.url, knowledge, f"{TOKEN}-wrong")
    wrong.sleep = lambda seconds: asyncio.sleep(seconds / 100)
    with pytest.raises(SettingsError):
        await wrong.run()
    lines = logged()
    assert "not sent, trying again" in lines
    assert [secret for secret in (TOKEN, "rahasia", "Wahyuni", "Warga") if secret in lines] == []
