"""What do people ask, and how well is it answered? Figures of today, 7 and 30 days of the region."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.storage.engine.database import Database
from bot.storage.log.figures import Day, DayCounts, Figures
from bot.storage.log.querylog import UNANSWERED

PERIODS = (1, 7, 30)
"""Days of each period, today included."""

_SHOWN = 10  # services of a period that are listed


@dataclass(frozen=True)
class ServiceFigures:
    """How often a service was asked for, and which of its aspects; "" is the service as such."""

    service: str
    questions: int
    aspects: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Statistics:
    """Figures of one period."""

    days: int
    since: date
    questions: int
    people: int
    outcomes: tuple[tuple[str, int], ...]
    unanswered: int
    services: tuple[ServiceFigures, ...]
    feedback: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    latency_p50_ms: float
    latency_p95_ms: float
    by_day: tuple[tuple[date, int, int], ...]  # day, questions, of these unanswered

    def as_json(self) -> dict[str, object]:
        """The figures under their names."""
        services = [
            {"id": one.service, "questions": one.questions, "aspects": dict(one.aspects)} for one in self.services
        ]
        by_day = [{"day": f"{day}", "questions": asked, "unanswered": open_} for day, asked, open_ in self.by_day]
        pairs = {name: dict(getattr(self, name)) for name in ("outcomes", "feedback", "reasons")}
        return {**vars(self), **pairs, "since": f"{self.since}", "services": services, "by_day": by_day}


def days_until(now: datetime, count: int) -> list[Day]:
    """The last days, today included, oldest first; ``now`` in the region's zone."""
    return [Day.of(now.date() - timedelta(days=back), now.tzinfo) for back in reversed(range(count))]


async def statistics(
    database: Database, now: datetime, periods: Sequence[int] = PERIODS, services: Sequence[str] = ()
) -> tuple[Statistics, ...]:
    """The figures of each period (in days), of all questions or of those answered with one of some services.

    Days begin at midnight of the region, in whose zone ``now`` is.
    """
    figures, days = Figures(database, services), days_until(now, max(periods))
    since = [days[-period].begins for period in periods]
    try:
        async with asyncio.TaskGroup() as group:  # whoever is stopped meanwhile leaves nobody reading behind
            counts = group.create_task(figures.by_day(days, now))
            people = group.create_task(figures.people(since))
            latencies = group.create_task(figures.latencies_ms(since))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return tuple(
        _period(days[-period:], counts.result()[-period:], asked, took)
        for period, asked, took in zip(periods, people.result(), latencies.result(), strict=True)
    )


def _period(days: list[Day], counts: list[DayCounts], people: int, latencies_ms: list[float]) -> Statistics:
    total = DayCounts()
    for one in counts:
        total.add(one)
    return Statistics(
        days=len(days),
        since=days[0].begins.date(),
        questions=total.outcomes.total(),
        people=people,
        outcomes=tuple(total.outcomes.most_common()),
        unanswered=_unanswered(total.outcomes),
        services=tuple(_service(name, times, total) for name, times in total.services.most_common(_SHOWN)),
        feedback=tuple(total.feedback.most_common()),
        reasons=tuple(total.reasons.most_common()),
        latency_p50_ms=_quantile(latencies_ms, 0.5),
        latency_p95_ms=_quantile(latencies_ms, 0.95),
        by_day=tuple(
            (day.begins.date(), one.outcomes.total(), _unanswered(one.outcomes))
            for day, one in zip(days, counts, strict=True)
        ),
    )


def _service(name: str, times: int, total: DayCounts) -> ServiceFigures:
    aspects = Counter({aspect: count for (service, aspect), count in total.aspects.items() if service == name})
    return ServiceFigures(name, times, tuple(aspects.most_common()))


def _unanswered(outcomes: Counter[str]) -> int:
    return sum(outcomes[outcome] for outcome in UNANSWERED)


def _quantile(ascending: list[float], share: float) -> float:
    return ascending[min(len(ascending) - 1, int(share * len(ascending)))] if ascending else 0.0
