"""How does polling go on, whatever happens? On a clock that the test turns."""

import asyncio

import pytest
import structlog
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from bot.channels.telegram.delivery.poller import Poller
from bot.errors import StorageError
from tests.channels.telegram.turned import Turned


class Polling:
    """A poller whose polls end as the test says; it has a minute of patience once there is nothing more to say."""

    def __init__(self, *polls) -> None:
        self.turned, self.polls, self.stored, self.rooms = Turned(), list(polls), [], 0
        self.broken: list[Exception] = []
        self.over = asyncio.Event()
        self.poller = Poller(self.fetch, self.store, self.room, self.turned.clocks)

    async def fetch(self, _offset):
        if not self.polls:
            self.over.set()
            await asyncio.Event().wait()
        poll = self.polls.pop(0)
        poll = poll(self.turned.at) if callable(poll) else poll
        if isinstance(poll, Exception):
            raise poll
        return poll

    async def store(self, updates):
        if self.broken:
            raise self.broken.pop(0)
        if {"update_id": 13} in updates:
            raise StorageError("the database cannot be written: OverflowError", hopeless=True)
        self.stored += updates

    async def room(self):
        self.rooms += 1

    async def run(self) -> list[dict]:
        """Until the last poll; the lines that were logged."""
        with structlog.testing.capture_logs() as lines:
            task = asyncio.create_task(self.poller.run())
            await asyncio.wait_for(self.over.wait(), 20)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        return lines


ONE = [{"update_id": 1}]


async def test_a_webhook_that_is_set_at_telegram_is_said_with_what_to_do():
    refusal = Conflict("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it")
    lines = await Polling(refusal, ONE).run()
    assert [line["cause"] for line in lines if "cause" in line] == [
        "a webhook is set, so Telegram sends elsewhere; call the Bot API method deleteWebhook once, or use another bot"
    ]


async def test_F9_a_token_refused_for_five_minutes_is_said_once_a_minute_and_polling_goes_on():
    polling = Polling()
    until_five_minutes = lambda at: InvalidToken("Unauthorized") if at < 300 else ONE  # noqa: E731
    polling.polls = [until_five_minutes] * 11
    lines = await polling.run()
    assert polling.stored == ONE
    assert [line["log_level"] for line in lines] == ["warning"] * 5 + ["info"]
    assert polling.poller.trouble == ""
    assert polling.poller.polled_at == polling.turned.at


async def test_F10_a_second_poller_that_comes_and_goes_is_named_once_a_minute():
    polling = Polling(*[Conflict("Conflict"), []] * 12)
    lines = await polling.run()
    assert polling.turned.at == 60
    assert [line.get("cause") for line in lines] == [
        "another process polls with this token",
        None,
    ]


async def test_F8_after_ten_broken_polls_updates_come_in_within_thirty_five_seconds():
    polling = Polling(*[NetworkError("reset")] * 10, ONE)
    await polling.run()
    assert polling.stored == ONE
    assert polling.turned.at <= 35


async def test_a_pause_that_telegram_asks_for_is_kept():
    polling = Polling(RetryAfter(17), ONE)
    await polling.run()
    assert polling.turned.waits == [17]


async def test_F15_a_batch_is_stored_before_anything_else_is_fetched():
    polling = Polling(ONE, [{"update_id": 2}])
    polling.broken = [StorageError("the database cannot be written: locked")] * 3
    await polling.run()
    assert polling.stored == [{"update_id": 1}, {"update_id": 2}]


@pytest.mark.parametrize("fault", [OverflowError(), UnicodeEncodeError("utf-8", "x", 0, 1, "x"), RuntimeError()])
async def test_F24_the_poller_outlives_whatever_storing_raises_and_leaves_out_the_guilty_alone(fault):
    polling = Polling([{"update_id": 12}, {"update_id": 13}, {"update_id": 14}], [{"update_id": 15}])
    polling.broken = [fault]
    lines = await polling.run()
    assert [one["update_id"] for one in polling.stored] == [12, 14, 15]
    assert [line["event"] for line in lines] == ["an update cannot be stored; it is left out"]


async def test_nothing_is_fetched_before_there_is_room_for_it():
    polling = Polling(ONE, ONE)
    await polling.run()
    assert polling.rooms == 3
    full = Polling(ONE)
    full.poller.room = asyncio.Event().wait
    task = asyncio.create_task(full.poller.run())
    await asyncio.sleep(0.01)
    assert full.polls == [ONE]
    task.cancel()
