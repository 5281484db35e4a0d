"""How does one system do on all questions, as they were typed and mistyped?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import calibrate
from benchmarks.peers.figures import Figures, Pair, figures
from benchmarks.peers.judged import FOLDS, Judged, cross_validated
from benchmarks.peers.noise import KINDS, noisy
from benchmarks.peers.product import Product, cross_fitted
from benchmarks.peers.questions import IN_SCOPE, OFF_TOPIC, questions_of
from benchmarks.peers.systems import PRODUCT, build
from benchmarks.questions import Question
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load

Judge = Callable[[str, int], Judged]
"""Judges a question as typed by what was learned without the fold of its place."""


@dataclass(frozen=True)
class Examined:
    """What one system made of all questions."""

    system: str
    pairs: tuple[Pair, ...]
    clean: Figures
    noisy: dict[str, Figures]  # by kind of mistake; questions in scope only


def examine(system: str, folder: Path, file: str, seed: int) -> Examined:
    """Ask one system everything.

    Args:
        system: Name of the system.
        folder: Of the knowledge.
        file: Of the questions; empty: the knowledge's own.
        seed: Of the mistakes.
    """
    knowledge = load(folder)
    asked = questions_of(knowledge, file)
    judge = _judge(system, knowledge, asked)
    pairs = tuple((question, judge(question.text, place)) for place, question in enumerate(asked))
    ours = [(place, question) for place, question in enumerate(asked) if question.kind == IN_SCOPE]
    mistyped = {
        kind: figures([(q, judge(noisy(q.text, kind, seed), place)) for place, q in ours], knowledge.referrals)
        for kind in KINDS
    }
    return Examined(system, pairs, figures(pairs, knowledge.referrals), mistyped)


def _judge(system: str, knowledge: KnowledgeBase, asked: Sequence[Question]) -> Judge:
    if system == PRODUCT:
        products = tuple(map(Product, cross_fitted(knowledge, calibrate.collect(knowledge, asked), asked)))
        return lambda text, place: products[place % FOLDS].judge(text)
    peer = build(system, knowledge)
    off_topic = {place: peer.rank(question.text) for place, question in enumerate(asked) if question.kind == OFF_TOPIC}
    thresholds = cross_validated({place: ranked[0][1] if ranked else 0.0 for place, ranked in off_topic.items()})
    return lambda text, place: thresholds[place % FOLDS].judge(peer.rank(text))
