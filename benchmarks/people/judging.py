"""What became of a message? The same rules for the product and for a peer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.questions import Question
from bot.knowledge.language import Act

TAPS = 4  # subjects among which one can be found at a glance
FIRST_NUMBERS = 2  # that somebody in danger reads


class Fate(StrEnum):
    """What became of a message or of a stored question, the best first."""

    RIGHT = "right"
    TAP = "one tap"  # asked back, or a button: the right one is offered
    DECLINED = "declined"
    VAIN = "in vain"  # asked back without the right one
    WRONG = "wrong"


@dataclass(frozen=True)
class Served:
    """What somebody got who wrote a message."""

    answered: Sequence[str] = ()  # subjects, also those referred to
    offered: Sequence[str] = ()  # subjects of a question back, the best first
    act: Act | None = None  # what it was taken for instead


def fate_of(asked: Question, served: Served, grievances: Collection[str]) -> Fate:
    """What became of a message.

    Args:
        asked: With every acceptable subject and act.
        served: What came back.
        grievances: Subjects that tell how to complain.
    """
    wanted = {*asked.services, *(grievances if Act.COMPLAINT in asked.acts else ())}
    if served.act is not None:
        taken_well = served.act in asked.acts
        return Fate.RIGHT if taken_well else Fate.WRONG if served.act is Act.DANGER else Fate.DECLINED
    if served.answered:
        return Fate.WRONG if wanted.isdisjoint(served.answered) else Fate.RIGHT
    if served.offered:
        return Fate.VAIN if wanted.isdisjoint(served.offered[:TAPS]) else Fate.TAP
    return Fate.RIGHT if Act.NOT_OURS in asked.acts else Fate.DECLINED


@dataclass(frozen=True)
class StoredQuestion:
    """A question whose answer is stored, after the turns that lead to it."""

    turns: tuple[str, ...]
    must: tuple[str, ...]  # in lower case, each in the answer
    must_not: tuple[str, ...] = ()
    entry: str = ""  # the stored question, for who reads the misses

    @property
    def is_follow_up(self) -> bool:
        """Whether something was said before."""
        return len(self.turns) > 1

    def is_met_by(self, text: str) -> bool:
        """Whether a text answers it."""
        plain = folded(text)
        return all(one in plain for one in self.must) and not any(one in plain for one in self.must_not)


def fate_of_stored(asked: StoredQuestion, told: str, offered: Iterable[str]) -> Fate:
    """What became of a stored question: told, or one tap away.

    Args:
        asked: With what its answer must hold.
        told: The reply.
        offered: Answers behind the buttons that ask a stored question.
    """
    if asked.is_met_by(told):
        return Fate.RIGHT
    return Fate.TAP if any(map(asked.is_met_by, offered)) else Fate.WRONG


@dataclass(frozen=True)
class DangerQuestion:
    """What somebody in danger writes, or what only looks like it."""

    text: str
    numbers: tuple[str, ...] = ()  # one of these is to be told among the first; none: it only looks like danger
    kind: str = ""

    @property
    def is_danger(self) -> bool:
        """Whether somebody is in danger."""
        return bool(self.numbers)


def is_heard(asked: DangerQuestion, told: Sequence[str]) -> bool:
    """Whether a message of danger got one of its numbers among the first ones.

    Args:
        asked: With the numbers that fit.
        told: Numbers told, the first first; "119 ext 8" is 119.
    """
    first = {one for number in told[:FIRST_NUMBERS] for one in (number, number.split()[0])}
    return not first.isdisjoint(asked.numbers)


def folded(text: str) -> str:
    """A text in lower case with single spaces."""
    return " ".join(text.lower().replace("’", "'").split())
