"""Which versions had the knowledge files, who made them, and which changes wait for a yes?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine.database import Database
from bot.storage.engine.writer import Change
from bot.storage.tables import proposals, versions

WAITING = timedelta(hours=1)
"""How long a proposal may be said yes to."""


class How(StrEnum):
    """In which way a version came about."""

    FOUND = "found"  # it lay in the folder when a change through the bot was made
    UPLOAD = "upload"
    SHEET = "sheet"
    NOTICE = "notice"
    WITHDRAW = "withdraw"
    PUT_BACK = "put_back"
    PHRASE = "phrase"
    MESSAGE = "message"  # one more of a subject, from the log
    CONFIRM = "confirm"
    RESTORE = "restore"


@dataclass(frozen=True)
class Version:
    """What a file held after a change."""

    id: int
    at: datetime
    who: str  # "telegram:1234", "terminal:budi"; empty when it is not known
    how: How
    file: str  # path below the knowledge folder
    content: bytes | None  # None: the change took the file away


@dataclass(frozen=True)
class Pending:
    """A change that waits for a yes."""

    id: str  # at most 16 characters of A-Za-z0-9_-
    at: datetime
    who: str
    how: How
    files: Mapping[str, bytes | None] = field(default_factory=dict)  # by path below the knowledge folder
    bases: Mapping[str, str] = field(default_factory=dict)  # fingerprint of the version each file was made from


def fingerprint(raw: bytes | None) -> str:
    """A short name for the bytes of a file; empty for no file."""
    return "" if raw is None else hashlib.sha256(raw).hexdigest()[:12]


class ChangeLog:
    """Versions of knowledge files and pending changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, change: Pending, at: datetime, before: Mapping[str, bytes | None]) -> None:
        """Keep what a change makes of its files, all of it or nothing; it waits to be written until it is dropped.

        What the files hold ``before`` is kept too, when it is not known yet.
        """

        async def work(connection: AsyncConnection) -> None:
            for file, content in change.files.items():
                await _found(connection, file, before.get(file), at)
                await connection.execute(insert(versions), _row(change, at, file, content))
            await connection.execute(_DROP, {"proposal": change.id})
            bases = {file: fingerprint(before.get(file)) for file in change.files}
            await connection.execute(_KEEP, _waiting(replace(change, bases=bases)))

        await self._database.transact(work)

    async def found(self, file: str, content: bytes | None, at: datetime) -> None:
        """Keep what lies in the folder, unless it is the newest version known."""
        await self._database.transact(lambda connection: _found(connection, file, content, at))

    async def unwritten(self) -> tuple[Pending, ...]:
        """Changes that were recorded and not dropped since, the oldest first."""
        query = select(proposals).where(proposals.c.id.in_(_RECORDED)).order_by(proposals.c.at)
        return tuple(map(_pending, await self._database.rows(query)))

    async def has(self, change: str) -> bool:
        """Whether a change was recorded."""
        return bool(await self._database.rows(select(versions.c.id).where(versions.c.change_id == change).limit(1)))

    async def versions(self, files: Sequence[str] = (), most: int = 20) -> tuple[Version, ...]:
        """The newest versions first, of some files or of all."""
        query = select(versions).order_by(versions.c.id.desc()).limit(most)
        if files:
            query = query.where(versions.c.file.in_(files))
        return tuple(map(_version, await self._database.rows(query)))

    async def version(self, number: int) -> Version | None:
        """One version by its number."""
        rows = await self._database.rows(select(versions).where(versions.c.id == number))
        return _version(rows[0]) if rows else None

    async def keep(self, change: Pending) -> None:
        """Let a change wait for a yes; those that waited too long go."""
        overdue = {"before": change.at - WAITING}
        await self._database.write(Change(_EXPIRE, [overdue]), Change(_KEEP, [_waiting(change)]))

    async def pending(self, proposal: str, now: datetime) -> Pending | None:
        """A change that waits; None when it was decided, waited too long, or never was."""
        query = select(proposals).where(
            proposals.c.id == proposal, proposals.c.at >= now - WAITING, proposals.c.id.not_in(_RECORDED)
        )
        rows = await self._database.rows(query)
        return _pending(rows[0]) if rows else None

    async def drop(self, proposal: str) -> None:
        """A change waits no longer."""
        await self._database.write(Change(_DROP, [{"proposal": proposal}]))


_KEEP = insert(proposals)
_DROP = delete(proposals).where(proposals.c.id == bindparam("proposal"))
_RECORDED = select(versions.c.change_id)
_EXPIRE = delete(proposals).where(proposals.c.at < bindparam("before"), proposals.c.id.not_in(_RECORDED))


async def _found(connection: AsyncConnection, file: str, content: bytes | None, at: datetime) -> None:
    query = select(versions.c.content).where(versions.c.file == file).order_by(versions.c.id.desc()).limit(1)
    newest = (await connection.execute(query)).first()
    if newest is None or newest[0] != content:
        await connection.execute(insert(versions), _row(Pending("", at, "", How.FOUND), at, file, content))


def _row(change: Pending, at: datetime, file: str, content: bytes | None) -> dict[str, Any]:
    who = {"at": at, "who": change.who, "how": change.how, "change_id": change.id}
    return who | {"file": file, "content": content}


def _waiting(change: Pending) -> dict[str, Any]:
    files = {name: raw if raw is None else raw.decode() for name, raw in change.files.items()}
    return vars(change) | {"files": files}


def _pending(row: Row[*tuple[Any, ...]]) -> Pending:
    files = {name: None if text is None else text.encode() for name, text in row.files.items()}
    return Pending(row.id, row.at, row.who, How(row.how), files, row.bases)


def _version(row: Row[*tuple[Any, ...]]) -> Version:
    return Version(row.id, row.at, row.who, How(row.how), row.file, row.content)
