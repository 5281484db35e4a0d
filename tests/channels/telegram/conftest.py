import asyncio
import io
import logging
import shutil
import sys

import pytest
import structlog

from bot.knowledge.reading.loader import load
from bot.logs import set_up
from tests.channels.telegram.admin.office import Office
from tests.channels.telegram.running import Running
from tests.conftest import REAL_KNOWLEDGE, SMALL_KNOWLEDGE
from tests.telegram_server.people import Telegram
from tests.telegram_server.server import TOKEN


@pytest.fixture
def telegram():
    with Telegram() as telegram:
        yield telegram


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory):
    """The small knowledge, read once: it is a value."""
    folder = tmp_path_factory.mktemp("knowledge") / "knowledge"
    shutil.copytree(SMALL_KNOWLEDGE, folder)
    shutil.copytree(REAL_KNOWLEDGE / "bahasa", folder / "bahasa", ignore=shutil.ignore_patterns("angka.yaml"))
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
    await asyncio.wait_for(task, 30)


@pytest.fixture
def logged(monkeypatch):
    """Everything that is logged, down to DEBUG, read when it is called."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up(level="DEBUG", secrets=[TOKEN])
    yield stream.getvalue
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
