"""A broken file keeps its last good version, and nobody else waits for it."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.live import Live

KTP, KIA, AGENCY = "dukcapil/ktp-hilang.yaml", "dukcapil/kia.yaml", "dukcapil/instansi.yaml"


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def names(live: Live) -> dict[str, str]:
    return {one.id: one.name for one in live.snapshot.knowledge.subjects.values()}


def files(live: Live) -> list[str]:
    return [problem.file for problem in live.problems]


def test_a_good_edit_is_taken_while_another_file_is_broken(folder: Path) -> None:
    live = Live(folder)
    edit(folder, KIA, "syarat:", "sarat:")
    edit(folder, KTP, "KTP-el hilang", "KTP raib")
    assert live.refresh() is True
    assert (names(live)["ktp-hilang"], "kia" in names(live), files(live)) == ("KTP raib", True, [KIA])


@pytest.mark.parametrize("name", ["~$ktp-hilang.yaml", "ktp-hilang - Copy.yaml", "gambar.yaml"])
def test_a_new_file_that_cannot_be_read_holds_up_nobody(folder: Path, name: str) -> None:
    live = Live(folder)
    (folder / "dukcapil" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    edit(folder, KTP, "KTP-el hilang", "KTP raib")
    assert live.refresh() is True
    assert (names(live)["ktp-hilang"], files(live)) == ("KTP raib", [f"dukcapil/{name}"])


@pytest.mark.parametrize(("first", "second"), [(KTP, KIA), (KIA, KTP)])
def test_of_two_files_that_contradict_the_changed_one_waits(folder: Path, first: str, second: str) -> None:
    live = Live(folder)
    before = names(live)
    taken = live.snapshot.knowledge.subjects[Path(first).stem].names[0]
    edit(folder, second, "sebutan: [", f"sebutan: [{taken}, ")
    edit(folder, AGENCY, "nama: ", "nama: Baru ")
    assert live.refresh() is True
    assert names(live)["dukcapil"].startswith("Baru ")
    assert taken not in live.snapshot.knowledge.subjects[Path(second).stem].names
    assert names(live)["kia"] == before["kia"]
    assert live.problems != ()


def test_a_word_that_moves_from_one_file_to_another_is_taken(folder: Path) -> None:
    live = Live(folder)
    taken = live.snapshot.knowledge.subjects["kia"].names[0]
    edit(folder, KIA, f"{taken}, ", "")
    edit(folder, KTP, "sebutan: [", f"sebutan: [{taken}, ")
    edit(folder, AGENCY, "nama: ", "name: ")
    assert live.refresh() is True
    assert taken in live.snapshot.knowledge.subjects["ktp-hilang"].names
    assert set(files(live)) == {AGENCY}


def test_a_broken_file_that_is_mended_is_taken(folder: Path) -> None:
    live = Live(folder)
    edit(folder, KIA, "syarat:", "sarat:")
    live.refresh()
    edit(folder, KIA, "sarat:", "syarat:")
    edit(folder, KIA, "nama: ", "nama: Baru ")
    assert live.refresh() is True
    assert (names(live)["kia"].startswith("Baru "), files(live)) == (True, [])


def test_a_service_that_is_deleted_is_gone_although_another_is_broken(folder: Path) -> None:
    live = Live(folder)
    edit(folder, KTP, "syarat:", "sarat:")
    (folder / KIA).unlink()
    assert live.refresh() is True
    assert ("kia" in names(live), "ktp-hilang" in names(live)) == (False, True)


@pytest.mark.parametrize("gone", ["bahasa", "daerah.yaml", AGENCY, "."])
def test_f21_f28_what_is_missing_answers_with_its_last_good_version(folder: Path, gone: str) -> None:
    live = Live(folder)
    before = live.snapshot
    shutil.rmtree(folder / gone) if (folder / gone).is_dir() else (folder / gone).unlink()
    assert (live.refresh(), live.snapshot is before) == (False, True)
    assert live.problems != ()


def test_a_start_with_a_broken_file_takes_the_good_edits_of_others(folder: Path, tmp_path: Path) -> None:
    last_good = tmp_path / "knowledge.json"
    Live(folder, last_good)
    edit(folder, KIA, "syarat:", "sarat:")
    edit(folder, KTP, "KTP-el hilang", "KTP raib")
    for _ in range(2):  # what is kept stays good
        live = Live(folder, last_good)
        assert (names(live)["ktp-hilang"], "kia" in names(live), files(live)) == ("KTP raib", True, [KIA])


def test_a_first_start_names_what_is_broken_or_not_read_and_answers_with_the_rest(folder: Path) -> None:
    shutil.copy(folder / KTP, folder / "dukcapil/ktp-hilang.yaml.txt")
    assert files(Live(folder)) == ["dukcapil/ktp-hilang.yaml.txt"]
    edit(folder, KIA, "syarat:", "sarat:")
    live = Live(folder)
    assert ("kia" in names(live), "ktp-hilang" in names(live)) == (False, True)
    assert files(live) == [KIA, "dukcapil/ktp-hilang.yaml.txt"]
    edit(folder, KIA, "sarat:", "syarat:")
    assert (live.refresh(), "kia" in names(live)) == (True, True)


def test_a_first_start_without_an_agency_leaves_its_services_out_and_without_the_region_refuses(folder: Path) -> None:
    edit(folder, AGENCY, "nama: ", "name: ")
    live = Live(folder)
    assert (live.snapshot.knowledge.services, set(files(live))) == ({}, {AGENCY})
    edit(folder, "daerah.yaml", "nama: ", "name: ")
    with pytest.raises(KnowledgeError, match="daerah"):
        Live(folder)


def test_a_first_start_does_without_a_referral_that_the_region_names(folder: Path, tmp_path: Path) -> None:
    referral, last_good = "rujukan/rujukan-sim.yaml", tmp_path / "knowledge.json"
    edit(folder, referral, "nama: ", "name: ")
    for _ in range(2):
        live = Live(folder, last_good)
        assert ("rujukan-sim" in names(live), "kia" in names(live), set(files(live))) == (False, True, {referral})
    edit(folder, KIA, "syarat:", "sarat:")
    live.refresh()
    assert ("kia" in names(live), set(files(live))) == (True, {KIA, referral})
    found = live.snapshot.matcher.understand("bikin sim di kota tetangga").candidates
    assert "rujukan-sim" not in [one.subject for one in found]


def test_a_start_whose_kept_knowledge_is_of_no_use_answers_with_what_is_good(folder: Path, tmp_path: Path) -> None:
    last_good = tmp_path / "knowledge.json"
    last_good.write_text('{"daerah.yaml": "nama: lama"}', encoding="utf-8")
    edit(folder, KIA, "syarat:", "sarat:")
    live = Live(folder, last_good)
    assert ("kia" in names(live), "ktp-hilang" in names(live), files(live)) == (False, True, [KIA])


def test_the_last_good_is_kept_only_when_it_is_another(folder: Path, tmp_path: Path) -> None:
    last_good = tmp_path / "knowledge.json"
    live = Live(folder, last_good)
    edit(folder, KTP, "KTP-el hilang", "KTP raib")
    live.refresh()
    assert "KTP raib" in last_good.read_text(encoding="utf-8")
    kept = last_good.stat().st_mtime_ns
    Live(folder, last_good)
    assert last_good.stat().st_mtime_ns == kept
