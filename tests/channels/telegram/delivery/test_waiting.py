"""What becomes of the works beside the answers?"""

import asyncio

import pytest
import structlog

from bot.channels.telegram.delivery.waiting import beside, going_on
from bot.errors import SettingsError
from tests.channels.telegram.turned import Turned


async def for_ever():
    await asyncio.Event().wait()


async def test_works_go_on_as_long_as_the_main_one_and_no_longer():
    ended = []

    async def work():
        try:
            await for_ever()
        finally:
            ended.append(True)

    await beside(asyncio.sleep(0.01), work(), work())
    assert ended == [True, True]


@pytest.mark.parametrize("guilty", ["main", "other"])
async def test_an_error_of_any_ends_all_and_says_itself(guilty):
    async def fail():
        await asyncio.sleep(0.01)
        raise SettingsError("why")

    with pytest.raises(SettingsError, match="why"):
        await (beside(fail(), for_ever()) if guilty == "main" else beside(for_ever(), fail(), for_ever()))


async def test_a_work_that_fails_is_logged_without_its_values_and_begins_anew():
    turned, begun, again = Turned(), [], asyncio.Event()
    words = "rahasia"

    async def work():
        begun.append(turned.at)
        if len(begun) < 4:
            raise IndexError(words)
        again.set()
        await for_ever()

    with structlog.testing.capture_logs() as lines:
        await beside(again.wait(), going_on("watching", work, turned.sleep))
    assert [(line["work"], line["cause"]) for line in lines] == [("watching", "IndexError")] * 3
    assert "rahasia" not in repr(lines)
    assert turned.waits == sorted(turned.waits)
