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
    """Connect the parts around a knowledge folder, for now or for a fixed moment.

    ``last_good`` is where the last good knowledge is kept: of what is broken in the folder its version answers.
    """
    live = Live(_folder(knowledge_dir), last_good)
    return House(live, Assistant(live, time.perf_counter), at)


def known(knowledge_dir: Path, last_good: Path, left_out: Callable[[str], None]) -> KnowledgeBase:
    """The knowledge alone, for who needs its names and its time: nothing is understood with it.

    Of what is broken in the folder the version kept in ``last_good`` is taken; ``left_out`` hears what has none.
    """
    files = files_of(_folder(knowledge_dir))
    held = answering(files, kept(last_good), lambda tried: read_files(tried).problems) or files
    found = read_files(held)
    if found.knowledge is None:
        raise KnowledgeError(found.problems)
    out = [name for name, raw in files.items() if isinstance(raw, bytes) and not isinstance(held.get(name), bytes)]
    if out:
        left_out(", ".join(out))
    return found.knowledge


def _folder(knowledge_dir: Path) -> Path:
    if not knowledge_dir.is_dir():
        raise SettingsError(f"the knowledge folder {knowledge_dir} does not exist")
    return knowledge_dir


def moment(knowledge: KnowledgeBase, at: datetime | None = None) -> datetime:
    """A moment in the region's local time: the given one, naive or aware, or now."""
    zone = knowledge.region.zone
    shown = at or datetime.now(zone)
    return shown if shown.tzinfo else shown.replace(tzinfo=zone)
