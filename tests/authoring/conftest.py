"""The desk that tests of authoring share."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.authoring.changing.changes import Changes
from bot.live import Live
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.history import ChangeLog
from tests.authoring.desk.admins import Desk


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(sqlite_url(tmp_path / "data.db")) as opened:
        yield opened


@pytest.fixture
def desk(folder: Path, database: Database) -> Desk:
    clock = [datetime(2026, 11, 24, 3, tzinfo=UTC)]
    log = ChangeLog(database)
    return Desk(folder, Changes(Live(folder), log, lambda: clock[0]), log, clock)
