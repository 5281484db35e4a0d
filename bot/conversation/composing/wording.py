"""How are money, days and lists written? As in Indonesia."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Service, Subject

LOCALE = Locale("id")
LABEL = 40  # letters that fit a button on a phone
_DAYS = 512  # those of the knowledge and those around today: a pattern is slow to fill


@cache  # of the amounts of the knowledge, a few hundred
def money(rupiah: int) -> str:
    """An amount of whole rupiah: Rp120.000."""
    return format_currency(rupiah, "IDR", "¤#,##0", LOCALE, currency_digits=False)


def decimal(number: float) -> str:
    """A number with two digits behind the comma: 0,35."""
    return str(format_decimal(number, "0.00", LOCALE))


@cache
def month_names() -> list[str]:
    """Twelve names, January first."""
    return [LOCALE.months["format"]["wide"][month] for month in range(1, 13)]


@cache
def weekday_names() -> list[str]:
    """Seven names, Monday first."""
    return [LOCALE.days["format"]["wide"][day] for day in range(7)]


@lru_cache(_DAYS)
def long_date(day: date) -> str:
    """24 November 2026."""
    return format_date(day, "d MMMM y", LOCALE)


@lru_cache(_DAYS)
def full_date(day: date) -> str:
    """Selasa, 24 November 2026."""
    return format_date(day, "EEEE, d MMMM y", LOCALE)


@cache  # of the sources of the knowledge
def printed_date(text: str) -> str:
    """A source's date as printed, a day or a month written out: 2025-11-10, 2025-09; else as it is."""
    try:
        if text.count("-") == 1:
            return format_date(date.fromisoformat(f"{text}-01"), "MMMM y", LOCALE)
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text


def listed(items: Iterable[str]) -> str:
    """A, b, dan c."""
    return format_list(list(items), locale=LOCALE)


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


def brief(text: str) -> str:
    """A text up to its first sentence that holds a number, only its first one where none does."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip())
    numbered = (count for count, one in enumerate(sentences, 1) if any(map(str.isdecimal, one)))
    return " ".join(sentences[: next(numbered, 1)])


@dataclass(frozen=True)
class Occasion:
    """The knowledge, the moment (local time of the region), and the day and variant that were named."""

    knowledge: KnowledgeBase
    at: datetime
    day: str = ""
    variant: str = ""

    def say(self, key: str, **values: object) -> str:
        """One of the bot's own sentences."""
        return self.knowledge.phrases.say(key, **values)

    @cached_property
    def today(self) -> date:
        """The date of the moment."""
        return self.at.date()


def standing(subject: Subject, asking: Occasion) -> str:
    """When what is told of a subject was confirmed by its agency, or else brought up to date."""
    if isinstance(subject, Service) and subject.confirmed and not subject.is_draft:
        return asking.say("jawaban.dikonfirmasi", tanggal=long_date(subject.confirmed.day))
    return asking.say("jawaban.diperbarui", tanggal=long_date(subject.updated))


def drafts_line(asking: Occasion) -> str:
    """How many services nobody at their agency has confirmed; empty when all are confirmed."""
    services = [one for one in asking.knowledge.services.values() if not one.is_withdrawn(asking.today)]
    drafts = sum(service.is_draft for service in services)
    return asking.say("percakapan.rangkuman", jumlah=drafts, semua=len(services)) if drafts else ""
