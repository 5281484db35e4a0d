"""A clerk takes the workbook, changes cells, and sends it back."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring.changing.difference import difference
from bot.authoring.spreadsheet.layout import SHEETS
from bot.authoring.spreadsheet.read import read_sheet
from bot.authoring.spreadsheet.safety import read_cells
from bot.authoring.spreadsheet.write import export_sheet
from bot.knowledge.reading.document import parse
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import load, read_files
from tests.authoring.spreadsheet.workbooks import (
    Tables,
    as_ods,
    as_xlsx,
    cell_of,
    exported,
    put,
    read_back,
    sent_back,
    with_cell,
    with_entry,
    with_xml,
)
from tests.conftest import REAL_KNOWLEDGE

KTP, KIA, AGENCY, SIM = (
    "dukcapil/ktp-hilang.yaml",
    "dukcapil/kia.yaml",
    "dukcapil/instansi.yaml",
    "rujukan/rujukan-sim.yaml",
)


def problems(folder: Path, tables: Tables) -> list[str]:
    result = sent_back(folder, tables)
    assert result.files == {}
    return [str(problem) for problem in result.problems]


def test_the_real_knowledge_comes_back_byte_for_byte() -> None:
    files, knowledge = files_of(REAL_KNOWLEDGE), load(REAL_KNOWLEDGE)
    result = read_sheet(export_sheet(files, knowledge), "lembar.xlsx", files, knowledge)
    assert (result.files, result.problems) == ({}, ())


@pytest.mark.parametrize("save", [as_xlsx, as_ods])
def test_saved_by_another_program_nothing_changes(folder: Path, save: Callable[[Tables], bytes]) -> None:
    result = sent_back(folder, exported(folder), save)
    assert (result.files, result.problems) == ({}, ())


CHANGES = [
    pytest.param("Layanan!biaya.rupiah", "5000", "rupiah: 0", "rupiah: 5000", id="money"),
    pytest.param("Layanan!ringkas", "KTP yang\nhilang.", "Cetak ulang KTP-el yang hilang.", "KTP yang hilang."),
    pytest.param(
        "Layanan!syarat",
        "Surat kehilangan dari kepolisian.\nFoto.\nFotokopi KK.",
        "kepolisian.\n",
        "kepolisian.\n  - Foto.\n",
        id="one item more",
    ),
    pytest.param("Layanan!biaya.dasar", "", ", dasar: UU 24/2013 Pasal 79A", "", id="cell emptied"),
    pytest.param("Layanan!produk", "KTP-el", "79A}\n", "79A}\nproduk: KTP-el\n", id="a key that was not there before"),
    pytest.param(
        "Layanan!biaya.rincian",
        "Hilang = 0\nRusak = 5000",
        "79A}",
        "79A, rincian: [{untuk: Hilang, rupiah: 0}, {untuk: Rusak, rupiah: 5000}]}",
        id="tariff",
    ),
    pytest.param("Sumber!tanggal", "2018", "{judul: Perpres 96/2018}", "{judul: Perpres 96/2018, tanggal: 2018}"),
    pytest.param(
        "Sumber!untuk",
        "syarat\nbiaya",
        "{judul: Perpres 96/2018}",
        "{judul: Perpres 96/2018, untuk: [syarat, biaya]}",
        id="what a source covers",
    ),
    pytest.param("Sumber!aturan", "nasional", "96/2018}", "96/2018, aturan: nasional}", id="a national rule"),
    pytest.param("Layanan!waktu.ragu", "Dari 2019.", "juga.}", "juga., ragu: Dari 2019.}", id="a doubt"),
    pytest.param("Layanan!biaya.denda", "Rp1.000.", "79A}", "79A, denda: Rp1.000.}", id="a fine"),
]


@pytest.mark.parametrize(("where", "text", "old", "new"), CHANGES)
def test_a_changed_cell_changes_its_value_and_nothing_else(
    folder: Path, where: str, text: str, old: str, new: str
) -> None:
    sheet, key = where.split("!")
    tables = exported(folder)
    put(tables, sheet, cell_of(tables, sheet, "ktp-hilang", key), text)
    before = (folder / KTP).read_text(encoding="utf-8")
    result = sent_back(folder, tables)
    assert result.problems == ()
    assert {file: raw.decode() for file, raw in result.files.items()} == {KTP: before.replace(old, new, 1)}


def test_comments_and_layout_stay_when_a_value_changes(folder: Path) -> None:
    path = folder / KTP
    path.write_text(path.read_text(encoding="utf-8").replace("syarat:", "# dari loket\nsyarat:   # dua"), "utf-8")
    tables = exported(folder)
    put(tables, "Layanan", cell_of(tables, "Layanan", "ktp-hilang", "nama"), "KTP hilang")
    new = sent_back(folder, tables).files[KTP].decode()
    assert new == path.read_text(encoding="utf-8").replace("nama: KTP-el hilang", "nama: KTP hilang")


def test_tests_of_content_doubts_and_days_of_ramadan_are_rows_of_their_own(folder: Path) -> None:
    tables = exported(folder)
    tables["Uji isi"].append(["ktp-hilang", "berapa biayanya", "gratis\nUU 24", "Rp", ""])
    tables["Keraguan"].append(["ktp-hilang", "syarat", "Dari 2019."])
    tables["Ramadan"].append(["2027-02-08", "2027-03-09", "ya"])
    result = sent_back(folder, tables)
    assert result.problems == ()
    knowledge = read_files({**files_of(folder), **result.files}).knowledge
    assert knowledge is not None
    test, doubt = knowledge.services["ktp-hilang"].content_tests[0], knowledge.services["ktp-hilang"].doubts[0]
    assert (test.question, test.holds, test.lacks) == ("berapa biayanya", ("gratis", "UU 24"), ("Rp",))
    assert (doubt.part, doubt.text) == ("syarat", "Dari 2019.")
    assert [f"{one.first} {one.last}" for one in knowledge.ramadan] == ["2027-02-08 2027-03-09"]


def test_a_workbook_of_another_version_is_named_as_that_in_one_sentence(folder: Path) -> None:
    tables = exported(folder)
    for row in tables["_dasar"]:
        base = json.loads("".join(row[1:]))
        row[1:] = [json.dumps({sheet: [cells[:-1] for cells in rows] for sheet, rows in base.items()})]
    [problem] = problems(folder, tables)
    assert "dibuat bot versi lain" in problem
    assert "Ambil lembar baru" in problem


def test_a_part_that_nobody_knows_is_named_with_its_cell(folder: Path) -> None:
    tables = exported(folder)
    tables["Keraguan"].append(["ktp-hilang", "wktu", "Dari 2019."])
    (problem,) = problems(folder, tables)
    assert "bagian `wktu` tidak dikenal; mungkin maksudnya `waktu`" in problem
    assert problem.startswith("Keraguan!")


def test_rows_are_added_and_taken_away(folder: Path) -> None:
    tables = exported(folder)
    tables["Sebutan dan contoh"].append(["kia", "contoh", "anak saya mau punya kartu"])
    tables["Tanya jawab"].append(["kia", "Gratis?", "Ya."])
    tables["Sumber"] = [row for row in tables["Sumber"] if row[0] != "ktp-hilang"]
    files = {**files_of(folder), **sent_back(folder, tables).files}
    services = read_files(files).knowledge.services
    assert services["kia"].examples == ("anak saya mau punya kartu",)
    assert [(faq.question, faq.answer) for faq in services["kia"].faq] == [("Gratis?", "Ya.")]
    assert services["ktp-hilang"].sources == ()


def test_hours_of_an_agency_are_written_as_one_cell_a_day(folder: Path) -> None:
    tables = exported(folder)
    put(tables, "Instansi", cell_of(tables, "Instansi", "dukcapil", "jam.senin"), "07.30 - 16.00 (12.00-13.00)")
    files = {**files_of(folder), **sent_back(folder, tables).files}
    monday = read_files(files).knowledge.agencies["dukcapil"].hours.monday
    assert (monday.opens, monday.closes, monday.break_from, monday.break_until) == ("07.30", "16.00", "12.00", "13.00")


def test_holidays_are_changed_and_added_in_their_file(folder: Path) -> None:
    file = "hari-libur.yaml"
    text = "# SKB\nlibur:\n  - {tanggal: 2026-12-25, nama: Natal, jenis: libur nasional}\ndiperbarui: 2026-11-24\n"
    (folder / file).write_text(text, encoding="utf-8")
    tables = exported(folder)
    put(tables, "Hari libur", "B3", "Hari Natal")
    tables["Hari libur"].append(["2026-12-26", "Cuti", "cuti bersama"])
    result = sent_back(folder, tables)
    assert result.problems == ()
    new = text.replace("Natal", "Hari Natal").replace(
        "diperbarui", "  - tanggal: 2026-12-26\n    nama: Cuti\n    jenis: cuti bersama\ndiperbarui"
    )
    assert {name: raw.decode() for name, raw in result.files.items()} == {file: new}


def test_a_holiday_that_is_there_already_is_named_by_its_cell(folder: Path) -> None:
    tables = exported(folder)
    tables["Hari libur"].append(["2026-12-25", "Natal", "libur nasional"])
    [found] = problems(folder, tables)
    assert found.startswith("Hari libur!A4: tanggal 2026-12-25 tertulis dua kali: Hari Raya Natal dan Natal.")


def test_a_new_row_is_a_new_service(folder: Path) -> None:
    tables = exported(folder)
    keys = tables["Layanan"][1]
    row = dict.fromkeys(keys, "") | {"id": "kk-baru", "@instansi": "dukcapil", "nama": "KK baru"}
    row |= {"ringkas": "Kartu keluarga.", "syarat": "Buku nikah.", "diperbarui": "2026-11-24"}
    tables["Layanan"].append([row[key] for key in keys])
    tables["Sebutan dan contoh"].append(["kk-baru", "sebutan", "bikin kk"])
    result = sent_back(folder, tables)
    assert result.problems == ()
    assert result.files["dukcapil/kk-baru.yaml"].decode() == (
        "id: kk-baru\nnama: KK baru\nringkas: Kartu keluarga.\nsebutan:\n  - bikin kk\n"
        "syarat:\n  - Buku nikah.\ndiperbarui: 2026-11-24\n"
    )


def test_a_new_row_of_referrals_is_a_new_referral(folder: Path) -> None:
    tables = exported(folder)
    row = {
        "id": "paspor",
        "nama": "Paspor",
        "ringkas": "Di imigrasi.",
        "lembaga": "Imigrasi",
        "diperbarui": "2026-11-24",
    }
    tables["Rujukan"].append([row.get(key, "") for key in tables["Rujukan"][1]])
    assert set(sent_back(folder, tables).files) == {"rujukan/paspor.yaml"}


def test_a_service_whose_row_was_deleted_stays_as_it_is(folder: Path) -> None:
    tables = exported(folder)
    tables["Layanan"] = [row for row in tables["Layanan"] if row[0] != "ktp-hilang"]
    result = sent_back(folder, tables)
    [remark] = map(str, result.remarks)
    assert (result.files, remark.startswith("Layanan: tidak ada baris untuk `ktp-hilang`, jadi")) == ({}, True)


WRONG = [
    ("Layanan", "biaya.rupiah", "gratis", "`Biaya (rupiah)` harus bilangan bulat"),
    ("Layanan", "diperbarui", "24/11/2026", "`Diperbarui` harus tanggal di kalender"),
    ("Layanan", "diperbarui", "1900-02-14", "tanggal 1900-02-14 di `Diperbarui` terlalu lama"),
    ("Layanan", "diperbarui", "45", "`Diperbarui` harus tanggal di kalender, seperti 2026-11-24; tertulis `45`"),
    ("Layanan", "diperbarui", "2026-02-31", "tanggal 2026-02-31 di `Diperbarui` tidak ada di kalender"),
    ("Layanan", "syarat", "Fotokopi KK.\n7", "`Syarat` harus berupa kalimat; tertulis `7`"),
    ("Layanan", "produk", "-", "`Produk (hasil)` harus berupa kalimat; tertulis `-`"),
    ("Layanan", "nama", "12345", "`Nama` harus berupa kalimat; tertulis `12345`"),
    ("Layanan", "nama", "", "`Nama` wajib diisi."),
    (
        "Layanan",
        "biaya.rincian",
        "SIM C = 5\nSIM A: 120000",
        "tertulis `SIM A: 120000`. Tulis satu tarif satu baris, seperti SIM A",
    ),
    (
        "Instansi",
        "jam.senin",
        "8 pagi - 3 sore",
        "`Senin` tidak terbaca; tertulis `8 pagi - 3 sore`. Tulis seperti 07.30-16.00,",
    ),
    ("Sumber", "judul", "", "`Judul` wajib diisi."),
    ("Sumber", "aturan", "daerah", "`Aturan` harus salah satu dari 'nasional'"),
    ("Sumber", "alamat", "contoh.id", "alamat harus diawali https://"),
    ("Sebutan dan contoh", "@jenis", "alias", "jenis `alias` tidak dikenal."),
    ("Sebutan dan contoh", "kalimat", "kartu anak", "sebutan `kartu anak` sudah ada di"),
    ("Sebutan dan contoh", "kalimat", "", "`Kalimat` wajib diisi."),
]


@pytest.mark.parametrize(("sheet", "key", "text", "message"), WRONG)
def test_a_mistake_is_named_by_sheet_and_cell(folder: Path, sheet: str, key: str, text: str, message: str) -> None:
    tables = exported(folder)
    tables["Sumber"][2][2] = "https://contoh.id"
    whose = "dukcapil" if sheet == "Instansi" else "ktp-hilang"
    cell = cell_of(tables, sheet, whose, key)
    put(tables, sheet, cell, text)
    found = problems(folder, tables)
    assert [one for one in found if one.startswith(f"{sheet}!{cell}: ") and message in one], found


def test_what_may_be_a_number_is_taken_as_one(folder: Path) -> None:
    tables = exported(folder)
    cell(tables, "jam", "08.00-15.00")
    cell(tables, "kontak", "021-5995511")
    tables["Sebutan dan contoh"].append(["ktp-hilang", "sebutan", "470"])
    assert sent_back(folder, tables).problems == ()


def test_what_a_row_needs_because_another_of_its_cells_is_filled_is_named_by_the_empty_cell(folder: Path) -> None:
    tables = exported(folder)
    cell(tables, "ditarik.alasan", "Tarif diperiksa.")
    place = cell_of(tables, "Layanan", "ktp-hilang", "ditarik.sejak")
    assert problems(folder, tables) == [
        f"Layanan!{place}: `Ditarik sejak` wajib diisi. Isi, atau kosongkan juga kolom lain yang menyertainya."
    ]


def test_what_only_the_whole_knowledge_says_to_a_sheet_names_the_title_of_the_column(folder: Path) -> None:
    tables = exported(folder)
    cell(tables, "dikonfirmasi.oleh", "Kepala Bidang")
    place = cell(tables, "dikonfirmasi.tanggal", "2999-01-01")
    [found] = problems(folder, tables)
    assert found.startswith(f"{place}: tanggal 2999-01-01 di `Dikonfirmasi tanggal` belum tiba.")


def new_service(tables: Tables, whose: str, agency: str) -> None:
    """The clerk adds a service with an item on each of some sheets."""
    keys = tables["Layanan"][1]
    row = {"id": whose, "@instansi": agency, "nama": "KK baru", "ringkas": "Kartu.", "diperbarui": "2026-11-24"}
    tables["Layanan"].append([row.get(key, "") for key in keys])
    tables["Sebutan dan contoh"].append([whose, "sebutan", "bikin kk"])
    tables["Tanya jawab"].append([whose, "Bayar?", "Tidak."])


@pytest.mark.parametrize(("whose", "agency"), [("kk-baru", "dinkes"), ("KK Baru", "dukcapil")])
def test_a_row_that_cannot_be_taken_makes_none_of_its_items_unknown(folder: Path, whose: str, agency: str) -> None:
    tables = exported(folder)
    new_service(tables, whose, agency)
    [problem] = problems(folder, tables)
    assert problem.startswith("Layanan!")


def test_choices_are_taken_however_their_letters_are_written_and_parts_with_commas_between(folder: Path) -> None:
    tables = exported(folder)
    new_service(tables, "kk-baru", "Dukcapil")
    tables["Sebutan dan contoh"][-1][1] = "Sebutan"
    tables["Tanya jawab"].append(["KTP-hilang", "Bayar?", "Tidak."])
    cell(tables, "aturan", "Nasional", "Sumber")
    cell(tables, "untuk", "lokasi, Jam, waktu", "Sumber")
    result = sent_back(folder, tables)
    assert (result.problems, set(result.files)) == ((), {"dukcapil/kk-baru.yaml", KTP})
    assert b"aturan: nasional" in result.files[KTP]
    assert b"untuk: [lokasi, jam, waktu]" in result.files[KTP]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_cells(folder: Path) -> None:
    tables = exported(folder)
    new_service(tables, "kk-baru", "dinkes")
    tables["Tanya jawab"].append(["lain-lagi", "Bayar?", "Tidak."])
    tables["Sumber"] += [["ktp-hilang", f"Sumber {number}", "", "", "", ""] for number in range(9)]
    tables["Sumber"].append(["ktp-hilang", "Situs", "contoh.id", "", "sarat", ""])
    tables["Hari libur"] += [["besok", "Cuti", "Libur Nasional"], ["lusa", "Cuti", "libur daerah"]]
    places = [
        cell(tables, "syarat", "7", whose="kia"),
        cell(tables, "waktu.sumber", "Permenkes"),
        cell(tables, "biaya.rupiah", "gratis"),
        "Layanan!B5",
        "Tanya jawab!A4",
        cell(tables, "kalimat", "kartu anak", "Sebutan dan contoh"),
    ]
    found = problems(folder, tables)
    assert [one.split(": ")[0] for one in found] == [
        *places,
        *("Sumber!C13", "Sumber!E13", "Hari libur!A4", "Hari libur!A5", "Hari libur!C5"),
    ], found


CROWDED = [
    ("Layanan", ["ktp-hilang"], "formulir", "F-1.02, F-1.07"),
    ("Layanan", ["ktp-hilang"], "syarat", "Surat nikah; KTP; KK"),
    ("Sebutan dan contoh", ["ktp-hilang", "sebutan", "rusak, patah, sobek"], "", ""),
]


@pytest.mark.parametrize(("sheet", "row", "key", "text"), CROWDED)
def test_several_items_in_one_line_are_taken_as_one_with_a_remark(
    folder: Path, sheet: str, row: list[str], key: str, text: str
) -> None:
    tables = exported(folder)
    place = cell(tables, key, text, sheet, row[0]) if key else f"{sheet}!C{len(tables[sheet]) + 1}"
    tables[sheet] += [] if key else [row]
    [remark] = map(str, sent_back(folder, tables).remarks)
    assert remark.startswith(f"{place}: satu baris dibaca sebagai satu butir: `{text or row[2]}`.")


ROWS = [
    ("Sumber", ["ktp-hilan", "Perpres"], "Sumber!A4: id `ktp-hilan` tidak dikenal di lembar ini. Mungkin maksudnya"),
    ("Layanan", ["KTP Baru", "dukcapil"], "Layanan!A5: id `KTP Baru` tidak dapat dipakai."),
    ("Layanan", ["../../x", "dukcapil"], "Layanan!A5: id `../../x` tidak dapat dipakai."),
    ("Layanan", ["ktp-baru", "../x"], "Layanan!B5: instansi `../x` tidak dikenal. Pilih salah satu: dukcapil."),
    ("Layanan", ["kia", "dukcapil"], "Layanan!A5: id `kia` tertulis di dua baris."),
    ("Layanan", ["rujukan-sim", "dukcapil"], "Layanan!A5: id `rujukan-sim` sudah dipakai di rujukan/rujukan-sim.yaml."),
    ("Instansi", ["dinkes"], "Instansi!A4: instansi `dinkes` tidak dikenal."),
]


@pytest.mark.parametrize(("sheet", "row", "message"), ROWS)
def test_a_row_that_belongs_nowhere_is_refused(folder: Path, sheet: str, row: list[str], message: str) -> None:
    tables = exported(folder)
    tables[sheet].append(row)
    assert [one for one in problems(folder, tables) if one.startswith(message)], problems(folder, tables)


def test_a_missing_sheet_or_column_is_named(folder: Path) -> None:
    tables = exported(folder)
    del tables["Varian"]
    tables["Sumber"][1][1] = "titel"
    assert [one.split(".")[0] for one in problems(folder, tables)] == [
        "Varian: lembar `Varian` tidak ada",
        "Sumber!2: kolom `judul` tidak ada",
    ]


def test_a_workbook_of_somebody_elses_making_is_refused(folder: Path) -> None:
    assert problems(folder, {"Lembar1": [["id", "nama"], ["kia", "KIA"]]})[0].startswith(
        "lembar.xlsx: lembar ini tidak dibuat oleh bot"
    )


def edit(folder: Path, old: str, new: str, file: str = KTP) -> None:
    """Somebody changes the bot's own file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def cell(tables: Tables, key: str, text: str, sheet: str = "Layanan", whose: str = "ktp-hilang") -> str:
    """The clerk changes one cell; its name."""
    place = cell_of(tables, sheet, whose, key)
    put(tables, sheet, place, text)
    return f"{sheet}!{place}"


def test_mondays_sheet_takes_its_own_cells_and_keeps_wednesdays_correction(folder: Path) -> None:
    monday = exported(folder)
    edit(folder, "hari itu juga", "dalam 3 hari")
    cell(monday, "nama", "KTP hilang")
    cell(monday, "nama", "Kartu anak (KIA)", whose="kia")
    result = sent_back(folder, monday)
    assert (result.problems, set(result.files)) == ((), {KTP, KIA})
    text = result.files[KTP].decode()
    assert ("nama: KTP hilang\n" in text, "Selesai dalam 3 hari." in text) == (True, True)


def test_ones_own_sheet_is_taken_again_after_ones_own_change(folder: Path) -> None:
    tables = exported(folder)
    cell(tables, "produk", "KTP-el")
    (folder / KTP).write_bytes(sent_back(folder, tables).files[KTP])
    cell(tables, "alur", "Datang.\nPulang.")
    result = sent_back(folder, tables)
    assert result.problems == ()
    assert result.files[KTP].decode().replace("alur:\n  - Datang.\n  - Pulang.\n", "") == (folder / KTP).read_text()


UNTIDY = [
    ("Layanan", ["ktp-hilang"], "syarat", "Surat kehilangan dari kepolisian.\nFotokopi KK.\n- Pas foto."),
    ("Layanan", ["ktp-hilang"], "formulir", "F-1.02\n\n  F-1.07"),
    ("Layanan", ["ktp-hilang"], "ringkas", "KTP  yang\nhilang."),
    ("Layanan", ["ktp-hilang"], "biaya.rincian", "- Hilang=0\n- Rusak =  5000"),
    ("Instansi", ["dukcapil"], "jam.senin", "07.30 – 16.00"),
    ("Tanya jawab", ["ktp-hilang", "Bayar  apa?", "Tidak.\nGratis."], "", ""),
    ("Sebutan dan contoh", ["ktp-hilang", "sebutan", "- ktp lenyap"], "", ""),
]


@pytest.mark.parametrize(("sheet", "row", "key", "text"), UNTIDY)
def test_a_sheet_whose_cells_were_tidied_as_they_were_taken_may_be_sent_again(
    folder: Path, sheet: str, row: list[str], key: str, text: str
) -> None:
    tables = exported(folder)
    if key:
        cell(tables, key, text, sheet, row[0])
    else:
        tables[sheet].append(row)
    [(file, raw)] = sent_back(folder, tables).files.items()
    (folder / file).write_bytes(raw)
    again = sent_back(folder, tables)
    assert (again.files, again.problems) == ({}, ())


LONG = "Kalimat yang panjang sekali supaya awalnya sama saja sampai jauh di belakang, "


def test_a_cell_that_both_changed_is_named_with_what_differs_in_both_texts(folder: Path) -> None:
    edit(folder, "Cetak ulang KTP-el yang hilang.", LONG + "lalu satu.")
    monday = exported(folder)
    edit(folder, "lalu satu.", "lalu dua.")
    place = cell(monday, "ringkas", LONG + "lalu tiga.")
    assert problems(folder, monday) == [
        (
            f"{place}: sudah diubah juga di bot sejak lembar ini dibuat: di bot `…jauh di belakang, lalu dua.`,"
            " di lembar `…jauh di belakang, lalu tiga.`."
            " Samakan dengan yang di bot, atau ambil lembar baru dan ulangi di situ."
        )
    ]
    cell(monday, "ringkas", LONG + "lalu dua.")
    assert sent_back(folder, monday).files == {}


FAQ = "tanya_jawab:\n  - {t: Boleh diwakilkan?, j: Boleh.}\n  - {t: Bayar?, j: Tidak.}\ndiperbarui:"


def test_other_wordings_of_a_question_stand_one_a_line_and_may_hold_commas(folder: Path) -> None:
    edit(folder, "diperbarui:", FAQ)
    tables = exported(folder)
    cell = tables["Tanya jawab"][2]
    tables["Tanya jawab"][2] = [*cell[:3], "saya sakit, bisa titip ga\nadik saya boleh urus?", *cell[4:]]
    result = sent_back(folder, tables)
    assert (result.problems, result.remarks) == ((), ())
    wanted = ["saya sakit, bisa titip ga", "adik saya boleh urus?"]
    assert parse(result.files[KTP]).data["tanya_jawab"][0]["sebutan"] == wanted


def test_rows_that_each_side_added_changed_and_took_away_come_together(folder: Path) -> None:
    edit(folder, "diperbarui:", FAQ)
    monday = exported(folder)
    edit(folder, "j: Boleh.", "j: Boleh saja.")
    edit(folder, "  - {t: Bayar?", "  - {t: Kapan?, j: Besok.}\n  - {t: Bayar?")
    monday["Tanya jawab"] = [row for row in monday["Tanya jawab"] if row[1] != "Bayar?"]
    monday["Tanya jawab"] += [["ktp-hilang", "Foto?", "Tidak usah."], ["ktp-hilang", "Lama?", "Tidak."]]
    result = sent_back(folder, monday)
    assert result.problems == ()
    data = parse(result.files[KTP]).data
    assert [f"{one['t']} {one['j']}" for one in data["tanya_jawab"]] == [
        "Boleh diwakilkan? Boleh saja.",
        "Foto? Tidak usah.",
        "Lama? Tidak.",
        "Kapan? Besok.",
    ]


def test_sorted_questions_stand_in_another_order_and_lose_nothing_and_in_an_old_sheet_change_nothing(
    folder: Path,
) -> None:
    edit(folder, "diperbarui:", FAQ)
    tables = exported(folder)
    tables["Tanya jawab"][2:] = sorted(tables["Tanya jawab"][2:], key=lambda row: row[1])
    new = sent_back(folder, tables).files[KTP]
    [change] = difference(KTP, (folder / KTP).read_bytes(), new).changes
    assert (change.removed, change.added) == (("Boleh diwakilkan?", "Bayar?"), ("Bayar?", "Boleh diwakilkan?"))
    edit(folder, "j: Boleh.", "j: Boleh saja.")
    assert sent_back(folder, tables).files == {}


def test_a_row_that_one_side_changed_and_the_other_took_away_is_a_conflict(folder: Path) -> None:
    edit(folder, "diperbarui:", FAQ)
    monday = exported(folder)
    edit(folder, "  - {t: Bayar?, j: Tidak.}\n", "")
    edit(folder, "j: Boleh.", "j: Boleh saja.")
    monday["Tanya jawab"] = [row for row in monday["Tanya jawab"] if row[1] != "Boleh diwakilkan?"]
    monday["Tanya jawab"][-1][2] = "Ya."
    found = problems(folder, monday)
    assert [one.split(": ")[0] for one in found] == ["Tanya jawab", "Tanya jawab!A3"]
    assert "di bot `Boleh diwakilkan? | Boleh saja.`, di lembar kosong" in found[0]
    assert "di bot kosong, di lembar `Bayar? | Ya.`" in found[1]


def test_the_order_of_phrases_means_nothing_even_in_an_old_sheet(folder: Path) -> None:
    tables = exported(folder)
    edit(folder, "hari itu juga", "dalam 3 hari")
    heads, rows = tables["Sebutan dan contoh"][:2], tables["Sebutan dan contoh"][2:]
    tables["Sebutan dan contoh"] = heads + sorted(rows, key=lambda row: row[2], reverse=True)
    assert sent_back(folder, tables).files == {}
    tables["Sebutan dan contoh"].insert(2, ["ktp-hilang", "sebutan", "e-ktp lenyap"])
    text = sent_back(folder, tables).files[KTP].decode()
    assert "sebutan: [ktp hilang, ktp ilang, e-ktp lenyap]" in text


@pytest.mark.parametrize("sign", ["- ", "• ", "– ", "1. ", "12) "])
def test_signs_before_the_items_of_a_list_are_left_out(folder: Path, sign: str) -> None:
    tables = exported(folder)
    cell(tables, "alur", f"{sign}Datang ke kantor.\n{sign}10.000 lembar dibawa.")
    assert b"alur:\n  - Datang ke kantor.\n  - 10.000 lembar dibawa.\n" in sent_back(folder, tables).files[KTP]


def test_another_id_makes_a_second_service_and_says_so(folder: Path) -> None:
    tables = exported(folder)
    place = cell(tables, "id", "ktp-lenyap")
    result = sent_back(folder, tables)
    assert set(result.files) == {"dukcapil/ktp-lenyap.yaml"}
    assert [str(one).split(". ")[0] for one in result.remarks] == [
        f"{place}: layanan baru `ktp-lenyap` bernama sama dengan `ktp-hilang`, dan yang lama tetap ada",
        "Layanan: tidak ada baris untuk `ktp-hilang`, jadi tetap seperti semula",
    ]


def test_a_sheet_of_one_agency_holds_and_changes_nothing_else(folder: Path) -> None:
    files, knowledge = files_of(folder), load(folder)
    own = {file: raw for file, raw in files.items() if file.startswith("rujukan/")}
    tables = {
        name: [list(row) for row in rows] for name, rows in read_cells(export_sheet(own, knowledge), "x")[0].items()
    }
    assert not {"Layanan", "Instansi", "Hari libur"} & tables.keys()
    assert {row[0] for row in tables["Sebutan dan contoh"][2:]} <= {"rujukan-sim"}
    cell(tables, "lembaga", "Polres", "Rujukan", "rujukan-sim")
    assert set(sent_back(folder, tables).files) == {SIM}
    tables["Sebutan dan contoh"].append(["kia", "sebutan", "kartu bocah"])
    assert "id `kia` tidak dikenal di lembar ini" in problems(folder, tables)[0]


@pytest.mark.parametrize(("whose", "other"), [("kia", "ktp-hilang"), ("ktp-hilang", "kia")])
def test_a_phrase_that_is_taken_is_named_by_its_own_cell_whichever_file_comes_first(
    folder: Path, whose: str, other: str
) -> None:
    tables = exported(folder)
    rows = tables["Sebutan dan contoh"]
    text = next(row[2] for row in rows if row[:2] == [other, "sebutan"])
    rows.append([whose, "sebutan", text.upper()])
    [found] = problems(folder, tables)
    assert found.startswith(f"Sebutan dan contoh!C{len(rows)}: sebutan `{text}` sudah ada di dukcapil/{other}.yaml")


def test_a_phrase_that_asks_elsewhere_is_named_by_its_own_cell(folder: Path) -> None:
    tables = exported(folder)
    rows = tables["Sebutan dan contoh"]
    rows.append(["kia", "contoh", "KTP kecopetan di pasar"])
    assert problems(folder, tables)[0].startswith(f"Sebutan dan contoh!C{len(rows)}: uji `ktp kecopetan di pasar` juga")


def test_a_phrase_may_move_from_one_service_to_another(folder: Path) -> None:
    tables = exported(folder)
    row = next(row for row in tables["Sebutan dan contoh"] if row[2] == "ktp ilang")
    row[0] = "kia"
    result = sent_back(folder, tables)
    assert (result.problems, set(result.files)) == ((), {KTP, KIA})


def test_a_service_removed_since_is_not_brought_back(folder: Path) -> None:
    monday = exported(folder)
    (folder / KIA).unlink()
    found = problems(folder, monday)
    assert any("`kia` sudah dihapus sejak lembar ini dibuat" in one for one in found), found


def test_a_broken_file_holds_up_only_its_own_rows(folder: Path) -> None:
    tables, knowledge = exported(folder), load(folder)
    (folder / SIM).write_text("id: [", encoding="utf-8")
    files = files_of(folder)
    cell(tables, "nama", "KTP hilang")
    assert set(read_sheet(as_xlsx(tables), "x.xlsx", files, knowledge).files) == {KTP}
    cell(tables, "nama", "SIM baru", "Rujukan", "rujukan-sim")
    assert [one.file for one in read_sheet(as_xlsx(tables), "x.xlsx", files, knowledge).problems] == [SIM]
    assert "Rujukan" not in read_cells(export_sheet(files, knowledge), "x")[0]


def test_what_looks_like_a_formula_stays_a_text(folder: Path) -> None:
    path = folder / KTP
    text = path.read_text(encoding="utf-8").replace("Fotokopi KK.", "=HYPERLINK(1)")
    path.write_text(text, encoding="utf-8")
    assert sent_back(folder, exported(folder)).files == {}


def test_every_column_has_a_title_for_clerks() -> None:
    sentences = load(REAL_KNOWLEDGE).phrases.sentences
    keys = {f"lembar_kolom.{column.name}" for sheet in SHEETS for column in sheet.columns}
    assert keys - set(sentences) == set()
    assert {key for key in sentences if key.startswith("lembar_kolom.")} == keys


FAULTS = [
    ('<c r="{cell}" t="e"><f>KTP baru</f><v>#NAME?</v></c>', "rumus di sel ini salah (#NAME?)."),
    ('<c r="{cell}" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', "rumus di sel ini salah (#DIV/0!)."),
    ('<c r="{cell}" t="e"><v>#N/A</v></c>', "rumus di sel ini salah (#N/A)."),
    ('<c r="{cell}" t="inlineStr"><is><t>#NAME?</t></is></c>', "rumus di sel ini salah (#NAME?)."),
    ('<c r="{cell}"><f>1000*5</f><v></v></c>', "rumus di sel ini belum dihitung."),
    ('<c r="{cell}"><f>1000*5</f></c>', "rumus di sel ini belum dihitung."),
]


@pytest.mark.parametrize(("xml", "message"), FAULTS)
def test_an_error_or_a_formula_that_nobody_computed_is_refused_by_cell_in_every_column(
    folder: Path, xml: str, message: str
) -> None:
    edit(folder, "diperbarui:", "produk: KTP-el.\nonline: Bisa.\ndiperbarui:")
    raw, tables = export_sheet(files_of(folder), load(folder)), exported(folder)
    places = [
        cell_of(tables, "Layanan", "ktp-hilang", key)
        for key in ("nama", "biaya.rupiah", "produk", "online", "diperbarui")
    ]
    for place in places:
        raw = with_cell(raw, "Layanan", place, xml.format(cell=place))
    result = read_back(folder, raw)
    assert result.files == {}
    found = {str(one).split(" Tulis")[0] for one in result.problems}
    assert found == {f"Layanan!{place}: {message}" for place in places}


def test_a_formula_with_its_value_is_read_as_the_value(folder: Path) -> None:
    raw = export_sheet(files_of(folder), load(folder))
    place = cell_of(exported(folder), "Layanan", "ktp-hilang", "biaya.rupiah")
    result = read_back(folder, with_cell(raw, "Layanan", place, f'<c r="{place}"><f>1000*5</f><v>5000</v></c>'))
    assert b"rupiah: 5000" in result.files[KTP]


def test_cells_merged_over_data_are_refused_by_cell(folder: Path) -> None:
    edit(folder, "diperbarui:", "produk: KTP-el.\nonline: Bisa.\ndiperbarui:")
    tables = exported(folder)
    first, last = (cell_of(tables, "Layanan", "ktp-hilang", key) for key in ("produk", "online"))
    raw = export_sheet(files_of(folder), load(folder))
    raw = with_cell(raw, "Layanan", last, "")
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{first}:{last}"/></mergeCells>'
    result = read_back(folder, with_xml(raw, "Layanan", "</sheetData>", merge))
    assert result.files == {}
    assert {str(one).split(". ")[0] for one in result.problems} == {
        f"Layanan!{place}: sel ini digabung ({first}:{last})" for place in (first, last)
    }


ODS_FAULTS = [
    (
        'table:formula="of:=1/0" office:value-type="string" xmlns:x="x" x:value-type="error"><text:p>#DIV/0!</text:p>',
        "rumus di sel ini salah (#DIV/0!).",
    ),
    ('table:formula="of:=5*2">', "rumus di sel ini belum dihitung."),
    (
        'table:number-columns-spanned="2" office:value-type="string"><text:p>Ya</text:p>',
        "sel ini digabung (Ya).",
    ),
]


@pytest.mark.parametrize(("xml", "message"), ODS_FAULTS)
def test_the_same_is_refused_in_a_sheet_of_libreoffice(folder: Path, xml: str, message: str) -> None:
    tables = exported(folder)
    place = cell(tables, "produk", "TANDA")
    mark = '<table:table-cell office:value-type="string"><text:p>TANDA</text:p></table:table-cell>'
    with zipfile.ZipFile(io.BytesIO(as_ods(tables))) as archive:
        content = archive.read("content.xml").decode()
    assert mark in content
    raw = with_entry(
        as_ods(tables), "content.xml", content.replace(mark, f"<table:table-cell {xml}</table:table-cell>").encode()
    )
    result = read_back(folder, raw)
    assert (result.files, [str(one).split(" Tulis")[0].split(" Batal")[0] for one in result.problems]) == (
        {},
        [f"{place}: {message}"],
    )


def test_an_amount_of_400_digits_does_not_break_the_workbook(folder: Path) -> None:
    files, knowledge = files_of(folder), load(folder)
    many = {**files, KTP: files[KTP].replace(b"rupiah: 0", b"rupiah: " + b"9" * 400)}
    assert read_sheet(export_sheet(many, knowledge), "x.xlsx", many, knowledge).files == {}


def test_the_list_of_a_column_offers_what_the_column_may_hold(folder: Path) -> None:
    offered = {text for row in exported(folder)["_daftar"] for text in row}
    assert {"sebutan", "cuti bersama", "nasional", "ya", "dukcapil"} <= offered


def test_new_ids_may_be_typed_and_each_column_explains_itself(folder: Path) -> None:
    raw = export_sheet(files_of(folder), load(folder))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        remarks = "".join(archive.read(name).decode() for name in archive.namelist() if "comments" in name)
    ids = [rule for sheet in sheets for rule in re.findall(r"<dataValidation [^>]*sqref=\"A3:[^>]*>", sheet)]
    assert ids
    assert [rule for rule in ids if 'type="list"' in rule and 'errorStyle="warning"' not in rule] == []
    assert "libur nasional atau cuti bersama" in remarks
    assert all('orientation="landscape"' in sheet for sheet in sheets if "autoFilter" in sheet)
    assert ('ht="' in sheets[0], "customHeight" in sheets[0]) == (True, False)  # high enough, and free to grow
