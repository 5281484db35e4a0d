"""What is taken away from the query log: readable for people, harmless in a spreadsheet."""

import csv
import io
import json
import re
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from bot.knowledge.reading.loader import load
from bot.reports.export import harmless, headings, rows, write_csv, write_json, write_xlsx
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
def phrases(folder):
    return load(folder).phrases


@pytest.fixture
async def full(log):
    for number, question in enumerate((*ATTACKS, *PLAIN)):
        await log.keep(record(number, question))
    return log


async def test_T5_csv_comes_back_as_it_was_written(full, phrases):
    file = io.StringIO(newline="")
    assert await write_csv(rows(full, Filter()), file, phrases, ZONE) == len(ATTACKS) + len(PLAIN)
    assert file.getvalue().endswith("\r\n")
    table = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    questions = [row["Pertanyaan"] for row in reversed(table)]
    assert questions == [harmless(text) for text in (*ATTACKS, *PLAIN)]
    assert table[-1]["Waktu"] == "2026-11-24 19:00:00"
    assert [cell for row in table for cell in row.values() if cell[:1] in set("=+-@")] == []


async def test_outcomes_are_named_as_their_heading_in_the_language_of_the_reader(full, phrases):
    file = io.StringIO(newline="")
    await write_csv(rows(full, Filter()), file, phrases, ZONE)
    (first, *_) = csv.DictReader(io.StringIO(file.getvalue(), newline=""))
    assert first["Hasil"] == "dijawab"


async def sheet_of(full, phrases, tmp_path):
    """The sheet as it is written, and its rows as a spreadsheet reads them."""
    path = tmp_path / "log.xlsx"
    assert await write_xlsx(rows(full, Filter()), path, phrases, ZONE) == len(ATTACKS) + len(PLAIN)
    raw = ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    return raw, CalamineWorkbook.from_path(path).get_sheet_by_name("log").to_python()


async def test_T5_no_text_of_a_workbook_is_a_formula(full, phrases, tmp_path):
    raw, _ = await sheet_of(full, phrases, tmp_path)
    assert "<f>" not in raw
    assert "HYPERLINK" in raw


async def test_a_workbook_sorts_and_filters_moments_and_numbers(full, phrases, tmp_path):
    raw, table = await sheet_of(full, phrases, tmp_path)
    assert table[0] == list(headings(phrases))
    last = dict(zip(table[0], table[-1], strict=True))
    assert (f"{last['Waktu']:%Y-%m-%d %H.%M}", last["Lama memahami (ms)"]) == ("2026-11-24 19.00", 0.25)
    assert f'<autoFilter ref="A1:M{len(table)}"/>' in raw
    assert 'state="frozen"' in raw
    assert len(set(re.findall(r'<col min="\d+" max="\d+" width="([0-9.]+)"', raw))) > 3


async def test_json_is_a_list_with_times_of_the_region(full):
    file = io.StringIO()
    await write_json(rows(full, Filter(text="syarat ktp")), file, ZONE)
    (row,) = json.loads(file.getvalue())
    assert row["question"] == "syarat ktp"
    assert row["at"].endswith("+07:00")
    assert row["scores"] == [{"id": "ktp-hilang", "score": 0.9123}, {"id": "ktp-rusak", "score": 0.2}]


async def test_nothing_to_export_is_an_empty_list(log):
    file = io.StringIO()
    assert await write_json(rows(log, Filter()), file, ZONE) == 0
    assert json.loads(file.getvalue()) == []


async def test_no_more_rows_than_asked_for_and_none_left_out(log):
    for number in range(5):
        await log.keep(record(number))
    assert [row.turn async for row in rows(log, Filter(), 3)] == ["turn-4", "turn-3", "turn-2"]
    assert len([row async for row in rows(log, Filter())]) == 5
