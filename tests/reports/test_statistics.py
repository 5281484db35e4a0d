import asyncio
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.turn import Outcome, Rated, Rating
from bot.errors import StorageError
from bot.knowledge.vocabulary import Aspect
from bot.reports.statistics import ServiceFigures, days_until, statistics
from bot.storage.log.figures import Figures
from tests.storage.conftest import record

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 0, 30, tzinfo=ZONE)  # half an hour into the region's day; in UTC still yesterday


async def test_days_begin_at_the_midnight_of_the_region(database, log):
    await log.keep(record(1, at=NOW - timedelta(minutes=29)))
    await log.keep(record(2, at=NOW - timedelta(minutes=31)))
    today, week, _ = await statistics(database, NOW)
    assert (today.questions, week.questions) == (1, 2)
    assert week.by_day[-2:] == ((date(2026, 11, 23), 1, 0), (date(2026, 11, 24), 1, 0))


async def test_each_period_counts_what_lies_in_it(database, log):
    for number, days in enumerate((0, 1, 6, 7, 29, 30)):
        await log.keep(record(number, at=NOW - timedelta(days=days)))
    assert [one.questions for one in await statistics(database, NOW)] == [1, 3, 5]


async def test_each_period_counts_its_own_people_once(database, log):
    for number, (user, days) in enumerate([("a", 0), ("a", 5), ("b", 5), ("c", 29), ("d", 31)]):
        await log.keep(record(number, at=NOW - timedelta(days=days), user=user))
    assert [one.people for one in await statistics(database, NOW)] == [1, 2, 3]


async def test_services_are_counted_with_the_aspects_asked_of_them(database, log):
    await log.keep(record(1, at=NOW, aspects=(Aspect.COST, Aspect.STEPS)))
    await log.keep(record(2, at=NOW, aspects=()))
    await log.keep(record(3, at=NOW, services=("kk-baru",), aspects=(Aspect.COST,)))
    today = (await statistics(database, NOW + timedelta(seconds=1)))[0]
    assert today.services == (
        ServiceFigures("ktp-hilang", 2, (("biaya", 1), ("alur", 1), ("", 1))),
        ServiceFigures("kk-baru", 1, (("biaya", 1),)),
    )


async def test_outcomes_people_feedback_and_latency(database, log):
    await log.keep(record(1, at=NOW, user="a", latency_ms=1.0))
    await log.keep(record(2, at=NOW, user="a", latency_ms=3.0, outcome=Outcome.DECLINE, services=()))
    await log.keep(record(3, at=NOW, user="b", latency_ms=2.0))
    await log.rate(Rated("turn-1", Rating.OUTDATED), "a")
    await log.rate(Rated("turn-3", Rating.GOOD), "b")
    today = (await statistics(database, NOW + timedelta(seconds=1)))[0]
    assert (today.people, today.unanswered) == (2, 1)
    assert dict(today.outcomes) == {"answer": 2, "decline": 1}
    assert (dict(today.feedback), dict(today.reasons)) == ({"buruk": 1, "baik": 1}, {"sudah berubah": 1})
    assert (today.latency_p50_ms, today.latency_p95_ms) == (2.0, 3.0)


async def test_a_day_that_was_counted_is_counted_anew_when_a_rating_or_an_erasure_changes_it(database, log):
    yesterday = NOW - timedelta(days=1)
    await log.keep(record(1, at=yesterday, user="a"))
    await log.keep(record(2, at=yesterday, user="b"))
    assert (await statistics(database, NOW))[1].questions == 2
    await log.rate(Rated("turn-1", Rating.BAD), "a")
    assert dict((await statistics(database, NOW))[1].feedback) == {"buruk": 1}
    await log.erase("a")
    week = (await statistics(database, NOW))[1]
    assert (week.questions, week.feedback) == (1, ())


async def test_without_questions_there_are_figures_all_the_same(database):
    today = (await statistics(database, NOW))[0]
    assert (today.questions, today.people, today.services, today.latency_p95_ms) == (0, 0, (), 0.0)
    assert today.as_json()["since"] == "2026-11-24"


def test_days_follow_each_other_without_a_gap():
    days = days_until(NOW, 3)
    assert [day.begins.date() for day in days] == [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)]
    assert [day.ends for day in days[:-1]] == [day.begins for day in days[1:]]


async def test_who_is_stopped_while_counting_leaves_nobody_reading(database, monkeypatch):
    ended = []

    async def slow(figures, since):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(0.01)  # as a connection takes its time to be given back
            ended.append(figures)

    monkeypatch.setattr(Figures, "people", slow)
    monkeypatch.setattr(Figures, "latencies_ms", lambda *_: asyncio.sleep(10))
    counting = asyncio.create_task(statistics(database, NOW))
    await asyncio.sleep(0.1)
    counting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await counting
    assert len(ended) == 1


async def test_that_the_log_cannot_be_read_is_said_as_it_is(database, monkeypatch):
    async def unreadable(*_):
        raise StorageError("the database cannot be read")

    monkeypatch.setattr(Figures, "people", unreadable)
    with pytest.raises(StorageError, match="cannot be read"):
        await statistics(database, NOW)


async def test_figures_of_some_services_count_only_what_was_answered_with_them(database, log):
    yesterday = NOW - timedelta(days=1)
    await log.keep(record(1, at=yesterday, user="a"))
    await log.keep(record(2, at=yesterday, user="b", services=("kk-baru", "ktp-hilang"), latency_ms=9.0))
    await log.keep(record(3, at=yesterday, user="c", outcome=Outcome.DECLINE, services=()))
    await statistics(database, NOW)  # counts the day that is over, for everybody
    (week,) = await statistics(database, NOW, (7,), ("kk-baru",))
    assert (week.days, week.questions, week.people, week.unanswered, week.latency_p50_ms) == (7, 1, 1, 0, 9.0)
    assert [one.service for one in week.services] == ["kk-baru"]
    assert (await statistics(database, NOW, (7,)))[0].questions == 3
