"""How is a saved database brought back? As one file, checked before it takes the other's place."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StorageError
from bot.storage.engine.copies import erase_again
from bot.storage.engine.failures import clearly
from bot.storage.engine.files import OLD, prepare_file, set_aside
from bot.storage.engine.holding import in_use
from bot.storage.tables import HEAD


def restore(source: Path, path: Path) -> Path | None:
    """Put a copy in the place of a database file; where that one was set aside, None when there was none.

    Who was erased since the copy was made is erased in it.

    Raises:
        StorageError: The copy is damaged or none of ours, or the database is in use. Nothing was changed.
    """
    check(source)
    with in_use(path, alone=True):
        fresh = path.with_name(f"{path.name}.baru")
        with clearly("the copy cannot be put in place"):
            fresh.unlink(missing_ok=True)
            prepare_file(fresh)
            shutil.copyfile(source, fresh)
            erase_again(fresh, path)
            kept = set_aside(path, OLD)  # a journal without its database too: it would be played into the copy
            fresh.replace(path)
    return kept


def check(source: Path) -> None:
    """Whether a file is a whole copy of our database.

    Raises:
        StorageError: It is not.
    """
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            state = connection.execute("PRAGMA integrity_check").fetchone()[0]
            versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error as error:
        raise StorageError(f"{source} is no copy of the database: {error}") from None
    if state != "ok":
        raise StorageError(f"{source} is damaged: {state}")
    if any(version > HEAD for (version,) in versions):
        raise StorageError(f"{source} comes from a newer version of this program")
