"""Which day does an admin mean, and what follows it? "sampai Jumat Loket tutup", "5 Desember 2026 Loket tutup"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.composing.calendar import DayWords, date_written, day_meant
from bot.conversation.composing.hours import day_words
from bot.knowledge.base import KnowledgeBase

_MOST_WORDS = 3  # of a day: 5 Desember 2026
_FULL_DATE = re.compile(r"\d{1,2}\W\w+\W\d{4}|\d{4}\W\d{1,2}\W\d{1,2}")
_APART = re.compile(r"[\s./-]+")


@dataclass(frozen=True)
class DayAndText:
    """A day and the text behind it."""

    day: date
    text: str


def day_and_text(words: Sequence[str], today: date, knowledge: KnowledgeBase) -> DayAndText | str | None:
    """The day at the beginning of some words; None when no day stands there. It may be over.

    A date that no calendar has (31 November) comes back as it was written. What "Minggu depan" means, a week or a
    Sunday, nobody can tell: it is no day.
    """
    named = {way.casefold(): day for day, ways in knowledge.language.days.ways.items() for way in (day, *ways)}
    names = day_words(knowledge.phrases)
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        said = " ".join(words[:count]).casefold().strip(".,:;")
        said = named.get(said, said)
        day = _day(said, today, names)
        if day:
            following = "".join(words[count : count + 1]).casefold()
            is_vague = said in names.weekdays and following == knowledge.phrases.say("admin.depan")
            return None if is_vague else DayAndText(day, " ".join(words[count:]))
        if _is_date(said, names):
            return said
    before = {*knowledge.phrases.say("admin.sampai").split(), *knowledge.language.days.dates}
    return day_and_text(words[1:], today, knowledge) if words and words[0].casefold() in before else None


def _is_date(said: str, names: DayWords) -> bool:
    """Whether a whole date is written, or a day and the name of its month."""
    parts = _APART.split(said)
    if not all(part.isdecimal() or names.month(part) for part in parts):
        return False
    is_short = len(parts) == 2 and parts[0].isdecimal() and not parts[1].isdecimal()  # noqa: PLR2004
    return is_short or bool(_FULL_DATE.fullmatch(said))


def _day(said: str, today: date, names: DayWords) -> date | None:
    parts = _APART.split(said)
    is_named = said in {*names.near, *names.weekdays}
    if not is_named and not all(part.isdecimal() or names.month(part) for part in parts):
        return None
    return date_written(said, names) or day_meant(" ".join(parts), today, names)
