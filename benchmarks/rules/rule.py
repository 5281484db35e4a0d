"""What is a rule, and how is the product had without it?"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bot.knowledge.base import KnowledgeBase


@dataclass(frozen=True)
class Rule:
    """A rule or a word list of the understanding."""

    name: str
    without: Callable[[KnowledgeBase], AbstractContextManager[KnowledgeBase]]
    """While this lasts, the code lacks the rule; it gives the knowledge that lacks it."""


def of_words(name: str, less: Callable[[KnowledgeBase], KnowledgeBase]) -> Rule:
    """A rule that stands in the knowledge."""

    @contextmanager
    def without(knowledge: KnowledgeBase) -> Iterator[KnowledgeBase]:
        yield less(knowledge)

    return Rule(name, without)


@dataclass(frozen=True)
class Swap:
    """Something of the code, and what stands for it where the rule is lacking."""

    where: str  # module, and class where it is one's: "bot.understanding.matcher:Matcher"
    name: str
    instead: Any

    def holder(self) -> Any:
        """The module or the class.

        Raises:
            AttributeError: It has no such name (any more).
        """
        module, _, owner = self.where.partition(":")
        holder = getattr(import_module(module), owner) if owner else import_module(module)
        if self.name not in vars(holder):
            raise AttributeError(f"{self.where} has no {self.name}")
        return holder


def of_code(name: str, *swaps: Swap) -> Rule:
    """A rule that stands in the code."""

    @contextmanager
    def without(knowledge: KnowledgeBase) -> Iterator[KnowledgeBase]:
        holders = [swap.holder() for swap in swaps]
        before = [vars(holder)[swap.name] for holder, swap in zip(holders, swaps, strict=True)]
        try:
            for holder, swap in zip(holders, swaps, strict=True):
                setattr(holder, swap.name, swap.instead)
            yield knowledge
        finally:
            for holder, swap, old in zip(holders, swaps, before, strict=True):
                setattr(holder, swap.name, old)

    return Rule(name, without)
