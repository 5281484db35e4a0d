"""What answers changes whole or not at all, is tried before it is let in, and what is broken leaves the last good."""

import shutil
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import KnowledgeError
from bot.knowledge.reading import document
from bot.knowledge.reading.folder import marks_of
from bot.live import STAGED, Live, Snapshot
from bot.live import live as room
from tests.counted import note_calls

KTP, KIA = "dukcapil/ktp-hilang.yaml", "dukcapil/kia.yaml"


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


def renamed(folder: Path, name: str = "KTP raib") -> dict[str, bytes]:
    return {KTP: (folder / KTP).read_bytes().replace(b"KTP-el hilang", name.encode())}


def write(folder: Path, changes: dict[str, bytes]) -> None:
    for file, raw in changes.items():
        (folder / file).write_bytes(raw)


def test_a_candidate_answers_with_the_change_and_the_folder_as_before(folder: Path) -> None:
    live = Live(folder)
    candidate = live.candidate(renamed(folder))
    assert candidate.problems == ()
    assert candidate.snapshot.knowledge.services["ktp-hilang"].name == "KTP raib"
    assert live.snapshot.knowledge.services["ktp-hilang"].name == "KTP-el hilang"


def test_a_change_tried_and_let_in_reads_the_folder_once_parses_one_file_and_builds_one_matcher(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, changes = Live(folder), renamed(folder, "KTP yang belum pernah dibaca")
    done = note_calls(monkeypatch, read=(room, "files_of"), parsed=(document, "parse"), built=(Snapshot, "of"))
    candidate = live.candidate(changes)
    write(folder, changes)
    assert live.adopt(candidate) is True
    assert live.snapshot is candidate.snapshot
    assert sorted(done) == ["built", "parsed", "read"]


def test_a_candidate_whose_folder_has_changed_meanwhile_is_read_anew(folder: Path) -> None:
    live, changes = Live(folder), renamed(folder)
    candidate = live.candidate(changes)
    marks = marks_of(folder)
    write(folder, {KIA: (folder / KIA).read_bytes() + b"# seen\n"})
    write(folder, changes)
    assert (candidate.marks == marks, marks_of(folder) == marks) == (True, False)
    assert live.adopt(candidate) is False
    assert live.snapshot.knowledge.services["ktp-hilang"].name == "KTP raib"


def test_a_file_can_be_taken_away(folder: Path) -> None:
    live = Live(folder)
    candidate = live.candidate({KIA: None})
    (folder / KIA).unlink()
    assert live.adopt(candidate) is True
    assert "kia" not in live.snapshot.knowledge.services


def test_problems_of_the_change_forbid_it(folder: Path) -> None:
    live = Live(folder)
    candidate = live.candidate({KTP: (folder / KTP).read_bytes().replace(b"syarat:", b"sarat:")})
    assert [problem.file for problem in candidate.problems] == [KTP]
    assert candidate.snapshot is None
    assert live.adopt(candidate) is False


def test_a_problem_that_stands_in_another_file_does_not_forbid_a_change(folder: Path) -> None:
    live = Live(folder)
    write(folder, {KIA: (folder / KIA).read_bytes().replace(b"syarat:", b"sarat:")})
    changes = renamed(folder)
    candidate = live.candidate(changes)
    assert candidate.problems == ()
    write(folder, changes)
    assert live.adopt(candidate) is True
    assert [problem.file for problem in live.problems] == [KIA]
    assert {"ktp-hilang", "kia"} <= live.snapshot.knowledge.services.keys()


def test_a_change_may_mend_what_is_broken(folder: Path) -> None:
    live, good = Live(folder), (folder / KIA).read_bytes()
    write(folder, {KIA: good.replace(b"syarat:", b"sarat:")})
    live.refresh()
    mended = {KIA: good.replace(b"nama:", b"nama: Baru ")}
    candidate = live.candidate(mended)
    write(folder, mended)
    assert candidate.problems == ()
    assert live.adopt(candidate) is True
    assert live.problems == ()
