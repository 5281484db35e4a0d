"""How often what? The query log counted by day; a day that is over is counted once and kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.tables import LATEST, answered, day_counts, queries

_SAMPLE = 10_000  # newest questions whose latencies are looked at


@dataclass
class DayCounts:
    """What was counted; a service's aspect is "" when none was asked for."""

    outcomes: Counter[str] = field(default_factory=Counter)
    aspects: Counter[tuple[str, str]] = field(default_factory=Counter)  # service, aspect
    services: Counter[str] = field(default_factory=Counter)
    feedback: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, other: "DayCounts") -> None:
        """Count what another one counted."""
        for name, counter in vars(other).items():
            getattr(self, name).update(counter)

    def as_json(self) -> dict[str, Any]:
        """As JSON can say it."""
        return vars(self) | {"aspects": [(*key, times) for key, times in self.aspects.items()]}

    @staticmethod
    def of(given: dict[str, Any]) -> "DayCounts":
        """What ``as_json`` said."""
        aspects = {(service, aspect): times for service, aspect, times in given["aspects"]}
        return DayCounts(**{name: Counter(counted) for name, counted in (given | {"aspects": aspects}).items()})


@dataclass(frozen=True)
class Day:
    """A day of the region: its first moment, and the first of the next."""

    begins: datetime
    ends: datetime

    @staticmethod
    def of(day: date, zone: tzinfo | None) -> "Day":
        """A date of a zone, midnight to midnight."""
        return Day(*(datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1))))


class Figures:
    """Figures of a query log, or of its questions that were answered with one of some services."""

    def __init__(self, database: Database, services: Sequence[str] = ()) -> None:
        self._database, self._services = database, frozenset(services)
        self._keep = database.dialect.upsert(day_counts)

    async def by_day(self, days: Sequence[Day], now: datetime) -> list[DayCounts]:
        """The counts of days, in their order."""
        kept, new = select(day_counts).where(day_counts.c.begins >= min(day.begins for day in days)), []
        async with self._database.read() as connection:
            rows = () if self._services else (await connection.execute(kept)).all()
            known = {Day(row.begins, row.ends): row.counts for row in rows}
            counts = []
            for day in days:
                counted = DayCounts.of(known[day]) if day in known else await self._counted(connection, day)
                if day not in known and not self._services and now - day.ends > LATEST:
                    new.append({**vars(day), "counts": counted.as_json()})
                counts.append(counted)
        await self._database.write(Change(self._keep, new))
        return counts

    async def people(self, since: Sequence[datetime]) -> list[int]:
        """How many people have asked since each of some moments."""
        # One walk along the index of people; to count them apart by time would sort the whole log.
        newest = select(func.max(queries.c.at).label("at")).where(self._wanted())
        last = newest.group_by(queries.c.person).subquery()
        asked = select(*(func.count(case((last.c.at >= moment, 1))) for moment in since))
        return list((await self._database.rows(asked))[0])

    async def latencies_ms(self, since: Sequence[datetime]) -> list[list[float]]:
        """What the newest ten thousand questions took to understand: those since each moment, in ms, ascending."""
        kept = select(queries.c.at, queries.c.latency_us).where(queries.c.at >= min(since), self._wanted())
        newest = await self._database.rows(kept.order_by(queries.c.at.desc()).limit(_SAMPLE))
        return [sorted(us / 1000 for at, us in newest if at >= moment) for moment in since]

    async def _counted(self, connection: AsyncConnection, day: Day) -> DayCounts:
        kinds = (queries.c.outcome, queries.c.services, queries.c.aspects, queries.c.feedback, queries.c.reason)
        within = (queries.c.at >= day.begins) & (queries.c.at < day.ends)
        counts = DayCounts()
        asked = select(*kinds, func.count()).where(within, self._wanted()).group_by(*kinds)
        for outcome, services, aspects, feedback, reason, times in (await connection.execute(asked)).all():
            counts.outcomes[outcome] += times
            if feedback:
                counts.feedback[feedback] += times
            if reason:
                counts.reasons[reason] += times
            for service in services:
                if self._services and service not in self._services:
                    continue
                counts.services[service] += times
                for aspect in aspects or [""]:
                    counts.aspects[service, aspect] += times
        return counts

    def _wanted(self) -> ColumnElement[bool]:
        if not self._services:
            return true()
        return queries.c.turn.in_(select(answered.c.turn).where(answered.c.service.in_(self._services)))
