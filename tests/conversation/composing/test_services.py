"""What a citizen reads about a service with several cases."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.turn import Action, ActionKind
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Service
from bot.knowledge.vocabulary import Aspect
from tests.conversation.conftest import Conversation, heard, labels

LONG = [f"Berkas nomor {number} yang disahkan kepala sarana dan dilampirkan asli" for number in range(1, 9)]
APOTEK: dict[str, Any] = {
    "id": "apotek",
    "nama": "Izin apotek",
    "ringkas": "Izin membuka apotek.",
    "syarat": ["Denah bangunan", "SIP apoteker"],
    "varian": [
        {"judul": "Badan usaha", "syarat": ["Akta pendirian"]},
        {"judul": "Perpanjangan", "ganti": "ya", "syarat": ["Izin lama"], "waktu": {"keterangan": "2 hari kerja."}},
    ],
    "waktu": {"keterangan": "Dihitung sejak berkas lengkap.", "paling_lama": "14 hari kerja"},
    "diperbarui": "2026-11-24",
}


def about(knowledge: KnowledgeBase, **changed: object) -> Conversation:
    """A conversation in which the pharmacy can be asked about."""
    service = Service.model_validate({**APOTEK, **changed}).model_copy(update={"agency": "dukcapil"})
    return Conversation(replace(knowledge, services={**knowledge.services, "apotek": service}))


def test_a_case_that_adds_is_told_with_what_all_need(knowledge: KnowledgeBase) -> None:
    text = about(knowledge).says(heard("apotek", aspects=(Aspect.REQUIREMENTS,), variant="Badan usaha"))
    assert "Syarat:\n• Denah bangunan\n• SIP apoteker\n\nTambahan syarat – Badan usaha:\n• Akta pendirian" in text


def test_who_names_a_case_gets_its_whole_list_at_a_glance(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge, varian=[{"judul": "WNI", "syarat": LONG}, {"judul": "WNA", "syarat": ["Paspor"]}])
    text = talk.says(heard("apotek", variant="WNI"))
    assert all(one in text for one in LONG)
    assert "Paspor" not in text


def test_at_a_glance_nothing_is_said_to_be_missing(knowledge: KnowledgeBase) -> None:
    assert "Belum dipublikasikan" not in about(knowledge, waktu=None, varian=[]).shows("apotek")


def test_a_case_that_replaces_is_told_alone(knowledge: KnowledgeBase) -> None:
    text = about(knowledge).says(heard("apotek", aspects=(Aspect.REQUIREMENTS,), variant="Perpanjangan"))
    assert "Syarat – Perpanjangan:\n• Izin lama" in text
    assert "Denah bangunan" not in text


def test_times_that_differ_are_told_by_case(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge)
    text = talk.shows("apotek", "waktu")
    assert "Paling lama 14 hari kerja. Dihitung sejak berkas lengkap.\n\n• Perpanjangan: 2 hari kerja." in text
    text = talk.says(heard("apotek", aspects=(Aspect.DURATION,), variant="Perpanjangan"))
    assert "Waktu: 2 hari kerja." in text
    assert "14 hari" not in text


def test_an_overview_says_the_number_and_not_only_from_when_it_counts(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge)
    assert "Waktu: Paling lama 14 hari kerja.\n\n• Perpanjangan: 2 hari kerja." in talk.shows("apotek")


def test_costs_that_differ_are_told_by_case(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "WNI", "biaya": {"rupiah": 0}}, {"judul": "WNA", "biaya": {"rupiah": 50000}}]
    text = about(knowledge, varian=cases).shows("apotek", "biaya")
    assert "WNI: Gratis." in text
    assert "WNA: Rp50.000." in text


@pytest.mark.parametrize(("key", "aspect"), [("lokasi", "lokasi"), ("online", "online"), ("jam", "jam")])
def test_place_online_and_hours_may_be_anothers_in_a_case(knowledge: KnowledgeBase, key: str, aspect: str) -> None:
    talk = about(knowledge, **{key: "Di sini.", "varian": [{"judul": "WNA", key: "Di sana."}]})
    assert "Di sini.\n\n• WNA: Di sana." in talk.shows("apotek", aspect)
    text = talk.says(heard("apotek", aspects=(Aspect(aspect),), variant="WNA"))
    assert "Di sana." in text
    assert "Di sini." not in text


def test_steps_of_a_case_are_told_instead_of_the_others(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge, alur=["Datang."], varian=[{"judul": "WNA", "alur": ["Telepon dulu."]}])
    assert "Alur:\n1. Datang.\n\nAlur – WNA:\n1. Telepon dulu." in talk.shows("apotek", "alur")
    assert "Datang." not in talk.says(heard("apotek", aspects=(Aspect.STEPS,), variant="WNA"))


def test_long_lists_of_several_cases_are_offered_by_case(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "WNI", "syarat": LONG}, {"judul": "WNA", "syarat": [f"{one} oleh KBRI" for one in LONG]}]
    talk = about(knowledge, syarat=["Denah bangunan"], varian=cases)
    reply = talk.hears(Action(ActionKind.SHOW, "apotek", "syarat"))
    said = [line for block in reply.blocks for line in block.lines]
    assert "Denah bangunan" in said
    assert {"WNI", "WNA"} <= set(said)
    assert LONG[0] not in said
    assert labels(reply)[:2] == ["WNI", "WNA"]
    pressed = talk.says(reply.buttons[0].action)
    assert LONG[0] in pressed
    assert "KBRI" not in pressed


def test_a_button_after_a_case_stays_with_it(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge)
    reply = talk.hears(heard("apotek", aspects=(Aspect.REQUIREMENTS,), variant="Perpanjangan"))
    duration = next(button for button in reply.buttons if button.label == "Waktu")
    assert "Waktu: 2 hari kerja." in talk.says(Action.decode(duration.action.encode()))


def test_the_button_of_a_case_that_was_renamed_shows_all_cases(knowledge: KnowledgeBase) -> None:
    old = Action.about(ActionKind.SHOW, "apotek", [Aspect.REQUIREMENTS], case="Nama lama")
    assert "Tambahan syarat – Badan usaha" in about(knowledge).says(old)


def test_a_lawful_fine_is_told_and_not_called_a_levy(knowledge: KnowledgeBase) -> None:
    cost = {"rupiah": 0, "denda": "Terlambat melapor dapat didenda paling banyak Rp1.000.000."}
    text = about(knowledge, biaya=cost).shows("apotek", "biaya")
    assert "Denda: Terlambat melapor dapat didenda paling banyak Rp1.000.000." in text
    assert "Selain denda itu tidak ada biaya." in text
    assert "Kalau ada pungutan tidak resmi" not in text
    assert "Gratis. Terlambat melapor dapat didenda paling banyak Rp1.000.000." in about(knowledge, biaya=cost).shows(
        "apotek"
    )


def test_a_service_with_its_own_hours_shows_only_these(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge, jam="Siaga 24 jam setiap hari.")
    for day in ("", "sabtu", "25 desember"):
        text = talk.says(heard("apotek", aspects=(Aspect.HOURS,), day=day))
        assert "Siaga 24 jam setiap hari." in text
        assert "tutup" not in text


def test_hours_are_not_lent_to_a_place_of_its_own(knowledge: KnowledgeBase) -> None:
    text = about(knowledge, lokasi="Puskesmas terdekat").shows("apotek", "jam")
    assert "Jam buka: Belum dipublikasikan." in text
    assert "07.30" not in text


def test_a_place_of_its_own_may_keep_office_hours(knowledge: KnowledgeBase) -> None:
    text = about(knowledge, lokasi="Kecamatan", jam="kantor").shows("apotek", "jam")
    assert "Jam buka kantor Dukcapil:\n• Senin-Kamis 07.30-16.00" in text


def test_an_explanation_tells_the_remarks_and_the_output_of_each_case(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "WNA", "catatan": ["Bawa penerjemah."], "produk": "Izin terbatas"}]
    talk = about(knowledge, varian=cases, produk="Izin")
    text = talk.shows("apotek", "umum")
    assert "• WNA: Bawa penerjemah." in text
    assert "• WNA: Izin terbatas" in text
    text = talk.says(heard("apotek", aspects=(Aspect.OVERVIEW,), variant="WNA"))
    assert "• Bawa penerjemah." in text
    assert "Izin terbatas." in text
    assert "Izin." not in text
