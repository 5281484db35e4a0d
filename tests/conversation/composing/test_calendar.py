"""When an office is open, and how days are named."""

from datetime import date, time

import pytest

from bot.conversation.composing.calendar import Calendar, DayWords, OpenState, date_written, day_meant, spans
from bot.knowledge.model import OpenHours, WeekHours
from bot.knowledge.region import Holiday

WORK = OpenHours(opens="07.30", closes="16.00", break_from="12.00", break_until="13.00")
FRIDAY = OpenHours(opens="07.30", closes="16.30")
WEEK = WeekHours(monday=WORK, tuesday=WORK, wednesday=WORK, thursday=WORK, friday=FRIDAY)
CHRISTMAS = Holiday(day=date(2026, 12, 25), name="Hari Raya Natal")
EVE = Holiday(day=date(2026, 12, 24), name="Cuti Bersama Natal")
CALENDAR = Calendar(WEEK, (EVE, CHRISTMAS))
TODAY = date(2026, 11, 24)  # a Tuesday
MONTHS = ("januari", "februari", "maret", "april", "mei", "juni")
MONTHS += ("juli", "agustus", "september", "oktober", "november", "desember")
WORDS = DayWords(
    near=("hari ini", "besok", "lusa"),
    weekdays=("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"),
    months=MONTHS,
)


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (time(7, 29), OpenState.BEFORE),
        (time(7, 30), OpenState.OPEN),
        (time(11, 59), OpenState.OPEN),
        (time(12, 0), OpenState.BREAK),
        (time(13, 0), OpenState.OPEN),
        (time(15, 59), OpenState.OPEN),
        (time(16, 0), OpenState.AFTER),
    ],
)
def test_an_office_opens_pauses_and_closes_on_the_minute(clock: time, state: OpenState) -> None:
    assert CALENDAR.on(TODAY).state(clock) is state


def test_an_office_is_closed_on_a_weekday_without_hours() -> None:
    assert CALENDAR.on(date(2026, 11, 28)).state(time(10)) is None


def test_an_office_is_closed_on_a_holiday_that_is_named() -> None:
    found = CALENDAR.on(date(2026, 12, 25))
    assert (found.hours, found.holiday) == (None, CHRISTMAS)


def test_the_next_working_day_skips_holidays_and_weekends() -> None:
    assert CALENDAR.opens_after(date(2026, 12, 23)).day == date(2026, 12, 28)


def test_an_office_without_hours_never_opens() -> None:
    assert Calendar(WeekHours(), ()).opens_after(TODAY) is None


def test_days_with_the_same_hours_are_told_together() -> None:
    assert spans(WEEK) == [(0, 3, WORK), (4, 4, FRIDAY)]


def test_days_apart_are_not_told_together() -> None:
    assert spans(WeekHours(monday=WORK, wednesday=WORK)) == [(0, 0, WORK), (2, 2, WORK)]


def test_a_holiday_on_a_day_that_is_closed_anyway_is_no_closure() -> None:
    sunday = Holiday(day=date(2026, 11, 29), name="Hari Minggu Besar")
    assert Calendar(WEEK, (sunday,)).holiday_within(TODAY, 14) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("hari ini", date(2026, 11, 24)),
        ("Besok", date(2026, 11, 25)),
        ("lusa", date(2026, 11, 26)),
        ("selasa", date(2026, 11, 24)),
        ("senin", date(2026, 11, 30)),
        ("25 desember", date(2026, 12, 25)),
        ("tanggal 25 desember 2027", date(2027, 12, 25)),
        ("3 januari", date(2027, 1, 3)),
        ("3 jan", date(2027, 1, 3)),
        ("25/12", date(2026, 12, 25)),
        ("2026-12-25", date(2026, 12, 25)),
        ("tanggal 1", date(2026, 12, 1)),
        ("natal", date(2026, 12, 24)),
        ("29 februari", date(2028, 2, 29)),
    ],
)
def test_a_day_is_the_next_one_of_its_name(said: str, day: date) -> None:
    assert day_meant(said, TODAY, WORDS, CALENDAR.holidays) == day


@pytest.mark.parametrize("said", ["", "kapan-kapan", "31 februari", "25 desember 1990", "0", "99"])
def test_words_that_name_no_day_give_none(said: str) -> None:
    assert day_meant(said, TODAY, WORDS, CALENDAR.holidays) is None


@pytest.mark.parametrize("said", ["5 Desember 2020", "5 des 2020", "5-12-2020", "5/12/2020", "5.12.2020", "2020-12-05"])
def test_a_whole_date_may_be_over(said: str) -> None:
    assert date_written(said, WORDS) == date(2020, 12, 5)


@pytest.mark.parametrize(
    "said", ["", "5 desember", "5-12", "31 november 2026", "5 de 2026", "5-12-26", "a b c", "5-13-2026"]
)
def test_what_is_no_whole_date_is_none(said: str) -> None:
    assert date_written(said, WORDS) is None
