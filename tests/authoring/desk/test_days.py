"""A day as an admin writes it, and the text behind it."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.desk.days import DayAndText, day_and_text
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load

TUESDAY = date(2026, 11, 24)
WRITTEN = [
    ("2026-12-05 Loket tutup", date(2026, 12, 5)),
    ("05-12-2026 Loket tutup", date(2026, 12, 5)),
    ("5/12/2026 Loket tutup", date(2026, 12, 5)),
    ("5 Desember 2026 Loket tutup", date(2026, 12, 5)),
    ("5 Des Loket tutup", date(2026, 12, 5)),
    ("sampai 5 Desember Loket tutup", date(2026, 12, 5)),
    ("besok Loket tutup", date(2026, 11, 25)),
    ("hari ini Loket tutup", TUESDAY),
    ("sampai Jumat Loket tutup", date(2026, 11, 27)),
    ("sampai hari Jumat, Loket tutup", date(2026, 11, 27)),
    ("2020-01-01 Loket tutup", date(2020, 1, 1)),
]


@pytest.fixture
def knowledge(folder: Path) -> KnowledgeBase:
    return load(folder)


@pytest.mark.parametrize(("said", "day"), WRITTEN)
def test_a_day_is_understood_as_people_write_it(knowledge: KnowledgeBase, said: str, day: date) -> None:
    assert day_and_text(said.split(), TUESDAY, knowledge) == DayAndText(day, "Loket tutup")


@pytest.mark.parametrize(
    "said", ["", "Loket tutup besok", "sampai", "minggu depan Loket tutup", "sampai Jumat depan x"]
)
def test_what_begins_with_no_day_has_none(knowledge: KnowledgeBase, said: str) -> None:
    assert day_and_text(said.split(), TUESDAY, knowledge) is None


@pytest.mark.parametrize("date_", ["31-02-2026", "2026-13-01", "31 november 2026", "31 november", "30/02/2027"])
def test_a_date_that_no_calendar_has_is_given_back(knowledge: KnowledgeBase, date_: str) -> None:
    assert day_and_text(f"sampai {date_} Loket tutup".split(), TUESDAY, knowledge) == date_
