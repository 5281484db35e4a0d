"""What a conversation remembers between turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.understanding.result import Topic

IDLE = timedelta(minutes=15)


@dataclass(frozen=True)
class Session:
    """Topic, declines in a row, and the moment of the last turn (aware; None before the first)."""

    topic: Topic | None = None
    declines: int = 0
    at: datetime | None = None

    def fresh(self, now: datetime) -> Session:
        """This session at a moment: what was idle for 15 minutes is forgotten."""
        if self.at is None or now - self.at > IDLE:
            return Session(at=now)
        return replace(self, at=now)
