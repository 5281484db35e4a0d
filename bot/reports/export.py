"""How does one take the query log away? As CSV, Excel or JSON; nothing in it can run in a spreadsheet."""

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, tzinfo
from pathlib import Path

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
    """All rows of a filter, newest first, page by page.

    Raises:
        StorageError: The log cannot be read.
    """
    place: Cursor | None = None
    left = most
    while left is None or left > 0:
        page = await log.page(wanted, _PAGE if left is None else min(_PAGE, left), place)
        for row in page.rows:
            yield row
        left = None if left is None else left - len(page.rows)
        if (place := page.following) is None:
            return


async def write_csv(found: AsyncIterator[Asked], write: Callable[[str], object], phrases: Phrases, zone: tzinfo) -> int:
    """Write RFC 4180 lines; how many rows."""
    count = 0
    write(_line(headings(phrases)))
    async for row in found:
        write(_line([harmless(_as_text(cell)) for cell in cells(row, phrases, zone)]))
        count += 1
    return count


async def write_xlsx(found: AsyncIterator[Asked], path: Path, phrases: Phrases, zone: tzinfo) -> int:
    """Write a workbook: moments and numbers as such, all else as text; how many rows (a sheet ends at a million)."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with Workbook(str(path), options) as book:
        sheet, bold = book.add_worksheet("log"), book.add_format({"bold": True})
        moment, number = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}), book.add_format({"num_format": "0.00"})
        sheet.freeze_panes(1, 0)
        for column, (heading, (width, _)) in enumerate(zip(headings(phrases), _COLUMNS.values(), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        async for row in found:
            if count == _MOST_SHEET_ROWS:
                break
            count += 1
            for column, cell in enumerate(cells(row, phrases, zone)):
                if isinstance(cell, datetime):
                    sheet.write_datetime(count, column, cell, moment)
                elif isinstance(cell, float):
                    sheet.write_number(count, column, cell, number)
                else:
                    sheet.write_string(count, column, cell.translate(_UNSEEN)[:_MOST_CELL])
        sheet.autofilter(0, 0, count, len(_COLUMNS) - 1)
    return count


async def write_json(found: AsyncIterator[Asked], write: Callable[[str], object], zone: tzinfo) -> int:
    """Write a JSON list, one row a line; how many rows."""
    count = 0
    write("[")
    async for row in found:
        write(",\n" if count else "\n")
        write(json.dumps(as_json(row, zone), ensure_ascii=False))
        count += 1
    write("\n]\n")
    return count


def as_json(row: Asked, zone: tzinfo) -> dict[str, object]:
    """A row under its names; its time in the region's zone."""
    scores = [{"id": name, "score": score} for name, score in row.scores]
    return {**asdict(row), "at": row.at.astimezone(zone).isoformat(timespec="seconds"), "scores": scores}


def headings(phrases: Phrases) -> tuple[str, ...]:
    """Titles of all columns, for people."""
    return tuple(phrases.say(f"log.kolom_{name}") for name in _COLUMNS)


def cells(row: Asked, phrases: Phrases, zone: tzinfo) -> tuple[Cell, ...]:
    """The values of a row, in the order of its columns and in the words of the headings."""
    local = row.at.astimezone(zone).replace(tzinfo=None)
    shown = replace(row, at=local, outcome=outcome_name(row.outcome, phrases))
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


def _line(values: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue()
