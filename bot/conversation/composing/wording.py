"""How are money, days and lists written? In the words of the region's own sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases

LABEL = 40  # letters that fit a button on a phone


def money(rupiah: int, phrases: Phrases) -> str:
    """An amount of whole rupiah: Rp120.000."""
    return phrases.say("angka.rupiah", jumlah=f"{rupiah:,}".replace(",", "."))


def month_names(phrases: Phrases) -> list[str]:
    """Twelve names, January first."""
    return phrases.say("angka.bulan").split()


def weekday_names(phrases: Phrases) -> list[str]:
    """Seven names, Monday first."""
    return phrases.say("angka.hari").split()


def long_date(day: date, phrases: Phrases) -> str:
    """24 November 2026."""
    return f"{day.day} {month_names(phrases)[day.month - 1]} {day.year}"


def full_date(day: date, phrases: Phrases) -> str:
    """Selasa, 24 November 2026."""
    return f"{weekday_names(phrases)[day.weekday()]}, {long_date(day, phrases)}"


def printed_date(text: str, phrases: Phrases) -> str:
    """A source's date as printed, a day or a month written out: 2025-11-10, 2025-09; else as it is."""
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or not _is_month(parts):
        return text
    year, month, *rest = (int(part) for part in parts)
    name = month_names(phrases)[month - 1]
    return " ".join([*(str(day) for day in rest), name, str(year)])


def _is_month(parts: Sequence[str]) -> bool:
    return len(parts) in {2, 3} and 1 <= int(parts[1]) <= 12  # noqa: PLR2004  # year and month, or a day too


def listed(items: Iterable[str], phrases: Phrases) -> str:
    """A, b, dan c."""
    *before, last = items
    if not before:
        return last
    key = "angka.dua" if len(before) == 1 else "angka.daftar"
    return phrases.say(key, awal=", ".join(before), akhir=last)


def label(name: str) -> str:
    """A name short enough for a button: without its brackets, cut between words where it must be."""
    if len(name) <= LABEL:
        return name
    return shortened(name.split(" (", maxsplit=1)[0], LABEL)


def shortened(text: str, letters: int) -> str:
    """A text of at most so many letters, cut between words."""
    if len(text) <= letters:
        return text
    return text[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…:" else f"{text}."


def first_sentence(text: str) -> str:
    """A text up to its first full stop that is followed by a capital letter."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip(), maxsplit=1)[0]


@dataclass(frozen=True)
class Occasion:
    """The knowledge, the moment (local time of the region), and the day and variant that were named."""

    knowledge: KnowledgeBase
    at: datetime
    day: str = ""
    variant: str = ""

    @property
    def phrases(self) -> Phrases:
        """The bot's own sentences."""
        return self.knowledge.phrases

    @property
    def today(self) -> date:
        """The date of the moment."""
        return self.at.date()
