"""What a conversation remembers between turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.understanding.result import Topic

IDLE = timedelta(minutes=15)
TOGETHER = timedelta(seconds=10)
"""How soon a message must follow another to be read as its continuation."""


@dataclass(frozen=True)
class Session:
    """Topic, declines in a row, and the moment of the last turn (aware; None before the first).

    ``unanswered`` is what was just written and made no question yet, masked; it is never stored.
    """

    topic: Topic | None = None
    declines: int = 0
    at: datetime | None = None
    unanswered: str = ""

    def fresh(self, now: datetime) -> Session:
        """This session at a moment: what was idle for 15 minutes is forgotten."""
        if self.at is None or now - self.at > IDLE:
            return Session(at=now)
        return replace(self, at=now, unanswered=self.unanswered if now - self.at <= TOGETHER else "")
