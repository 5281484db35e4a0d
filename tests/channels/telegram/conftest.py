import asyncio
import shutil

import pytest

from bot.knowledge.reading.loader import load
from tests.channels.telegram.admin.office import Office
from tests.channels.telegram.running import Running
from tests.conftest import REAL_KNOWLEDGE, SMALL_KNOWLEDGE
from tests.telegram_server.people import Telegram


@pytest.fixture
def telegram():
    with Telegram() as telegram:
        yield telegram


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory):
    """The small knowledge, read once: it is a value."""
    folder = tmp_path_factory.mktemp("knowledge") / "knowledge"
    shutil.copytree(SMALL_KNOWLEDGE, folder)
    shutil.copytree(REAL_KNOWLEDGE / "bahasa", folder / "bahasa")
    return load(folder)


@pytest.fixture
async def bot(telegram, knowledge):
    running = Running(telegram.url, knowledge)
    task = asyncio.create_task(running.run())
    yield running
    running.stop.set()
    await asyncio.wait_for(task, 30)


@pytest.fixture
async def office(telegram, folder, tmp_path):
    """A bot whose knowledge its admins can change."""
    data = tmp_path / "data"
    data.mkdir()
    running = Office(telegram.url, folder, data)
    task = asyncio.create_task(running.run())
    yield running
    running.stop.set()
    await asyncio.wait_for(task, 10)
