"""A change is read, parsed and matched once: proposed, then let in as it was tried."""

from pathlib import Path

import pytest

from bot.knowledge.reading import document
from bot.knowledge.reading.folder import marks_of
from bot.live import Live, Snapshot
from bot.live import live as room

KTP, KIA = "dukcapil/ktp-hilang.yaml", "dukcapil/kia.yaml"


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
    done: list[str] = []

    def counted(name: str, function):
        def count(*values):
            done.append(name)
            return function(*values)

        return count

    monkeypatch.setattr(room, "files_of", counted("read", room.files_of))
    monkeypatch.setattr(document, "parse", counted("parsed", document.parse))
    monkeypatch.setattr(Snapshot, "of", staticmethod(counted("built", Snapshot.of)))
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
