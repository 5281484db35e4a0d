"""What a test of content asks for after an edit that contradicts it."""

import pytest

from bot.authoring.changing.changes import Proposal
from bot.authoring.changing.renewed_tests import in_place_of
from bot.storage.history import How
from tests.authoring.desk.admins import KTP, Desk

KIA = "dukcapil/kia.yaml"

PLACES = [
    ("Rp50.000", "Biaya: Rp50.000 per lembar.", "Biaya: Rp60.000 per lembar.", "Rp60.000"),
    ("5 hari", "Selesai 5 hari kerja.", "Selesai 7 hari kerja.", "7 hari"),
    ("50.000", "Biaya: Rp50.000.", "Biaya: Rp60.000 per lembar.", "60.000 per lembar"),
    ("gratis", "Biaya: Gratis.", "Biaya: Rp60.000.", "Rp60.000"),
    ("gratis", "Biaya: Gratis.", "Biaya: Rp60.000 setiap lembar yang dicetak ulang di kantor.", ""),
    ("Rp50.000", "Biaya: Rp50.000 per lembar.", "Biaya: Gratis.", ""),
    ("Rp50.000", "Rp50.000 di loket, Rp50.000 di kecamatan.", "Rp60.000 di loket, Rp70.000 di kecamatan.", ""),
    ("Rp50.000", "Biaya: Rp50.000.\nSelesai.", "Selesai.", ""),
]


@pytest.mark.parametrize(("wanted", "old", "new", "found"), PLACES)
def test_words_are_replaced_by_what_stands_in_their_place_where_that_can_be_told(
    wanted: str, old: str, new: str, found: str
) -> None:
    assert in_place_of(wanted, old, new) == found


async def with_tests(desk: Desk, *tests: str) -> None:
    """The lost KTP costs Rp50.000, and some tests of content say what must be answered."""
    text = desk.written("biaya: {rupiah: 0,", "biaya: {rupiah: 50000,").decode()
    text = text.replace("keterangan: Gratis., dasar: UU 24/2013 Pasal 79A", "keterangan: Bayar di loket.")
    listed = "\n".join(f"  - {one}" for one in tests)
    await desk.change(f"{text}uji_isi:\n{listed}\n".encode())


async def proposed(desk: Desk, old: str, new: str, file: str = KTP) -> Proposal:
    return await desk.changes.propose({file: desk.written(old, new, file)}, "telegram:1", How.UPLOAD)


async def test_a_test_follows_the_edit_and_keeps_what_still_holds(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Fotokopi KK, Rp50.000], tidak_memuat: [Rp5]}  # tarif")
    proposal = await proposed(desk, "50000", "60000")
    assert b"{t: ktp ilang, memuat: [Fotokopi KK, Rp60.000], tidak_memuat: [Rp5]}  # tarif" in (
        proposal.pending.files[KTP] or b""
    )
    assert (proposal.may_be_applied, proposal.harmed) == (True, ())


SENTENCES = [
    ("{keterangan: 'Jadi dalam 1 jam, paling lama 24 jam.'}", "{keterangan: 3 hari kerja.}", "24 jam", "3 hari kerja"),
    ("{keterangan: Selesai 2 minggu di loket.}", "{keterangan: 5 hari kerja di loket.}", "2 minggu", "5 hari kerja"),
    ("{keterangan: Selesai 6 bulan di loket.}", "{keterangan: 'Enam bulan, di loket.'}", "6 bulan", "Enam bulan"),
    ("{keterangan: Selesai 24 jam.}", "{keterangan: 'Seketika, menurut UU 24/2013 Pasal 79A.'}", "24 jam", "Seketika"),
    ("{keterangan: Selesai 24 jam.}", "{keterangan: 'Bawa F-1.02, lalu 10-14 hari.'}", "24 jam", "10-14 hari"),
    ("{keterangan: 24 jam (edaran 3 Mei).}", "{keterangan: Seketika (edaran 3 Mei).}", "24 jam", "Seketika"),
    ("{keterangan: Selesai 24 jam.}", "{keterangan: Diganti Rp10.000/hari bila lewat.}", "24 jam", "Rp10.000"),
    ("{keterangan: Selesai 24 jam.}", "{keterangan: Selesai. Tanyakan ke loket.}", "24 jam", "Tanyakan ke loket"),
]


@pytest.mark.parametrize(("old", "new", "asked", "then"), SENTENCES)
async def test_of_a_sentence_that_is_another_a_test_asks_for_its_figure_or_its_first_new_words(
    desk: Desk, old: str, new: str, asked: str, then: str
) -> None:
    await desk.change(desk.written("{keterangan: Selesai hari itu juga.}", old))
    await desk.change(desk.read() + f"uji_isi:\n  - {{t: ktp ilang berapa lama, memuat: [{asked}]}}\n".encode())
    [renewed] = (await proposed(desk, old, new)).renewed
    assert renewed.holds == (then,)


async def test_a_test_follows_in_a_service_that_was_confirmed(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Rp50.000]}")
    digest = desk.changes.live.snapshot.knowledge.services["ktp-hilang"].digest
    given = f"dikonfirmasi: {{oleh: Kabid, tanggal: 2026-11-24, isi: {digest}}}\n"
    await desk.change(desk.read() + given.encode())
    assert not desk.changes.live.snapshot.knowledge.services["ktp-hilang"].is_draft
    [renewed] = (await proposed(desk, "50000", "60000")).renewed
    assert renewed.holds == ("Rp60.000",)


async def test_words_that_must_not_be_said_and_now_are_no_longer_matter(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Rp50.000], tidak_memuat: [Rp60.000]}")
    [renewed] = (await proposed(desk, "50000", "60000")).renewed
    assert (renewed.holds, renewed.lacks) == (("Rp60.000",), ())


async def test_a_test_of_which_nothing_is_left_goes(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Fotokopi KK]}")
    proposal = await proposed(desk, "  - Fotokopi KK.\n", "")
    assert [one.is_gone for one in proposal.renewed] == [True]
    assert b"uji_isi" not in (proposal.pending.files[KTP] or b"")


async def test_a_question_that_another_service_takes_does_not_change_its_test(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp kecemplung sungai, memuat: [Fotokopi KK]}")
    await desk.change(desk.written("contoh:", "contoh:\n  - ktp kecemplung di sungai"))
    proposal = await proposed(
        desk, "kartu anak]", "kartu anak, ktp kecemplung sungai, kecemplung sungai, ktp kecemplung]", KIA
    )
    assert (proposal.renewed, [one.test.question for one in proposal.spoiled]) == ((), ["ktp kecemplung sungai"])


async def test_a_test_that_comes_with_the_edit_and_contradicts_it_is_not_changed(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Fotokopi KK]}")
    proposal = await proposed(desk, "[Fotokopi KK]}", "[Fotokopi KK, Rp70.000]}")
    assert (proposal.renewed, [one.lacking for one in proposal.spoiled]) == ((), [("Rp70.000",)])


async def test_what_was_wrong_before_is_not_the_fault_of_an_edit(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Rp70.000]}", "{t: ktp ilang, memuat: [Rp80.000], belum_bisa: ya}")
    proposal = await proposed(desk, "50000", "60000")
    assert (proposal.renewed, proposal.harmed) == ((), ())


async def test_the_test_of_another_file_follows_too(desk: Desk) -> None:
    await with_tests(desk, "{t: ktp ilang, memuat: [Fotokopi KK]}")
    asked = "uji_isi:\n  - {t: ktp ilang, memuat: [Rp50.000]}\n"
    await desk.change(desk.read(KIA) + asked.encode(), KIA)
    proposal = await proposed(desk, "50000", "60000")
    assert asked.replace("50", "60").encode() in (proposal.pending.files[KIA] or b"")
    await desk.changes.apply(proposal.pending)
    assert (b"60000" in desk.read(), b"Rp60.000" in desk.read(KIA)) == (True, True)
