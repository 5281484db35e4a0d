"""How does a value of a file look in a cell, and what does a cell say back?"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.authoring.spreadsheet.layout import Column, ColumnKind

_HOURS = re.compile(r"(\S+?)\s*[-–]\s*(\S+?)(?:\s*\((\S+?)\s*[-–]\s*(\S+?)\))?")
_HOUR_KEYS = ("buka", "tutup", "istirahat_mulai", "istirahat_selesai")
_BULLET = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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
        case ColumnKind.LINES if isinstance(value, list):
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
            case ColumnKind.FEES:
                value = [_fee_read(_BULLET.sub("", line, count=1)) for line in _lines(text)]
            case ColumnKind.HOURS:
                value = _hours_read(text)
            case _:
                value = " ".join(text.split())
    return put(row, column.path, value)


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
    return f"{one_line(item.get('untuk', ''))} = {item.get('rupiah', '')}"


def _fee_read(line: str) -> dict[str, str]:
    item, sign, amount = line.rpartition("=")
    return {"untuk": item.strip(), "rupiah": amount.strip()} if sign else {"untuk": line}


def _hours(value: Mapping[str, str]) -> str:
    opens, closes, pause, back = (value.get(key, "") for key in _HOUR_KEYS)
    return f"{opens}-{closes} ({pause}-{back})" if pause or back else f"{opens}-{closes}"


def _hours_read(text: str) -> dict[str, str]:
    found = _HOURS.fullmatch(text.strip())
    if not found:
        return {"buka": text.strip()}
    return {key: clock for key, clock in zip(_HOUR_KEYS, found.groups(), strict=True) if clock}
