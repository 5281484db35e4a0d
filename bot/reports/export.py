"""How does one take the query log away? As CSV, Excel or JSON; nothing in it can run in a spreadsheet."""

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path

from xlsxwriter import Workbook

from bot.storage.log.filters import Cursor, Filter
from bot.storage.log.querylog import Asked, QueryLog

_PAGE = 1000
_MOST_SHEET_ROWS = 1_048_575  # an Excel sheet holds no more, without the heading
_MOST_CELL = 32_767  # characters of an Excel cell
_RISKY = frozenset("=+-@＝＋－＠\t\r\n|%")
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))

COLUMNS = (
    "time",
    "channel",
    "person",
    "question",
    "outcome",
    "services",
    "aspects",
    "candidates",
    "latency_ms",
    "version",
    "feedback",
    "reason",
    "personal_data",
)
"""Names of the columns, in English; a file for people has the headings that it is given."""


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


async def write_csv(
    found: AsyncIterator[Asked], write: Callable[[str], object], headings: Sequence[str], zone: tzinfo
) -> int:
    """Write RFC 4180 lines; how many rows."""
    count = 0
    write(_line(headings))
    async for row in found:
        write(_line([harmless(cell) for cell in cells(row, zone)]))
        count += 1
    return count


async def write_xlsx(found: AsyncIterator[Asked], path: Path, headings: Sequence[str], zone: tzinfo) -> int:
    """Write a workbook whose cells are all text; how many rows (an Excel sheet ends at a million)."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with Workbook(str(path), options) as book:
        sheet = book.add_worksheet("log")
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        async for row in found:
            if count == _MOST_SHEET_ROWS:
                break
            count += 1
            for column, cell in enumerate(cells(row, zone)):
                sheet.write_string(count, column, cell.translate(_UNSEEN)[:_MOST_CELL])
        sheet.freeze_panes(1, 0)
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


def cells(row: Asked, zone: tzinfo) -> tuple[str, ...]:
    """A row as texts, in the order of ``COLUMNS``."""
    return (
        f"{row.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        row.channel,
        row.person,
        row.question,
        row.outcome,
        ", ".join(row.services),
        ", ".join(row.aspects),
        ", ".join(f"{name} {score:.2f}" for name, score in row.scores),
        f"{row.latency_ms:.2f}",
        row.version,
        row.feedback,
        row.reason,
        ", ".join(row.found),
    )


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula. Source: OWASP ASVS 1.2.10."""
    plain = cell.translate(_UNSEEN)
    start = plain.lstrip(" \"'\u00a0")[:1]
    return f"'{plain}" if {start, plain[:1]} & _RISKY else plain


def _line(values: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue()
