from datetime import timedelta

from bot.storage.log.figures import Day, Figures
from tests.storage.conftest import NOON, record

MIDNIGHT = NOON.replace(hour=0)
DAY = Day(MIDNIGHT, MIDNIGHT + timedelta(days=1))


async def total(database, now):
    (counts,) = await Figures(database).by_day([DAY], now)
    return counts.outcomes.total()


async def test_a_question_that_took_a_day_to_be_answered_is_counted_in_the_day_it_was_asked(log, database):
    await log.keep(record(1, at=NOON))
    assert await total(database, DAY.ends + timedelta(hours=25)) == 1
    await log.keep(record(2, at=DAY.ends - timedelta(minutes=10)))
    assert await total(database, DAY.ends + timedelta(hours=26)) == 2


async def test_a_day_that_is_over_is_counted_once(log, database):
    await log.keep(record(1, at=NOON))
    assert await total(database, DAY.ends + timedelta(days=3)) == 1
    await log.keep(record(2, at=NOON))
    assert await total(database, DAY.ends + timedelta(days=3)) == 1
