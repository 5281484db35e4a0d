"""Dates as people write them."""

from datetime import date

from bot.conversation.composing.wording import full_date, long_date


def test_the_first_days_of_a_month_stand_without_a_zero() -> None:
    assert long_date(date(2026, 12, 2)) == "2 Desember 2026"
    assert full_date(date(2027, 3, 8)) == "Senin, 8 Maret 2027"
