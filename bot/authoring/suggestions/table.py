"""How are suggestions shown in a terminal? As a table, or as plain values."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from bot.authoring.suggestions.board import Suggestion
from bot.knowledge.phrases import Phrases

_COLUMNS = ("orang", "kali", "contoh", "layanan", "tambahan")


def as_row(one: Suggestion) -> Mapping[str, Any]:
    """A suggestion as plain values; ``add`` is None where no line would help."""
    return {
        "people": one.people,
        "times": one.times,
        "voted_down": one.voted_down,
        "last": one.last.isoformat(timespec="seconds"),
        "words": list(one.words),
        "examples": list(one.examples),
        "service": one.subject or None,
        "add": {one.addition.key: one.addition.phrase} if one.addition else None,
    }


def as_table(suggestions: Iterable[Suggestion], phrases: Phrases) -> Table:
    """Suggestions, those of the most people first; texts are shown as they are, never as markup."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(phrases.say(f"saran.kolom_{name}"), overflow="fold")
    for one in suggestions:
        line = f"{one.addition.key}: {one.addition.phrase}" if one.addition else ""
        cells = (str(one.people), str(one.times), "\n".join(one.examples), one.subject, line)
        table.add_row(*map(Text, cells))
    return table
