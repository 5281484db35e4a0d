import pytest

from bot.errors import StorageError
from bot.storage.engine.backup import restore
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.engine.holding import in_use
from bot.storage.log.filters import Filter
from bot.storage.log.querylog import QueryLog
from tests.storage.conftest import record


async def saved(path, target, *numbers):
    async with await Database.open(sqlite_url(path)) as database:
        for number in numbers:
            await QueryLog(database).keep(record(number))
        await database.copy_to(target)


async def turns(path):
    async with await Database.open(sqlite_url(path)) as database:
        return [row.turn for row in (await QueryLog(database).page(Filter())).rows]


async def test_P12_what_was_saved_comes_back_and_what_was_there_is_kept(path, tmp_path):
    await saved(path, tmp_path / "copy", 1)
    async with await Database.open(sqlite_url(path)) as database:
        await QueryLog(database).keep(record(2))
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
        log = QueryLog(database)
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
