import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import bindparam, delete, func, insert, select, text

from bot.errors import StorageError
from bot.storage import tables
from bot.storage.engine import database as engine
from bot.storage.engine import dialects, migrate
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.engine.files import copies
from bot.storage.engine.writer import Change
from bot.storage.inbox import Inbox
from bot.storage.tables import HEAD, answered, looks, metadata, suggestion_marks
from tests.storage.conftest import NOON

LOOK = insert(looks)


def look(who: str) -> Change:
    return Change(LOOK, [{"at": NOON, "who": who, "what": "log", "detail": "", "rows": 0}])


async def names(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.execute(select(looks.c.who).order_by(looks.c.id))).scalars())


async def test_only_the_owner_can_read_the_files(database, path):
    await database.write(look("a"))
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == {"tanya.db": 0o600, "tanya.db-wal": 0o600, "tanya.db-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_P1_a_commit_waits_for_the_disk(database):
    async def pragmas(connection):
        names = ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
        return [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in names]

    assert await database.transact(pragmas) == [2, "wal", 1, 1]


async def test_many_writers_are_all_committed_in_their_order(database):
    await asyncio.gather(*(database.write(look(str(number))) for number in range(300)))
    assert await names(database) == [str(number) for number in range(300)]


async def test_what_was_given_to_write_is_committed_although_its_caller_was_cancelled(database):
    caller = asyncio.create_task(database.write(look("a")))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await database.write(look("b"))
    assert await names(database) == ["a", "b"]


async def test_one_failing_transaction_leaves_nothing_and_stops_nobody(database):
    async def fails(connection):
        await connection.execute(delete(looks))
        raise RuntimeError("broken")

    await database.write(look("a"))
    results = await asyncio.gather(database.transact(fails), database.write(look("b")), return_exceptions=True)
    assert [type(result) for result in results] == [RuntimeError, type(None)]
    assert sorted(await names(database)) == ["a", "b"]


async def test_what_can_never_be_stored_fails_alone(database):
    orphan = Change(insert(answered), [{"service": "x", "at": NOON, "turn": "no-such-turn"}])
    writing = [*(database.write(look(str(number))) for number in range(5)), database.write(orphan)]
    results = await asyncio.gather(*writing, return_exceptions=True)
    assert results[:5] == [None] * 5
    assert isinstance(results[5], StorageError)
    assert results[5].hopeless
    assert await names(database) == list("01234")


@pytest.mark.parametrize("value", [2**63, "\ud800", object(), [1]])
async def test_F24_a_value_that_no_column_holds_is_a_hopeless_storage_error(database, value):
    with pytest.raises(StorageError) as raised:
        await database.write(Change(LOOK, [{"at": NOON, "who": value, "what": "log", "detail": "", "rows": value}]))
    assert raised.value.hopeless


async def test_a_busy_database_is_not_hopeless(database, path, monkeypatch):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        await database.transact(lambda connection: connection.execute(text("PRAGMA busy_timeout = 20")))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked") as raised:
            await database.write(look("a"))
    assert not raised.value.hopeless


async def test_within_one_commit_the_last_word_counts(database):
    put, forget = database.dialect.upsert(suggestion_marks), delete(suggestion_marks)
    marks = [Change(put, [{"words": "a", "state": state, "at": NOON, "who": ""}]) for state in ("first", "last")]
    every = forget.where(suggestion_marks.c.words == bindparam("key"))
    await asyncio.gather(
        database.write(marks[0]), database.write(Change(every, [{"key": "a"}])), database.write(marks[1])
    )
    async with database.read() as connection:
        assert (await connection.execute(select(suggestion_marks.c.state))).scalars().all() == ["last"]


async def test_what_comes_while_it_closes_is_refused_and_what_came_before_is_kept(path):
    database = await Database.open(sqlite_url(path))
    before = asyncio.create_task(database.write(look("before")))
    await asyncio.sleep(0)
    closing_down = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    with pytest.raises(StorageError, match="closed"):
        await asyncio.wait_for(database.write(look("late")), 5)
    await asyncio.gather(before, closing_down)


async def test_another_process_that_holds_the_lock_for_a_moment_is_waited_for(database, path):
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(database.write(look("a")))
        await asyncio.sleep(0.2)
        assert not writing.done()
        assert await names(database) == []  # reading goes on
        other.execute("COMMIT")
        await writing
    other.close()
    assert await names(database) == ["a"]


async def test_what_was_committed_is_there_after_opening_again(path):
    async with await Database.open(sqlite_url(path)) as database:
        await database.write(look("a"))
    async with await Database.open(sqlite_url(path)) as database:
        assert await names(database) == ["a"]


async def test_a_closed_database_says_so(path):
    database = await Database.open(sqlite_url(path))
    await database.close()
    with pytest.raises(StorageError, match="closed"):
        await database.write(look("a"))


async def test_F16_a_damaged_file_is_set_aside_and_never_written_over(path):
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 1000)
    async with await Database.open(sqlite_url(path)) as database:
        await database.write(look("a"))
    kept = [file for file in path.parent.iterdir() if ".rusak-" in file.name]
    assert [file.read_bytes() for file in kept] == [b"this is no database" * 1000]


async def test_F16_a_place_that_cannot_be_written_is_named_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as raised:
        await Database.open(sqlite_url(tmp_path / "file" / "tanya.db"))
    assert str(raised.value) == f"the database {tmp_path}/file/tanya.db cannot be written: File exists"


async def test_a_database_of_a_newer_version_is_left_alone(path):
    async with await Database.open(sqlite_url(path)) as database:
        await database.transact(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(StorageError, match="newer version"):
        await Database.open(sqlite_url(path))


def differences(connection):
    options = {"include_object": lambda _o, name, kind, *_: kind != "table" or not name.startswith("query_words")}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


async def test_the_migrations_make_the_tables_that_the_code_expects(database):
    assert tables.metadata is metadata
    found = await database.transact(lambda connection: connection.run_sync(differences))
    assert found == []
    assert ScriptDirectory(str(migrate._SCRIPTS)).get_current_head() == HEAD


async def test_P12_a_copy_made_while_others_write_is_whole(database, path, tmp_path):
    writing = asyncio.gather(*(database.write(look(str(number))) for number in range(200)))
    await database.copy_to(tmp_path / "copy.db")
    await writing
    async with await Database.open(sqlite_url(tmp_path / "copy.db")) as copy:
        kept = await names(copy)
    assert kept == [str(number) for number in range(len(kept))]


async def test_an_emptied_journal_leaves_nothing_in_it(database, path):
    await database.write(look("a"))
    await database.checkpoint()
    assert path.with_name("tanya.db-wal").stat().st_size == 0
    async with database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(looks))).scalar() == 1


async def test_a_journal_that_is_being_read_is_tried_again(database, path):
    await database.write(look("a"))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM looks").fetchall()
        emptied = asyncio.create_task(database.checkpoint())
        await asyncio.sleep(0.1)
        assert not emptied.done()
        reader.execute("COMMIT")
        await emptied
    assert path.with_name("tanya.db-wal").stat().st_size == 0


async def test_a_journal_that_stays_full_is_an_error(database, path, monkeypatch):
    monkeypatch.setattr(engine, "_BETWEEN_S", 0.01)
    await database.write(look("a"))
    async with database.read() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 20"))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM looks").fetchall()
        with pytest.raises(StorageError, match="is being read"):
            await database.checkpoint()


def test_T8_what_is_erased_is_overwritten_also_where_sqlite_was_built_otherwise():
    assert "PRAGMA secure_delete = ON" in dialects._PRAGMAS


async def test_an_older_database_goes_on_with_all_it_holds_and_a_copy_of_it_is_kept(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript(Path(__file__).with_name("v0003.sql").read_text())
        old.execute("INSERT INTO inbox VALUES (1, 7, 1764000000000, 'body', 'open', 2, 0, NULL, NULL, NULL)")
    async with await Database.open(sqlite_url(path)) as database:
        (waiting,) = await Inbox(database).open()
        found = await database.transact(lambda connection: connection.run_sync(differences))
    assert (waiting.update_id, waiting.chat, waiting.attempts) == (1, 7, 2)
    assert found == []
    ((copy, _),) = copies(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
        assert kept.execute("SELECT count(*) FROM inbox").fetchall() == [(1,)]
