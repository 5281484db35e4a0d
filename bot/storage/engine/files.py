"""Where does a SQLite database lie? Only its owner may read it, and what is damaged is never written over."""

import os
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import StorageError
from bot.storage.engine.failures import clearly

OLD, DAMAGED = "lama", "rusak"
"""Why a database was set aside: another one took its place, or it cannot be read."""

PARTS = ("", "-wal", "-shm")
"""A database, its journal and the journal's index, by the ends of their names."""

MOMENT = "%Y%m%dT%H%M%S%f"
"""How the names of copies say when."""


def prepare_file(path: Path) -> None:
    """Make the folder and the file, readable for this user only.

    Raises:
        StorageError: They cannot be made or written.
    """
    with clearly(f"the database {path} cannot be written"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)  # SQLite gives its journal the same rights


def set_orphan_aside(path: Path) -> Path | None:
    """Give a journal whose database is gone another name: a new database would take it for its own."""
    journal = path.with_name(path.name + "-wal")
    is_orphan = journal.exists() and not (path.exists() and path.stat().st_size)
    return set_aside(path, DAMAGED) if is_orphan else None


def inodes(path: Path) -> tuple[int | None, ...]:
    """Which files a database and its journal are; None for one that is not there."""
    return tuple(_inode(path.with_name(path.name + part)) for part in PARTS[:2])


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None


def make_new(path: Path) -> None:
    """Make an empty file, readable for this user only, where there is none.

    Raises:
        StorageError: It cannot be written, or there is a file already.
    """
    if path.exists():
        raise StorageError(f"{path} exists already; nothing was written")
    with clearly(f"{path} cannot be written"):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def name_aside(path: Path, why: str) -> Path:
    """A new name beside a database for a copy of it, which says why and when."""
    return path.with_name(f"{path.name}.{why}-{datetime.now(UTC):{MOMENT}}")


def set_aside(path: Path, why: str) -> Path | None:
    """Give a database and its journal, whichever is there, another name, which says why; None when nothing was there.

    Raises:
        StorageError: It cannot be renamed.
    """
    kept = name_aside(path, why)
    parts = [part for part in PARTS if path.with_name(path.name + part).exists()]
    with clearly(f"the database {path} cannot be set aside"):
        for part in parts:
            path.with_name(path.name + part).rename(kept.with_name(kept.name + part))
    return kept if parts else None
