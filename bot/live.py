"""Which knowledge answers right now? A snapshot, swapped as one; the last good one stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load, read
from bot.knowledge.problems import Problem
from bot.understanding.matcher import Matcher


@dataclass(frozen=True)
class Snapshot:
    """Knowledge and the matcher built from it: no question ever sees a mixture."""

    knowledge: KnowledgeBase
    matcher: Matcher

    @property
    def version(self) -> str:
        """Version of the knowledge."""
        return self.knowledge.version


class Live:
    """The current snapshot of a knowledge folder."""

    def __init__(self, folder: Path) -> None:
        """Read the folder.

        Raises:
            KnowledgeError: There is no good knowledge to start with.
        """
        self.folder = folder
        self.problems: tuple[Problem, ...] = ()
        self.snapshot = _snapshot(load(folder))

    def refresh(self) -> bool:
        """Read the folder again; whether the snapshot changed.

        With problems the last good snapshot stays, and ``problems`` says what is wrong.
        """
        loaded = read(self.folder)
        self.problems = loaded.problems
        if loaded.knowledge is None or loaded.knowledge.version == self.snapshot.version:
            return False
        self.snapshot = _snapshot(loaded.knowledge)
        return True


def _snapshot(knowledge: KnowledgeBase) -> Snapshot:
    return Snapshot(knowledge, Matcher(knowledge))
