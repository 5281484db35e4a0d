from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.turn import Outcome, QueryRecord, Rated, Turn
from bot.knowledge.vocabulary import Aspect
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_url
from bot.storage.log.querylog import QueryLog

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def record(number: int, question: str = "syarat ktp hilang", **fields) -> QueryRecord:
    """A record; numbers are minutes after noon."""
    turn = Turn(
        id=f"turn-{number}",
        at=fields.pop("at", NOON + timedelta(minutes=number)),
        channel="telegram",
        chat="chat",
        user=fields.pop("user", "warga"),
        said=question,
        found=fields.pop("found", ()),
    )
    given = {
        "outcome": Outcome.ANSWER,
        "services": ("ktp-hilang",),
        "scores": (("ktp-hilang", 0.9123), ("ktp-rusak", 0.2)),
        "aspects": (Aspect.REQUIREMENTS,),
        "latency_ms": 0.25,
        "version": "v1",
    }
    return QueryRecord(turn=turn, **(given | fields))


class CommittingLog(QueryLog):
    """The query log, each record and rating committed by itself."""

    async def keep(self, record: QueryRecord) -> None:
        await self._database.write(*self.changes(record))

    async def rate(self, rated: Rated, person: str) -> None:
        await self._database.write(*self.rating(rated, person))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "tanya.db"


@pytest.fixture
async def database(path):
    async with await Database.open(sqlite_url(path)) as database:
        yield database


@pytest.fixture
def log(database):
    return CommittingLog(database)
