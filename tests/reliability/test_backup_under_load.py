"""P12: what is saved while citizens are being answered is brought back to a state in which rows are answers."""

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from tests.channels.telegram.running import Running
from tests.reliability.citizens import all_answered, answers, ask, settled
from tests.reliability.process import ROOT
from tests.telegram_server.faults import slow
from tests.telegram_server.people import until

CITIZENS = range(1, 81)


async def tanya(data: Path, *words: str) -> str:
    """What a command says about a data folder."""
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(data)}
    command = (sys.executable, "-m", "bot", *words)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode()


def counts(data: Path) -> dict[str, int]:
    """How many updates are open and done, and how many rows the log has."""
    with closing(sqlite3.connect(data / "tanya.db")) as connection:
        states = dict(connection.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall())
        (rows,) = connection.execute("SELECT count(*) FROM queries").fetchone()
    return {"open": 0, "done": 0, **states, "rows": rows}


async def test_P12_P4_a_backup_made_under_load_goes_on_elsewhere(start, telegram, knowledge, tmp_path):
    bot, elsewhere = start(), tmp_path / "elsewhere"
    telegram.trouble(slow("sendMessage", 0.5, 10**6))
    ask(telegram, CITIZENS)
    await until(lambda: answers(telegram).total() > 10, "the first answers")
    await tanya(bot.data, "backup", str(tmp_path / "copy"))
    telegram.calm()
    await all_answered(telegram, CITIZENS)
    await settled(bot)
    await bot.end()

    assert "restored" in await tanya(elsewhere, "restore", str(tmp_path / "copy"))
    saved = counts(elsewhere)
    assert saved["rows"] == saved["done"] > 0
    second = Running(telegram.url, knowledge, data=elsewhere)
    second.task = asyncio.create_task(second.run())
    await until(lambda: second.channel and "open" not in second.states(), "the end of all")
    await second.end()
    left = counts(elsewhere)
    assert left == {"open": 0, "done": saved["done"] + saved["open"], "rows": saved["rows"] + saved["open"]}
    assert answers(telegram).total() == len(CITIZENS) + saved["open"]
