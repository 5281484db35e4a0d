"""The running bot takes a change within seconds, whole or not at all; what is broken leaves the last good one."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import KnowledgeError
from bot.knowledge.problems import Problem
from bot.live import STAGED, Live
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


async def test_an_edit_is_taken_while_running(watched: Watched) -> None:
    version = watched.live.snapshot.version
    watched.edit("KTP-el hilang", "KTP raib")
    await until(lambda: "KTP raib" in watched.names(), "the change")
    assert watched.live.snapshot.version != version
    assert watched.told == []


async def test_a_new_file_a_renamed_one_and_a_deleted_one_are_taken(watched: Watched) -> None:
    text = (watched.folder / KIA).read_text(encoding="utf-8")
    new = watched.folder / "dukcapil/sktt.yaml"
    new.write_text(text.replace("id: kia", "id: sktt").replace("[kia, kartu anak]", "[sktt]"), encoding="utf-8")
    await until(lambda: "sktt" in watched.live.snapshot.knowledge.services, "the change")
    new.unlink()
    await until(lambda: "sktt" not in watched.live.snapshot.knowledge.services, "the change")


async def test_a_file_saved_by_renaming_is_taken(watched: Watched) -> None:
    draft = watched.folder / "dukcapil/.ktp-hilang.yaml.swp"
    draft.write_bytes((watched.folder / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    draft.replace(watched.folder / KTP)
    await until(lambda: "KTP raib" in watched.names(), "the change")


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


BROKEN = {
    "empty": lambda path: path.write_bytes(b""),
    "half written": lambda path: path.write_bytes(path.read_bytes()[:150]),
    "wrong encoding": lambda path: path.write_bytes(b"id: \xff\xfe"),
    "link to itself": lambda path: (path.unlink(), path.symlink_to(path)),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "all gone": lambda path: shutil.rmtree(path.parent.parent),
}


@pytest.mark.parametrize("how", BROKEN)
def test_p10_f21_whatever_happens_to_the_files_the_last_good_knowledge_answers(folder: Path, how: str) -> None:
    live = Live(folder)
    before = live.snapshot
    BROKEN[how](folder / "dukcapil" / "instansi.yaml")
    assert live.refresh() is False
    assert live.snapshot is before
    assert live.problems != ()


def test_the_log_names_the_files_that_are_broken_while_it_runs_and_at_its_start(folder: Path, tmp_path: Path) -> None:
    live = Live(folder, tmp_path / "good.json")
    (folder / KTP).write_text("id: [", encoding="utf-8")
    with capture_logs() as lines:
        live.refresh()
        Live(folder, tmp_path / "good.json")
    assert [line["files"] for line in lines] == [[KTP]] * 2


async def test_p10_a_folder_put_in_place_of_another_is_taken(watched: Watched) -> None:
    new = watched.folder.with_name("new")
    shutil.copytree(watched.folder, new)
    (new / KTP).write_bytes((new / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    watched.folder.rename(watched.folder.with_name("old"))
    new.rename(watched.folder)
    await until(lambda: "KTP raib" in watched.names(), "the change")
    watched.edit("KTP raib", "KTP lenyap")
    await until(lambda: "KTP lenyap" in watched.names(), "the change")


async def test_a_folder_behind_a_link_that_is_turned_is_taken(folder: Path) -> None:
    other, link = folder.with_name("other"), folder.with_name("link")
    shutil.copytree(folder, other)
    (other / KTP).write_bytes((other / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    link.symlink_to(folder)
    live = Live(link)
    fresh = folder.with_name("fresh")
    fresh.symlink_to(other)
    fresh.replace(link)
    assert live.refresh() is True
    assert live.snapshot.knowledge.services["ktp-hilang"].name == "KTP raib"


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


def test_nothing_is_read_while_git_writes_but_a_forgotten_lock_does_not_hold_for_ever(folder: Path) -> None:
    live = Live(folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "index.lock").touch()
    path = folder / KTP
    path.write_bytes(path.read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    looks = [live.refresh() for _ in range(31)]
    assert looks == [False] * 30 + [True]


def test_a_change_cut_off_in_the_middle_is_never_read_and_is_told(folder: Path) -> None:
    live = Live(folder)
    before = live.snapshot
    (folder / f"dukcapil/.kia.yaml{STAGED}").write_text("id: kia", encoding="utf-8")
    (folder / KTP).write_bytes((folder / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib"))
    assert [live.refresh() for _ in range(31)] == [False] * 31
    assert live.snapshot is before
    assert [problem.file for problem in live.problems] == [f"dukcapil/.kia.yaml{STAGED}"]


def test_p10_a_start_with_a_broken_folder_answers_with_the_last_good_knowledge(folder: Path, tmp_path: Path) -> None:
    last_good = tmp_path / "knowledge.json"
    version = Live(folder, last_good).snapshot.version
    (folder / KTP).write_bytes(b"id: [")
    live = Live(folder, last_good)
    assert live.snapshot.version == version
    assert [problem.file for problem in live.problems] == [KTP]


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff"])
def test_a_start_with_nothing_good_names_the_problems(folder: Path, tmp_path: Path, raw: bytes) -> None:
    (folder / "daerah.yaml").write_bytes(b"nama: [")
    (tmp_path / "knowledge.json").write_bytes(raw)
    with pytest.raises(KnowledgeError, match="daerah"):
        Live(folder, tmp_path / "knowledge.json")


async def test_a_network_folder_that_reports_nothing_is_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Live(folder)
    gone = folder.with_name("gone")
    await asyncio.to_thread(folder.rename, gone)  # watching a folder that is not there cannot begin
    task = asyncio.create_task(live.watch(_nobody))
    await until(lambda: live.problems, "the change")
    await asyncio.to_thread(gone.rename, folder)
    os.utime(folder / KTP)
    await until(lambda: not live.problems, "the change")
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
    watched: Watched, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_folder: Path) -> None:
        raise MemoryError("no room")

    good = room.files_of
    monkeypatch.setattr(room, "files_of", broken)
    watched.edit("KTP-el hilang", "KTP raib")
    await until(lambda: "could not be read again" in capsys.readouterr().out, "the line")
    monkeypatch.setattr(room, "files_of", good)
    await until(lambda: "KTP raib" in watched.names(), "the change")


async def test_an_alarm_that_takes_its_time_does_not_stop_the_reloading(folder: Path) -> None:
    live, held_off = Live(folder), asyncio.Event()

    async def tell(_problems: tuple[Problem, ...]) -> None:
        held_off.set()
        await asyncio.sleep(3600)

    task = asyncio.create_task(live.watch(tell))
    good = (folder / KIA).read_text(encoding="utf-8")
    (folder / KIA).write_text(good.replace("syarat:", "sarat:"), encoding="utf-8")
    await asyncio.wait_for(held_off.wait(), 20)
    version = live.snapshot.version
    (folder / KIA).write_text(f"{good}# mended\n", encoding="utf-8")
    await until(lambda: live.snapshot.version != version, "the mended file")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_alarm_that_fails_is_said_and_the_next_one_is_told(folder: Path) -> None:
    live, told = Live(folder), []

    async def tell(problems: tuple[Problem, ...]) -> None:
        told.append(problems)
        raise OSError("no network")

    task = asyncio.create_task(live.watch(tell))
    good = (folder / KIA).read_text(encoding="utf-8")
    (folder / KIA).write_text(good.replace("syarat:", "sarat:"), encoding="utf-8")
    await until(lambda: told, "the problem")
    (folder / KIA).write_text(good, encoding="utf-8")
    await until(lambda: told[-1] == (), "the end of it")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_file_that_is_written_slowly_alarms_nobody(watched: Watched) -> None:
    raw = (watched.folder / KTP).read_bytes().replace(b"KTP-el hilang", b"KTP raib")
    with (watched.folder / KTP).open("wb") as file:
        for start in range(0, len(raw), len(raw) // 10):
            file.write(raw[start : start + len(raw) // 10])
            file.flush()
            await asyncio.sleep(0.2)
    await until(lambda: "KTP raib" in watched.names() and not watched.live.problems, "the whole file")
    await asyncio.sleep(1)
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
