"""What comes in: a question or a press of a button, and the row it leaves in the query log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.knowledge.model import Aspect

_VERSION = "1"
_MAX_BYTES = 64  # Telegram's limit of callback_data


class ActionKind(StrEnum):
    """What a button does; the value is its letter in the encoded form."""

    SHOW = "s"  # an aspect of a subject
    PICK = "p"  # one of the subjects that were offered
    NONE = "n"  # none of those offered
    RATE = "r"  # aspect holds "baik" or "buruk", or a reason
    BROWSE = "b"  # agencies, or the services of one
    PERSON = "o"  # how to reach a person
    MENU = "m"  # the start
    ADMIN = "a"  # an admin's act; ``service`` holds which, ``aspect`` its argument


@dataclass(frozen=True)
class Action:
    """A button as a value: it travels encoded and comes back as it was."""

    kind: ActionKind
    service: str = ""
    aspect: str = ""
    turn: str = ""

    def encode(self) -> str:
        """Text of at most 64 bytes.

        Raises:
            ValueError: The parts are too long or hold a colon.
        """
        parts = (_VERSION + self.kind.value, self.service, self.aspect, self.turn)
        text = ":".join(parts)
        if text.count(":") != len(parts) - 1 or len(text.encode()) > _MAX_BYTES:
            raise ValueError(f"not an action that fits a button: {text!r}")
        return text

    @staticmethod
    def decode(text: str) -> Action | None:
        """The action of an encoded text; None when it is unknown, broken or from an older bot."""
        parts = text.split(":")
        if len(parts) != 4 or parts[0][:1] != _VERSION:
            return None
        try:
            kind = ActionKind(parts[0][1:])
        except ValueError:
            return None
        return Action(kind, *parts[1:])


@dataclass(frozen=True)
class Turn:
    """One thing a person said or pressed, masked at the door."""

    id: str  # also the log row's and the rating buttons'; at most 16 characters of A-Za-z0-9_-
    at: datetime  # aware
    channel: str  # "telegram", "terminal"
    chat: str  # pseudonym
    user: str  # pseudonym
    said: str | Action
    found: tuple[str, ...] = ()  # kinds of personal data that were masked


class Outcome(StrEnum):
    """What kind of reply a turn gets."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFER = "refer"
    DECLINE = "decline"
    GREET = "greet"
    THANKS = "thanks"
    HELP = "help"
    EMERGENCY = "emergency"
    PERSON = "person"


@dataclass(frozen=True)
class QueryRecord:
    """A row of the query log: one question, without its sender."""

    turn: Turn
    outcome: Outcome
    services: tuple[str, ...]  # answered
    scores: tuple[tuple[str, float], ...]  # candidates, best first
    aspects: tuple[Aspect, ...]
    latency_ms: float
    version: str  # of the knowledge
