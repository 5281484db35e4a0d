"""A change of the folder answers within seconds, whole or not at all, and problems are told once it stands still."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from bot.knowledge.problems import Problem
from bot.live import Live
from bot.live import live as room
from tests.telegram_server.people import until

KTP, KIA = "dukcapil/ktp-hilang.yaml", "dukcapil/kia.yaml"


@dataclass
class Watched:
    """A live folder that is being followed, and what was told about it."""

    folder: Path
    live: Live
    told: list[tuple[Problem, ...]] = field(default_factory=list)

    def names(self) -> list[str]:
        return [service.name for service in self.live.snapshot.knowledge.services.values()]

    def ids(self) -> set[str]:
        return {*self.live.snapshot.knowledge.services}

    def edit(self, old: str, new: str, file: str = KTP) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
async def watched(folder: Path) -> AsyncIterator[Watched]:
    found = Watched(folder, Live(folder))

    async def tell(problems: tuple[Problem, ...]) -> None:
        found.told.append(problems)

    task = asyncio.create_task(found.live.watch(tell))
    await asyncio.sleep(0)
    yield found
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems are told soon."""
    monkeypatch.setattr(room, "_QUIET_S", 0.2)
    monkeypatch.setattr(room, "_LISTEN_S", 0.02)


async def test_an_edit_is_taken_while_running(watched: Watched) -> None:
    version = watched.live.snapshot.version
    watched.edit("KTP-el hilang", "KTP raib")
    await until(lambda: "KTP raib" in watched.names(), "the change")
    assert watched.live.snapshot.version != version
    assert watched.told == []


async def test_a_new_file_a_renamed_one_and_a_deleted_one_are_taken(watched: Watched) -> None:
    version, before = watched.live.snapshot.version, watched.ids()
    text = (watched.folder / KIA).read_text(encoding="utf-8").replace("[kia, kartu anak]", "[surat baru]")
    new, renamed = (watched.folder / f"dukcapil/{name}.yaml" for name in ("sktt", "sktt-wna"))
    new.write_text(text.replace("id: kia", "id: sktt"), encoding="utf-8")
    await until(lambda: "sktt" in watched.ids(), "the new file")
    assert watched.ids() == before | {"sktt"}
    new.write_text(text.replace("id: kia", "id: sktt-wna"), encoding="utf-8")
    new.rename(renamed)
    await until(lambda: "sktt-wna" in watched.ids(), "the other name")
    assert watched.ids() == before | {"sktt-wna"}
    renamed.unlink()
    await until(lambda: "sktt-wna" not in watched.ids(), "the end of it")
    assert (watched.ids(), watched.live.snapshot.version) == (before, version)


async def test_a_file_saved_by_renaming_is_taken(watched: Watched) -> None:
    draft = watched.folder / "dukcapil/.ktp-hilang.yaml.swp"
    draft.write_bytes((watched.folder / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    draft.replace(watched.folder / KTP)
    await until(lambda: "KTP raib" in watched.names(), "the change")
    assert "KTP-el hilang" not in watched.names()
    assert (watched.live.problems, watched.told) == ((), [])


@pytest.mark.usefixtures("impatient")
async def test_problems_are_told_once_and_the_end_of_them_too(watched: Watched) -> None:
    version = watched.live.snapshot.version
    watched.edit("syarat:", "sarat:")
    await until(lambda: watched.told, "the change")
    watched.edit("- Fotokopi KK.", "- Salinan KK.")  # another edit, the same problem
    await asyncio.to_thread(watched.live.refresh)
    watched.edit("sarat:", "syarat:")
    await until(lambda: watched.told[-1] == (), "the change")
    assert [[(problem.file, problem.line) for problem in told] for told in watched.told] == [[(KTP, 9)], []]
    assert watched.live.snapshot.version != version


async def test_p10_a_folder_put_in_place_of_another_is_taken(watched: Watched) -> None:
    new = watched.folder.with_name("new")
    shutil.copytree(watched.folder, new)
    (new / KTP).write_bytes((new / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    watched.folder.rename(watched.folder.with_name("old"))
    new.rename(watched.folder)
    await until(lambda: "KTP raib" in watched.names(), "the other folder")
    watched.edit("KTP raib", "KTP lenyap")
    await until(lambda: "KTP lenyap" in watched.names(), "an edit in it")
    assert sorted(watched.names()) == ["KTP lenyap", "Kartu Identitas Anak"]
    assert (watched.live.problems, watched.told) == ((), [])


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


async def test_a_change_of_many_files_by_git_is_never_seen_as_a_mixture(watched: Watched) -> None:
    git(watched.folder, "init", "-b", "main")
    git(watched.folder, "add", ".")
    git(watched.folder, "commit", "-m", "old")
    git(watched.folder, "checkout", "-b", "new")
    for path in watched.folder.glob("*/*.yaml"):
        if path.parent.name != "bahasa":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("diperbarui: 2026-11-24", "diperbarui: 2027-01-01"), encoding="utf-8")
    git(watched.folder, "commit", "-am", "new")
    days = set()
    for branch in ("main", "new", "main"):
        git(watched.folder, "checkout", branch)
        wanted = "2027-01-01" if branch == "new" else "2026-11-24"

        def seen(wanted: str = wanted) -> bool:
            found = {str(one.updated) for one in watched.live.snapshot.knowledge.subjects.values()}
            days.add(frozenset(found))
            return found == {wanted}

        await until(seen, branch)
    assert days == {frozenset({"2026-11-24"}), frozenset({"2027-01-01"})}


async def test_a_network_folder_that_reports_nothing_is_looked_at(folder: Path) -> None:
    live = Live(folder)
    before, gone = live.snapshot, folder.with_name("gone")
    await asyncio.to_thread(folder.rename, gone)  # watching a folder that is not there cannot begin
    with capture_logs() as lines:
        task = asyncio.create_task(live.watch(_nobody))
        await until(lambda: live.problems, "that it is gone")
    assert "changes are not reported here, looking every second" in [line["event"] for line in lines]
    assert live.snapshot is before
    await asyncio.to_thread(gone.rename, folder)
    (folder / KTP).write_bytes((folder / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    await until(lambda: live.snapshot is not before, "the change")
    assert live.snapshot.knowledge.services["ktp-hilang"].name == "KTP raib"
    assert live.problems == ()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_folder_that_comes_and_goes_never_ends_the_watching(watched: Watched) -> None:
    for _ in range(30):
        (watched.folder / "sekejap").mkdir()
        (watched.folder / "sekejap/a.yaml").write_text("id: [", encoding="utf-8")
        await asyncio.sleep(0.01)
        shutil.rmtree(watched.folder / "sekejap")
    watched.edit("KTP-el hilang", "KTP raib")
    await until(lambda: "KTP raib" in watched.names(), "the change")
    assert watched.live.problems == ()


async def test_whatever_is_raised_the_watching_goes_on_and_says_so(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_folder: Path) -> None:
        raise MemoryError("no room")

    good = room.files_of
    monkeypatch.setattr(room, "files_of", broken)
    with capture_logs() as lines:
        watched.edit("KTP-el hilang", "KTP raib")
        await until(lambda: lines, "the line")
    said = {name: lines[0][name] for name in ("event", "log_level", "exc_info")}
    event = "the knowledge folder could not be read again"
    assert said == {"event": event, "log_level": "error", "exc_info": True}
    assert "KTP-el hilang" in watched.names()
    monkeypatch.setattr(room, "files_of", good)
    await until(lambda: "KTP raib" in watched.names(), "the change")
    assert watched.live.problems == ()


@pytest.mark.usefixtures("impatient")
async def test_an_alarm_that_takes_its_time_does_not_stop_the_reloading(folder: Path) -> None:
    live, told = Live(folder), list[str]()

    async def tell(problems: tuple[Problem, ...]) -> None:
        told.append(f"begun: {problems[0].file}")
        await asyncio.sleep(3600)
        told.append("ended")

    task = asyncio.create_task(live.watch(tell))
    good = (folder / KIA).read_text(encoding="utf-8")
    (folder / KIA).write_text(good.replace("syarat:", "sarat:"), encoding="utf-8")
    await until(lambda: told, "the alarm")
    version = live.snapshot.version
    (folder / KIA).write_text(f"{good}# mended\n", encoding="utf-8")
    await until(lambda: live.snapshot.version != version, "the mended file")
    assert (live.problems, told) == ((), [f"begun: {KIA}"])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("impatient")
async def test_an_alarm_that_fails_is_said_and_the_next_one_is_told(folder: Path) -> None:
    live, told = Live(folder), list[tuple[Problem, ...]]()

    async def tell(problems: tuple[Problem, ...]) -> None:
        told.append(problems)
        raise OSError("no network")

    with capture_logs() as lines:
        task = asyncio.create_task(live.watch(tell))
        good = (folder / KIA).read_text(encoding="utf-8")
        (folder / KIA).write_text(good.replace("syarat:", "sarat:"), encoding="utf-8")
        await until(lambda: told, "the problem")
        (folder / KIA).write_text(good, encoding="utf-8")
        await until(lambda: told[-1] == (), "the end of it")
    assert [[problem.file for problem in problems] for problems in told] == [[KIA], []]
    events = [line["event"] for line in lines if line["log_level"] == "error"]
    assert events == ["the problems of the knowledge could not be told"] * 2
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_file_that_is_written_slowly_alarms_nobody(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(room, "time", SimpleNamespace(monotonic=lambda: now, sleep=time.sleep))
    monkeypatch.setattr(room, "_LISTEN_S", 0.01)
    raw = (watched.folder / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib")
    third = len(raw) // 3
    with (watched.folder / KTP).open("wb") as file:
        for part in (raw[:third], raw[third:-third], raw[-third:-4]):
            before = watched.live.problems
            file.write(part)
            file.flush()
            await until(lambda before=before: watched.live.problems is not before, "that it is read again")
            assert [problem.file for problem in watched.live.problems] == [KTP]
            now += room._QUIET_S * 0.75
        file.write(raw[-4:])
    await until(lambda: "KTP raib" in watched.names() and not watched.live.problems, "the whole file")
    assert watched.told == []


async def test_changes_are_seen_without_a_line_for_each_event(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    watched.edit("KTP-el hilang", "KTP raib")
    await until(lambda: "KTP raib" in watched.names(), "the change")
    assert [record.name for record in caplog.records if record.name.startswith("watchfiles")] == []


async def _nobody(_problems: tuple[Problem, ...]) -> None:
    """Nobody is told."""
