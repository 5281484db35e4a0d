"""What does a failure mean? It may work later, it can never work, or the file itself is broken."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError, StatementError

from bot.errors import StorageError

_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PRIMARY = 0xFF  # of an extended error code. Source: sqlite.org/rescode.html
_HOPELESS = (
    OverflowError,
    UnicodeError,
    IntegrityError,
    DataError,
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,  # a value of a kind that no column holds
)


class DatabaseLostError(StorageError):
    """The database was damaged or taken away while it was open: only a fresh process can go on."""

    exit_code = 3


@contextmanager
def clearly(what: str) -> Iterator[None]:
    """Whatever fails inside is a StorageError, without the values that it was about."""
    try:
        yield
    except StorageError:
        raise
    except (SQLAlchemyError, sqlite3.Error, OSError, ValueError, OverflowError, MemoryError) as error:
        cause = getattr(error, "orig", None) or error  # SQLAlchemy adds the statement and its values: not for a log
        hopeless = not is_broken(cause) and (
            isinstance(error, _HOPELESS) or isinstance(cause, _HOPELESS) or type(error) is StatementError
        )
        shown = type(cause).__name__ if hopeless else getattr(cause, "strerror", None) or str(cause) or "out of memory"
        raise StorageError(f"{what}: {shown}", hopeless=hopeless) from cause


def is_broken(cause: BaseException | None) -> bool:
    """Whether an error says that the file is broken, not that it is locked or the disk is full."""
    if isinstance(cause, MemoryError):  # a page that was damaged asks SQLite for more than there is
        return True
    if not isinstance(cause, sqlite3.DatabaseError):
        return False
    code = getattr(cause, "sqlite_errorcode", None) or 0
    return code & _PRIMARY in _BROKEN or code == sqlite3.SQLITE_CONSTRAINT  # without saying which: the index of words
