"""How often was it right? Shares of questions, from what a system made of each."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.judged import Judged, Step
from benchmarks.peers.questions import AMBIGUOUS, IN_SCOPE, OFF_TOPIC
from benchmarks.questions import Question

Pair = tuple[Question, Judged]


@dataclass(frozen=True)
class Figures:
    """Shares 0..1; None where there was no such question, or the system cannot do it."""

    first: float | None
    among_three: float | None
    aspects_found: float | None  # all that were asked, whatever else
    aspects_exact: float | None  # these and no others
    auroc: float | None  # of its score, questions in scope against off-topic ones
    off_topic_answered: float | None
    off_topic_asked_back: float | None
    ambiguous_asked_back: float | None
    right: float | None  # answered, and right
    one_tap: float | None  # offered, the right one among them
    wrong: float | None  # answered, and wrong
    in_vain: float | None  # offered, the right one not among them
    declined: float | None

    @property
    def right_or_one_tap(self) -> float | None:
        """Answered right or one tap away."""
        return None if self.right is None or self.one_tap is None else self.right + self.one_tap


def figures(pairs: Sequence[Pair], referrals: Collection[str]) -> Figures:
    """All shares of one system.

    Args:
        pairs: Each question with what was made of it.
        referrals: Subjects whose aspects do not count: the body and its contact may be all there is to say.
    """
    ours = [pair for pair in pairs if pair[0].kind == IN_SCOPE]
    off = [pair for pair in pairs if pair[0].kind == OFF_TOPIC]
    bare = [pair for pair in pairs if pair[0].kind == AMBIGUOUS]
    with_aspects = [pair for pair in ours if pair[1].aspects is not None and _asks_for_aspects(pair[0], referrals)]
    return Figures(
        first=share(ours, lambda q, j: is_right(q, j.ranked[:1])),
        among_three=share(ours, lambda q, j: is_right(q, j.ranked[:3])),
        aspects_found=share(with_aspects, lambda q, j: j.aspects is not None and j.aspects.issuperset(q.aspects)),
        aspects_exact=share(with_aspects, lambda q, j: frozenset(q.aspects) == j.aspects),
        auroc=_auroc(ours, off),
        off_topic_answered=share(off, lambda _, j: j.step is Step.ANSWER),
        off_topic_asked_back=share(off, lambda _, j: j.step is Step.OFFER),
        ambiguous_asked_back=share(bare, lambda _, j: j.step is Step.OFFER),
        right=share(ours, lambda q, j: j.step is Step.ANSWER and is_right(q, j.named[:1])),
        one_tap=share(ours, lambda q, j: j.step is Step.OFFER and is_right(q, j.named)),
        wrong=share(ours, lambda q, j: j.step is Step.ANSWER and not is_right(q, j.named[:1])),
        in_vain=share(ours, lambda q, j: j.step is Step.OFFER and not is_right(q, j.named)),
        declined=share(ours, lambda _, j: j.step is Step.DECLINE),
    )


def share(pairs: Sequence[Pair], holds: Callable[[Question, Judged], bool]) -> float | None:
    """Share of questions for which something holds; None of none."""
    return float(np.mean([holds(question, judged) for question, judged in pairs])) if pairs else None


def is_right(question: Question, subjects: Sequence[str]) -> bool:
    """Whether an acceptable subject is among some."""
    return not set(question.services).isdisjoint(subjects)


def _asks_for_aspects(question: Question, referrals: Collection[str]) -> bool:
    return bool(question.aspects) and not set(question.services) <= set(referrals)


def _auroc(ours: Sequence[Pair], off: Sequence[Pair]) -> float | None:
    if not ours or not off:
        return None
    higher = np.array([[judged.score] for _, judged in ours])
    lower = np.array([judged.score for _, judged in off])
    return float(np.mean((higher > lower) + 0.5 * (higher == lower)))
