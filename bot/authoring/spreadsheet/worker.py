"""What stands in the cells of a workbook? Run in the sandbox, with little memory and time.

A workbook comes from outside, and the parser builds a table of everything between its first and its last cell: two
cells far apart are enough to ask for all memory there is. The parser also reads an error, a formula that nobody
computed and a merged cell as empty; here they leave a mark instead, so that nothing is deleted that nobody deleted.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import IO
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse  # entities are refused before

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol, xl_range

MAX_ROWS, MAX_COLUMNS = 50_000, 200  # of one sheet
MARK = "\x1a"
"""Begins a cell without a text of its own: an error ``#N/A``, a formula nobody computed ``=``, a merge ``+A1:B2``."""

_ERRORS = frozenset({"#NAME?", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NULL!", "#NUM!"})  # once pasted as text

Rows = list[list[str]]
Mark = tuple[int, int, str]  # row, column, what it is


def cells_of(raw: bytes) -> dict[str, Rows] | None:
    """By sheet name, rows of texts; None when it cannot be read.

    Raises:
        OverflowError: It is too large.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        tables = {sheet.name: _rows(sheet) for sheet in sheets}
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name, marks in _marks(archive):
                _mark(tables.get(name, []), marks)
    except (CalamineError, ParseError, KeyError, ValueError):
        return None
    for sheet in sheets:
        for first, last in sheet.merged_cell_ranges or ():
            _merge(tables[sheet.name], first, last)
    return tables


def _rows(sheet: CalamineSheet) -> Rows:
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise OverflowError
    return [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.strftime("%H.%M")
    return MARK + str(value).strip() if str(value).strip() in _ERRORS else str(value)


def _mark(rows: Rows, marks: Iterable[Mark]) -> None:
    for row, column, what in marks:
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise OverflowError
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = MARK + what


def _merge(rows: Rows, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Mark the cells of a merge that hold or hide something."""
    what = f"+{xl_range(*first, *last)}"
    rows_of_it = range(first[0], min(last[0] + 1, len(rows)))
    inside = [(row, column, what) for row in rows_of_it for column in range(first[1], min(last[1] + 1, len(rows[row])))]
    if any(rows[row][column] for row, column, _ in inside):
        _mark(rows, inside)


def _marks(archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[Mark]]]:
    """By sheet name, the cells that the parser reads as empty and that are not."""
    if "content.xml" in archive.namelist():
        yield from _of_ods(archive)
        return
    relations, workbook = (
        fromstring(archive.read(name))  # noqa: S314 - as above
        for name in ("xl/_rels/workbook.xml.rels", "xl/workbook.xml")
    )
    places = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in workbook.iter():
        if _name(sheet) == "sheet":
            place = next(places[value] for key, value in sheet.items() if key.endswith("}id"))
            with archive.open(posixpath.join("xl", place).lstrip("/")) as stream:
                yield sheet.get("name", ""), _of_xlsx(stream)


def _of_xlsx(stream: IO[bytes]) -> Iterator[Mark]:
    row = column = -1
    for event, element in iterparse(stream, ("start", "end")):  # noqa: S314 - as above
        name = _name(element)
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "end" and name == "c":
            place = element.get("r")
            column = xl_cell_to_rowcol(place)[1] if place else column + 1
            said = {_name(child): child.text for child in element}
            if element.get("t") == "e":
                yield row, column, said.get("v") or "#"
            elif "f" in said and not said.get("v") and element.get("t") not in {"str", "inlineStr"}:
                yield row, column, "="
        elif event == "end" and name == "row":
            element.clear()


def _of_ods(archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[Mark]]]:
    table, row, found = "", 0, list[Mark]()
    with archive.open("content.xml") as stream:
        for event, element in iterparse(stream, ("start", "end")):  # noqa: S314 - as above
            name = _name(element)
            if event == "start" and name == "table":
                table, row, found = _attribute(element, "name"), 0, []
            elif event == "end" and name == "table-row":
                found += ((row, column, what) for column, what in _of_row(element))
                row += int(_attribute(element, "number-rows-repeated") or 1)
                element.clear()
            elif event == "end" and name == "table":
                yield table, iter(found)


def _of_row(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        shown = next((one.text or "" for one in cell if _name(one) == "p"), "")
        kinds = [value for key, value in cell.items() if key.endswith("}value-type")]
        if "error" in kinds:
            yield column, shown or "#"
        elif _attribute(cell, "formula") and not kinds:
            yield column, "="
        elif shown and {_attribute(cell, f"number-{side}-spanned") or "1" for side in ("columns", "rows")} != {"1"}:
            yield column, f"+{shown}"
        column += int(_attribute(cell, "number-columns-repeated") or 1)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")
