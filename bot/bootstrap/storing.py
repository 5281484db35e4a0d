"""Where is what people ask kept, and under which names?"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

from bot.assistant import Handled
from bot.channels.terminal import HERE
from bot.errors import SettingsError
from bot.privacy import pseudonym
from bot.settings import Settings, writable
from bot.storage.engine.database import Database
from bot.storage.engine.dialects import sqlite_path, sqlite_url
from bot.storage.engine.locking import alone_answering, in_use
from bot.storage.engine.repair import is_whole, repair
from bot.storage.log.erasing import is_named_by
from bot.storage.log.querylog import QueryLog

DATABASE_FILE = "tanya.db"
KEY_FILE = "pseudonym.key"

_KEY_CHARACTERS = 64  # 256 bits in hexadecimal
_OTHERS = 0o007
_CHECKED_S = 0.5  # at start; what is not looked at by then is, once the bot answers


def pseudonyms(settings: Settings) -> Callable[[int], str]:
    """How people are named in what is stored; the key is made and kept in the data folder when none is set."""
    given = settings.pseudonym_key.get_secret_value().encode()
    return partial(pseudonym, given or _kept_key(writable(settings.data_dir) / KEY_FILE))


async def names_of_people(settings: Settings, database: Database) -> Callable[[int], str]:
    """The same, where the database names people by that key too."""
    name_of = pseudonyms(settings)
    if not await is_named_by(database, name_of(0)):  # nobody has this number: its name tells keys apart
        where = f"{settings.data_dir / KEY_FILE} or PSEUDONYM_KEY"
        raise SettingsError(
            f"the database was written with another pseudonym key, so nobody's questions could be found to be erased; "
            f"put that key back ({where}), or move {DATABASE_FILE} away to begin a new one"
        )
    return name_of


def _kept_key(path: Path) -> bytes:
    try:
        if not path.exists() or not path.stat().st_size:
            fresh = path.with_name(f"{path.name}.baru")  # a process that is killed leaves a whole key or none
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(_KEY_CHARACTERS // 2), encoding="ascii")
            fresh.replace(path)
        with suppress(PermissionError):
            path.chmod(0o600)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the pseudonym key {path} cannot be read or written: {error}") from None
    if len(key) < _KEY_CHARACTERS:
        raise SettingsError(f"the pseudonym key {path} is damaged; restore it from a backup")
    if path.stat().st_mode & _OTHERS:
        raise SettingsError(f"the pseudonym key {path} can be read by everybody; let only its owner read it")
    return key.encode()


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database that was set, or SQLite in the data folder."""
    url = database_url(settings)
    path = sqlite_path(url)
    with in_use(path) if path else nullcontext():  # nobody replaces the file meanwhile
        async with await Database.open(url) as database:
            yield database


@asynccontextmanager
async def answering_database(settings: Settings) -> AsyncIterator[Database]:
    """The same, and whole, for the one process that answers: any other one waits here until that one has ended."""
    path = sqlite_path(database_url(settings))
    async with alone_answering(path or writable(settings.data_dir) / DATABASE_FILE):
        if path and not await asyncio.to_thread(is_whole, path, _CHECKED_S):
            await asyncio.to_thread(repair, path)
        async with open_database(settings) as database:
            yield database


@contextmanager
def recording(settings: Settings) -> Iterator[Callable[[Handled], None]]:
    """What keeps a conversation of the terminal in the query log."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        database = runner.run(stack.enter_async_context(open_database(settings)))
        log = QueryLog(database)

        def keep(handled: Handled) -> None:
            runner.run(database.write(*log.left_by(HERE, handled.record, handled.decision)))

        try:
            yield keep
        finally:
            runner.run(stack.aclose())


def database_url(settings: Settings) -> str:
    """The address that was set, or that of the SQLite file in the data folder."""
    return settings.database_url or sqlite_url(writable(settings.data_dir) / DATABASE_FILE)
