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

EARLY, LATE = range(1, 21), range(21, 81)


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
    ask(telegram, EARLY)
    await all_answered(telegram, EARLY)
    await settled(bot)
    telegram.trouble(slow("sendMessage", 60, 10**6))  # each send hangs until the copy is made
    ask(telegram, LATE)
    await until(lambda: bot.states().count("open") == len(LATE), "the load")
    await tanya(bot.data, "backup", str(tmp_path / "copy"))
    telegram.calm()
    await all_answered(telegram, LATE)
    await settled(bot)
    await bot.end()

    assert "restored" in await tanya(elsewhere, "restore", str(tmp_path / "copy"))
    assert counts(elsewhere) == {"open": len(LATE), "done": len(EARLY), "rows": len(EARLY)}
    second = Running(telegram.url, knowledge, data=elsewhere)
    second.task = asyncio.create_task(second.run())
    await until(lambda: second.channel and "open" not in second.states(), "the end of all")
    await second.end()
    everybody = len(EARLY) + len(LATE)
    assert counts(elsewhere) == {"open": 0, "done": everybody, "rows": everybody}
    assert answers(telegram).total() == everybody + len(LATE)
