"""Does confidence mean something? Tenths of the questions, from the least sure, and how many were right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.figures import Pair, is_right
from benchmarks.peers.questions import IN_SCOPE, OFF_TOPIC

TENTHS = 10


@dataclass(frozen=True)
class Tenth:
    """A tenth of the questions, by confidence."""

    lowest: float  # confidence
    highest: float
    mean: float
    right: float  # share whose first candidate is right; an off-topic question's never is
    questions: int


def tenths(pairs: Sequence[Pair]) -> tuple[Tenth, ...]:
    """Questions in scope and off topic, in ten equal parts from the least to the most sure."""
    judged = sorted(
        (one.score, question.kind == IN_SCOPE and is_right(question, one.ranked[:1]))
        for question, one in pairs
        if question.kind in {IN_SCOPE, OFF_TOPIC}
    )
    parts = np.array_split(np.array(judged, dtype=float).reshape(-1, 2), TENTHS)
    return tuple(_tenth(part) for part in parts if len(part))


def distance(parts: Sequence[Tenth]) -> float:
    """Mean distance between confidence and share right, weighted by questions (expected calibration error)."""
    return sum(abs(part.mean - part.right) * part.questions for part in parts) / sum(part.questions for part in parts)


def _tenth(part: NDArray[np.float64]) -> Tenth:
    mean, right = part.mean(axis=0)
    return Tenth(float(part[0, 0]), float(part[-1, 0]), float(mean), float(right), len(part))
