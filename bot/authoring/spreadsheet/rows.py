"""How does a file stand in rows and cells, and what does it say when they have changed?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from bot.authoring.spreadsheet.layout import AGENCY, ID, PHRASE_LISTS, SHEETS, Column, ColumnKind, Owner, Shape, Sheet
from bot.knowledge.reading.loader import AGENCY as AGENCY_FILE
from bot.knowledge.reading.loader import HOLIDAYS, NOT_AGENCIES, REFERRALS

Cells = tuple[str, ...]
Rows = Mapping[str, Sequence[Cells]]
"""By sheet key, the rows of one file."""

_HOURS = re.compile(r"(\S+?)\s*[-–]\s*(\S+?)(?:\s*\((\S+?)\s*[-–]\s*(\S+?)\))?")
_HOUR_KEYS = ("buka", "tutup", "istirahat_mulai", "istirahat_selesai")
_BULLET = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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


def canonical(text: str) -> str:
    """A cell's text without what a spreadsheet program may add or drop: odd line ends, spaces at line ends."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def shown(column: Column, row: Mapping[str, Any]) -> str:
    """What a column's cell says of a row's value; empty when the key is not there."""
    value = at(row, column.path)
    if value is None:
        return ""
    match column.kind:
        case ColumnKind.LINES | ColumnKind.PARTS if isinstance(value, list):
            return canonical("\n".join(one_line(item) for item in value))
        case ColumnKind.FEES if isinstance(value, list):
            return canonical("\n".join(_fee(item) for item in value))
        case ColumnKind.HOURS if isinstance(value, dict):
            return _hours(value)
    return canonical(value) if isinstance(value, str) else ""


def changed(column: Column, row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A row's value with one cell written anew; an empty cell takes the key away.

    What cannot be understood is kept as text, so that the model names what is wrong with it.
    """
    value: Any = None
    if text:
        match column.kind:
            case ColumnKind.LINES:
                value = kept(at(row, column.path), _lines(text))
            case ColumnKind.PARTS:
                value = [part.strip().casefold() for part in re.split(r"[\n,;]", text) if part.strip()]
            case ColumnKind.FEES:
                value = [_fee_read(_BULLET.sub("", line, count=1)) for line in _lines(text)]
            case ColumnKind.HOURS:
                value = _hours_read(text)
            case _:
                value = " ".join(text.split())
    return put(row, column.path, value)


def tidied(sheet: Sheet, cells: Cells, known: Sequence[Cells]) -> Cells:
    """A row as it will stand once it was taken; a cell or a line that stands in a known row stays as it is."""
    new = list(cells)
    for index, column in enumerate(sheet.columns):
        before = [row[index] for row in known]
        if column in sheet.own and cells[index] not in before:
            lines = [line for text in before for line in text.split("\n")]
            value = changed(column, put({}, column.path, lines), cells[index])
            new[index] = (
                shown(column, value) if sheet.shape is not Shape.PHRASE else _BULLET.sub("", cells[index], count=1)
            )
    return tuple(new)


def at(row: Mapping[str, Any], path: Sequence[str]) -> Any:
    """The value at the end of a path of keys; None when it is not there."""
    value: Any = row
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def put(row: Mapping[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    """A copy with a value at the end of a path; None takes the key away, and a group that becomes empty."""
    key, *rest = path
    if rest:
        inner = row.get(key)
        value = put(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    if value is None:
        return {name: old for name, old in row.items() if name != key}
    return {**row, key: value}


def one_line(item: Any) -> str:
    """A text as one line of a cell."""
    return " ".join(str(item).split())


def kept(old: Any, lines: list[str]) -> list[str]:
    """The new texts of a list, without signs and numbers before them: the bot sets its own.

    Those that only look different in a cell stay as they were written.
    """
    before = {one_line(item): item for item in old if isinstance(item, str)} if isinstance(old, list) else {}
    return [before[line] if line in before else _BULLET.sub("", line, count=1) for line in lines]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _fee(item: Any) -> str:
    if not isinstance(item, Mapping):
        return one_line(item)
    return " = ".join(one_line(item[key]) for key in ("untuk", "rupiah") if key in item)


def _fee_read(line: str) -> dict[str, str]:
    item, sign, amount = line.rpartition("=")
    return {"untuk": item.strip(), "rupiah": amount.strip()} if sign else {"untuk": line}


def _hours(value: Mapping[str, str]) -> str:
    opens, closes, pause, back = (value.get(key, "") for key in _HOUR_KEYS)
    day = "-".join(filter(None, (opens, closes)))
    return f"{day} ({pause}-{back})" if pause or back else day


def _hours_read(text: str) -> dict[str, str]:
    found = _HOURS.fullmatch(text.strip())
    if not found:
        return {"buka": text.strip()}
    return {key: clock for key, clock in zip(_HOUR_KEYS, found.groups(), strict=True) if clock}
