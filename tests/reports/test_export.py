import csv
import io
import json
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from bot.reports.export import COLUMNS, harmless, rows, write_csv, write_json, write_xlsx
from bot.storage.log.filters import Filter
from tests.storage.conftest import record

ZONE = ZoneInfo("Asia/Jakarta")
ATTACKS = (
    '=HYPERLINK("http://jahat.example","klik")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1',
    "'=1+1",
    "＝1+1",
    "＋1",
    "\x00=1+1",
    "|calc",
    "%0A=1",
)
PLAIN = ("syarat ktp", "biaya = berapa", "a-b", "", "5 + 5", 'dia bilang "gratis", benar?', "baris\nkedua")


@pytest.mark.parametrize("attack", ATTACKS)
def test_T5_what_a_spreadsheet_would_run_becomes_text(attack):
    assert harmless(attack)[0] == "'"
    assert "\x00" not in harmless(attack)


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_harmless_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.fixture
async def full(log):
    for number, question in enumerate((*ATTACKS, *PLAIN)):
        await log.keep(record(number, question))
    return log


async def test_T5_csv_comes_back_as_it_was_written(full):
    file = io.StringIO(newline="")
    assert await write_csv(rows(full, Filter()), file.write, COLUMNS, ZONE) == len(ATTACKS) + len(PLAIN)
    assert file.getvalue().endswith("\r\n")
    table = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    questions = [row["question"] for row in reversed(table)]
    assert questions == [harmless(text) for text in (*ATTACKS, *PLAIN)]
    assert table[-1]["time"] == "2026-11-24 19:00:00"
    assert [cell for row in table for cell in row.values() if cell[:1] in set("=+-@")] == []


async def test_T5_every_cell_of_a_workbook_is_text(full, tmp_path):
    path = tmp_path / "log.xlsx"
    assert await write_xlsx(rows(full, Filter()), path, COLUMNS, ZONE) == len(ATTACKS) + len(PLAIN)
    sheet = ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "HYPERLINK" in sheet
    assert sheet.count('t="inlineStr"') + sheet.count('t="s"') == sheet.count("<c ") - sheet.count("/></c>")


async def test_json_is_a_list_with_times_of_the_region(full):
    file = io.StringIO()
    await write_json(rows(full, Filter(text="syarat ktp")), file.write, ZONE)
    (row,) = json.loads(file.getvalue())
    assert row["question"] == "syarat ktp"
    assert row["at"].endswith("+07:00")
    assert row["scores"] == [{"id": "ktp-hilang", "score": 0.9123}, {"id": "ktp-rusak", "score": 0.2}]


async def test_nothing_to_export_is_an_empty_list(log):
    file = io.StringIO()
    assert await write_json(rows(log, Filter()), file.write, ZONE) == 0
    assert json.loads(file.getvalue()) == []


async def test_no_more_rows_than_asked_for_and_none_left_out(log):
    for number in range(5):
        await log.keep(record(number))
    assert [row.turn async for row in rows(log, Filter(), 3)] == ["turn-4", "turn-3", "turn-2"]
    assert len([row async for row in rows(log, Filter())]) == 5
