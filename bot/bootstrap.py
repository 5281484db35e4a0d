"""Where do the parts meet? Only here; it owns the clock."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assistant import Assistant
from bot.errors import SettingsError
from bot.live import Live
from bot.privacy import pseudonym
from bot.settings import Settings, writable

KEY_FILE = "pseudonym.key"
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


def assemble(knowledge_dir: Path, at: datetime | None = None) -> House:
    """Connect the parts around a knowledge folder.

    Args:
        knowledge_dir: The folder.
        at: A fixed moment to answer at, local time of the region when naive; None for the real clock.

    Raises:
        SettingsError: There is no such folder.
        KnowledgeError: The knowledge has problems.
    """
    if not knowledge_dir.is_dir():
        raise SettingsError(f"the knowledge folder {knowledge_dir} does not exist")
    live = Live(knowledge_dir)
    zone = ZoneInfo(live.snapshot.knowledge.region.timezone)
    if at is None:
        now: Callable[[], datetime] = partial(datetime.now, zone)
    else:
        moment = at if at.tzinfo else at.replace(tzinfo=zone)
        now = lambda: moment  # noqa: E731 - a clock that stands still
    return House(live, Assistant(live, time.perf_counter), now)


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
