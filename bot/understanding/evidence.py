"""How much speaks for each subject? Sums over words, blended into one score, and what the score rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from bot.understanding import index as indexed
from bot.understanding.index import Floats, Index, Sums

DECOY = "-"  # number of no subject: all topics that are not ours together
_UNKNOWN_WEIGHT = 2.0  # of a word nobody knows; a word of the middle of the knowledge weighs about 3
_RERANKED = 6  # candidates that rapidfuzz compares


@dataclass(frozen=True)
class Question:
    """A question's words as the index numbers them.

    Attributes:
        words: By number of a known word, the quality with which it was read (0..1).
        unknown: Count of words that nobody knows.
        total: Weight of all words.
        text: Official words, sorted, for comparing whole phrases.
    """

    words: Mapping[int, float]
    unknown: int
    total: float
    text: str


@dataclass(frozen=True)
class Scored:
    """Scores of all subjects and what they rest on."""

    order: tuple[int, ...]  # numbers of the best subjects, decoys left out, best first
    shares: tuple[float, ...]  # of the probability among all, in the same order
    decoy: float  # the decoys' share
    traits: Mapping[str, float]  # what confidence is calibrated on
    sums: Sums


def question(index: Index, words: Mapping[str, float]) -> Question:
    """A question of official words and their qualities."""
    known = {index.vocabulary[word]: quality for word, quality in words.items() if word in index.vocabulary}
    unknown = len(words) - len(known)
    total = sum(float(index.weights[word]) for word in known) + _UNKNOWN_WEIGHT * unknown
    return Question(known, unknown, total, " ".join(sorted(words)))


def points(index: Index, asked: Question, blend: Mapping[str, float]) -> Floats:
    """Log odds of every subject, before whole phrases are compared."""
    return _points(indexed.sums(index, asked.words, asked.total), blend)


def _points(found: Sums, blend: Mapping[str, float]) -> Floats:
    total: Floats = blend["odds"] * found.odds + blend["three"] * found.three + blend["best"] * found.best
    return total


def score(index: Index, asked: Question, blend: Mapping[str, float], most: int = 8) -> Scored:
    """Score all subjects for a question."""
    found = indexed.sums(index, asked.words, asked.total)
    points = _points(found, blend)
    top = np.argsort(-points, kind="stable")[: most + 1]
    likeness = np.zeros(len(top))
    for i, subject in enumerate(top[:_RERANKED]):
        phrase = " ".join(sorted(indexed.best_phrase(index, found, int(subject))))
        likeness[i] = fuzz.ratio(asked.text, phrase) / 100
    final = points[top] + blend["whole"] * likeness
    again = np.argsort(-final, kind="stable")
    top, final = top[again], final[again]
    rest = np.exp(np.clip(points - final[0], -50, 0)).sum() - np.exp(np.clip(points[top] - final[0], -50, 0)).sum()
    weights = np.exp(np.clip(final - final[0], -50, 0))
    shares = weights / (weights.sum() + max(rest, 0.0))
    decoy = next((i for i, subject in enumerate(top) if index.subjects[subject] == DECOY), None)
    kept = [i for i in range(len(top)) if i != decoy]
    scored = Scored(
        tuple(int(top[i]) for i in kept),
        tuple(float(shares[i]) for i in kept),
        float(shares[decoy]) if decoy is not None else 0.0,
        {},
        found,
    )
    lead = final[kept[0]] - (final[decoy] if decoy is not None else final[-1])
    return Scored(scored.order, scored.shares, scored.decoy, _traits(index, asked, scored, float(lead)), found)


def _traits(index: Index, asked: Question, scored: Scored, lead: float) -> dict[str, float]:
    """Numbers that tell a right first candidate from a wrong one."""
    first = scored.order[0]
    weights: Floats = index.weights
    matched, strongest = 0.0, 0.0
    for word, quality in asked.words.items():
        row = index.in_subjects.of(word)
        if first in index.in_subjects.places[row]:
            matched += float(weights[word]) * quality
            strongest = max(strongest, float(weights[word]) * quality)
    total = max(asked.total, 1e-6)
    shares: Sequence[float] = scored.shares
    low = sum((1 - quality) * float(weights[word]) for word, quality in asked.words.items())
    ours = max(sum(shares), 1e-9)
    return {
        "share": float(np.log(max(shares[0], 1e-9))),
        "among_ours": float(np.log(max(shares[0] / ours, 1e-9))),
        "four": float(np.log(max(sum(shares[:4]), 1e-9))),
        "margin": min(float(np.log(max(shares[0], 1e-9) / max(shares[1], 1e-9))), 12.0) if len(shares) > 1 else 12.0,
        "best": float(scored.sums.best[first]),
        "three": float(scored.sums.three[first]),
        "covered": matched / total,
        "strongest": strongest,
        "matched": float(np.log1p(matched)),
        "unknown": _UNKNOWN_WEIGHT * asked.unknown / total,
        "corrected": low / total,
        "words": float(np.log1p(len(asked.words) + asked.unknown)),
        "lead": float(np.clip(lead, -8, 8)),
    }
