"""A clerk takes the workbook, changes cells, and sends it back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring.spreadsheet.layout import SHEETS
from bot.authoring.spreadsheet.read import export_sheet, read_sheet
from bot.authoring.spreadsheet.write import column_key
from bot.errors import KnowledgeError
from bot.knowledge.folder import files_of
from bot.knowledge.loader import load, read_files
from tests.authoring.spreadsheet.workbooks import Tables, as_ods, as_xlsx, cell_of, exported, put, sent_back
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
    files = files_of(REAL_KNOWLEDGE)
    result = read_sheet(export_sheet(files), "lembar.xlsx", files)
    assert (result.files, result.problems) == ({}, ())
    assert result.base_version == load(REAL_KNOWLEDGE).version


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


def test_a_service_whose_row_was_deleted_stays_as_it_is(folder: Path) -> None:
    tables = exported(folder)
    tables["Layanan"] = [row for row in tables["Layanan"] if row[0] != "ktp-hilang"]
    assert sent_back(folder, tables).files == {}


WRONG = [
    ("Layanan", "biaya.rupiah", "gratis", "`rupiah` harus bilangan bulat"),
    ("Layanan", "diperbarui", "24/11/2026", "`diperbarui` harus tanggal"),
    ("Layanan", "nama", "", "kunci `nama` wajib ada."),
    ("Layanan", "biaya.rincian", "SIM A 120000", "kunci `rupiah` wajib ada."),
    ("Instansi", "jam.senin", "pagi", "`buka` harus jam"),
    ("Sumber", "judul", "", "kunci `judul` wajib ada."),
    ("Sebutan dan contoh", "@jenis", "alias", "jenis `alias` tidak dikenal."),
    ("Sebutan dan contoh", "kalimat", "kartu anak", "sebutan `kartu anak` sudah ada di"),
    ("Sebutan dan contoh", "kalimat", "", "kalimatnya kosong."),
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
        "Sumber!2: kolom `judul` tidak ada",
        "Varian: lembar `Varian` tidak ada",
    ]


def test_a_workbook_of_somebody_elses_making_is_refused(folder: Path) -> None:
    assert problems(folder, {"Lembar1": [["id", "nama"], ["kia", "KIA"]]})[0].startswith(
        "lembar.xlsx: lembar ini tidak dibuat oleh bot"
    )


def test_mondays_sheet_does_not_undo_wednesdays_correction(folder: Path) -> None:
    monday = exported(folder)
    path = folder / KTP
    path.write_text(path.read_text(encoding="utf-8").replace("hari itu juga", "dalam 3 hari"), encoding="utf-8")
    put(monday, "Layanan", cell_of(monday, "Layanan", "ktp-hilang", "nama"), "KTP hilang")
    found = problems(folder, monday)
    assert [one.split(":")[0] for one in found] == ["Layanan!C4", "Layanan!G4"]
    assert "di bot sekarang `Selesai dalam 3 hari.`, di lembar `Selesai hari itu juga.`" in found[1]


def test_mondays_sheet_may_still_change_what_nobody_else_touched(folder: Path) -> None:
    monday = exported(folder)
    path = folder / KTP
    path.write_text(path.read_text(encoding="utf-8").replace("hari itu juga", "dalam 3 hari"), encoding="utf-8")
    put(monday, "Layanan", cell_of(monday, "Layanan", "kia", "nama"), "Kartu anak (KIA)")
    assert list(sent_back(folder, monday).files) == [KIA]


def test_a_service_removed_since_is_not_brought_back(folder: Path) -> None:
    monday = exported(folder)
    (folder / KIA).unlink()
    found = problems(folder, monday)
    assert any("`kia` sudah dihapus sejak lembar ini dibuat" in one for one in found), found


def test_broken_knowledge_is_named_before_anything_is_compared(folder: Path) -> None:
    tables = exported(folder)
    (folder / SIM).write_text("id: [", encoding="utf-8")
    assert [problem.file for problem in sent_back(folder, tables).problems] == [SIM]
    with pytest.raises(KnowledgeError):
        export_sheet(files_of(folder))


def test_what_looks_like_a_formula_stays_a_text(folder: Path) -> None:
    path = folder / KTP
    text = path.read_text(encoding="utf-8").replace("Fotokopi KK.", "=HYPERLINK(1)")
    path.write_text(text, encoding="utf-8")
    assert sent_back(folder, exported(folder)).files == {}


def test_every_column_has_a_title_for_clerks() -> None:
    sentences = load(REAL_KNOWLEDGE).phrases.sentences
    keys = {f"lembar_kolom.{column_key(column)}" for sheet in SHEETS for column in sheet.columns}
    assert keys - set(sentences) == set()
    assert {key for key in sentences if key.startswith("lembar_kolom.")} == keys
