"""What do people ask, and what became of it? The query log: written once, rated, read by page, erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Float, bindparam, delete, func, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.decision import Decision
from bot.conversation.turn import Picked, QueryRecord, Rated, Rating
from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.log.filters import Cursor, Filter, rows_of
from bot.storage.tables import answered, day_counts, looks, queries

UNANSWERED = ("decline", "person")
"""Outcomes that left a question without its answer."""

_ERASED_AT_ONCE = 5000


class Asked(NamedTuple):
    """A row of the query log. An export reads a million of them."""

    id: int
    turn: str
    at: datetime  # aware, UTC
    channel: str
    person: str  # pseudonym
    question: str  # masked
    outcome: str
    services: tuple[str, ...]  # answered
    scores: tuple[tuple[str, float], ...]  # candidates, best first
    aspects: tuple[str, ...]
    latency_ms: float
    version: str  # of the knowledge
    feedback: str  # "", "baik", "buruk"
    reason: str
    found: tuple[str, ...]  # kinds of personal data


@dataclass(frozen=True)
class Page:
    """Rows, newest first, and where the next page begins; None at the end."""

    rows: tuple[Asked, ...]
    following: Cursor | None = None


class QueryLog:
    """The query log of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.dialect.insert_new(queries)
        self._answered = database.dialect.insert_new(answered)

    def left_by(self, person: str, record: QueryRecord | None, decision: Decision) -> list[Change]:
        """What keeping a turn of a person changes: its row, or what it says about an earlier one."""
        return [
            *(self.changes(record) if record else ()),
            *(self.rating(decision.rated, person) if decision.rated else ()),
            *([self.choice(decision.picked, person)] if decision.picked else ()),
        ]

    def changes(self, record: QueryRecord) -> list[Change]:
        """What keeping a record changes; the same turn again changes nothing."""
        turn = record.turn
        row = {
            "turn": turn.id,
            "at": turn.at,
            "channel": turn.channel,
            "person": turn.user,
            "question": turn.said if isinstance(turn.said, str) else "",
            "outcome": record.outcome.value,
            "services": record.services,
            "scores": [[name, round(score, 4)] for name, score in record.scores],
            "aspects": record.aspects,
            "latency_us": round(record.latency_ms * 1000),
            "version": record.version,
            "found": turn.found,
        }
        links = [{"service": service, "at": turn.at, "turn": turn.id} for service in dict.fromkeys(record.services)]
        return [Change(self._insert, [row]), Change(self._answered, links)]

    def rating(self, rated: Rated, person: str) -> list[Change]:
        """What a rating changes; only who asked can rate."""
        reason = "" if rated.value in {Rating.GOOD, Rating.BAD} else rated.value.value
        feedback = Rating.GOOD if rated.value is Rating.GOOD else Rating.BAD
        row = {"key": rated.turn, "who": person, "given": feedback.value, "why": reason}
        return [Change(_RATE, [row]), Change(_RECOUNT_DAY, [{"key": rated.turn}])]

    def choice(self, picked: Picked, person: str) -> Change:
        """What choosing of what was offered changes; only who asked can choose."""
        return Change(_PICK, [{"key": picked.turn, "who": person, "subject": picked.subject}])

    async def page(self, wanted: Filter, size: int = 20, after: Cursor | None = None) -> Page:
        """A page of rows, newest first."""
        async with self._database.read() as connection:
            rows = await rows_of(connection, self._database.dialect, wanted, after)
            found = (await connection.execute(rows.with_only_columns(*_ASKED).limit(size + 1))).all()
        page = tuple(map(Asked._make, found[:size]))
        return Page(page, Cursor(page[-1].at, page[-1].id) if len(found) > size else None)

    async def erase(self, person: str) -> int:
        """Erase everything a person asked; how many rows that were."""
        return await self._erase(queries.c.person == person)

    async def purge(self, before: datetime) -> int:
        """Erase what is older; how many rows that were."""
        return await self._erase(queries.c.at < before)

    async def _erase(self, which: ColumnElement[bool]) -> int:
        some = select(queries.c.turn, queries.c.at).where(which).limit(_ERASED_AT_ONCE)

        async def work(connection: AsyncConnection) -> int:
            rows = [{"key": turn, "at": at} for turn, at in await connection.execute(some)]
            if rows:
                await connection.execute(_ERASE, rows)
                await connection.execute(_RECOUNT, rows)
            return len(rows)

        total = 0
        while count := await self._database.transact(work):  # in pieces, so that answers need not wait
            total += count
        while total and not await self._database.transact(self._database.dialect.merge_words):
            pass  # 0.1 s a piece, a second in all, measured at a million rows
        return total

    async def looked(self, who: str, what: str, wanted: Filter | str, rows: int, now: datetime) -> None:
        """Record that somebody read, exported or erased."""
        detail = wanted if isinstance(wanted, str) else wanted.described()
        row = {"at": now, "who": who, "what": what, "detail": detail, "rows": rows}
        await self._database.write(Change(_LOOK, [row]))


_row = queries.c
_ASKED = (  # in the order of ``Asked``
    *(_row.id, _row.turn, _row.at, _row.channel, _row.person, _row.question, _row.outcome),
    *(_row.services, _row.scores, _row.aspects, type_coerce(_row.latency_us / 1000.0, Float), _row.version),
    *(func.coalesce(_row.feedback, ""), func.coalesce(_row.reason, ""), _row.found),
)
_LOOK = insert(looks)
_OF_ONE = update(queries).where(queries.c.turn == bindparam("key"), queries.c.person == bindparam("who"))
_RATE = _OF_ONE.values(feedback=bindparam("given"), reason=bindparam("why"))
_PICK = _OF_ONE.values(picked=bindparam("subject"))
_RATED_AT = select(queries.c.at).where(queries.c.turn == bindparam("key")).scalar_subquery()
_RECOUNT_DAY = delete(day_counts).where(day_counts.c.begins <= _RATED_AT, day_counts.c.ends > _RATED_AT)
_RECOUNT = delete(day_counts).where(day_counts.c.begins <= bindparam("at"), day_counts.c.ends > bindparam("at"))
_ERASE = delete(queries).where(queries.c.turn == bindparam("key"))
