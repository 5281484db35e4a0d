"""T14, T8: erased is erased, in the rows, in the journal and in what was set aside."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.conversation.turn import Session
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.engine.files import copies, prepare_file, set_aside
from bot.storage.engine.repair import restore
from bot.storage.log.erasing import forget, is_named_by, purge
from bot.storage.log.filters import Filter
from bot.storage.sessions import Replies, StoredSessions
from bot.storage.tables import looks
from tests.storage.conftest import NOON, CommittingLog, record

WORD = "unikatunikat"
LATER = NOON + timedelta(hours=1)
RETENTION = timedelta(days=180)


@pytest.fixture
def sessions(database):
    return StoredSessions(database)


def files_with(word: str, path) -> list[str]:
    return [file.name for file in sorted(path.parent.iterdir()) if word.encode() in file.read_bytes()]


async def everything_of(person, log, database, sessions):
    await log.keep(record(1, f"{WORD} pindah", user=person))
    changes = Replies(database).changes(f"grup/{person}", 5, (6,), NOON)
    await database.write(*changes, *sessions.changes(person, person, Session(declines=1, at=NOON)))
    sessions.remember(person, Session(declines=1, at=NOON))


async def test_T14_nothing_of_a_person_stays_in_rows_memory_or_files(log, database, sessions, path):
    await everything_of("budi", log, database, sessions)
    await log.keep(record(2, user="siti"))
    assert await forget(database, sessions, "budi", LATER) == 1
    assert files_with(WORD, path) == []
    assert path.with_name("tanya.db-wal").stat().st_size == 0
    for known in (sessions, StoredSessions(database)):
        assert await known.get("budi") == Session()
    assert await Replies(database).of("grup/budi", 5) == ()
    assert [row.person for row in (await log.page(Filter())).rows] == ["siti"]


async def test_a_person_is_erased_in_a_database_that_was_set_aside_and_others_stay_there(
    log, database, sessions, path, tmp_path
):
    await everything_of("budi", log, database, sessions)
    await log.keep(record(2, user="siti"))
    await database.copy_to(tmp_path / "copy.db")
    (path.parent / "tanya.db.lama-20261124T120000000000").write_bytes((tmp_path / "copy.db").read_bytes())
    await forget(database, sessions, "budi", LATER)
    assert files_with(WORD, path) == []
    ((copy, _),) = copies(path)
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT person FROM queries").fetchall() == [("siti",)]


async def test_what_is_too_damaged_to_erase_in_goes_whole(log, database, sessions, path):
    damaged = path.parent / "tanya.db.rusak-20261124T120000000000"
    damaged.write_text(f"no database {WORD}" * 500)
    (path.parent / f"{damaged.name}-wal").write_text(WORD)
    (path.parent / "tanya.db.rusak-20261124T120000000001-wal").write_text(WORD)
    (path.parent / "tanya.db.lama-20261124T120000000002").touch()
    await forget(database, sessions, "budi", LATER)
    assert files_with(WORD, path) == []
    assert list(copies(path)) == []


async def test_who_was_erased_does_not_come_back_with_a_backup(path, tmp_path):
    async with await Database.open(sqlite_url(path)) as database:
        log, sessions = CommittingLog(database), StoredSessions(database)
        await everything_of("budi", log, database, sessions)
        await log.keep(record(2, user="siti"))
        await database.copy_to(tmp_path / "copy")
        await forget(database, sessions, "budi", LATER)
        await log.keep(record(3, user="budi", at=LATER + timedelta(minutes=1)))
        await database.copy_to(tmp_path / "newer")
    restore(tmp_path / "copy", path)
    assert files_with(WORD, path) == []
    async with await Database.open(sqlite_url(path)) as database:
        assert [row.person for row in (await CommittingLog(database).page(Filter())).rows] == ["siti"]
        assert await Replies(database).of("grup/budi", 5) == ()
    restore(tmp_path / "newer", path)
    async with await Database.open(sqlite_url(path)) as database:
        rows = (await CommittingLog(database).page(Filter())).rows
    assert [row.turn for row in rows] == ["turn-3", "turn-2"]  # what he asked since is there


async def test_what_is_older_than_the_retention_goes_from_rows_looks_and_copies(
    log, database, sessions, path, tmp_path
):
    await log.keep(record(1, WORD, at=NOON - timedelta(days=1)))
    await log.looked("admin", "log", Filter(text=WORD), 1, NOON - timedelta(days=1))
    await log.keep(record(2, at=NOON + timedelta(days=1)))
    await log.looked("admin", "log", Filter(), 1, NOON + timedelta(days=1))
    await database.copy_to(tmp_path / "copy.db")
    (path.parent / "tanya.db.lama-20261124T120001000000").write_bytes((tmp_path / "copy.db").read_bytes())
    (path.parent / "tanya.db.lama-20261123T120000000000").write_bytes((tmp_path / "copy.db").read_bytes())
    (path.parent / "tanya.db.rusak-20261124T120002000000").write_text("no database" * 500)
    await purge(database, sessions, NOON + RETENTION, RETENTION)
    assert files_with(WORD, path) == []
    assert [copy.name for copy, _ in copies(path)] == ["tanya.db.lama-20261124T120001000000"]
    assert [row.turn for row in (await log.page(Filter())).rows] == ["turn-2"]
    async with database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(looks))).scalar() == 1


async def test_who_was_erased_longer_ago_than_the_retention_is_not_remembered(log, database, sessions, path):
    await forget(database, sessions, "budi", NOON - timedelta(days=1))
    await forget(database, sessions, "siti", NOON + timedelta(days=1))
    assert files_with("budi", path) == ["tanya.db.erased"]
    await purge(database, sessions, NOON + RETENTION, RETENTION)
    assert files_with("budi", path) == []
    assert files_with("siti", path) == ["tanya.db.erased"]


async def test_what_is_set_aside_is_found_again(path):
    prepare_file(path)
    kept = set_aside(path, "lama")
    assert [copy for copy, _ in copies(path)] == [kept]


async def test_the_first_key_is_the_key(database):
    assert [await is_named_by(database, key) for key in ("a", "a", "b", "a")] == [True, True, False, True]
