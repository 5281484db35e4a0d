"""F16, F27, P12: damage and loss are noticed and set aside, what can be read goes on, what was saved comes back."""

import asyncio
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from bot.errors import StorageError
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.engine.failures import DatabaseLostError
from bot.storage.engine.files import copies
from bot.storage.engine.locking import in_use
from bot.storage.engine.repair import is_whole, repair, restore
from bot.storage.inbox import Arrival, Inbox
from bot.storage.log.filters import Filter
from tests.storage.conftest import NOON, CommittingLog, record

ROWS = 400


async def fill(database: Database) -> None:
    log = CommittingLog(database)
    await Inbox(database).store([Arrival(number, 7, f"body {number}") for number in range(20)], NOON)
    await asyncio.gather(*(log.keep(record(number, f"ktp hilang {number}")) for number in range(ROWS)))


async def found(path) -> tuple[list[int], int, int]:
    """Open updates, rows, and rows found by a word."""
    async with await Database.open(sqlite_url(path)) as database:
        log = CommittingLog(database)
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
        await CommittingLog(database).keep(record(ROWS + 2))
    await database.close()
    return str(raised.value)


@pytest.mark.parametrize("part", ["", "-wal", "folder"])
async def test_F27_a_database_taken_away_while_it_is_open_is_put_back_whole(path, part):
    async def take_away(database):
        if part == "folder":
            shutil.rmtree(path.parent)
        else:
            path.with_name(path.name + part).unlink()
        await CommittingLog(database).keep(record(ROWS + 1, "ktp hilang"))

    assert "was taken away" in await lost(path, take_away)
    assert await found(path) == (list(range(20)), ROWS + 1, ROWS + 1)


MUCH = "x'fbbea6c825635c6098daf2ba'"  # read as a size it is more memory than there is


@pytest.mark.parametrize("nonsense", ["x'00'", "randomblob(length(block))", MUCH])
async def test_F27_damage_that_shows_while_it_is_open_is_repaired(path, nonsense):
    async def damage(database):
        with closing(sqlite3.connect(path)) as other, other:
            other.execute(f"UPDATE query_words_data SET block = {nonsense}")
        with pytest.raises(StorageError):
            await CommittingLog(database).keep(record(ROWS + 1))

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


async def saved(path, target, *numbers):
    async with await Database.open(sqlite_url(path)) as database:
        for number in numbers:
            await CommittingLog(database).keep(record(number))
        await database.copy_to(target)


async def turns(path):
    async with await Database.open(sqlite_url(path)) as database:
        return [row.turn for row in (await CommittingLog(database).page(Filter())).rows]


async def test_P12_what_was_saved_comes_back_and_what_was_there_is_kept(path, tmp_path):
    await saved(path, tmp_path / "copy", 1)
    async with await Database.open(sqlite_url(path)) as database:
        await CommittingLog(database).keep(record(2))
    kept = restore(tmp_path / "copy", path)
    assert await turns(path) == ["turn-1"]
    assert await turns(kept) == ["turn-2", "turn-1"]
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "copy", path, kept)} == {0o600}


async def test_a_file_that_exists_is_not_written_over(path, tmp_path):
    (tmp_path / "copy").write_text("important")
    with pytest.raises(StorageError, match="exists already"):
        await saved(path, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "important"


async def test_what_is_no_copy_changes_nothing(path, tmp_path):
    await saved(path, tmp_path / "copy", 1)
    (tmp_path / "other").write_text("no database" * 500)
    for source in (tmp_path / "other", tmp_path / "absent"):
        with pytest.raises(StorageError, match="is no copy"):
            restore(source, path)
    assert await turns(path) == ["turn-1"]


async def test_while_the_bot_runs_nothing_is_restored(path, tmp_path):
    await saved(path, tmp_path / "copy", 1)
    with in_use(path), in_use(path), pytest.raises(StorageError, match="stop the bot first"):
        restore(tmp_path / "copy", path)
    restore(tmp_path / "copy", path)


async def test_a_journal_that_was_left_alone_is_not_played_into_the_copy(path, tmp_path):
    async with await Database.open(sqlite_url(path)) as database:
        log = CommittingLog(database)
        await log.keep(record(1))
        await database.copy_to(tmp_path / "copy")
        for number in range(2, 200):
            await log.keep(record(number))
        journal = path.with_name("tanya.db-wal").read_bytes()
    path.unlink()
    path.with_name("tanya.db-wal").write_bytes(journal)
    kept = restore(tmp_path / "copy", path)
    assert await turns(path) == ["turn-1"]
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == journal


async def test_what_a_killed_restore_left_behind_is_not_played_into_the_copy(path, tmp_path):
    await saved(path, tmp_path / "copy", 1)
    left = path.with_name("tanya.db.baru-wal")
    left.write_bytes(b"left")
    restore(tmp_path / "copy", path)
    assert not left.exists()
    assert await turns(path) == ["turn-1"]
