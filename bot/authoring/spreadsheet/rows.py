"""Which rows does a file have on each sheet, and what does the file say when its rows have changed?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.authoring.spreadsheet.cells import changed, kept, one_line, shown
from bot.authoring.spreadsheet.layout import AGENCY, ID, LIST, PHRASE_LISTS, SHEETS, Owner, Shape, Sheet
from bot.knowledge.reading.loader import AGENCY as AGENCY_FILE
from bot.knowledge.reading.loader import HOLIDAYS, NOT_AGENCIES, REFERRALS

Cells = tuple[str, ...]
Rows = Mapping[str, Sequence[Cells]]
"""By sheet key, the rows of one file."""


@dataclass(frozen=True)
class CellPlace:
    """Which cell a part of a file comes from: the path in the file, the sheet, the index of the row, the column."""

    path: tuple[str | int, ...]
    sheet: Sheet
    row: int  # among the rows of this file on this sheet
    column: int


def owner_of(file: str) -> Owner | None:
    """What kind of file a path below the knowledge folder is; None when it has no rows."""
    folder, _, name = file.rpartition("/")
    if file == HOLIDAYS:
        return Owner.HOLIDAYS
    if folder == REFERRALS:
        return Owner.REFERRAL
    if not folder or folder in NOT_AGENCIES:
        return None
    return Owner.AGENCY if name == AGENCY_FILE else Owner.SERVICE


def sheets_of(owner: Owner | None) -> list[Sheet]:
    """The sheets on which a kind of file has rows."""
    return [sheet for sheet in SHEETS if owner in sheet.owners]


def sheets_for(files: Iterable[str]) -> list[Sheet]:
    """The sheets of a workbook that holds these files; an agency may always get new services."""
    owners = {owner_of(file) for file in files}
    if Owner.AGENCY in owners:
        owners.add(Owner.SERVICE)
    return [sheet for sheet in SHEETS if owners.intersection(sheet.owners)]


def rows_of(file: str, data: Mapping[str, Any]) -> Rows:
    """The rows of a file on every sheet it stands on."""
    return {sheet.key: _rows(sheet, file, data) for sheet in sheets_of(owner_of(file))}


def file_of(file: str, data: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    """What a file says when its rows are these; what no sheet shows stays as it was."""
    new = dict(data)
    before = rows_of(file, data)
    for sheet in sheets_of(owner_of(file)):
        if list(rows[sheet.key]) == list(before[sheet.key]):
            continue
        match sheet.shape:
            case Shape.FILE:
                new = _row_value(sheet, new, before[sheet.key][0], rows[sheet.key][0])
            case Shape.ITEM:
                items = [item for item in data.get(sheet.key, []) if isinstance(item, dict)]
                new = _with_list(new, sheet.key, _items(sheet, items, before[sheet.key], rows[sheet.key]))
            case Shape.PHRASE:
                for name in PHRASE_LISTS:
                    texts = [cells[-1] for cells in rows[sheet.key] if cells[1] == name]
                    new = _with_list(new, name, kept(data.get(name, []), texts))
    return new


def places(file: str, rows: Rows) -> list[CellPlace]:
    """Where each cell of a file stands in the file."""
    found = []
    for sheet in sheets_of(owner_of(file)):
        counts = dict.fromkeys(PHRASE_LISTS, 0)
        for index, cells in enumerate(rows[sheet.key]):
            start: tuple[str | int, ...] = (sheet.key, index) if sheet.shape is Shape.ITEM else ()
            if sheet.shape is Shape.PHRASE:
                found.append(CellPlace((cells[1], counts[cells[1]]), sheet, index, len(cells) - 1))
                counts[cells[1]] += 1
                continue
            own = set(sheet.own)
            found += [
                CellPlace((*start, *column.path), sheet, index, number)
                for number, column in enumerate(sheet.columns)
                if column in own
            ]
    return found


def _rows(sheet: Sheet, file: str, data: Mapping[str, Any]) -> list[Cells]:
    whose = str(data.get("id", ""))
    match sheet.shape:
        case Shape.FILE:
            return [_cells(sheet, file, whose, data)]
        case Shape.PHRASE:
            return [(whose, name, one_line(item)) for name in PHRASE_LISTS for item in data.get(name, [])]
    items = data.get(sheet.key, [])
    return [_cells(sheet, file, whose, item) for item in items if isinstance(item, dict)]


def _cells(sheet: Sheet, file: str, whose: str, value: Mapping[str, Any]) -> Cells:
    fixed = {ID.key: whose, AGENCY.key: file.split("/", maxsplit=1)[0]}
    return tuple(fixed[column.key] if column.key in fixed else shown(column, value) for column in sheet.columns)


def _row_value(sheet: Sheet, value: Mapping[str, Any], before: Cells, after: Cells) -> dict[str, Any]:
    new = dict(value)
    for column, old, text in zip(sheet.columns, before, after, strict=True):
        if old != text and column.key not in {ID.key, AGENCY.key, LIST.key}:
            new = changed(column, new, text)
    return new


def _items(sheet: Sheet, items: list[Any], before: Sequence[Cells], after: Sequence[Cells]) -> list[Any]:
    """The new list: rows that stayed keep their item, rows that changed keep what the sheet does not show."""
    empty = ("",) * len(sheet.columns)
    new: list[Any] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for step, cells in enumerate(after[j1:j2]):
            known = i1 + step < i2
            item, was = (items[i1 + step], before[i1 + step]) if known else ({}, empty)
            new.append(_row_value(sheet, item, was, cells))
    return new


def _with_list(data: Mapping[str, Any], key: str, items: list[Any]) -> dict[str, Any]:
    """The same with another list; a list without items goes, and one that says the same stays as it was written."""
    if key not in data and not items:
        return dict(data)
    if not items:
        return {name: value for name, value in data.items() if name != key}
    return {**data, key: items}
