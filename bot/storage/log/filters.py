"""Which rows of the query log are wanted? Filters, and the statements that find their rows quickly."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.privacy import mask
from bot.storage.engine.dialects import Dialect
from bot.storage.tables import LATEST, answered, queries

_MOST_WORDS = 8
_NO_NUMBER = 2**63 - 1
_FEW = 3000  # rows of a service up to which gathering them is quicker than walking (measured at a million rows)


@dataclass(frozen=True)
class Filter:
    """Which rows; empty means all. Several services: any of them; several words: all of them."""

    since: datetime | None = None
    until: datetime | None = None  # exclusive
    outcomes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    feedback: str = ""
    text: str = ""

    def words(self) -> tuple[str, ...]:
        """The words searched for, personal data masked as it is in the log."""
        plain = "".join(c if c.isalnum() else " " for c in mask(self.text).text)
        return tuple(plain.split()[:_MOST_WORDS])

    def described(self) -> str:
        """This filter as JSON, for the record of who looked; what was searched for is masked."""
        plain = replace(self, text=mask(self.text).text)
        given = {name: value for name, value in vars(plain).items() if value}
        return json.dumps(given, ensure_ascii=False, default=str)


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after this row."""

    at: datetime
    id: int


async def rows_of(connection: AsyncConnection, dialect: Dialect, wanted: Filter, after: Cursor | None) -> Select[Any]:
    """The rows of a filter, newest first, from a place on."""
    words = wanted.words()
    if wanted.text and not words:
        return select(queries).where(false())
    if words:
        return _searched(dialect, wanted, words, after)
    rows: Select[Any] = _where(wanted)
    moment: ColumnElement[datetime] = queries.c.at
    if wanted.services and await _are_rare(connection, wanted.services):  # gathered from their index, and sorted
        turns = select(answered.c.turn).where(answered.c.service.in_(wanted.services))
        rows, moment = rows.where(queries.c.turn.in_(turns)), moment + literal(0)
    else:  # walked from the newest on: quick where many fit
        rows = _of_services(rows, wanted.services)
    if after:
        begins = tuple_(queries.c.at, queries.c.id) < (after.at, after.id)
        rows = rows.where(queries.c.at <= after.at, begins)
    return rows.order_by(moment.desc(), queries.c.id.desc())


def _searched(dialect: Dialect, wanted: Filter, words: Sequence[str], after: Cursor | None) -> Select[Any]:
    number = dialect.newest_first()
    rows = dialect.holding(_of_services(_where(wanted), wanted.services), words).order_by(number.desc())
    if wanted.until:
        rows = rows.where(number < _first_number_since(wanted.until + LATEST))
    return rows.where(number < after.id) if after else rows


def _where(wanted: Filter) -> Select[Any]:
    rows = select(queries)
    if wanted.since:
        rows = rows.where(queries.c.at >= wanted.since)
    if wanted.until:
        rows = rows.where(queries.c.at < wanted.until)
    if wanted.outcomes:
        rows = rows.where(queries.c.outcome.in_(wanted.outcomes))
    if wanted.feedback:
        rows = rows.where(queries.c.feedback == wanted.feedback)
    return rows


def _of_services(rows: Select[Any], services: Sequence[str]) -> Select[Any]:
    """Rows that answered one of some services, looked up row by row."""
    if not services:
        return rows
    service = answered.c.service + ""  # an expression: the row is to be found by its turn, not by its service
    return rows.where(exists().where(answered.c.turn == queries.c.turn, service.in_(services)))


async def _are_rare(connection: AsyncConnection, services: Sequence[str]) -> bool:
    some = select(answered.c.turn).where(answered.c.service.in_(services)).limit(_FEW + 1).subquery()
    return int((await connection.execute(select(func.count()).select_from(some))).scalar_one()) <= _FEW


def _first_number_since(moment: datetime) -> ColumnElement[int]:
    """A number that no row has which may still be of before ``LATEST`` ago: ids go nearly with the moments."""
    since = select(queries.c.id).where(queries.c.at >= moment).order_by(queries.c.at).limit(1)
    return func.coalesce(since.scalar_subquery(), _NO_NUMBER)
