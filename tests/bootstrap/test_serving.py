"""The bot as its operator starts it: every setting does what .env.example says of it."""

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.authoring.changing.folder import stage
from bot.authoring.suggestions.board import Board
from bot.authoring.suggestions.boards import Boards
from bot.bootstrap import serving
from bot.privacy import pseudonym
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.history import ChangeLog, How, Pending, fingerprint
from tests.channels.telegram.conftest import logged, telegram  # noqa: F401 - fixtures
from tests.reliability.process import Process
from tests.storage.conftest import CommittingLog, record
from tests.telegram_server.faults import slow
from tests.telegram_server.people import Telegram, until

ADMIN, CLERK, LOST_CLERK, EDITOR = 900, 901, 902, 903
KEY = "a key that only this bot knows"
KTP = "dukcapil/ktp-hilang.yaml"


@pytest.fixture
def started(telegram: Telegram, folder: Path, tmp_path: Path) -> Iterator[Process]:  # noqa: F811 - the fixture above
    """A bot that is set up as far as it can be, not yet started."""
    process = Process(
        telegram.url,
        telegram.token,
        tmp_path / "data",
        ADMIN_IDS=str(ADMIN),
        EDITOR_IDS=str(EDITOR),
        AGENCY_ADMINS=f"dukcapil:{CLERK};dinasx:{LOST_CLERK}",
        KNOWLEDGE_DIR=str(folder),
        DATABASE_URL=sqlite_url(tmp_path / "elsewhere.db"),
        PSEUDONYM_KEY=KEY,
        LOG_RETENTION_DAYS="2",
        LOG_FORMAT="json",
        RATE_LIMIT_PER_MINUTE="2",
        CONCURRENCY="1",
        WEB_PORT="8097",
    )
    yield process
    process.kill()


def log_of(process: Process) -> list[dict[str, object]]:
    return [json.loads(line) for line in process.log.read_text(encoding="utf-8").splitlines()]


async def test_a_terminal_that_is_closed_ends_the_bot_as_a_stop_does(telegram: Telegram, started: Process) -> None:  # noqa: F811
    started.start()
    await telegram.called("setMyShortDescription")
    os.kill(started.pid, signal.SIGHUP)
    assert started.terminate()[0] == 0


async def test_a_change_that_a_killed_process_had_begun_is_ended_at_the_start_and_while_the_bot_runs(
    telegram: Telegram,  # noqa: F811
    started: Process,
    folder: Path,
    tmp_path: Path,
) -> None:
    path = folder / KTP
    first, second, third = (path.read_bytes() + b"# changed\n" * times for times in range(3))
    async with await Database.open(sqlite_url(tmp_path / "elsewhere.db")) as database:
        log = ChangeLog(database)
        await recorded(log, first, second)
        started.start()
        await telegram.called("setMyShortDescription")
        assert path.read_bytes() == second
        stage(folder, {KTP: third})
        await recorded(log, second, third)
        await until(lambda: path.read_bytes() == third, "the end of the second change")


@pytest.mark.usefixtures("logged")
async def test_suggestions_that_were_asked_for_are_made_anew_while_the_bot_runs(
    telegram: Telegram,  # noqa: F811
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Board | None] = []

    class Hurried(Boards):
        async def keep_fresh(self) -> None:
            self.sleep = self.moment
            await super().keep_fresh()

        async def moment(self, _an_hour: float) -> None:
            made.append(self._board)
            await asyncio.sleep(0.05)

    monkeypatch.setattr(serving, "Boards", Hurried)
    settings = {"telegram_bot_token": telegram.token, "telegram_api_url": telegram.url, "admin_ids": str(ADMIN)}
    task = asyncio.create_task(serving.serve(Settings(knowledge_dir=folder, data_dir=tmp_path / "data", **settings)))
    telegram.say("/saran", chat=ADMIN)
    await telegram.reply(chat=ADMIN)
    first, second, *_ = await until(lambda: boards(made)[1:] and boards(made), "a board that nobody asked for")
    assert first.at < second.at
    assert len(telegram.calls("sendMessage")) == 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def boards(made: list[Board | None]) -> list[Board]:
    """Each once, in the order in which they were made."""
    return [board for board in dict.fromkeys(made) if board]


async def recorded(log: ChangeLog, before: bytes, after: bytes) -> None:
    """What a process leaves that is killed before it writes its file."""
    now = datetime.now(UTC)
    change = Pending(fingerprint(after), now, f"telegram:{CLERK}", How.UPLOAD, {KTP: after})
    await log.record(change, now, {KTP: before})


async def test_every_setting_of_a_running_bot_does_what_it_says(
    telegram: Telegram,  # noqa: F811
    started: Process,
    tmp_path: Path,
) -> None:
    async with await Database.open(sqlite_url(tmp_path / "elsewhere.db")) as database:
        for number, days in ((1, 3), (2, 1)):
            await CommittingLog(database).keep(record(number, at=datetime.now(UTC) - timedelta(days=days)))
    for admin in (ADMIN, CLERK, EDITOR):
        telegram.meet(admin)
    telegram.trouble(slow("sendMessage", 0.2, chat=1))
    telegram.say("syarat ktp hilang", chat=1)
    telegram.say("syarat ktp hilang", chat=2)
    started.start()

    await telegram.reply(chat=2)
    sent = telegram.server.on_loop(lambda: [message.chat for message in telegram.server.methods.chats.sent])
    assert sent == [1, 2], "CONCURRENCY: one answer at a time"
    for _ in range(3):
        telegram.say("syarat ktp hilang", chat=3)
    assert "Pelan-pelan" in (await telegram.reply(3, chat=3)).text, "RATE_LIMIT_PER_MINUTE"

    telegram.say("/status", chat=CLERK)
    status = (await telegram.reply(chat=CLERK)).text
    assert "dinasx" in status, "AGENCY_ADMINS: an agency that does not exist"
    telegram.say("/log", chat=ADMIN)
    assert "ktp hilang" in (await telegram.reply(chat=ADMIN)).text, "ADMIN_IDS"
    await telegram.called("setMyShortDescription")
    await until(lambda: sum("commands" in name for name in telegram.server.methods.texts) >= 5, "the menus")
    menus = {scope: set(names.split()) for scope, names in telegram.server.methods.texts.items()}
    [reader], [editor], [clerk] = (
        [menus[scope] for scope in menus if str(person) in scope] for person in (ADMIN, EDITOR, CLERK)
    )
    assert "log" in reader
    assert "tarik" not in reader, "ADMIN_IDS beside EDITOR_IDS"
    assert "tarik" in editor & clerk, "EDITOR_IDS, AGENCY_ADMINS"
    assert "log" not in editor | clerk, "EDITOR_IDS, AGENCY_ADMINS"

    assert started.terminate()[0] == 0
    with closing(sqlite3.connect(tmp_path / "elsewhere.db")) as connection:
        kept = dict(connection.execute("SELECT turn, person FROM queries"))
    assert "turn-1" not in kept, "LOG_RETENTION_DAYS"
    assert "turn-2" in kept, "LOG_RETENTION_DAYS"
    assert {pseudonym(KEY.encode(), 1), pseudonym(KEY.encode(), 2)} <= set(kept.values()), "PSEUDONYM_KEY"
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"knowledge.json"}, "DATABASE_URL, PSEUDONYM_KEY"

    events = {str(line["event"]): line for line in log_of(started)}  # LOG_FORMAT
    assert events["starting"]["agencies"] == "dukcapil:2", "KNOWLEDGE_DIR"
    assert "WEB_HOST and WEB_PORT do nothing yet: the web page is not built" in events
    assert any("AGENCY_ADMINS names what does not exist: dinasx" in event for event in events)
