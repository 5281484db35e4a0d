"""How does one take the query log away? As CSV, Excel or JSON; nothing in it can run in a spreadsheet."""

import csv
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TextIO

from xlsxwriter import Workbook

from bot.knowledge.phrases import Phrases
from bot.reports.query import outcome_name
from bot.storage.log.filters import Cursor, Filter
from bot.storage.log.querylog import Asked, QueryLog

_PAGE = 1000
_MOST_SHEET_ROWS = 1_048_575  # an Excel sheet holds no more, without the heading
_MOST_CELL = 32_767  # characters of an Excel cell
_RISKY = frozenset("=+-@＝＋－＠\t\r\n|%")
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_AS_TEXT = {
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
    "strings_to_formulas": False,
    "strings_to_urls": False,
}

Cell = str | float | datetime
"""A value of a file: a moment is one of the region, without its zone."""

_COLUMNS: Mapping[str, tuple[int, Callable[[Asked], Cell]]] = {
    "time": (18, lambda row: row.at),
    "channel": (10, lambda row: row.channel),
    "person": (18, lambda row: row.person),
    "question": (60, lambda row: row.question),
    "outcome": (16, lambda row: row.outcome),
    "services": (28, lambda row: ", ".join(row.services)),
    "aspects": (18, lambda row: ", ".join(row.aspects)),
    "candidates": (40, lambda row: ", ".join(f"{name} {score:.2f}" for name, score in row.scores)),
    "latency_ms": (14, lambda row: row.latency_ms),
    "version": (14, lambda row: row.version),
    "feedback": (12, lambda row: row.feedback),
    "reason": (16, lambda row: row.reason),
    "personal_data": (18, lambda row: ", ".join(row.found)),
}
"""By name: the width of a column in characters, and what stands in it."""


async def rows(log: QueryLog, wanted: Filter, most: int | None = None) -> AsyncIterator[Asked]:
    """All rows of a filter, newest first, page by page."""
    place: Cursor | None = None
    left = most or sys.maxsize
    while left:
        page = await log.page(wanted, min(_PAGE, left), place)
        for row in page.rows:
            yield row
        left -= len(page.rows)
        if (place := page.following) is None:
            return


async def write_csv(found: AsyncIterator[Asked], file: TextIO, phrases: Phrases, zone: tzinfo) -> int:
    """Write RFC 4180 lines; how many rows. The file leaves the ends of lines as they are."""
    count = 0
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(headings(phrases))
    async for row in found:
        lines.writerow([harmless(_as_text(cell)) for cell in _cells(row, phrases, zone)])
        count += 1
    return count


async def write_xlsx(found: AsyncIterator[Asked], path: Path, phrases: Phrases, zone: tzinfo) -> int:
    """Write a workbook: moments and numbers as such, all else as text; how many rows (a sheet ends at a million)."""
    count = 0
    with Workbook(str(path), _AS_TEXT) as book:
        sheet, bold = book.add_worksheet("log"), book.add_format({"bold": True})
        number = book.add_format({"num_format": "0.00"})
        sheet.freeze_panes(1, 0)
        for column, (heading, (width, _)) in enumerate(zip(headings(phrases), _COLUMNS.values(), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write(0, column, heading, bold)
        async for row in found:
            if count == _MOST_SHEET_ROWS:
                break
            count += 1
            for column, cell in enumerate(_cells(row, phrases, zone)):
                shown = cell.translate(_UNSEEN)[:_MOST_CELL] if isinstance(cell, str) else cell
                sheet.write(count, column, shown, number if isinstance(cell, float) else None)
        sheet.autofilter(0, 0, count, len(_COLUMNS) - 1)
    return count


async def write_json(found: AsyncIterator[Asked], file: TextIO, zone: tzinfo) -> int:
    """Write a JSON list, one row a line, times of the region; how many rows."""
    count = 0
    file.write("[")
    async for row in found:
        scores = [{"id": name, "score": score} for name, score in row.scores]
        named = {**row._asdict(), "at": row.at.astimezone(zone).isoformat(timespec="seconds"), "scores": scores}
        file.write(f"{',' if count else ''}\n{json.dumps(named, ensure_ascii=False)}")
        count += 1
    file.write("\n]\n")
    return count


def headings(phrases: Phrases) -> tuple[str, ...]:
    """Titles of all columns, for people."""
    return tuple(phrases.say(f"log.kolom_{name}") for name in _COLUMNS)


def _cells(row: Asked, phrases: Phrases, zone: tzinfo) -> tuple[Cell, ...]:
    """The values of a row, in the order of its columns and in the words of the headings."""
    local = row.at.astimezone(zone).replace(tzinfo=None)
    shown = row._replace(at=local, outcome=outcome_name(row.outcome, phrases))
    return tuple(value(shown) for _, value in _COLUMNS.values())


def _as_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return f"{cell:.2f}" if isinstance(cell, float) else cell


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula. Source: OWASP ASVS 1.2.10."""
    plain = cell.translate(_UNSEEN)
    start = plain.lstrip(" \"'\u00a0")[:1]
    return f"'{plain}" if {start, plain[:1]} & _RISKY else plain
