"""Which rows does a file have on each sheet, and what does the file say when its rows have changed?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from bot.authoring.spreadsheet.cells import changed, kept, one_line, put, shown
from bot.authoring.spreadsheet.layout import AGENCY, ID, PHRASE_LISTS, SHEETS, Owner, Shape, Sheet
from bot.knowledge.reading.loader import AGENCY as AGENCY_FILE
from bot.knowledge.reading.loader import HOLIDAYS, NOT_AGENCIES, REFERRALS

Cells = tuple[str, ...]
Rows = Mapping[str, Sequence[Cells]]
"""By sheet key, the rows of one file."""


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
    new, before = dict(data), rows_of(file, data)
    for sheet in sheets_of(owner_of(file)):
        was, will = list(before[sheet.key]), list(rows[sheet.key])
        if was == will:
            continue
        match sheet.shape:
            case Shape.FILE:
                new = _row_value(sheet, new, was[0], will[0])
            case Shape.ITEM:
                new = put(new, [sheet.key], _items(sheet, _dicts(data, sheet.key), was, will) or None)
            case Shape.PHRASE:
                for name in PHRASE_LISTS:
                    texts = [cells[-1] for cells in will if cells[1] == name]
                    new = put(new, [name], kept(data.get(name, []), texts) or None)
    return new


def places(file: str, rows: Rows) -> Iterator[tuple[tuple[str | int, ...], str, int, int]]:
    """Each cell of a file: its path in the file, key of its sheet, index of its row among the file's, of its column."""
    for sheet in sheets_of(owner_of(file)):
        counts = Counter[str]()
        for index, cells in enumerate(rows[sheet.key]):
            if sheet.shape is Shape.PHRASE:
                yield (cells[1], counts[cells[1]]), sheet.key, index, len(cells) - 1
                counts[cells[1]] += 1
                continue
            start = (sheet.key, index) if sheet.shape is Shape.ITEM else ()
            for column in sheet.own:
                yield (*start, *column.path), sheet.key, index, sheet.columns.index(column)


def _rows(sheet: Sheet, file: str, data: Mapping[str, Any]) -> list[Cells]:
    whose = str(data.get("id", ""))
    if sheet.shape is Shape.PHRASE:
        return [(whose, name, one_line(item)) for name in PHRASE_LISTS for item in data.get(name, [])]
    fixed = {ID.key: whose, AGENCY.key: file.split("/", maxsplit=1)[0]}
    return [
        tuple(fixed[column.key] if column.key in fixed else shown(column, value) for column in sheet.columns)
        for value in ([data] if sheet.shape is Shape.FILE else _dicts(data, sheet.key))
    ]


def _dicts(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [item for item in data.get(key, []) if isinstance(item, dict)]


def _row_value(sheet: Sheet, value: Mapping[str, Any], before: Cells, after: Cells) -> dict[str, Any]:
    new = dict(value)
    for column, old, text in zip(sheet.columns, before, after, strict=True):
        if old != text and column in sheet.own:
            new = changed(column, new, text)
    return new


def _items(
    sheet: Sheet, items: Sequence[Mapping[str, Any]], before: Sequence[Cells], after: Sequence[Cells]
) -> list[Any]:
    """The new list: rows that stayed keep their item wherever they stand now, changed ones what no sheet shows."""
    nothing: tuple[Mapping[str, Any], Cells] = {}, ("",) * len(sheet.columns)
    known, same, new = list(zip(items, before, strict=True)), dict(zip(before, items, strict=True)), []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        olds = [*known[i1:i2], *[nothing] * (j2 - j1)]
        pairs = zip(olds, after[j1:j2], strict=False)
        new += [same[cells] if cells in same else _row_value(sheet, *old, cells) for old, cells in pairs]
    return new
