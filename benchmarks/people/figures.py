"""How many people are served well? Counts of messages, stored questions and danger, with the misses kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.people.asking import Reached, numbers_of, served
from benchmarks.people.judging import DangerQuestion, Fate, StoredQuestion, fate_of, fate_of_stored, is_heard
from benchmarks.people.sets import Asked
from benchmarks.questions import Question
from benchmarks.wants import text_of
from bot.assistant import Handled

T = TypeVar("T")


@dataclass(frozen=True)
class OfMessage:
    """A message and what became of it."""

    asked: Question
    handled: Handled
    fate: Fate
    unpublished: bool  # the reply opens with what is not published
    informative: bool  # of a referral the body and its contact may be all there is to say

    @property
    def heard(self) -> frozenset[str]:
        """Aspects that were heard."""
        understood = self.handled.understood
        return frozenset(aspect.value for aspect in understood.aspects) if understood else frozenset()

    @property
    def missed(self) -> bool | None:
        """Whether an aspect that was asked was not heard; None where none counts."""
        counts = self.asked.aspects and self.informative
        return not self.heard.issuperset(self.asked.aspects) if counts else None

    @property
    def guessed(self) -> bool | None:
        """Whether an aspect was heard where none was asked; None where one was."""
        return bool(self.heard) if not self.asked.aspects else None


@dataclass(frozen=True)
class OfStored:
    """A stored question and what became of it."""

    asked: StoredQuestion
    handled: Handled
    fate: Fate


@dataclass(frozen=True)
class OfDanger:
    """A message of danger, or one like it, and what became of it."""

    asked: DangerQuestion
    handled: Handled
    right: bool  # heard with one of its numbers, or not taken for danger

    @property
    def heard(self) -> bool:
        """Whether it was taken for danger, whatever numbers were told."""
        return bool(numbers_of(self.handled.reply))


def of_messages(batches: Iterable[Asked[Question]]) -> list[OfMessage]:
    """What becomes of messages."""
    return [message_of(product, one) for product, one in _each(batches)]


def message_of(product: Reached, asked: Question) -> OfMessage:
    """What becomes of a message."""
    handled, knowledge = product.talk([asked.text]), product.knowledge
    fate = fate_of(asked, served(handled), knowledge.region.grievances)
    informative = bool(set(asked.services) - set(knowledge.referrals))
    return OfMessage(asked, handled, fate, product.opens_unpublished(handled.reply), informative)


def of_stored(batches: Iterable[Asked[StoredQuestion]]) -> list[OfStored]:
    """What becomes of stored questions."""
    return [stored_of(product, one) for product, one in _each(batches)]


def stored_of(product: Reached, asked: StoredQuestion) -> OfStored:
    """What becomes of a stored question."""
    handled = product.talk(asked.turns)
    fate = fate_of_stored(asked, text_of(handled.reply), product.stored_behind(handled.reply))
    return OfStored(asked, handled, fate)


def of_dangers(batches: Iterable[Asked[DangerQuestion]]) -> list[OfDanger]:
    """What becomes of messages of danger, and of those like them."""
    return [danger_of(product, one) for product, one in _each(batches)]


def danger_of(product: Reached, asked: DangerQuestion) -> OfDanger:
    """What becomes of a message of danger, or of one like it."""
    handled = product.talk([asked.text])
    told = numbers_of(handled.reply)
    return OfDanger(asked, handled, is_heard(asked, told) if asked.is_danger else not told)


def _each(batches: Iterable[Asked[T]]) -> Iterator[tuple[Reached, T]]:
    for batch in batches:
        product = Reached.at(batch.knowledge)
        yield from ((product, one) for one in batch.questions)


def count(found: Iterable[T], holds: Callable[[T], bool | None]) -> tuple[int, int]:
    """For how many something holds, of how many where it can be said."""
    said = [held for one in found if (held := holds(one)) is not None]
    return sum(said), len(said)


def with_fate(found: Sequence[OfMessage | OfStored], *fates: Fate) -> tuple[int, int]:
    """How many have one of these fates, of how many."""
    return count(found, lambda one: one.fate in fates)
