"""Who is answered when, and who waits for whom?"""

import asyncio

import pytest

from bot.channels.telegram.delivery.workers import Slots, Workers
from bot.storage.inbox import Waiting
from tests.channels.telegram.running import MORNING


class Desk:
    """Answers take until the test lets them end."""

    def __init__(self, slots: int, most_chats: int = 2000, wait=None) -> None:
        self.slots = Slots(slots, self._sleep)
        self.workers = Workers(self._answer, self.slots, most_chats)
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.go = asyncio.Event()
        self.awake = asyncio.Event()
        self.wait = wait or self.go.wait

    async def _answer(self, waiting: Waiting) -> None:
        self.begun.append(waiting.update_id)
        await self.wait()
        self.ended.append(waiting.update_id)

    async def _sleep(self, _seconds: float) -> None:
        await self.awake.wait()

    def add(self, number: int, chat: int, attempts: int = 0) -> None:
        self.workers.add(Waiting(number, chat, "{}", MORNING, attempts))


async def moments() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_those_that_processes_died_over_are_tried_one_at_a_time_beside_the_others():
    desk = Desk(slots=32)
    for number in range(5):
        desk.add(number, chat=number, attempts=2)
    for number in range(10, 15):
        desk.add(number, chat=number)
    await moments()
    assert sorted(desk.begun) == [0, 10, 11, 12, 13, 14]
    desk.go.set()
    await moments()
    assert sorted(desk.ended) == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]


@pytest.mark.parametrize("attempts", [0, 2])
async def test_P6_who_sleeps_lets_the_others_go_first(attempts):
    desk = Desk(slots=1)
    desk.wait = lambda: desk.slots.sleep(60)
    for number in range(5):
        desk.add(number, chat=number, attempts=attempts)
    await asyncio.sleep(0.05)
    assert desk.begun == [0, 1, 2, 3, 4]
    desk.awake.set()
    await asyncio.sleep(0.05)
    assert sorted(desk.ended) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("attempts", [0, 2])
async def test_F5_a_request_that_hangs_holds_nobody_up(attempts):
    desk = Desk(slots=1)

    async def hang() -> None:
        async with desk.slots.lent(0.05):
            await desk.go.wait()

    desk.wait = hang
    for number in range(3):
        desk.add(number, chat=number, attempts=attempts)
    await moments()
    assert desk.begun == [0]
    await asyncio.sleep(0.3)
    assert desk.begun == [0, 1, 2]


async def test_with_a_slot_each_no_more_are_worked_on_than_there_are_slots():
    desk = Desk(slots=2)
    for number in range(5):
        desk.add(number, chat=number)
    await moments()
    assert desk.begun == [0, 1]


async def test_nothing_more_is_fetched_while_too_many_chats_wait():
    desk = Desk(slots=1, most_chats=3)
    for number in range(3):
        desk.add(number, chat=number)
    room = asyncio.create_task(desk.workers.room.wait())
    await moments()
    assert not room.done()
    desk.go.set()
    await moments()
    assert room.done()


async def test_a_fault_in_one_update_ends_no_worker():
    desk = Desk(slots=1)

    async def broken() -> None:
        if desk.begun == [1]:
            raise ZeroDivisionError

    desk.wait = broken
    desk.add(1, chat=1)
    desk.add(2, chat=1)
    await moments()
    assert desk.ended == [2]
