import asyncio
import subprocess
import sys

import pytest
from structlog.testing import capture_logs

from bot.storage.engine.locking import alone_answering
from tests.telegram_server.people import until

HOLDS = """
import asyncio, sys
from pathlib import Path
from bot.storage.engine.locking import alone_answering

async def hold():
    async with alone_answering(Path(sys.argv[1])):
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


@pytest.fixture
def other(path):
    """Another process that answers."""
    with subprocess.Popen([sys.executable, "-c", HOLDS, path], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


async def test_F25_a_second_one_waits_and_takes_over_when_the_first_is_killed(path, other):
    took_over = asyncio.Event()

    async def second():
        async with alone_answering(path, lambda _seconds: asyncio.sleep(0.01)):
            took_over.set()

    with capture_logs() as lines:
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        assert not took_over.is_set()
        other.kill()
        await until(took_over.is_set, "the stand-by")
        await waiting
    assert [line["event"] for line in lines] == [
        "another process answers from this folder; waiting as a stand-by",
        "the other process has ended; this one takes over",
    ]


async def test_who_is_alone_does_not_wait(path):
    with capture_logs() as lines:
        async with alone_answering(path):
            pass
        async with alone_answering(path):
            pass
    assert lines == []
