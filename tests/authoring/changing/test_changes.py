"""An admin's change: looked at first, then written whole, kept with who and when, and taken back."""

from datetime import date, timedelta
from functools import partial

import pytest

from bot.authoring.changing import changes as changing
from bot.authoring.changing import folder, small_changes
from bot.authoring.changing.changes import Applied, Proposal
from bot.authoring.changing.difference import KeyChange
from bot.knowledge.reading import document
from bot.live import Snapshot
from bot.live import live as room
from bot.storage.history import How
from tests.authoring.desk.admins import KTP, Desk
from tests.counted import note_calls

WHO = "telegram:1"


async def test_a_proposal_shows_what_changes_and_writes_nothing(desk: Desk) -> None:
    before = desk.read()
    proposal = await desk.changes.propose({KTP: desk.written("Fotokopi KK.", "KK asli.")}, WHO, How.UPLOAD)
    [shown] = proposal.differences
    assert (shown.name, shown.changes) == ("KTP-el hilang", (KeyChange("syarat", ("Fotokopi KK.",), ("KK asli.",)),))
    assert (proposal.may_be_applied, desk.read()) == (True, before)


async def test_an_applied_change_is_written_byte_for_byte_and_answers_at_once(desk: Desk) -> None:
    raw = desk.written("Fotokopi KK.", "KK asli.   # kata Pak Budi")
    applied = await desk.change(raw)
    snapshot = desk.changes.live.snapshot
    assert desk.read() == raw
    assert snapshot.knowledge.services["ktp-hilang"].requirements[1] == "KK asli."
    assert (applied.version, applied.files, applied.answers) == (snapshot.version, (KTP,), True)


async def test_the_history_keeps_who_when_and_what_was_there_before(desk: Desk) -> None:
    first, at = desk.read(), desk.clock[0]
    second = desk.written("Fotokopi KK.", "KK asli.")
    await desk.change(second)
    newest, original = await desk.log.versions([KTP])
    assert (newest.who, newest.how, newest.at, newest.content) == (WHO, How.UPLOAD, at, second)
    assert (original.who, original.how, original.content) == ("", How.FOUND, first)


async def test_an_edit_made_in_the_folder_itself_is_kept_with_the_next_change(desk: Desk) -> None:
    await desk.change(desk.written("Fotokopi KK.", "KK asli."))
    by_hand = desk.written("KK asli.", "KK asli dan fotokopi.")
    (desk.folder / KTP).write_bytes(by_hand)
    await desk.change(desk.written("KK asli dan", "KK, lalu"))
    versions = await desk.log.versions([KTP])
    assert [one.how for one in versions] == [How.UPLOAD, How.FOUND, How.UPLOAD, How.FOUND]
    assert versions[1].content == by_hand


async def test_a_version_is_restored_as_it_was(desk: Desk) -> None:
    first = desk.read()
    await desk.change(desk.written("Fotokopi KK.", "KK asli."))
    [_, original] = await desk.log.versions([KTP])
    proposal = await desk.changes.restored(original, WHO)
    assert isinstance(await desk.changes.apply(proposal.pending), Applied)
    assert desk.read() == first


async def test_a_new_service_comes_and_goes(desk: Desk) -> None:
    raw = b"id: sktt\nnama: SKTT\nringkas: Surat tinggal.\nsebutan: [surat sktt]\ndiperbarui: 2026-11-24\n"
    await desk.change(raw, "dukcapil/sktt.yaml")
    assert "sktt" in desk.changes.live.snapshot.knowledge.services
    await desk.change(None, "dukcapil/sktt.yaml")
    assert "sktt" not in desk.changes.live.snapshot.knowledge.services
    assert not (desk.folder / "dukcapil/sktt.yaml").exists()


async def test_a_change_that_breaks_another_file_is_refused_with_its_line(desk: Desk) -> None:
    proposal = await desk.changes.propose({KTP: desk.written("ktp ilang]", "ktp ilang, kia]")}, WHO, How.UPLOAD)
    [problem] = proposal.problems
    assert (problem.file, problem.line) == (KTP, 4)
    assert "sudah ada di dukcapil/kia.yaml" in problem.message
    assert isinstance(await desk.changes.apply(proposal.pending), Proposal)


CLASHES = [
    (
        "kia",
        "[kia, kartu anak]",
        "[kia, kartu anak, KTP ilang]",
        "sebutan `ktp ilang` sudah ada di dukcapil/ktp-hilang",
    ),
    ("kia", "[kia, kartu anak]", "[kia, ktp kecopetan di pasar]", "uji `ktp kecopetan di pasar` juga ada di sebutan"),
    ("ktp-hilang", "ktp ilang]", "ktp ilang, kia]", "sebutan `kia` sudah ada di dukcapil/kia.yaml baris 4"),
]


@pytest.mark.parametrize(("subject", "old", "new", "message"), CLASHES)
async def test_of_two_files_that_contradict_the_one_that_is_being_changed_is_to_be_mended(
    desk: Desk, subject: str, old: str, new: str, message: str
) -> None:
    file = f"dukcapil/{subject}.yaml"
    raw = desk.written(old, new, file)
    [problem] = (await desk.changes.propose({file: raw}, WHO, How.UPLOAD)).problems
    assert (problem.file, problem.line) == (file, 4)
    assert message in problem.message
    (desk.folder / file).write_bytes(raw)  # and so when it is written by hand
    desk.changes.live.refresh()
    assert [problem.file for problem in desk.changes.live.problems] == [file]


async def test_a_file_made_from_an_older_version_is_refused_with_what_would_be_lost(desk: Desk) -> None:
    monday = desk.read()
    base = desk.changes.fingerprints([KTP])
    await desk.change(desk.written("rupiah: 0", "rupiah: 5000"))
    from_monday = monday.replace(b"Fotokopi KK.", b"KK asli.")
    proposal = await desk.changes.propose({KTP: from_monday}, WHO, How.UPLOAD, base)
    [lost] = proposal.stale
    assert lost.changes == (KeyChange("biaya › rupiah", ("0",), ("5000",)),)
    assert not proposal.may_be_applied


async def test_a_file_that_does_not_say_its_version_is_known_by_what_it_takes_back(desk: Desk) -> None:
    monday = desk.read()
    await desk.change(desk.written("rupiah: 0", "rupiah: 5000"))
    from_monday = await desk.changes.propose({KTP: monday.replace(b"Fotokopi KK.", b"KK asli.")}, WHO, How.UPLOAD)
    from_today = await desk.changes.propose({KTP: desk.written("Fotokopi KK.", "KK asli.")}, WHO, How.UPLOAD)
    assert [one.changes for one in from_monday.stale] == [(KeyChange("biaya › rupiah", ("0",), ("5000",)),)]
    assert from_today.stale == ()


async def test_a_file_made_from_a_version_that_nobody_knows_is_refused_with_how_to_get_the_newest(desk: Desk) -> None:
    raw = desk.written("Fotokopi KK.", "KK asli.")
    proposal = await desk.changes.propose({KTP: raw}, WHO, How.UPLOAD, {KTP: "0123456789ab"})
    [problem] = proposal.problems
    assert (problem.file, problem.message) == (KTP, "berkas ini dibuat dari versi yang tidak lagi dikenal.")
    assert "/ambil ktp-hilang" in problem.hint
    assert not proposal.may_be_applied


async def test_what_changed_between_the_look_and_the_yes_is_not_overwritten(desk: Desk) -> None:
    mine = await desk.changes.propose({KTP: desk.written("Fotokopi KK.", "KK asli.")}, WHO, How.UPLOAD)
    theirs = desk.written("rupiah: 0", "rupiah: 5000")
    await desk.change(theirs)
    refused = await desk.changes.apply(mine.pending)
    assert isinstance(refused, Proposal)
    assert [one.changes for one in refused.stale] == [(KeyChange("biaya › rupiah", ("0",), ("5000",)),)]
    assert desk.read() == theirs


async def test_a_second_yes_changes_nothing(desk: Desk) -> None:
    proposal = await desk.changes.propose({KTP: desk.written("Fotokopi KK.", "KK asli.")}, WHO, How.UPLOAD)
    assert isinstance(await desk.changes.apply(proposal.pending), Applied)
    assert isinstance(await desk.changes.apply(proposal.pending), Proposal)
    assert len(await desk.log.versions([KTP])) == 2


KIA = "dukcapil/kia.yaml"


async def test_a_change_that_takes_the_question_of_another_service_is_caught(desk: Desk) -> None:
    names = "ktp kecopetan pasar, kecopetan di pasar, ktp kecopetan, kecopetan ktp di pasar"
    taking = desk.written("kartu anak]", f"kartu anak, {names}]", KIA)
    giving = desk.written("nama: KTP-el hilang", "nama: Surat").replace(b"[ktp hilang, ktp ilang]", b"[surat lain]")
    proposal = await desk.changes.propose({KIA: taking, KTP: giving}, WHO, How.UPLOAD)
    [wrong] = proposal.wrong
    assert (wrong.subject, wrong.question, wrong.found) == ("ktp-hilang", "ktp kecopetan di pasar", ("kia",))


async def test_a_change_that_takes_no_question_says_so(desk: Desk) -> None:
    proposal = await desk.changes.propose({KTP: desk.written("Fotokopi", "Salinan")}, WHO, How.UPLOAD)
    assert (proposal.wrong, proposal.weaker) == ((), ())
    assert proposal.asked > 1


async def test_small_changes_go_the_same_way(desk: Desk) -> None:
    for edit, how in (
        (partial(small_changes.withdrawn, reason="Tarif berubah.", since=date(2026, 11, 24)), How.WITHDRAW),
        (small_changes.put_back, How.PUT_BACK),
        (partial(small_changes.with_phrase, key="contoh", phrase="ktp kecebur sumur"), How.PHRASE),
    ):
        proposal = await desk.changes.edited({"ktp-hilang": edit}, WHO, how)
        assert isinstance(await desk.changes.apply(proposal.pending), Applied)
    assert b"ktpnya\n  - ktp kecebur sumur\n" in desk.read()
    assert [one.how for one in await desk.log.versions([KTP])] == [How.PHRASE, How.PUT_BACK, How.WITHDRAW, How.FOUND]


async def test_what_waits_can_be_said_yes_to_for_an_hour(desk: Desk) -> None:
    proposal = await desk.changes.propose({KTP: desk.written("Fotokopi", "Salinan")}, WHO, How.UPLOAD)
    await desk.log.keep(proposal.pending)
    at = desk.clock[0]
    assert await desk.log.pending(proposal.pending.id, at + timedelta(minutes=59)) == proposal.pending
    assert await desk.log.pending(proposal.pending.id, at + timedelta(minutes=61)) is None
    await desk.log.drop(proposal.pending.id)
    assert await desk.log.pending(proposal.pending.id, at) is None


async def test_an_applied_change_waits_no_longer(desk: Desk) -> None:
    proposal = await desk.changes.propose({KTP: desk.written("Fotokopi", "Salinan")}, WHO, How.UPLOAD)
    await desk.log.keep(proposal.pending)
    await desk.changes.apply(proposal.pending)
    assert await desk.log.pending(proposal.pending.id, desk.clock[0]) is None


async def test_while_a_change_is_cut_off_the_last_good_knowledge_answers(desk: Desk) -> None:
    version = desk.changes.live.snapshot.version
    folder.stage(desk.folder, {KTP: b"new ktp", KIA: b"new kia"})
    folder.swap(desk.folder, {KTP: b"new ktp"})
    assert (desk.changes.live.refresh(), desk.changes.live.snapshot.version) == (False, version)


async def test_a_change_after_one_that_was_cut_off_brings_that_to_its_end_first(desk: Desk) -> None:
    cut_off = await desk.changes.propose({KIA: desk.written("Kartu", "Kertu", KIA)}, WHO, How.UPLOAD)
    await desk.log.record(cut_off.pending, desk.clock[0], {KIA: desk.read(KIA)})
    await desk.change(desk.written("Fotokopi", "Salinan"))
    assert b"Salinan KK." in desk.read()
    assert b"Kertu" in desk.read(KIA)
    assert desk.changes.live.refresh() is False  # all of it answers already
    assert await desk.log.unwritten() == ()


async def test_a_change_proposed_and_applied_reads_once_parses_one_file_and_builds_one_matcher(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.change(desk.written("Fotokopi", "Salinan"))
    done = note_calls(
        monkeypatch,
        read=(room, "files_of"),
        parsed=(document, "parse"),
        built=(Snapshot, "of"),
        asked=(changing, "ask_all"),
    )
    await desk.change(desk.written("Salinan", "Kopi yang belum pernah tertulis"))
    assert sorted(done) == ["asked", "built", "parsed", "read"]


async def test_a_change_answers_although_git_left_its_lock_in_the_folder(desk: Desk) -> None:
    (desk.folder / ".git").mkdir()
    (desk.folder / ".git/index.lock").touch()
    version = desk.changes.live.snapshot.version
    applied = await desk.change(desk.written("Fotokopi", "Salinan"))
    assert applied.answers
    assert applied.version == desk.changes.live.snapshot.version != version


async def test_a_problem_in_another_file_forbids_no_change(desk: Desk) -> None:
    (desk.folder / KIA).write_bytes(desk.written("syarat:", "sarat:", KIA))
    desk.changes.live.refresh()
    assert (await desk.change(desk.written("Fotokopi", "Salinan"))).answers
    assert "Salinan KK." in desk.changes.live.snapshot.knowledge.services["ktp-hilang"].requirements


@pytest.mark.parametrize("broken", ["sarat:", "syarat: ["])
async def test_an_answer_is_withdrawn_although_its_own_file_is_broken(desk: Desk, broken: str) -> None:
    (desk.folder / KTP).write_bytes(desk.written("syarat:", broken))
    desk.changes.live.refresh()
    edit = partial(small_changes.withdrawn, reason="Tarif salah.", since=date(2026, 11, 24))
    proposal = await desk.changes.edited({"ktp-hilang": edit}, WHO, How.WITHDRAW)
    assert (proposal.mends, proposal.problems) == (KTP, ())
    assert isinstance(await desk.changes.apply(proposal.pending), Applied)
    assert desk.changes.live.snapshot.knowledge.services["ktp-hilang"].withdrawn is not None
    assert any(broken.encode() in (one.content or b"") for one in await desk.log.versions([KTP]))


async def test_a_new_service_sent_by_mistake_is_taken_away_again(desk: Desk) -> None:
    raw = b"id: sktt\nnama: SKTT\nringkas: Surat tinggal.\nsebutan: [surat sktt]\ndiperbarui: 2026-11-24\n"
    await desk.change(raw, "dukcapil/sktt.yaml")
    [_, before] = await desk.log.versions(["dukcapil/sktt.yaml"])
    proposal = await desk.changes.restored(before, WHO)
    assert isinstance(await desk.changes.apply(proposal.pending), Applied)
    assert not (desk.folder / "dukcapil/sktt.yaml").exists()
