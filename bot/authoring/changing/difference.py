"""What changes, service by service, in the words a clerk knows: the keys of the file, old and new text?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz.distance import Prefix

from bot.conversation.composing.wording import shortened
from bot.knowledge.reading.document import document_of
from bot.knowledge.reading.loader import AGENCY

_JOINT = " › "
_LABELS = ("judul", "nama", "t", "saluran", "untuk", "nomor", "tanggal", "kalimat")
"""Keys that tell items of a list apart, so that a changed item is not shown as one lost and one new."""


class Extent(StrEnum):
    """How much of a file changes."""

    NEW = "new"
    GONE = "gone"
    VALUES = "values"
    LAYOUT = "layout"  # only comments, order of keys, or the way it is written


@dataclass(frozen=True)
class KeyChange:
    """One place of a file: what no longer stands there and what does from now on."""

    where: str  # "biaya › rupiah", "varian › WNI › syarat"
    removed: tuple[str, ...]
    added: tuple[str, ...]  # equal to ``removed``, but for the order, when only the order changes


@dataclass(frozen=True)
class Difference:
    """What changes in one file."""

    file: str  # path below the knowledge folder
    name: str  # of the subject; the path when it has none
    extent: Extent
    changes: tuple[KeyChange, ...]

    @property
    def subject(self) -> str:
        """Id of the subject that the file is about."""
        folder, _, file = self.file.removesuffix(".yaml").rpartition("/")
        return folder if self.file.endswith(f"/{AGENCY}") else file


def difference(file: str, old: bytes | None, new: bytes | None) -> Difference | None:
    """What changes between two states of a file; None when no byte does."""
    if old == new:
        return None
    before, after = _data(old), _data(new)
    said = after if after is not None else before
    name = str(said.get("nama") or said.get("id") or file) if isinstance(said, Mapping) else file
    if new is None:
        return Difference(file, name, Extent.GONE, ())
    if old is None:
        return Difference(file, name, Extent.NEW, tuple(_compared({}, after, ())))
    changes = tuple(_compared(before, after, ()))
    return Difference(file, name, Extent.VALUES if changes else Extent.LAYOUT, changes)


def shown_apart(old: str, new: str, letters: int) -> tuple[str, str]:
    """Two texts in a line each, cut so that what differs is seen."""
    old, new = " ".join(old.split()), " ".join(new.split())
    same, is_long = Prefix.similarity(old, new), max(len(old), len(new)) > letters
    start = old.rfind(" ", 0, max(0, same - letters // 3)) + 1 if is_long else 0
    before = "…" if start else ""
    return f"{before}{shortened(old[start:], letters)}", f"{before}{shortened(new[start:], letters)}"


def top_values(raw: bytes | None) -> Mapping[str, Any]:
    """The values of a file by the keys of its top level; empty when it cannot be read."""
    data = _data(raw)
    return data if isinstance(data, Mapping) else {}


def _data(raw: bytes | None) -> Any:
    return None if raw is None else document_of(raw).data


def _compared(old: Any, new: Any, where: tuple[str, ...]) -> Iterator[KeyChange]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _compared(old.get(key), new.get(key), (*where, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(old, new, where)
    else:
        yield KeyChange(_JOINT.join(where), tuple(_lines(old)), tuple(_lines(new)))


def _lists(old: list[Any], new: list[Any], where: tuple[str, ...]) -> Iterator[KeyChange]:
    before, after = _labelled(old), _labelled(new)
    if before and after:
        now = _renamed(before, after)
        for label in before:
            yield from _compared(before[label], after.get(now.get(label, label)), (*where, label))
        for label in (one for one in after if one not in before and one not in now.values()):
            yield from _compared(None, after[label], (*where, label))
        if before.keys() != after.keys():
            return
        olds, news = list(before), list(after)
    else:
        olds, news = _lines(old), _lines(new)
    removed, added = Counter(olds) - Counter(news), Counter(news) - Counter(olds)
    if removed or added:
        yield KeyChange(_JOINT.join(where), tuple(removed.elements()), tuple(added.elements()))
    elif olds != news:
        yield KeyChange(_JOINT.join(where), tuple(olds), tuple(news))


def _labelled(items: list[Any]) -> Mapping[str, Any]:
    """Items by what tells them apart; empty when something does not."""
    if not all(isinstance(item, Mapping) for item in items):
        return {}
    labels = [next((str(item[key]) for key in _LABELS if key in item), "") for item in items]
    return dict(zip(labels, items, strict=True)) if "" not in labels and len({*labels}) == len(labels) else {}


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, str]:
    """The new label of each item that says the same under another one, in their order."""
    gone, come = ([one for one in here if one not in there] for here, there in ((before, after), (after, before)))
    now: dict[str, str] = {}
    for label in gone:
        same = (
            one for one in come if one not in now.values() and _apart(after[one], one) == _apart(before[label], label)
        )
        if new := next(same, ""):
            now[label] = new
    return now


def _apart(item: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    """An item without what tells it apart."""
    return {key: value for key, value in item.items() if key not in _LABELS or value != label}


def _lines(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [_line(one) for one in values]


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_line(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_line(item) for item in value)
    return str(value)
