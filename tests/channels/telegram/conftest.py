import asyncio

import pytest

from bot.knowledge.loader import load
from tests.channels.telegram.running import Running
from tests.telegram_server.people import Telegram


@pytest.fixture
def telegram():
    with Telegram() as telegram:
        yield telegram


@pytest.fixture
def knowledge(folder):
    return load(folder)


@pytest.fixture
async def bot(telegram, knowledge):
    running = Running(telegram.url, knowledge)
    task = asyncio.create_task(running.run())
    yield running
    running.stop.set()
    await asyncio.wait_for(task, 10)
