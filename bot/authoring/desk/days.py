"""Which day does an admin mean, and what follows it? "sampai Jumat Loket tutup", "5 Desember 2026 Loket tutup"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.composing.calendar import DayWords, date_written, day_meant
from bot.conversation.composing.hours import day_words
from bot.knowledge.base import KnowledgeBase

_MOST_WORDS = 3  # of a day: 5 Desember 2026
_APART = re.compile(r"[\s./-]+")


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
    parts = _APART.split(said)
    is_named = said in {names.today, names.tomorrow, names.after_tomorrow, *names.weekdays}
    if not is_named and not all(part.isdecimal() or names.month(part) for part in parts):
        return None
    return date_written(said, names) or day_meant(" ".join(parts), today, names)
