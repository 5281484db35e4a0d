"""What differs between SQLite and PostgreSQL? Nothing of either stands outside this file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import DDL, ColumnElement, Executable, Integer, Select, Table, column, event, table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingsError
from bot.storage.tables import queries

_BUSY_MS = 5000
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_USABLE = f"use {' or '.join(_DRIVERS.values())}"
_NO_FILE = (None, "", ":memory:")
_CHANGES = text("SELECT total_changes()")
_MERGE = text("INSERT INTO query_words(query_words, rank) VALUES ('merge', -500)")
_MERGED_ALL = 2  # changes: fewer say that nothing was left to do. Source: sqlite.org/fts5.html, merge
_WORDS = table("query_words", column("rowid", Integer), column("query_words"))  # SQLite keeps up this index itself
for _statement in (
    "CREATE VIRTUAL TABLE query_words USING fts5(question, content='queries', content_rowid='id', prefix='3')",
    """CREATE TRIGGER query_words_in AFTER INSERT ON queries BEGIN
    INSERT INTO query_words(rowid, question) VALUES (new.id, new.question); END""",
    """CREATE TRIGGER query_words_out AFTER DELETE ON queries BEGIN
    INSERT INTO query_words(query_words, rowid, question) VALUES ('delete', old.id, old.question); END""",
):
    _made = DDL(_statement).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    event.listen(queries, "after_create", _made)


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address; None for another database.

    Raises:
        SettingsError: It is no address of a database this program can use.
    """
    try:
        parsed = make_url(url)
        dialect = parsed.get_dialect()
        if dialect.name not in _DRIVERS:
            raise SettingsError(f"DATABASE_URL names {dialect.name}, which is not supported; {_USABLE}")
        if not dialect.is_async:
            raise SettingsError(f"DATABASE_URL names the driver {dialect.driver}; {_USABLE}")
        dialect.import_dbapi()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise SettingsError(f"DATABASE_URL is no address of a database: {error}") from None
    except ImportError as error:
        raise SettingsError(f"DATABASE_URL needs the package {error.name}, which is not installed") from None
    if dialect.name != "sqlite":
        return None
    if parsed.database in _NO_FILE:
        raise SettingsError("DATABASE_URL names no file; what is asked would be lost")
    return Path(str(parsed.database))


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def make_engine(url: str, begin: str, size: int) -> AsyncEngine:
    """An engine; ``begin`` and ``size``, the statement that opens a transaction and the connections, are for SQLite."""
    if sqlite_path(url) is None:
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(
        url, pool_size=size, max_overflow=0, hide_parameters=True, connect_args={"isolation_level": None}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    # A transaction that reads first and then writes can end as SQLITE_BUSY whatever the timeout: lock at once.
    @event.listens_for(engine.sync_engine, "begin")
    def lock(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Dialect:
    """Statements that SQLite and PostgreSQL write alike but SQLAlchemy keeps apart."""

    def __init__(self, *, is_sqlite: bool) -> None:
        self._insert = sqlite.insert if is_sqlite else postgresql.insert
        self._sqlite = is_sqlite

    def insert_new(self, into: Table) -> Executable:
        """Insert; a row whose key is there already changes nothing."""
        return self._insert(into).on_conflict_do_nothing()

    def upsert(self, into: Table) -> Executable:
        """Insert, or replace everything but the key."""
        statement = self._insert(into)
        kept = {one.key: statement.excluded[one.key] for one in into.columns if not one.primary_key}
        return statement.on_conflict_do_update(index_elements=into.primary_key, set_=kept)

    def holding(self, rows: Select[Any], words: Sequence[str]) -> Select[Any]:
        """The rows of ``queries`` whose question holds all words, each the beginning of one of its own."""
        if not self._sqlite:
            return rows.where(*(queries.c.question.icontains(word, autoescape=True) for word in words))
        match = " ".join('"{}"*'.format(word.replace('"', "")) for word in words)
        return rows.join(_WORDS, _WORDS.c.rowid == queries.c.id).where(_WORDS.c.query_words.match(match))

    def newest_first(self) -> ColumnElement[int]:
        """What rows that were searched are ordered by: the index that is walked, so that the walk can stop early."""
        return _WORDS.c.rowid if self._sqlite else queries.c.id

    async def merge_words(self, connection: AsyncConnection) -> bool:
        """Rewrite a piece of the index of words, so that erased ones leave the file; whether that was the last."""
        if not self._sqlite:
            return True
        before = (await connection.execute(_CHANGES)).scalar_one()
        await connection.execute(_MERGE)
        return int((await connection.execute(_CHANGES)).scalar_one()) - int(before) < _MERGED_ALL
