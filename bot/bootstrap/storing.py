"""Where is what people ask kept, and under which names?"""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path

from bot.errors import SettingsError
from bot.privacy import pseudonym
from bot.settings import Settings, writable
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_path, sqlite_url
from bot.storage.engine.holding import answering, in_use

DATABASE_FILE = "tanya.db"


KEY_FILE = "pseudonym.key"


_KEY_CHARACTERS = 64  # 256 bits in hexadecimal


def pseudonyms(settings: Settings) -> Callable[[int], str]:
    """How people are named in what is stored; the key is made and kept in the data folder when none is set.

    Raises:
        SettingsError: The key can be neither read nor written.
    """
    given = settings.pseudonym_key.get_secret_value().encode()
    return partial(pseudonym, given or _kept_key(writable(settings.data_dir) / KEY_FILE))


def _kept_key(path: Path) -> bytes:
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(_KEY_CHARACTERS // 2), encoding="ascii")
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the pseudonym key {path} cannot be read or written: {error}") from None
    if len(key) < _KEY_CHARACTERS:
        raise SettingsError(f"the pseudonym key {path} is damaged; restore it from a backup")
    return key.encode()


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database that was set, or SQLite in the data folder.

    Raises:
        SettingsError: The data folder cannot be used.
        StorageError: The database cannot be used.
    """
    url = database_url(settings)
    path = sqlite_path(url)
    with in_use(path) if path else nullcontext():  # nobody replaces the file meanwhile
        async with await Database.open(url) as database:
            yield database


@asynccontextmanager
async def answering_database(settings: Settings) -> AsyncIterator[Database]:
    """The same for the one process that answers: any other one waits here until that one has ended.

    Raises:
        SettingsError: The data folder cannot be used.
        StorageError: The database cannot be used.
    """
    path = sqlite_path(database_url(settings)) or writable(settings.data_dir) / DATABASE_FILE
    async with answering(path), open_database(settings) as database:
        yield database


def database_url(settings: Settings) -> str:
    """The address that was set, or that of the SQLite file in the data folder.

    Raises:
        SettingsError: The data folder cannot be used.
    """
    return settings.database_url or sqlite_url(writable(settings.data_dir) / DATABASE_FILE)
