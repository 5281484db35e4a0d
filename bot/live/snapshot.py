"""What answers a question: knowledge and the matcher that was built from it."""

from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
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

    @staticmethod
    def of(knowledge: KnowledgeBase, before: "Snapshot | None" = None) -> "Snapshot":
        """Knowledge with the matcher that belongs to it; takes up to a second, less after a version much like it."""
        return Snapshot(knowledge, Matcher(knowledge, before.matcher if before else None))
