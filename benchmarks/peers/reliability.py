"""Does confidence mean something? Tenths of the questions and parts by length, and how many were right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibrate import Judged, fitted
from benchmarks.peers.figures import Pair, is_right
from benchmarks.peers.judged import FOLDS
from benchmarks.peers.questions import IN_SCOPE, OFF_TOPIC
from bot.knowledge.base import KnowledgeBase
from bot.understanding.logistic import likelihood

TENTHS = 10
LENGTHS = {"short, up to 8 words": (0, 8), "middle, 9 to 20": (9, 20), "long, over 20": (21, 10_000)}
EDGES = (0.0, 0.2, 0.4, 0.55, 0.7, 0.85, 0.95, 1.01)  # asked back from 0.4, answered from 0.55
_OUR_PHRASES = frozenset({"contoh", "umpan", "benda"})  # tidier than what people write


@dataclass(frozen=True)
class Bin:
    """Some questions of about the same confidence."""

    lowest: float  # confidence
    highest: float
    mean: float
    right: float  # share whose first candidate is right; an off-topic question's never is
    questions: int


def tenths(pairs: Sequence[Pair]) -> tuple[Bin, ...]:
    """Questions in scope and off topic, in ten equal parts from the least to the most sure."""
    judged = sorted(
        (one.score, question.kind == IN_SCOPE and is_right(question, one.ranked[:1]))
        for question, one in pairs
        if question.kind in {IN_SCOPE, OFF_TOPIC}
    )
    parts = np.array_split(np.array(judged, dtype=float).reshape(-1, 2), TENTHS)
    return tuple(_tenth(part) for part in parts if len(part))


def distance(parts: Sequence[Bin]) -> float:
    """Mean distance between confidence and share right, weighted by questions (expected calibration error)."""
    return sum(abs(part.mean - part.right) * part.questions for part in parts) / sum(part.questions for part in parts)


def learned(found: Sequence[Judged], knowledge: KnowledgeBase) -> list[tuple[Judged, float]]:
    """How sure each question makes whoever learned confidence from the other four fifths; not of our own phrases."""
    told: list[tuple[Judged, float]] = []
    for fold in range(FOLDS):
        numbers = fitted([one for place, one in enumerate(found) if place % FOLDS != fold], knowledge)
        told += [
            (one, likelihood(numbers.ours, one.traits) * likelihood(numbers.first, one.traits))
            for one in found[fold::FOLDS]
        ]
    return [(one, sure) for one, sure in told if one.asked.source not in _OUR_PHRASES]


def by_length(told: Sequence[tuple[Judged, float]]) -> dict[str, tuple[Bin, ...]]:
    """Questions in scope and off topic of each length, in fixed bins of confidence; an empty bin is left out."""
    judged = [
        (len(one.asked.text.split()), sure, one.asked.kind == IN_SCOPE and one.first)
        for one, sure in told
        if one.asked.kind in {IN_SCOPE, OFF_TOPIC}
    ]
    return {
        name: tuple(_bins([(sure, right) for words, sure, right in judged if fewest <= words <= most]))
        for name, (fewest, most) in LENGTHS.items()
    }


def _bins(judged: Sequence[tuple[float, bool]]) -> Iterator[Bin]:
    for lowest, end in pairwise(EDGES):
        part = [one for one in judged if lowest <= one[0] < end]
        if part:
            mean, right = np.array(part, dtype=float).mean(axis=0)
            yield Bin(lowest, end, float(mean), float(right), len(part))


def _tenth(part: NDArray[np.float64]) -> Bin:
    mean, right = part.mean(axis=0)
    return Bin(float(part[0, 0]), float(part[-1, 0]), float(mean), float(right), len(part))
