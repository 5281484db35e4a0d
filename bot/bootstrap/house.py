"""Which parts does every channel need, and who connects them? Owns the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.assistant import Assistant
from bot.errors import KnowledgeError, SettingsError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import read_files
from bot.live import Live
from bot.live.holding import answering, kept

LAST_GOOD_FILE = "knowledge.json"
"""In the data folder: the last good knowledge."""


@dataclass(frozen=True)
class House:
    """The parts every channel needs, already connected."""

    live: Live
    assistant: Assistant
    at: datetime | None = None  # a fixed moment; None for the real clock

    def now(self) -> datetime:
        """The moment in the region's local time."""
        return moment(self.live.snapshot.knowledge, self.at)


def assemble(knowledge_dir: Path, at: datetime | None = None, last_good: Path | None = None) -> House:
    """Connect the parts around a knowledge folder.

    Args:
        knowledge_dir: The folder.
        at: A fixed moment to answer at, local time of the region when naive; None for the real clock.
        last_good: Where the last good knowledge is kept, to start with when the folder is broken.
    """
    live = Live(_folder(knowledge_dir), last_good)
    return House(live, Assistant(live, time.perf_counter), at)


def known(knowledge_dir: Path, last_good: Path, left_out: Callable[[str], None]) -> KnowledgeBase:
    """The knowledge alone, for who needs its names and its time: nothing is understood with it.

    Args:
        knowledge_dir: The folder.
        last_good: Where the last good knowledge is kept; of what is broken in the folder its version is taken.
        left_out: Hears which broken files have no good version: the rest does without them.

    Raises:
        KnowledgeError: Nothing can be read without a file that is broken.
    """
    files = files_of(_folder(knowledge_dir))
    held = answering(files, kept(last_good), lambda tried: read_files(tried).problems)
    found = read_files(files if held is None else held)
    if found.knowledge is None:
        raise KnowledgeError(found.problems)
    if out := sorted(name for name, raw in files.items() if isinstance(raw, bytes) and name not in (held or files)):
        left_out(", ".join(out))
    return found.knowledge


def _folder(knowledge_dir: Path) -> Path:
    if not knowledge_dir.is_dir():
        raise SettingsError(f"the knowledge folder {knowledge_dir} does not exist")
    return knowledge_dir


def moment(knowledge: KnowledgeBase, at: datetime | None = None) -> datetime:
    """A moment in the region's local time: the given one, naive or aware, or now."""
    zone = knowledge.region.zone
    if at is None:
        return datetime.now(zone)
    return at if at.tzinfo else at.replace(tzinfo=zone)
