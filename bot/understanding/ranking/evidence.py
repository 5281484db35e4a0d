"""How much speaks for each subject? Two views of its phrases in one score, and what the score rests on."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from bot.understanding.ranking import index as indexed
from bot.understanding.ranking.bayes import Floats, with_pairs
from bot.understanding.ranking.index import Index

DECOY = "-"  # the subject of all topics that are not ours
LIKENESS_WEIGHT = 25.0  # log odds for full likeness; 10 to 50 differ by less than a point (benchmarks/RESULTS.md)
_UNKNOWN_WEIGHT = 2.0  # of a word nobody knows; a word of the middle of the knowledge weighs about 3
_LIKELY = 10  # subjects the classifier passes on; 8 to 16 are equally good
_MOST = 12.0  # log odds beyond which nothing gets surer


@dataclass(frozen=True)
class Question:
    """A question's words as the index numbers them.

    Attributes:
        words: By number of a known word or pair, the quality with which it was read (0..1).
        count: Of all words.
        total: Weight of all words.
    """

    words: Mapping[int, float]
    count: int
    total: float


@dataclass(frozen=True)
class Scored:
    """The best subjects and what their scores rest on."""

    order: tuple[int, ...]  # numbers of the best subjects, decoys left out, best first
    points: tuple[float, ...]  # their log odds
    decoy: float  # log odds of what is not ours
    traits: Mapping[str, float]  # what confidence is calibrated on


def question(index: Index, words: Mapping[str, float], paired: Collection[str]) -> Question:
    """A question of official words and their qualities; words that are ``paired`` also count with their neighbour."""
    numbers = index.vocabulary
    known = {numbers[word]: quality for word, quality in with_pairs(words, paired).items() if word in numbers}
    weight, unknown = 0.0, 0
    for word in words:
        if word in numbers:
            weight += float(index.weights[numbers[word]])
        else:
            unknown += 1
    return Question(known, len(words), weight + _UNKNOWN_WEIGHT * unknown)


def points(index: Index, asked: Question, among: Collection[int]) -> Mapping[int, tuple[float, float]]:
    """Log odds of some subjects, and the mean likeness of their three best phrases (0..1), by number."""
    return _points(index, asked, index.bayes.odds(asked.words), among)


def _points(index: Index, asked: Question, odds: Floats, among: Collection[int]) -> Mapping[int, tuple[float, float]]:
    alike = indexed.likeness(index, asked.words, asked.total, among)
    return {i: (float(odds[i]) + LIKENESS_WEIGHT * one, one) for i, one in zip(among, alike.tolist(), strict=True)}


def score(index: Index, asked: Question, most: int = 8) -> Scored:
    """Score the likely subjects for a question: the classifier chooses them, both views rank them.

    Traits: ``margin`` of the first over the second, its ``lead`` over what is not ours (log odds), the ``likeness``
    of its three best phrases, and how many ``words`` were asked (log). Nine more were tried and told nothing new.
    """
    odds = index.bayes.odds(asked.words)
    decoy = index.numbers.get(DECOY, -1)
    likely = np.argpartition(-odds, _LIKELY)[:_LIKELY].tolist() if len(odds) > _LIKELY else list(range(len(odds)))
    found = _points(index, asked, odds, likely if decoy in likely or decoy < 0 else [*likely, decoy])
    order = tuple(sorted((i for i in found if i != decoy), key=lambda i: -found[i][0])[:most])
    best = tuple(found[i][0] for i in order)
    not_ours = found[decoy][0] if decoy >= 0 else -math.inf
    traits = {
        "margin": min(best[0] - best[1], _MOST) if len(best) > 1 else _MOST,
        "lead": max(min(best[0] - not_ours, _MOST), -_MOST),
        "likeness": found[order[0]][1],
        "words": math.log1p(asked.count),
    }
    return Scored(order, best, not_ours, traits)
