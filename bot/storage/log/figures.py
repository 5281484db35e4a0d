"""How often what? The query log counted by day; a day that is over is counted once and kept."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.tables import LATEST, answered, day_counts, queries, to_ms

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

    def as_text(self) -> str:
        """As JSON."""
        plain = {name: dict(counter) for name, counter in vars(self).items() if name != "aspects"}
        return json.dumps(plain | {"aspects": [[*key, times] for key, times in self.aspects.items()]})

    @staticmethod
    def of_text(text: str) -> "DayCounts":
        """What ``as_text`` wrote."""
        given = json.loads(text)
        aspects = Counter({(service, aspect): times for service, aspect, times in given.pop("aspects")})
        return DayCounts(aspects=aspects, **{name: Counter(counted) for name, counted in given.items()})


@dataclass(frozen=True)
class Day:
    """A day of the region: its first moment, and the first of the next."""

    begins: datetime
    ends: datetime


class Figures:
    """Figures of a query log, or of its questions that were answered with one of some services."""

    def __init__(self, database: Database, services: Sequence[str] = ()) -> None:
        self._database, self._services = database, frozenset(services)
        self._keep = database.dialect.upsert(day_counts)

    async def by_day(self, days: Sequence[Day], now: datetime) -> list[DayCounts]:
        """The counts of days, in their order."""
        first = to_ms(min(day.begins for day in days))
        kept, new = select(day_counts).where(day_counts.c.begins_ms >= first), []
        async with self._database.read() as connection:
            rows = (await connection.execute(kept)).mappings().all()
            known = {} if self._services else {(row["begins_ms"], row["ends_ms"]): row["counts"] for row in rows}
            counts = []
            for day in days:
                span = to_ms(day.begins), to_ms(day.ends)
                counted = DayCounts.of_text(known[span]) if span in known else await self._counted(connection, span)
                if span not in known and not self._services and now - day.ends > LATEST:
                    new.append({"begins_ms": span[0], "ends_ms": span[1], "counts": counted.as_text()})
                counts.append(counted)
        await self._database.write(Change(self._keep, new))
        return counts

    async def people(self, since: Sequence[datetime]) -> list[int]:
        """How many people have asked since each of some moments."""
        # One walk along the index of people; to count them apart by time would sort the whole log.
        newest = select(func.max(queries.c.at_ms).label("at_ms")).where(self._wanted())
        last = newest.group_by(queries.c.person).subquery()
        asked = select(*(func.count(case((last.c.at_ms >= to_ms(moment), 1))) for moment in since))
        return list((await self._database.rows(asked))[0])

    async def latencies_ms(self, since: Sequence[datetime]) -> list[list[float]]:
        """What the newest ten thousand questions took to understand: those since each moment, in ms, ascending."""
        kept = select(queries.c.at_ms, queries.c.latency_us).where(queries.c.at_ms >= to_ms(min(since)), self._wanted())
        newest = await self._database.rows(kept.order_by(queries.c.at_ms.desc()).limit(_SAMPLE))
        return [sorted(us / 1000 for at_ms, us in newest if at_ms >= to_ms(moment)) for moment in since]

    async def _counted(self, connection: AsyncConnection, span: tuple[int, int]) -> DayCounts:
        kinds = (queries.c.outcome, queries.c.services, queries.c.aspects, queries.c.feedback, queries.c.reason)
        within = (queries.c.at_ms >= span[0]) & (queries.c.at_ms < span[1])
        counts = DayCounts()
        asked = select(*kinds, func.count()).where(within, self._wanted()).group_by(*kinds)
        for outcome, services, aspects, feedback, reason, times in (await connection.execute(asked)).all():
            counts.outcomes[outcome] += times
            if feedback:
                counts.feedback[feedback] += times
            if reason:
                counts.reasons[reason] += times
            for service in json.loads(services):
                if self._services and service not in self._services:
                    continue
                counts.services[service] += times
                for aspect in json.loads(aspects) or [""]:
                    counts.aspects[service, aspect] += times
        return counts

    def _wanted(self) -> ColumnElement[bool]:
        if not self._services:
            return true()
        return queries.c.turn.in_(select(answered.c.turn).where(answered.c.service.in_(self._services)))
