"""What does a system do with a question? Answer, offer a few, or decline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from benchmarks.peers.corpus import Ranked

OFFERED = 4  # most that can be offered at once
FOLDS = 5
_ANSWERED_OFF_TOPIC = 0.01  # share of off-topic questions a peer may answer
_HEARD_OFF_TOPIC = 0.10  # share it may answer or ask back


class Step(StrEnum):
    """What is done with a question."""

    ANSWER = "answer"
    OFFER = "offer"
    DECLINE = "decline"


@dataclass(frozen=True)
class Judged:
    """What one system made of one question."""

    ranked: tuple[str, ...]  # subjects, best first
    score: float  # the surer, the higher; the scale is the system's own
    step: Step
    named: tuple[str, ...] = ()  # subjects answered or offered
    aspects: frozenset[str] | None = None  # None: the system knows no aspects
    outcome: str = ""  # the product's own word for what it did


@dataclass(frozen=True)
class Thresholds:
    """Scores from which a peer answers, and from which it offers."""

    answer: float
    offer: float

    @staticmethod
    def of(off_topic: Sequence[float]) -> "Thresholds":
        """The lowest that let about 1 % of off-topic questions be answered, and 10 % answered or asked back."""
        if not off_topic:
            return Thresholds(float("-inf"), float("-inf"))
        answer, offer = np.quantile(off_topic, [1 - _ANSWERED_OFF_TOPIC, 1 - _HEARD_OFF_TOPIC])
        return Thresholds(float(answer), float(offer))

    def judge(self, ranked: Ranked) -> Judged:
        """What a peer with these thresholds does with what it found."""
        subjects = tuple(subject for subject, _ in ranked)
        score = ranked[0][1] if ranked else 0.0
        if ranked and score > self.answer:
            return Judged(subjects, score, Step.ANSWER, subjects[:1])
        if ranked and score > self.offer:
            return Judged(subjects, score, Step.OFFER, subjects[:OFFERED])
        return Judged(subjects, score, Step.DECLINE)


def cross_validated(off_topic: Mapping[int, float]) -> tuple[Thresholds, ...]:
    """Thresholds for each of ``FOLDS`` folds, set on the off-topic questions of the other folds.

    Args:
        off_topic: A peer's best score by the place of the question; place ``i`` belongs to fold ``i % FOLDS``.
    """
    return tuple(
        Thresholds.of([score for place, score in off_topic.items() if place % FOLDS != fold]) for fold in range(FOLDS)
    )
