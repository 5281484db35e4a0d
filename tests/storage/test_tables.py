import sqlite3
from contextlib import closing
from datetime import timedelta, timezone

import pytest

from bot.errors import StorageError
from bot.storage.log.querylog import QueryLog
from tests.storage.conftest import NOON, record

WIB = timezone(timedelta(hours=7))


async def test_moments_are_stored_as_milliseconds_and_lists_as_short_json(log, path):
    await log.keep(record(0, at=NOON.astimezone(WIB) + timedelta(microseconds=1999), found=("no. é",)))
    with closing(sqlite3.connect(path)) as raw:
        row = raw.execute("SELECT at_ms, services, scores, aspects, found FROM queries").fetchone()
    scores = '[["ktp-hilang",0.9123],["ktp-rusak",0.2]]'
    assert row == (1795521600001, '["ktp-hilang"]', scores, '["syarat"]', '["no. é"]')


async def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(StorageError) as raised:
        await QueryLog(database).looked("admin", "log", "", 0, NOON.replace(tzinfo=None))
    assert raised.value.hopeless
