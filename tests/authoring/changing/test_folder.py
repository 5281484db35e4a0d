"""Several files change as one: whatever is killed when, all are new or all are old."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.authoring.changing import folder
from bot.errors import StorageError

OLD = {"dukcapil/kia.yaml": b"old kia", "rujukan/rujukan-sim.yaml": b"old sim"}
NEW = {"dukcapil/kia.yaml": b"new kia", "rujukan/rujukan-sim.yaml": None, "dukcapil/sktt.yaml": b"new sktt"}
BEFORE, AFTER = {**OLD, "dukcapil/sktt.yaml": None}, NEW


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name, raw in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def contents(place: Path) -> dict[str, bytes | None]:
    return dict(folder.contents(place, NEW))


def strange(place: Path) -> list[str]:
    return [
        path.name
        for path in place.rglob("*")
        if path.name.startswith(".tanya-j") or "tanya-new" in path.name or "tanya-old" in path.name
    ]


def test_a_change_that_is_finished_leaves_only_the_new_files(place: Path) -> None:
    journal = folder.begin(place, "c1", NEW)
    assert contents(place) == BEFORE
    folder.swap(place, journal)
    assert contents(place) == AFTER
    folder.finish(place, journal)
    assert (contents(place), strange(place), folder.interrupted(place)) == (AFTER, [], None)


def test_a_change_that_is_undone_leaves_only_the_old_files(place: Path) -> None:
    journal = folder.begin(place, "c1", NEW)
    folder.swap(place, journal)
    folder.undo(place, journal)
    assert (contents(place), strange(place), folder.interrupted(place)) == (BEFORE, [], None)


def test_what_was_cut_off_is_known_by_its_id(place: Path) -> None:
    journal = folder.begin(place, "c1", NEW)
    assert folder.interrupted(place) == journal
    assert journal.change == "c1"


@pytest.mark.parametrize("done", range(4))
def test_a_change_cut_off_between_two_files_can_be_undone(place: Path, done: int) -> None:
    journal = folder.begin(place, "c1", NEW)
    folder.swap(place, folder.Journal("c1", dict(list(journal.files.items())[:done])))
    folder.undo(place, folder.interrupted(place) or journal)
    assert (contents(place), strange(place)) == (BEFORE, [])


@pytest.mark.parametrize("done", range(4))
def test_undoing_may_itself_be_cut_off_and_done_again(place: Path, done: int) -> None:
    journal = folder.begin(place, "c1", NEW)
    folder.swap(place, journal)
    for name in list(journal.files)[:done]:
        old = place / Path(name).parent / f".{Path(name).name}.tanya-old"
        old.replace(place / name) if old.exists() else (place / name).unlink()
    folder.undo(place, journal)
    assert (contents(place), strange(place)) == (BEFORE, [])


@pytest.mark.parametrize(
    "name",
    ["../daerah.yaml", "/etc/passwd.yaml", "a/../../b.yaml", "A/b.yaml", "a/b/c.yaml", "a/b.txt", ".yaml", "a\0.yaml"],
)
def test_a_path_that_leads_elsewhere_is_refused(place: Path, name: str) -> None:
    with pytest.raises(StorageError, match="not a file of the knowledge folder"):
        folder.begin(place, "c1", {name: b"x"})


def test_a_folder_that_is_a_link_to_elsewhere_is_refused(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (place / "luar").symlink_to(tmp_path_factory.mktemp("luar"))
    with pytest.raises(StorageError, match="not a file of the knowledge folder"):
        folder.begin(place, "c1", {"luar/a.yaml": b"x"})


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read or written"):
        folder.Lock(tmp_path / "gone")


def test_only_one_holds_the_lock(place: Path) -> None:
    first, second = folder.Lock(place), folder.Lock(place)
    assert (first.acquire(), second.acquire()) == (True, False)
    first.release()
    assert second.acquire()
    second.release()


WRITER = """
import sys
from itertools import cycle
from pathlib import Path
from bot.authoring.changing import folder
place = Path(sys.argv[1])
for text in cycle([b"one", b"two"]):
    journal = folder.begin(place, "c", {f"a/s{n}.yaml": text for n in range(20)})
    folder.swap(place, journal)
    folder.finish(place, journal)
    print("done", flush=True)
"""


def test_a_killed_writer_leaves_no_mixture(tmp_path: Path) -> None:
    seen = set()
    for after_s in (0.0, 0.003, 0.007, 0.013, 0.021):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(after_s)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        journal = folder.interrupted(tmp_path)
        if journal is not None:
            folder.undo(tmp_path, journal)
        texts = {path.read_bytes() for path in tmp_path.glob("a/*.yaml")}
        assert len(texts) == 1
        seen |= texts
    assert seen <= {b"one", b"two"}
