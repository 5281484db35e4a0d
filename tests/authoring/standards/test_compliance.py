"""Which components are there, what is missing, and what that comes to."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.standards.compliance import Compliance, Given, assess
from bot.authoring.standards.compliance_shown import as_html, as_json, as_lines, as_reply
from bot.conversation.reply import Reply
from bot.errors import SettingsError
from bot.knowledge.reading.loader import load, read
from bot.knowledge.vocabulary import Component
from tests.conftest import REAL_KNOWLEDGE

TODAY = date(2026, 11, 24)
KTP, AGENCY = "dukcapil/ktp-hilang.yaml", "dukcapil/instansi.yaml"


def add(folder: Path, file: str, text: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(text)


def picture(folder: Path) -> Compliance:
    return assess(load(folder), TODAY)


def said(reply: Reply) -> list[str]:
    return [line for block in reply.blocks for line in block.lines]


def test_a_component_is_the_services_own_or_else_its_agencys(folder: Path) -> None:
    add(folder, KTP, "sarana: [Ruang tunggu]\n")
    add(folder, AGENCY, "jaminan: [Uang kembali]\n")
    ktp = next(one for one in picture(folder).agencies[0].services if one.service.id == "ktp-hilang")
    given = {component.value: by for component, by in ktp.given.items() if by is not Given.NOBODY}
    assert given == {
        "syarat": Given.SERVICE,
        "waktu": Given.SERVICE,
        "biaya": Given.SERVICE,
        "pengaduan": Given.AGENCY,
        "sarana": Given.SERVICE,
        "jaminan": Given.AGENCY,
    }
    assert ktp.count == 6
    assert Component.STEPS in ktp.missing


def test_requirements_of_every_variant_are_requirements_of_the_service(folder: Path) -> None:
    text = (folder / KTP).read_text(encoding="utf-8")
    start, end = text.index("syarat:"), text.index("waktu:")
    variants = "varian:\n  - {judul: WNI, syarat: [KK]}\n  - {judul: WNA, syarat: [KITAP]}\n"
    (folder / KTP).write_text(text[:start] + variants + text[end:], encoding="utf-8")
    assert picture(folder).agencies[0].services[1].given[Component.REQUIREMENTS] is Given.SERVICE
    (folder / KTP).write_text(text[:start] + variants.replace(", syarat: [KITAP]", "") + text[end:], encoding="utf-8")
    assert picture(folder).agencies[0].services[1].given[Component.REQUIREMENTS] is Given.NOBODY


def test_the_score_is_the_share_of_components_that_are_given(folder: Path) -> None:
    agency = picture(folder).agencies[0]
    assert [one.count for one in agency.services] == [2, 4]  # of 14 each
    assert agency.score == 21.43
    assert agency.band.category == "E"


@pytest.mark.parametrize(
    ("score", "category", "zone"),
    [
        (100, "A", "hijau"),
        (88, "A", "hijau"),
        (87.99, "B", "hijau"),
        (78, "B", "hijau"),
        (77.99, "C", "kuning"),
        (54, "C", "kuning"),
        (53.99, "D", "merah"),
        (32, "D", "merah"),
        (31.99, "E", "merah"),
        (0, "E", "merah"),
    ],
)
def test_bands_begin_where_the_published_ones_do(score: float, category: str, zone: str) -> None:
    band = load(REAL_KNOWLEDGE).assessment.band(score)
    assert (band.category, band.zone) == (category, zone)


def test_answers_past_their_review_date_are_listed_oldest_first(folder: Path) -> None:
    add(folder, KTP, "tinjau_sebelum: 2026-11-23\n")
    add(folder, "dukcapil/kia.yaml", "tinjau_sebelum: 2026-01-01\n")
    add(folder, "rujukan/rujukan-sim.yaml", "tinjau_sebelum: 2026-11-24\n")
    found = picture(folder)
    assert [one.id for one in found.overdue] == ["kia", "ktp-hilang"]
    assert as_json(found)["lewat_tinjau"][0]["tinjau_sebelum"] == "2026-01-01"


def test_a_withdrawn_service_is_named_but_not_counted(folder: Path) -> None:
    add(folder, "dukcapil/kia.yaml", "ditarik: {alasan: Salah., sejak: 2026-11-01}\n")
    agency = picture(folder).agencies[0]
    assert [one.id for one in agency.withdrawn] == ["kia"]
    assert agency.score == 28.57


def test_an_agency_without_services_has_no_score(folder: Path) -> None:
    (folder / "dinkes").mkdir()
    add(folder, "dinkes/instansi.yaml", "id: dinkes\nnama: Dinas\nsingkatan: Dinkes\ndiperbarui: 2026-11-24\n")
    found = picture(folder)
    assert found.agencies[0].score is None
    assert said(as_reply(found, ["dinkes"], load(folder).phrases))[0] == "Dinkes: belum ada layanan."


def test_the_table_the_page_and_the_chat_say_the_same(folder: Path) -> None:
    knowledge, found = load(folder), picture(folder)
    line = "Dukcapil: nilai 21,43, kategori E (Kualitas Terendah), zona merah. 2 layanan."
    assert line in as_lines(found, knowledge.phrases)
    assert line in as_html(found, knowledge)
    assert said(as_reply(found, [found.agencies[0].agency.id], knowledge.phrases))[0] == line
    assert found.assessment.remarks[1] in as_html(found, knowledge)


def test_the_page_stands_alone(folder: Path) -> None:
    page = as_html(picture(folder), load(folder))
    assert "<style>" in page
    assert "aset/" not in page


def test_knowledge_without_bands_says_so(folder: Path) -> None:
    (folder / "kepatuhan.yaml").unlink()
    with pytest.raises(SettingsError, match=r"kepatuhan\.yaml"):
        picture(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kunci: evaluasi", "kunci: jaminan", "belum ada: evaluasi"),
        ("dari: 78", "dari: 90", "kategori harus urut"),
        ("dari: 0}", "dari: 5}", "yang terakhir dari 0"),
    ],
)
def test_bands_and_components_that_cannot_be_are_refused(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "kepatuhan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert [message in problem.message for problem in read(folder).problems] == [True]


def test_the_table_of_the_real_knowledge_fits_a_terminal_of_80_columns() -> None:
    knowledge = load(REAL_KNOWLEDGE)
    rows = [line for line in as_lines(assess(knowledge, TODAY), knowledge.phrases) if line.endswith("/14")]
    assert len(rows) == len(knowledge.services)
    assert max(map(len, rows)) <= 80
