"""Several files change as one: whatever is killed when, all are new or all are old, and the history agrees."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.authoring.changing import folder
from bot.errors import StorageError
from bot.live import staged
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.history import ChangeLog, How, Pending, fingerprint

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
OLD = {"dukcapil/kia.yaml": b"old kia", "rujukan/rujukan-sim.yaml": b"old sim"}
NEW = {"dukcapil/kia.yaml": b"new kia", "rujukan/rujukan-sim.yaml": None, "baru/sktt.yaml": b"new sktt"}
BEFORE, AFTER = {**OLD, "baru/sktt.yaml": None}, NEW
CHANGE = Pending("c1", AT, "telegram:1", How.UPLOAD, NEW, {name: fingerprint(raw) for name, raw in BEFORE.items()})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "knowledge"
    for name, raw in OLD.items():
        (place / name).parent.mkdir(parents=True)
        (place / name).write_bytes(raw)
    return place


@pytest.fixture
def log(database: Database) -> ChangeLog:
    return ChangeLog(database)


def contents(place: Path) -> dict[str, bytes | None]:
    return dict(folder.contents(place, NEW))


def strange(place: Path) -> list[str]:
    known = {"knowledge", "dukcapil", "rujukan", *(Path(name).name for name in NEW)}
    return [path.name for path in place.rglob("*") if path.name not in known | {"baru"}]


async def test_a_change_leaves_only_the_new_files(place: Path, log: ChangeLog) -> None:
    await folder.commit(place, log, CHANGE, AT)
    assert (contents(place), strange(place), await log.unwritten()) == (AFTER, [], ())
    newest = {one.file: one.content for one in reversed(await log.versions())}
    assert newest == AFTER


async def test_killed_before_the_history_knew_of_a_change_all_is_old(place: Path, log: ChangeLog) -> None:
    folder.stage(place, NEW)
    await folder.recover(place, log)
    assert (contents(place), strange(place), (place / "baru").exists()) == (BEFORE, [], False)
    assert await log.versions() == ()


@pytest.mark.parametrize("done", range(4))
async def test_killed_after_the_history_knew_of_a_change_all_is_new(place: Path, log: ChangeLog, done: int) -> None:
    folder.stage(place, NEW)
    await log.record(CHANGE, AT, BEFORE)
    folder.swap(place, dict(list(NEW.items())[:done]))
    await folder.recover(place, log)
    assert (contents(place), strange(place), await log.unwritten()) == (AFTER, [], ())


async def test_what_another_process_was_killed_over_is_ended_by_a_bot_that_runs(place: Path, log: ChangeLog) -> None:
    times = []

    async def tick(seconds: float) -> None:
        times.append(seconds)
        if len(times) > 1:
            raise asyncio.CancelledError

    folder.stage(place, NEW)
    await log.record(CHANGE, AT, BEFORE)
    with pytest.raises(asyncio.CancelledError):
        await folder.keep_whole(place, log, tick)
    assert (contents(place), strange(place), await log.unwritten()) == (AFTER, [], ())


async def test_new_bytes_that_were_lost_are_taken_from_the_history(place: Path, log: ChangeLog) -> None:
    await log.record(CHANGE, AT, BEFORE)
    await folder.recover(place, log)
    assert contents(place) == AFTER


async def test_a_file_edited_after_the_kill_is_newer_than_the_history(place: Path, log: ChangeLog) -> None:
    await log.record(CHANGE, AT, BEFORE)
    (place / "dukcapil/kia.yaml").write_bytes(b"by hand")
    await folder.recover(place, log)
    assert contents(place) == {**AFTER, "dukcapil/kia.yaml": b"by hand"}
    assert await log.unwritten() == ()


async def test_a_disk_that_refuses_leaves_folder_and_history_as_they_were(place: Path, log: ChangeLog) -> None:
    (place / "dukcapil/.kia.yaml.tanya-new").mkdir()
    with pytest.raises(StorageError, match="cannot be read or written"):
        await folder.commit(place, log, CHANGE, AT)
    assert (contents(place), staged(place), await log.versions()) == (BEFORE, [], ())


async def test_a_history_that_refuses_leaves_the_folder_as_it_was(
    place: Path, log: ChangeLog, database: Database
) -> None:
    refusing = "CREATE TRIGGER no BEFORE INSERT ON knowledge_versions BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    await spoil(database, refusing)
    with pytest.raises(StorageError, match="cannot be written"):
        await folder.commit(place, log, CHANGE, AT)
    assert (contents(place), strange(place)) == (BEFORE, [])


async def test_a_history_that_cannot_be_reached_is_asked_again_at_the_next_start(
    place: Path, log: ChangeLog, database: Database
) -> None:
    await spoil(database, "ALTER TABLE knowledge_versions RENAME TO gone")
    with pytest.raises(StorageError, match="no such table"):
        await folder.commit(place, log, CHANGE, AT)
    assert (contents(place), len(staged(place))) == (BEFORE, 2)
    await spoil(database, "ALTER TABLE gone RENAME TO knowledge_versions")
    await folder.recover(place, log)
    assert (contents(place), strange(place)) == (BEFORE, [])


async def spoil(database: Database, statement: str) -> None:
    await database.transact(lambda connection: connection.execute(text(statement)))


@pytest.mark.parametrize(
    "name",
    ["../daerah.yaml", "/etc/passwd.yaml", "a/../../b.yaml", "A/b.yaml", "a/b/c.yaml", "a/b.txt", ".yaml", "a\0.yaml"],
)
def test_a_path_that_leads_elsewhere_is_refused(place: Path, name: str) -> None:
    with pytest.raises(StorageError, match="not a file of the knowledge folder"):
        folder.stage(place, {name: b"x"})


def test_a_folder_that_is_a_link_to_elsewhere_is_refused(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (place / "luar").symlink_to(tmp_path_factory.mktemp("luar"))
    with pytest.raises(StorageError, match="not a file of the knowledge folder"):
        folder.stage(place, {"luar/a.yaml": b"x"})


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read or written"):
        async with folder.locked(tmp_path / "gone"):
            pass


async def test_only_one_changes_the_folder_and_leaves_no_lock_in_it(place: Path) -> None:
    async def second() -> None:
        async with folder.locked(place):
            pass

    async with folder.locked(place):
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        assert not waiting.done()
    await waiting
    assert strange(place) == []


WRITER = """
import asyncio, sys
from itertools import count
from pathlib import Path
from datetime import UTC, datetime
from bot.authoring.changing import folder
from bot.storage.engine.database import Database
from bot.storage.history import ChangeLog, How, Pending

async def main(place, url):
    async with await Database.open(url) as database:
        for number in count():
            files = {f"a/s{n}.yaml": b"%d" % number for n in range(20)}
            change = Pending(f"c{number}", datetime.now(UTC), "", How.UPLOAD, files, {})
            await folder.commit(place, ChangeLog(database), change, datetime.now(UTC))
            print("done", flush=True)

asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
"""


@pytest.mark.parametrize("after_s", [0.0, 0.004, 0.011, 0.017])
async def test_a_killed_writer_leaves_no_mixture_and_a_history_that_agrees(tmp_path: Path, after_s: float) -> None:
    place, url = tmp_path / "knowledge", sqlite_url(tmp_path / "killed.db")
    place.mkdir()
    order = [sys.executable, "-c", WRITER, str(place), url]
    writer = await asyncio.create_subprocess_exec(*order, stdout=asyncio.subprocess.PIPE)
    assert writer.stdout is not None
    await writer.stdout.readline()
    await asyncio.sleep(after_s)
    writer.kill()
    await writer.communicate()
    async with await Database.open(url) as database:
        log = ChangeLog(database)
        await folder.recover(place, log)
        [newest] = await log.versions(most=1)
    assert {path.read_bytes() for path in place.glob("a/*.yaml")} == {newest.content}
    assert staged(place) == []
