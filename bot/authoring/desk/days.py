"""Which day does an admin mean, and what follows it? "sampai Jumat Loket tutup", "5 Desember 2026 Loket tutup"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.composing.calendar import DayWords, day_meant
from bot.conversation.composing.hours import day_words
from bot.knowledge.base import KnowledgeBase

_MOST_WORDS = 3  # of a day: 5 Desember 2026
_SHORT = 3  # letters of a month that are enough: Des
_NUMBERS = re.compile(r"\d+([-/.]\d+)*")


@dataclass(frozen=True)
class Said:
    """A day and the text behind it."""

    day: date
    text: str


def day_and_text(words: Sequence[str], today: date, knowledge: KnowledgeBase) -> Said | None:
    """The day at the beginning of some words; None when no day stands there. It may be over."""
    named = {way.casefold(): day for day, ways in knowledge.language.days.ways.items() for way in (day, *ways)}
    names = day_words(knowledge.phrases)
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        said = " ".join(words[:count]).casefold().strip(".,:;")
        day = _day(named.get(said, said), today, names)
        if day:
            return Said(day, " ".join(words[count:]))
    before = {*knowledge.phrases.say("admin.sampai").split(), *knowledge.language.days.dates}
    return day_and_text(words[1:], today, knowledge) if words and words[0].casefold() in before else None


def _day(said: str, today: date, names: DayWords) -> date | None:
    if said in {names.today, names.tomorrow, names.after_tomorrow, *names.weekdays}:
        return day_meant(said, today, names)
    parts = [_month(part, names) for part in said.split()]
    if not all(part in names.months or _NUMBERS.fullmatch(part) for part in parts):
        return None
    written = " ".join(parts).replace(".", "-").replace("/", "-")
    return _written(written) or day_meant(written, today, names)


def _month(word: str, names: DayWords) -> str:
    return next((month for month in names.months if len(word) >= _SHORT and month.startswith(word)), word)


def _written(said: str) -> date | None:
    """A whole date in numbers, also one that is over: 2026-12-05, 5-12-2026."""
    numbers = [int(part) for part in said.split("-")] if re.fullmatch(r"\d+-\d+-\d+", said) else []
    if not numbers:
        return None
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)  # noqa: PLR2004 - a year stands first
    try:
        return date(year, month, day)
    except ValueError:
        return None
