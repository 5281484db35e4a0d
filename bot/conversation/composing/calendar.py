"""When is an office open? Week hours, holidays and a moment come in, values go out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import groupby

from bot.knowledge.model import OpenHours, WeekHours
from bot.knowledge.region import Holiday, Ramadan

_FAR = 31  # days: no office is closed longer
_SHORT = 3  # letters of a month that are enough: Des
_YEAR = 4  # digits
_APART = re.compile(r"[\s./-]+")


class OpenState(StrEnum):
    """What an office is at one moment of a day on which it opens; the value is the key of the sentence that says so."""

    OPEN = "jam.sedang_buka"
    BREAK = "jam.sedang_istirahat"
    BEFORE = "jam.belum_buka"  # opens later today
    AFTER = "jam.sudah_tutup"  # was open today


@dataclass(frozen=True)
class OfficeDay:
    """One day of an office; no hours: closed, by the holiday when there is one."""

    day: date
    hours: OpenHours | None
    holiday: Holiday | None = None

    def state(self, clock: time) -> OpenState | None:
        """What the office is at a time of this day; None when it is closed all day."""
        if self.hours is None:
            return None
        now = f"{clock:%H.%M}"  # as clocks are written in the knowledge, so that they compare as text
        if now < self.hours.opens:
            return OpenState.BEFORE
        if now >= self.hours.closes:
            return OpenState.AFTER
        is_break = (self.hours.break_from or "") <= now < (self.hours.break_until or "")
        return OpenState.BREAK if is_break else OpenState.OPEN


@dataclass(frozen=True)
class Calendar:
    """Week hours and holidays together."""

    week: WeekHours
    holidays: tuple[Holiday, ...]
    fasting: tuple[Ramadan, ...] = ()
    fasting_week: WeekHours | None = None  # None: not known what holds during Ramadan

    def on(self, day: date) -> OfficeDay:
        """What a day is like."""
        holiday = next((holiday for holiday in self.holidays if holiday.day == day), None)
        return OfficeDay(day, None if holiday else self.week_of(day).on(day.weekday()), holiday)

    def week_of(self, day: date) -> WeekHours:
        """The hours that hold around a day."""
        return (self.fasting_week if self.ramadan(day) else None) or self.week

    def ramadan(self, day: date) -> Ramadan | None:
        """The Ramadan in which a day lies."""
        return next((one for one in self.fasting if one.first <= day <= one.last), None)

    def opens_after(self, day: date) -> OfficeDay | None:
        """The next day with hours; None when there is none within a month."""
        days = (self.on(day + timedelta(days=ahead)) for ahead in range(1, _FAR))
        return next((found for found in days if found.hours), None)

    def holiday_within(self, day: date, days: int) -> Holiday | None:
        """The first holiday on a working weekday within so many days from a day on, that day excluded."""
        last = day + timedelta(days=days)
        ahead = (holiday for holiday in self.holidays if day < holiday.day <= last)
        return min(
            (one for one in ahead if self.week_of(one.day).on(one.day.weekday())), key=lambda one: one.day, default=None
        )


def spans(week: WeekHours) -> list[tuple[int, int, OpenHours]]:
    """First and last weekday of each run of days with the same hours, 0 = Monday."""
    runs = [(hours, list(weekdays)) for hours, weekdays in groupby(range(7), key=week.on)]
    return [(weekdays[0], weekdays[-1], hours) for hours, weekdays in runs if hours]


@dataclass(frozen=True)
class DayWords:
    """How days are named: the words of one language."""

    near: tuple[str, ...]  # today, tomorrow, the day after
    weekdays: tuple[str, ...]  # Monday first
    months: tuple[str, ...]

    def month(self, word: str) -> int:
        """The number of a month that is named, also by its first letters; 0 when none is."""
        numbered = enumerate(self.months, 1)
        return next((number for number, name in numbered if len(word) >= _SHORT and name.startswith(word)), 0)


def date_written(said: str, words: DayWords) -> date | None:
    """A whole date, also one that is over: 5 Desember 2026, 5 Des 2026, 5-12-2026, 2026-12-05."""
    parts = _APART.split(said.casefold())
    if len(parts[0]) == _YEAR:
        parts.reverse()
    try:
        day, month, year = parts
        return date(int(year) if len(year) == _YEAR else 0, words.month(month) or int(month), int(day))
    except ValueError:
        return None


def day_meant(said: str, today: date, words: DayWords, holidays: Iterable[Holiday] = ()) -> date | None:
    """The day that is meant by a word; None when the word names no day.

    A weekday is the next one from today on. A date may lack its year or its month ("25 desember", "25",
    "25/12", "2026-12-25"): then the next such day. The name of a holiday is its next day.
    """
    said = " ".join(said.casefold().split())
    if said in words.near:
        return today + timedelta(days=words.near.index(said))
    if said in words.weekdays:
        return today + timedelta(days=(words.weekdays.index(said) - today.weekday()) % 7)
    return _date_in(said, today, words) or _named(said, today, holidays)


def _date_in(said: str, today: date, words: DayWords) -> date | None:
    numbers: list[int] = []
    month = 0
    for part in said.replace("/", " ").replace("-", " ").split():
        if part.isdecimal():
            numbers.append(int(part))
        else:
            month = words.month(part) or month
    if len(numbers) == 3 and numbers[0] > 31:  # noqa: PLR2004  # a year stands first
        numbers.reverse()
    if not numbers:
        return None
    if not month and len(numbers) > 1:
        month = numbers.pop(1)
    year = numbers[1] if len(numbers) > 1 else 0
    return _next_date(numbers[0], month, year, today)


def _next_date(day: int, month: int, year: int, today: date) -> date | None:
    """The first such date from today on, among the days of the next four years."""
    for ahead in range(4 * 366):
        found = today + timedelta(days=ahead)
        if found.day == day and month in {0, found.month} and year in {0, found.year}:
            return found
    return None


def _named(said: str, today: date, holidays: Iterable[Holiday]) -> date | None:
    ahead = (one.day for one in holidays if one.day >= today and said and said in one.name.casefold())
    return min(ahead, default=None)
