"""F16, F27: damage and loss are noticed, set aside, and what can be read goes on."""

import asyncio
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from bot.errors import StorageError
from bot.storage.engine.copies import copies
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.engine.failures import DatabaseLostError
from bot.storage.engine.repair import is_whole, repair
from bot.storage.inbox import Arrival, Inbox
from bot.storage.log.filters import Filter
from bot.storage.log.querylog import QueryLog
from tests.storage.conftest import NOON, record

ROWS = 400


async def fill(database: Database) -> None:
    log = QueryLog(database)
    await Inbox(database).store([Arrival(number, 7, f"body {number}") for number in range(20)], NOON)
    await asyncio.gather(*(log.keep(record(number, f"ktp hilang {number}")) for number in range(ROWS)))


async def found(path) -> tuple[list[int], int, int]:
    """Open updates, rows, and rows found by a word."""
    async with await Database.open(sqlite_url(path)) as database:
        log = QueryLog(database)
        rows = await log.page(Filter(), size=2 * ROWS)
        searched = await log.page(Filter(text="hilang"), size=2 * ROWS)
        return [one.update_id for one in await Inbox(database).open()], len(rows.rows), len(searched.rows)


def overwrite(path, table: str, seed: int) -> None:
    """Write nonsense over a page of a table, in its middle."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno", (table,)
        ).fetchall()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    page = pages[len(pages) // 2][0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(random.Random(seed).randbytes(size))


@pytest.mark.parametrize("table", ["queries", "answered", "query_words_data"])
async def test_a_database_damaged_in_the_middle_goes_on_with_what_can_be_read(path, table):
    async with await Database.open(sqlite_url(path)) as database:
        await fill(database)
    overwrite(path, table, 1)
    assert not is_whole(path) or table == "query_words_data"  # words are no tables: writing finds that
    repair(path)
    assert is_whole(path)
    waiting, rows, searched = await found(path)
    assert waiting == list(range(20))
    assert rows == searched >= (ROWS if table != "queries" else ROWS // 2)
    assert [copy.name[:14] for copy, _ in copies(path)] == ["tanya.db.rusak"]


async def test_a_whole_database_is_whole_and_a_check_ends_in_time(path):
    async with await Database.open(sqlite_url(path)) as database:
        await fill(database)
        assert is_whole(path)
        assert is_whole(path, within_s=0)


async def lost(path, take_away) -> str:
    """What the watching says when ``take_away`` happens to an open database."""
    database = await Database.open(sqlite_url(path))
    await fill(database)
    watching = asyncio.create_task(database.watch(every_s=0.05))
    await asyncio.sleep(0.2)
    assert not watching.done()
    await take_away(database)
    with pytest.raises(DatabaseLostError) as raised:
        await asyncio.wait_for(watching, 10)
    with pytest.raises(StorageError):
        await QueryLog(database).keep(record(ROWS + 2))
    await database.close()
    return str(raised.value)


@pytest.mark.parametrize("part", ["", "-wal", "folder"])
async def test_F27_a_database_taken_away_while_it_is_open_is_put_back_whole(path, part):
    async def take_away(database):
        if part == "folder":
            shutil.rmtree(path.parent)
        else:
            path.with_name(path.name + part).unlink()
        await QueryLog(database).keep(record(ROWS + 1, "ktp hilang"))

    assert "was taken away" in await lost(path, take_away)
    assert await found(path) == (list(range(20)), ROWS + 1, ROWS + 1)


@pytest.mark.parametrize("nonsense", ["x'00'", "randomblob(length(block))"])
async def test_F27_damage_that_shows_while_it_is_open_is_repaired(path, nonsense):
    async def damage(database):
        with closing(sqlite3.connect(path)) as other, other:
            other.execute(f"UPDATE query_words_data SET block = {nonsense}")
        with pytest.raises(StorageError):
            await QueryLog(database).keep(record(ROWS + 1))

    assert "was damaged" in await lost(path, damage)
    assert await found(path) == (list(range(20)), ROWS, ROWS)


async def test_a_journal_without_its_database_is_not_taken_for_the_journal_of_a_new_one(path):
    async with await Database.open(sqlite_url(path)) as database:
        await fill(database)
        journal = path.with_name("tanya.db-wal").read_bytes()
    path.unlink()
    path.with_name("tanya.db-wal").write_bytes(journal)
    assert await found(path) == ([], 0, 0)
    assert [file.read_bytes() for file in path.parent.glob("tanya.db.rusak-*-wal")] == [journal]
