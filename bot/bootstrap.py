"""Where do the parts meet? Only here; it owns the clock."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import structlog

from bot.access import Access
from bot.assistant import Assistant, Handled
from bot.errors import SettingsError
from bot.live import Live
from bot.logs import set_up
from bot.privacy import pseudonym
from bot.settings import Settings, writable

if TYPE_CHECKING:
    from bot.authoring.desk.importing import Imported
    from bot.knowledge.base import KnowledgeBase
    from bot.storage.engine.database import Database

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

DATABASE_FILE = "tanya.db"
LAST_GOOD_FILE = "knowledge.json"
KEY_FILE = "pseudonym.key"
_STANDSTILL_CODE = 3
_KEY_CHARACTERS = 64  # 256 bits in hexadecimal


@dataclass(frozen=True)
class House:
    """The parts every channel needs, already connected."""

    live: Live
    assistant: Assistant
    now: Callable[[], datetime]

    @property
    def timezone(self) -> ZoneInfo:
        """Time zone of the region."""
        return ZoneInfo(self.live.snapshot.knowledge.region.timezone)


def assemble(knowledge_dir: Path, at: datetime | None = None, last_good: Path | None = None) -> House:
    """Connect the parts around a knowledge folder.

    Args:
        knowledge_dir: The folder.
        at: A fixed moment to answer at, local time of the region when naive; None for the real clock.
        last_good: Where the last good knowledge is kept, to start with when the folder is broken.

    Raises:
        SettingsError: There is no such folder.
        KnowledgeError: The knowledge has problems.
    """
    if not knowledge_dir.is_dir():
        raise SettingsError(f"the knowledge folder {knowledge_dir} does not exist")
    live = Live(knowledge_dir, last_good)
    return House(live, Assistant(live, time.perf_counter), partial(moment, live.snapshot.knowledge, at))


def moment(knowledge: KnowledgeBase, at: datetime | None = None) -> datetime:
    """A moment in the region's local time: the given one, naive or aware, or now."""
    zone = ZoneInfo(knowledge.region.timezone)
    if at is None:
        return datetime.now(zone)
    return at if at.tzinfo else at.replace(tzinfo=zone)


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


async def serve(settings: Settings) -> None:
    """Answer in Telegram until a signal says stop.

    Raises:
        SettingsError: A setting cannot be used, or Telegram does not accept the token.
        KnowledgeError: The knowledge has problems.
        StorageError: The database cannot be used.
        SystemExit: With 3, when nothing comes in any more and only a fresh process helps.
    """
    # Slow to import, and needed by no other command.
    from bot.authoring.changing.changes import Changes  # noqa: PLC0415
    from bot.authoring.changing.folder import recover  # noqa: PLC0415
    from bot.authoring.desk.desk import Desk  # noqa: PLC0415
    from bot.channels.telegram.admin.knowledge import Alarm  # noqa: PLC0415
    from bot.channels.telegram.assembly import Plan, open_channel  # noqa: PLC0415
    from bot.channels.telegram.delivery.delivery import StandstillError, stop_on_signals  # noqa: PLC0415
    from bot.channels.telegram.delivery.waiting import Clocks  # noqa: PLC0415
    from bot.storage.history import ChangeLog  # noqa: PLC0415

    token = settings.telegram_bot_token.get_secret_value()
    set_up(secrets=[token, settings.webhook_secret.get_secret_value()])
    name_of = pseudonyms(settings)
    plan = Plan(
        token=token,
        api_url=settings.telegram_api_url,
        per_minute=settings.rate_limit_per_minute,
        concurrency=settings.concurrency,
        access=Access(settings.admin_ids, settings.agency_admins),
    )
    retention = timedelta(days=settings.log_retention_days)
    async with open_database(settings) as database:
        history = ChangeLog(database)
        await recover(settings.knowledge_dir, history)
        house = assemble(settings.knowledge_dir, last_good=writable(settings.data_dir) / LAST_GOOD_FILE)
        desk = Desk(plan.access, Changes(house.live, history, house.now))
        clocks = Clocks(house.now, time.monotonic)
        channel = open_channel(plan, house.assistant, database, name_of, clocks, desk=desk)
        alarm = Alarm(channel.application.bot, desk)
        try:
            async with _beside(house.live.watch(alarm), channel.keeping.keep_tidy(retention)):
                await channel.delivery.run(stop_on_signals(), channel.welcome)
        except StandstillError as error:
            _log.critical(str(error))
            raise SystemExit(_STANDSTILL_CODE) from None


@contextmanager
def recording(settings: Settings) -> Iterator[Callable[[Handled], None]]:
    """What keeps a conversation of the terminal in the query log.

    Raises:
        SettingsError: The data folder cannot be used.
        StorageError: The database cannot be used.
    """
    from bot.channels.terminal import HERE  # noqa: PLC0415 - needed by the terminal only
    from bot.storage.log.querylog import QueryLog  # noqa: PLC0415 - slow to import

    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        log = QueryLog(runner.run(stack.enter_async_context(open_database(settings))))

        def keep(handled: Handled) -> None:
            if handled.record is not None:
                runner.run(log.keep(handled.record))
            if handled.rated is not None:
                runner.run(log.rate(handled.rated, HERE))

        try:
            yield keep
        finally:
            runner.run(stack.aclose())


async def take_sheet(
    settings: Settings, folder: Path, raw: bytes, name: str, progress: Callable[[int, int], None]
) -> Imported:
    """Change a knowledge folder as a workbook says, and keep it in the history.

    Args:
        settings: Where the history is kept.
        folder: The knowledge.
        raw: The workbook.
        name: What it is called in problems.
        progress: Told after each file that was compared.

    Raises:
        SettingsError: A setting cannot be used.
        KnowledgeError: The workbook cannot be taken; nothing was written.
        StorageError: It could not be written, and all is as it was.
    """
    from bot.authoring.changing.changes import Changes  # noqa: PLC0415 - needed by this command only
    from bot.authoring.desk.importing import import_sheet  # noqa: PLC0415
    from bot.storage.history import ChangeLog  # noqa: PLC0415

    set_up(level="WARNING")
    house = assemble(folder)
    async with open_database(settings) as database:
        changes = Changes(house.live, ChangeLog(database), house.now)
        return await import_sheet(raw, name, changes, f"terminal:{os.getuid()}", progress)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database that was set, or SQLite in the data folder.

    Raises:
        SettingsError: The data folder cannot be used.
        StorageError: The database cannot be used.
    """
    from bot.storage.engine.database import Database  # noqa: PLC0415 - slow to import

    with _held(settings):
        async with await Database.open(database_url(settings)) as database:
            yield database


def database_url(settings: Settings) -> str:
    """The address that was set, or that of the SQLite file in the data folder.

    Raises:
        SettingsError: The data folder cannot be used.
    """
    from bot.storage.engine.dialects import sqlite_url  # noqa: PLC0415 - slow to import

    return settings.database_url or sqlite_url(writable(settings.data_dir) / DATABASE_FILE)


def _held(settings: Settings) -> AbstractContextManager[None]:
    """Nobody replaces the database file meanwhile."""
    from bot.storage.engine.backup import in_use  # noqa: PLC0415 - slow to import
    from bot.storage.engine.dialects import sqlite_path  # noqa: PLC0415

    path = sqlite_path(database_url(settings))
    return in_use(path) if path else nullcontext()


@asynccontextmanager
async def _beside(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let works go on as long as the inside does."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
