"""What comes in: a question or a press of a button, and the row it leaves in the query log."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.knowledge.vocabulary import Aspect
from bot.understanding.result import Topic

_VERSION = "1"
_MAX_BYTES = 64  # Telegram's limit of callback_data
_PARTS = 4
_JOINT = "+"  # between the aspects of one button
_CASE = "~"  # before the key of a case among them

IDLE = timedelta(minutes=15)
TOGETHER = timedelta(seconds=10)
"""How soon a message must follow another to be read as its continuation."""


class ActionKind(StrEnum):
    """What a button does; the value is its letter in the encoded form."""

    SHOW = "s"  # an aspect of a subject
    PICK = "p"  # one of the subjects that were offered
    ASK = "q"  # a stored question of a subject; aspect holds its key
    NONE = "n"  # none of those offered
    RATE = "r"  # aspect holds the Rating, turn the answer that is rated
    BROWSE = "b"  # agencies, or the services of one; aspect holds the page, from 0
    PERSON = "o"  # how to reach a person
    MENU = "m"  # the start
    ERASE = "e"  # what is kept about whoever presses it
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
        text = self._text()
        if text.count(":") != _PARTS - 1 or len(text.encode()) > _MAX_BYTES:
            raise ValueError(f"not an action that fits a button: {text!r}")
        return text

    @staticmethod
    def decode(text: str) -> "Action | None":
        """The action of an encoded text; None when it is unknown, broken or from an older bot."""
        parts = text.split(":")
        if len(parts) != _PARTS or parts[0][:1] != _VERSION:
            return None
        try:
            kind = ActionKind(parts[0][1:])
        except ValueError:
            return None
        return Action(kind, *parts[1:])

    @staticmethod
    def about(
        kind: ActionKind, subject: str, aspects: Iterable[Aspect] = (), turn: str = "", case: str = ""
    ) -> "Action":
        """A button about aspects of a subject in a case of that title; as many as fit, the case and the first first."""
        names = [*([_CASE + key_of(case)] if case else []), *(aspect.value for aspect in aspects)]
        action = Action(kind, subject, _JOINT.join(names), turn)
        while names and len(action._text().encode()) > _MAX_BYTES:
            names.pop()
            action = replace(action, aspect=_JOINT.join(names))
        return action

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """The aspects this button asks for; words that are none are left out."""
        return tuple(Aspect(name) for name in self.aspect.split(_JOINT) if name in set(Aspect))

    @property
    def case(self) -> str:
        """The key of the case this button is about; empty when of none."""
        return next((name.removeprefix(_CASE) for name in self.aspect.split(_JOINT) if name.startswith(_CASE)), "")

    def _text(self) -> str:
        return ":".join((_VERSION + self.kind.value, self.service, self.aspect, self.turn))


def key_of(title: str) -> str:
    """Four digits for the title of a case or a question: short enough for a button, and another title's are others."""
    return hashlib.sha256(title.encode()).hexdigest()[:4]


WELCOME = Action(ActionKind.MENU, aspect="salam")
"""What opening the bot means: hello, and what can be asked."""

OLD_BUTTON = Action(ActionKind.MENU, aspect="lama")
"""What a press means whose button is unknown, broken or from an older bot."""


class Rating(StrEnum):
    """What a person thinks of an answer; the last four say why it was bad."""

    GOOD = "baik"
    BAD = "buruk"
    WRONG_SERVICE = "salah layanan"
    INCOMPLETE = "kurang lengkap"
    OUTDATED = "sudah berubah"
    UNCLEAR = "tidak paham"


@dataclass(frozen=True)
class Rated:
    """A rating of one answer: it goes to the row of the turn that was answered."""

    turn: str
    value: Rating


@dataclass(frozen=True)
class Picked:
    """What was chosen of what an answer offered: it goes to the row of the turn that was asked back."""

    turn: str
    subject: str


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

    @property
    def conversation(self) -> str:
        """Key of the conversation it belongs to: in a group each person has one of their own."""
        return self.chat if self.chat == self.user else f"{self.chat}/{self.user}"


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


@dataclass(frozen=True)
class Session:
    """Topic, declines in a row, and the moment of the last turn (aware; None before the first).

    ``unanswered`` is what was just written and made no question yet, masked. ``draft_told``: it was said already that
    nobody at the agency has confirmed what is told.
    """

    topic: Topic | None = None
    declines: int = 0
    at: datetime | None = None
    unanswered: str = ""
    draft_told: bool = False

    def fresh(self, now: datetime) -> "Session":
        """This session at a moment: what was idle for 15 minutes is forgotten."""
        if self.at is None or now - self.at > IDLE:
            return Session(at=now)
        return replace(self, at=now, unanswered=self.unanswered if now - self.at <= TOGETHER else "")
