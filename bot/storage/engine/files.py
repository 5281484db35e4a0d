"""Where does a SQLite database lie? Only its owner may read it, and what is damaged is never written over."""

import os
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import StorageError

_PARTS = ("", "-wal", "-shm")


def prepare_file(path: Path) -> None:
    """Make the folder and the file, readable for this user only.

    Raises:
        StorageError: They cannot be made or written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)  # SQLite gives its journal the same rights
    except OSError as error:
        raise StorageError(f"the database {path} cannot be written: {error.strerror}") from error


def set_aside(path: Path, why: str) -> Path | None:
    """Give a database and its journal, whichever is there, another name, which says why; None when nothing was there.

    Raises:
        StorageError: It cannot be renamed.
    """
    kept = path.with_name(f"{path.name}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    parts = [part for part in _PARTS if path.with_name(path.name + part).exists()]
    try:
        for part in parts:
            path.with_name(path.name + part).rename(kept.with_name(kept.name + part))
    except OSError as error:
        raise StorageError(f"the database {path} cannot be set aside: {error.strerror}") from error
    return kept if parts else None
