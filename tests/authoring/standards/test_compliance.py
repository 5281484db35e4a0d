"""Which components are there, what is missing, and what that comes to."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.standards.compliance import Compliance, Given, ServiceStandard, assess
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


def of_ktp(folder: Path) -> ServiceStandard:
    return next(one for one in picture(folder).agencies[0].services if one.service.id == "ktp-hilang")


def said(reply: Reply) -> list[str]:
    return [line for block in reply.blocks for line in block.lines]


def test_a_component_is_the_services_own_or_else_its_agencys(folder: Path) -> None:
    add(folder, KTP, "sarana: [Ruang tunggu]\n")
    add(folder, AGENCY, "jaminan: [Uang kembali]\n")
    ktp = of_ktp(folder)
    given = {component.value: by for component, by in ktp.given.items() if by is not Given.NOBODY}
    assert given == {
        "syarat": Given.SERVICE,
        "biaya": Given.SERVICE,
        "pengaduan": Given.AGENCY,
        "sarana": Given.SERVICE,
        "jaminan": Given.AGENCY,
    }
    assert ktp.count(Given.SERVICE, Given.AGENCY) == 5
    assert Component.STEPS in ktp.missing


@pytest.mark.parametrize(
    ("said", "component", "by"),
    [
        ("{keterangan: Selesai hari itu juga.}", Component.DURATION, Given.NOBODY),
        ("{keterangan: Tanyakan ke loket., paling_lama: hari itu juga}", Component.DURATION, Given.SERVICE),
        ("{keterangan: Lapor sebelum tanggal 15., standar: tidak}", Component.DURATION, Given.NOBODY),
        ("{keterangan: Selesai dalam 3 hari kerja.}", Component.DURATION, Given.SERVICE),
        ("{keterangan: Selesai dalam 3 hari kerja., aturan: nasional}", Component.DURATION, Given.NATIONAL),
        ("{keterangan: Tanyakan besarnya ke dinas.}", Component.COST, Given.NOBODY),
        ("{keterangan: Paling banyak Rp50.000.}", Component.COST, Given.SERVICE),
        ("{rupiah: 0, keterangan: Gratis.}", Component.COST, Given.NOBODY),
        ("{rupiah: 0, dasar: UU 24/2013 Pasal 79A}", Component.COST, Given.SERVICE),
        ("{rupiah: 10000}", Component.COST, Given.SERVICE),
        ("{rincian: [{untuk: Biasa, rupiah: 0}]}", Component.COST, Given.SERVICE),
        ("{rupiah: 10000, aturan: nasional}", Component.COST, Given.NATIONAL),
    ],
)
def test_a_time_counts_with_a_figure_or_limit_and_a_cost_with_an_amount_or_a_law_that_makes_it_free(
    folder: Path, said: str, component: Component, by: Given
) -> None:
    lines = [one for one in (folder / KTP).read_text(encoding="utf-8").splitlines() if not one.startswith(component)]
    (folder / KTP).write_text("\n".join([*lines, f"{component}: {said}\n"]), encoding="utf-8")
    assert of_ktp(folder).given[component] is by


def test_what_only_national_rules_hold_is_counted_apart(folder: Path) -> None:
    add(folder, AGENCY, "evaluasi: [Survei setahun sekali]\nsumber:\n")
    add(folder, AGENCY, "  - {judul: Permenpan RB 14/2017, untuk: [evaluasi], aturan: nasional}\n")
    agency = picture(folder).agencies[0]
    assert [one.given[Component.EVALUATION] for one in agency.services] == [Given.NATIONAL, Given.NATIONAL]
    assert (agency.management.own, agency.management.national) == (0, 12.5)


def test_requirements_of_every_variant_are_requirements_of_the_service(folder: Path) -> None:
    text = (folder / KTP).read_text(encoding="utf-8")
    start, end = text.index("syarat:"), text.index("waktu:")
    variants = "varian:\n  - {judul: WNI, syarat: [KK]}\n  - {judul: WNA, syarat: [KITAP]}\n"
    (folder / KTP).write_text(text[:start] + variants + text[end:], encoding="utf-8")
    assert picture(folder).agencies[0].services[1].given[Component.REQUIREMENTS] is Given.SERVICE
    (folder / KTP).write_text(text[:start] + variants.replace(", syarat: [KITAP]", "") + text[end:], encoding="utf-8")
    assert picture(folder).agencies[0].services[1].given[Component.REQUIREMENTS] is Given.NOBODY


def test_what_must_be_published_and_what_is_of_management_are_figures_of_their_own(folder: Path) -> None:
    add(folder, KTP, "sarana: [Ruang tunggu]\n")
    agency = picture(folder).agencies[0]
    assert agency.published.own == 41.67  # 2 and 3 of 6
    assert agency.management.own == 6.25  # 0 and 1 of 8


def test_services_that_their_agency_confirmed_are_counted(folder: Path) -> None:
    digest = load(folder).services["ktp-hilang"].digest
    add(folder, KTP, f"dikonfirmasi: {{oleh: Dukcapil, tanggal: 2026-11-20, isi: {digest}}}\n")
    agency = picture(folder).agencies[0]
    assert agency.confirmed == 1
    assert as_json(picture(folder))["instansi"][0]["dikonfirmasi"] == 1
    rows = [line for line in as_lines(picture(folder), load(folder).phrases) if line.endswith("/14")]
    assert [row.split()[-2] for row in rows] == ["–", "✓"]


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
    assert [one.service.id for one in agency.services] == ["ktp-hilang"]
    assert agency.published.own == 50


def test_an_agency_without_services_has_no_figures(folder: Path) -> None:
    (folder / "dinkes").mkdir()
    add(folder, "dinkes/instansi.yaml", "id: dinkes\nnama: Dinas\nsingkatan: Dinkes\ndiperbarui: 2026-11-24\n")
    found = picture(folder)
    assert as_json(found)["instansi"][0]["wajib_tayang"] is None
    assert said(as_reply(found, ["dinkes"], load(folder).phrases))[0] == "Dinkes: belum ada layanan."


def test_the_table_the_page_and_the_chat_say_the_same(folder: Path) -> None:
    knowledge, found = load(folder), picture(folder)
    line = (
        "Dukcapil: komponen wajib tayang 41,67 persen, komponen pengelolaan 0,00 persen. "
        "Hanya dari aturan nasional: 0,00 dan 0,00 persen lagi. 2 layanan, 0 dikonfirmasi dinas."
    )
    assert line in as_lines(found, knowledge.phrases)
    assert line in as_html(found, knowledge)
    assert said(as_reply(found, [found.agencies[0].agency.id], knowledge.phrases))[0] == line
    assert found.assessment.remarks[1] in as_html(found, knowledge)
    values = as_json(found)["instansi"][0]
    assert (values["wajib_tayang"], values["pengelolaan"]) == (
        {"persen": 41.67, "nasional": 0.0},
        {"persen": 0.0, "nasional": 0.0},
    )


def test_no_letter_opinion_or_zone_of_another_assessment_is_told() -> None:
    knowledge = load(REAL_KNOWLEDGE)
    found = assess(knowledge, TODAY)
    told = "\n".join((*as_lines(found, knowledge.phrases), as_html(found, knowledge), str(as_json(found)))).casefold()
    assert [word for word in ("ombudsman", "kategori", "zona", "opini", "kualitas ") if word in told] == []


def test_components_in_another_order_in_the_file_stand_under_their_own_number(folder: Path) -> None:
    path = folder / "kepatuhan.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(index for index, line in enumerate(lines) if "kunci: syarat" in line)
    lines[at], lines[at + 3] = lines[at + 3], lines[at]
    path.write_text("".join(lines), encoding="utf-8")
    assert [name.key for name in load(folder).assessment.components] == list(Component)


def test_categories_of_an_older_file_are_read_and_mean_nothing(folder: Path) -> None:
    add(folder, "kepatuhan.yaml", "penilaian: Lama\nkategori: [{kategori: A, opini: Tinggi, zona: hijau, dari: 0}]\n")
    assert read(folder).problems == ()


def test_the_page_stands_alone(folder: Path) -> None:
    page = as_html(picture(folder), load(folder))
    assert "<style>" in page
    assert "aset/" not in page


def test_knowledge_without_components_says_so(folder: Path) -> None:
    (folder / "kepatuhan.yaml").unlink()
    with pytest.raises(SettingsError, match=r"kepatuhan\.yaml"):
        picture(folder)


def test_components_that_are_not_the_fourteen_are_refused(folder: Path) -> None:
    path = folder / "kepatuhan.yaml"
    text = path.read_text(encoding="utf-8").replace("kunci: evaluasi", "kunci: jaminan")
    path.write_text(text, encoding="utf-8")
    assert ["belum ada: evaluasi" in problem.message for problem in read(folder).problems] == [True]


def test_the_table_of_the_real_knowledge_fits_a_terminal_of_80_columns() -> None:
    knowledge = load(REAL_KNOWLEDGE)
    rows = [line for line in as_lines(assess(knowledge, TODAY), knowledge.phrases) if line.endswith("/14")]
    assert len(rows) == len(knowledge.services)
    assert max(map(len, rows)) <= 80
