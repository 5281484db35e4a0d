"""Which updates are not answered yet? Stored before they are confirmed, open until the reply was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.tables import inbox


class UpdateState(StrEnum):
    """Where an update stands."""

    OPEN = "open"
    DONE = "done"  # answered, or nothing to answer
    BAD = "bad"  # set aside: it cannot be read, or it failed too often


@dataclass(frozen=True)
class Arrival:
    """An update as it goes in: only what the white list allows. Without a body it is over at once."""

    update_id: int
    chat: int
    body: str
    state: UpdateState = UpdateState.OPEN


@dataclass(frozen=True)
class Waiting:
    """An update that is to be answered."""

    update_id: int
    chat: int
    body: str
    received: datetime
    attempts: int = 0  # counted before now, by this process or one that died
    counted: bool = False  # the first try was counted when it was stored


class Inbox:
    """The durable inbox. ``store`` commits before anything is confirmed to Telegram."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def store(self, arrivals: Sequence[Arrival], now: datetime) -> list[Waiting]:
        """Store a batch at once, the first try of each counted; those that are new and open, oldest first."""
        by_id = {arrival.update_id: arrival for arrival in reversed(arrivals)}

        async def work(connection: AsyncConnection) -> list[Arrival]:
            asked = select(inbox.c.update_id).where(inbox.c.update_id.in_(list(by_id)))
            known = set((await connection.execute(asked)).scalars())
            new = [by_id[one] for one in sorted(by_id.keys() - known)]
            if new:
                await connection.execute(insert(inbox), [_row(arrival, now) for arrival in new])
            return new

        new = await self._database.transact(work) if by_id else []
        return [
            Waiting(one.update_id, one.chat, one.body, now, counted=True)
            for one in new
            if one.state is UpdateState.OPEN
        ]

    async def open(self) -> list[Waiting]:
        """Everything that is not over, oldest first."""
        asked = select(inbox).where(inbox.c.state == UpdateState.OPEN)
        rows = await self._database.rows(asked.order_by(inbox.c.received, inbox.c.update_id))
        return [Waiting(row.update_id, row.chat_id, row.body, row.received, row.attempts) for row in rows]

    async def begin(self, update_id: int) -> None:
        """Count a try before it is made, so that an update that kills the process is set aside in the end."""
        await self._database.write(Change(_BEGIN, [{"key": update_id}]))

    async def survived(self) -> None:
        """The process ends by itself: none of what is open has killed it, so the tries of now do not count."""
        await self._database.write(Change(_SURVIVED, [{"least": 0}]))

    def ended(self, update_id: int, state: UpdateState, now: datetime) -> Change:
        """What the end of an update changes; text and chat are gone with it."""
        return Change(_END, [{"key": update_id, "to": state, "at": now}])

    async def counts(self) -> dict[UpdateState, int]:
        """How many updates stand where."""
        asked = select(inbox.c.state, func.count()).group_by(inbox.c.state)
        found = {UpdateState(state): count for state, count in await self._database.rows(asked)}
        return {state: found.get(state, 0) for state in UpdateState}


_BEGIN = update(inbox).where(inbox.c.update_id == bindparam("key")).values(attempts=inbox.c.attempts + 1)
_SURVIVED = (
    update(inbox)
    .where(inbox.c.state == UpdateState.OPEN, inbox.c.attempts > bindparam("least"))
    .values(attempts=inbox.c.attempts - 1)
)
_END = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("key"))
    .values(state=bindparam("to"), ended=bindparam("at"), body=None, chat_id=None)
)


def _row(arrival: Arrival, now: datetime) -> dict[str, object]:
    row = {"update_id": arrival.update_id, "received": now, "state": arrival.state}
    if arrival.state is UpdateState.OPEN:
        return row | {"chat_id": arrival.chat, "body": arrival.body, "attempts": 1, "ended": None}
    return row | {"chat_id": None, "body": None, "attempts": 0, "ended": now}
