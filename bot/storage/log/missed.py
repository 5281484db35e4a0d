"""Which questions were left without a good answer, and which of their groups has somebody dealt with?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, case, exists, literal, not_, select, type_coerce, union_all

from bot.conversation.turn import IDLE, Outcome, Rating
from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.tables import queries, suggestion_marks

_UNANSWERED = (Outcome.DECLINE.value, Outcome.PERSON.value, Outcome.CLARIFY.value)
_HELPED = (Outcome.ANSWER.value, Outcome.REFER.value)
_IDLE_MS = literal(IDLE // timedelta(milliseconds=1))


class Missed(NamedTuple):
    """A question that was not answered, or whose answer was voted down. A hundred thousand of them may be read."""

    turn: str
    at: datetime
    person: str  # pseudonym
    question: str  # masked
    outcome: str
    scores: str  # JSON: candidates at that time, best first: [[id, score], …]
    voted_down: bool
    wrong: str  # JSON: ids of what was answered to somebody who had asked for something else


class MarkState(StrEnum):
    """What somebody did about a group."""

    HANDLED = "handled"  # what is asked from then on counts again
    IGNORED = "ignored"
    NEW = "new"  # no service of ours: it stays, without a proposal


@dataclass(frozen=True)
class Mark:
    """A group that somebody has dealt with, known by what its questions have in common."""

    words: tuple[str, ...]  # official words, sorted
    state: MarkState
    at: datetime
    who: str  # "telegram:1234", "terminal:budi"


class Suggestions:
    """What suggestions are made of."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._put = database.dialect.upsert(suggestion_marks)

    async def missed(self, since: datetime) -> tuple[Missed, ...]:
        """Questions declined, asked back about and left, or answered badly; oldest first.

        Requests for a person that followed a decline are among them; whoever asked for one at once is, too.
        """
        unanswered = and_(queries.c.outcome.in_(_UNANSWERED), not_(_chosen_after()))
        voted_down = and_(queries.c.feedback == Rating.BAD.value, not_(unanswered))
        query = union_all(_rows(since).where(unanswered), _rows(since).where(voted_down))
        return tuple(map(Missed._make, await self._database.rows(query.order_by("at", "turn"))))

    async def marks(self) -> tuple[Mark, ...]:
        """All groups that somebody has dealt with."""
        rows = await self._database.rows(select(suggestion_marks).order_by(suggestion_marks.c.words))
        return tuple(Mark(row.words, MarkState(row.state), row.at, row.who) for row in rows)

    async def are_kept(self, turns: Sequence[str]) -> bool:
        """Whether all of some questions still stand in the log."""
        kept = await self._database.rows(select(queries.c.turn).where(queries.c.turn.in_(turns)))
        return len(kept) == len(set(turns))

    async def mark(self, mark: Mark) -> None:
        """Remember that somebody has dealt with a group; the last word counts."""
        await self._database.write(Change(self._put, [vars(mark)]))


def _rows(since: datetime) -> Select[*tuple[Any, ...]]:
    row = queries.c
    scores, services = type_coerce(row.scores, Text), type_coerce(row.services, Text)  # most are never looked into
    voted_down = row.feedback.is_not_distinct_from(Rating.BAD.value)
    wrong = case((row.reason == Rating.WRONG_SERVICE.value, services), else_="[]")
    found = select(row.turn, row.at, row.person, row.question, row.outcome, scores, voted_down, wrong)
    return found.where(row.at >= since)


def _chosen_after() -> ColumnElement[bool]:
    """Whether one of what was offered was chosen: by a button, or by saying so."""
    later = queries.alias()
    said = exists().where(
        later.c.person == queries.c.person,
        later.c.at > queries.c.at,
        later.c.at <= queries.c.at + _IDLE_MS,
        later.c.outcome.in_(_HELPED),
    )
    return and_(queries.c.outcome == Outcome.CLARIFY.value, queries.c.picked.is_not(None) | said)
