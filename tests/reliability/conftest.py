import asyncio

import pytest

from tests.channels.telegram.conftest import knowledge, telegram  # noqa: F401 - fixtures of the channel's own tests
from tests.channels.telegram.running import Running
from tests.reliability.process import Process


@pytest.fixture
async def start(telegram, knowledge, tmp_path):  # noqa: F811 - the fixtures above
    """Starts bots one after the other on the same data; those that still run at the end are stopped."""
    running = []

    def begin(sleep=asyncio.sleep, concurrency=32) -> Running:
        bot = Running(telegram.url, knowledge, data=tmp_path)
        bot.settings = bot.settings.model_copy(update={"concurrency": concurrency})
        bot.sleep = sleep
        bot.task = asyncio.create_task(bot.run())
        running.append(bot)
        return bot

    yield begin
    for bot in running:
        await bot.end()


@pytest.fixture
async def bot(start):
    """A bot whose waits are twenty times shorter."""
    return start(lambda seconds: asyncio.sleep(seconds / 20))


@pytest.fixture
def process(telegram, folder, tmp_path):  # noqa: F811 - the fixtures above
    """The real bot with the small knowledge as a process of its own, not yet started."""
    process = Process(telegram.url, telegram.token, tmp_path / "data", KNOWLEDGE_DIR=str(folder))
    yield process
    process.kill()
