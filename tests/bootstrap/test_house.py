"""The clock follows the knowledge that answers, and names need no matcher."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bootstrap.house import LAST_GOOD_FILE, assemble, known
from bot.errors import KnowledgeError
from bot.live import Live, Snapshot

KIA = "dukcapil/kia.yaml"


def test_the_clock_follows_the_time_zone_of_the_knowledge_that_answers_now(folder: Path) -> None:
    house = assemble(folder, datetime(2026, 11, 24, 10, tzinfo=UTC).replace(tzinfo=None))
    path = folder / "daerah.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Asia/Makassar", "Asia/Jayapura"), encoding="utf-8")
    before = house.now().tzinfo
    assert house.live.refresh() is True
    assert (str(before), str(house.now().tzinfo)) == ("Asia/Makassar", "Asia/Jayapura")


def test_names_are_known_without_a_matcher_and_although_a_file_is_broken(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Live(folder, tmp_path / LAST_GOOD_FILE)
    (folder / KIA).write_bytes(b"id: [")
    monkeypatch.delattr(Snapshot, "of")
    assert "kia" in known(folder, tmp_path / LAST_GOOD_FILE, pytest.fail).services


def test_without_a_good_version_names_are_known_but_those_of_broken_files(folder: Path, tmp_path: Path) -> None:
    (folder / KIA).write_bytes(b"id: [")
    left_out: list[str] = []
    assert "ktp-hilang" in known(folder, tmp_path / LAST_GOOD_FILE, left_out.append).services
    assert left_out == [KIA]
    (folder / "daerah.yaml").write_bytes(b"zona: [")
    with pytest.raises(KnowledgeError, match="daerah"):
        known(folder, tmp_path / LAST_GOOD_FILE, left_out.append)
