"""How is something asked? What every part of an answer needs besides its subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases


@dataclass(frozen=True)
class Asking:
    """The knowledge, the moment (local time of the region), and the day and variant that were named."""

    knowledge: KnowledgeBase
    at: datetime
    day: str = ""
    variant: str = ""

    @property
    def phrases(self) -> Phrases:
        """The bot's own sentences."""
        return self.knowledge.phrases

    @property
    def today(self) -> date:
        """The date of the moment."""
        return self.at.date()
