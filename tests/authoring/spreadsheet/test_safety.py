"""Hostile and broken workbooks: refused with a sentence, before anything is opened."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring.spreadsheet import safety
from bot.authoring.spreadsheet.read import read_sheet
from bot.authoring.spreadsheet.safety import read_cells
from bot.authoring.spreadsheet.worker import cells_of
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import load
from tests.authoring.apart import taken
from tests.authoring.spreadsheet.workbooks import as_xlsx, exported, ods, with_entry, zipped

SHEET = "xl/worksheets/sheet1.xml"
FAR = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>%s</sheetData></worksheet>'
MANY_ROWS = FAR % b'<row r="1048576"><c r="A1048576" s="1"><v>1</v></c></row>'
MANY_COLUMNS = FAR % b'<row r="2"><c r="XFD2"><v>1</v></c></row>'
ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'


def repeated(rows: int, columns: int) -> bytes:
    """An .ods of a few bytes that stands for a large table."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}<text:p>a</text:p></table:table-cell>'
    return ods(f'<table:table table:name="L">{row}</table:table-row></table:table>')


PLAIN = as_xlsx({"Lembar": [["satu"]]})


def encrypted() -> bytes:
    raw = bytearray(PLAIN)
    at = raw.find(b"PK\x01\x02")
    raw[at + 8] |= 1  # the flag of the central directory that says so
    return bytes(raw)


def promises_less() -> bytes:
    """An entry that unpacks to more than the directory says."""
    raw = bytearray(with_entry(PLAIN, SHEET, b"<worksheet>" + b" " * 900_000 + b"</worksheet>"))
    at = raw.rfind(b"PK\x01\x02", 0, raw.rfind(SHEET.encode()))
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "tidak dapat dibaca"),
    ("no workbook", lambda: b"id,nama\nkia,KIA\n", "tidak dapat dibaca"),
    ("an old .xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "tidak dapat dibaca"),
    ("another zip", lambda: zipped({"a.txt": "a"}), "tidak dapat dibaca"),
    ("cut short", lambda: PLAIN[: len(PLAIN) // 2], "tidak dapat dibaca"),
    ("broken inside", lambda: with_entry(PLAIN, "xl/workbook.xml", b"<workbook"), "tidak dapat dibaca"),
    ("a password", encrypted, "tidak dapat dibaca"),
    ("too many bytes", lambda: bytes(safety.MAX_BYTES + 1), "terlalu besar"),
    ("a zip bomb", lambda: with_entry(PLAIN, SHEET, bytes(30_000_000)), "terlalu besar"),
    ("a bomb that lies", promises_less, "tidak dapat dibaca"),
    ("many files", lambda: zipped({f"xl/{n}.xml": "" for n in range(600)}), "tidak dapat dibaca"),
    ("macros", lambda: with_entry(PLAIN, "xl/vbaProject.bin", b"x"), "makro"),
    ("macros of LibreOffice", lambda: with_entry(PLAIN, "Basic/Standard/Module1.xml", b"x"), "makro"),
    ("external links", lambda: with_entry(PLAIN, "xl/externalLinks/externalLink1.xml", b"x"), "tautan ke berkas lain"),
    ("a connection", lambda: with_entry(PLAIN, "xl/connections.xml", b"x"), "tautan ke berkas lain"),
    ("an embedded file", lambda: with_entry(PLAIN, "xl/embeddings/oleObject1.bin", b"x"), "benda sisipan"),
    ("an entity", lambda: with_entry(PLAIN, SHEET, ENTITY), "entitas XML"),
    ("a million rows", lambda: with_entry(PLAIN, SHEET, MANY_ROWS), "terlalu besar"),
    ("all columns", lambda: with_entry(PLAIN, SHEET, MANY_COLUMNS), "terlalu besar"),
    ("cells that never end", lambda: with_entry(PLAIN, SHEET, b'<c r="A1" ' * 500_000), "tidak dapat dibaca"),
    ("rows that repeat", lambda: repeated(60_000, 3), "terlalu besar"),
    ("more cells than fit the memory", lambda: repeated(1_000_000, 100), "terlalu besar"),
    ("more cells than there can be", lambda: repeated(1_048_576, 16_384), "tidak dapat dibaca"),
]


@pytest.mark.parametrize(("make", "message"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_T6_a_hostile_or_broken_workbook_is_refused(make: Callable[[], bytes], message: str) -> None:
    tables, problems = read_cells(make(), "kiriman.xlsx")
    assert tables == {}
    assert [message in problem.message for problem in problems] == [True]
    assert {problem.file for problem in problems} == {"kiriman.xlsx"}


def test_T6_a_workbook_that_asks_for_all_memory_gets_less_than_four_hundred_megabytes() -> None:
    memory_mb, _ = taken(cells_of, repeated(1_000_000, 100), safety.LIMITS)
    assert memory_mb < 400


def test_T6_empty_cells_far_below_are_no_reason_to_refuse() -> None:
    far = with_entry(PLAIN, SHEET, FAR % b'<row r="1048576"><c r="A1048576" s="1"/></row>')
    assert read_cells(far, "lembar.xlsx") == ({"Lembar": [["1"]]}, ())


def test_T6_the_name_of_a_file_is_never_a_path(folder: Path) -> None:
    result = read_sheet(as_xlsx(exported(folder)), "../../etc/passwd", files_of(folder), load(folder))
    assert (result.files, result.problems) == ({}, ())
