"""Which words belong to which subject? Counts of the knowledge's own phrases, laid out for quick sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

SMOOTHING = 8.0  # phrases' worth of belief that a subject speaks like all others; best of 1, 2, 5, 8, 12, 20
_SHARPNESS = 0.35  # of a phrase's coverage against the question's; MATCHER §2.3
_TELLING = 0.1  # weight up to which a word tells no phrase from another: "apa", "syarat"
_RARE = 1e-4  # share below which no word is believed to be
_COMMON = 0.9


@dataclass(frozen=True)
class Rows:
    """For each word a row of places and values, end to end."""

    width: int  # number of places
    starts: Ints  # one more than there are words
    places: Ints
    values: Floats

    def of(self, word: int) -> slice:
        """Where a word's row lies."""
        return slice(int(self.starts[word]), int(self.starts[word + 1]))


@dataclass(frozen=True)
class Index:
    """Phrases of all subjects; subjects are numbered, each one's phrases lie side by side."""

    subjects: tuple[str, ...]
    numbers: Mapping[str, int]  # by subject
    vocabulary: Mapping[str, int]
    weights: Floats  # by word: how much it tells subjects apart
    used: tuple[frozenset[int], ...]  # by subject: numbers of the words its phrases hold
    first_phrase: Ints  # by subject
    phrase_counts: Ints  # by subject
    lengths: Floats  # by phrase: its share of the weighted harmonic mean
    in_phrases: Rows  # by word: its phrases
    in_subjects: Rows  # by word: subjects that use it, and what its presence says beyond ``strange``
    absent: Floats  # by subject: log odds when no word of it is present
    strange: Floats  # by subject: log odds of a word it never uses


@dataclass(frozen=True)
class Sums:
    """What a question's words say of each subject; arrays by subject."""

    three: Floats  # 0..1, mean likeness of the three best phrases
    odds: Floats  # log odds of a naive Bayes classifier


def build(phrases: Iterable[tuple[str, Sequence[str]]]) -> Index:
    """The index of phrases.

    Args:
        phrases: Subject and official words of each phrase, all phrases of a subject in a row.
    """
    kept = [(subject, tuple(dict.fromkeys(words))) for subject, words in phrases if words]
    subjects = tuple(dict.fromkeys(subject for subject, _ in kept))
    number = {subject: i for i, subject in enumerate(subjects)}
    vocabulary = {word: i for i, word in enumerate(sorted({word for _, words in kept for word in words}))}
    owners = np.array([number[subject] for subject, _ in kept], dtype=np.int32)
    sizes = np.bincount(owners, minlength=len(subjects)).astype(np.float64)
    pairs = [(vocabulary[word], phrase) for phrase, (_, words) in enumerate(kept) for word in words]
    word_of, phrase_of = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    in_phrases = _rows(word_of, phrase_of, np.ones(len(pairs)), len(vocabulary), len(kept))
    used = Counter(zip(word_of.tolist(), owners[phrase_of].tolist(), strict=True))
    cells = np.array(sorted(used), dtype=np.int64).reshape(-1, 2).T
    counts = np.array([used[cell] for cell in sorted(used)], dtype=np.float64)
    spread = np.bincount(cells[0], minlength=len(vocabulary))
    weights = np.log((len(subjects) + 1) / (spread + 0.5)).astype(np.float32)
    in_subjects, absent, strange = _bayes(cells, counts, sizes, len(vocabulary))
    return Index(
        subjects,
        number,
        vocabulary,
        weights,
        _used(kept, vocabulary),
        np.searchsorted(owners, np.arange(len(subjects))).astype(np.int32),
        np.bincount(owners).astype(np.int32),
        ((1 - _SHARPNESS) * np.bincount(phrase_of, weights[word_of], len(kept))).astype(np.float32),
        in_phrases,
        in_subjects,
        absent,
        strange,
    )


def _used(phrases: Iterable[tuple[str, Sequence[str]]], vocabulary: Mapping[str, int]) -> tuple[frozenset[int], ...]:
    used: dict[str, set[int]] = {}
    for subject, words in phrases:
        used.setdefault(subject, set()).update(vocabulary[word] for word in words)
    return tuple(frozenset(words) for words in used.values())


def _bayes(
    cells: NDArray[np.int64], counts: NDArray[np.float64], sizes: NDArray[np.float64], words: int
) -> tuple[Rows, Floats, Floats]:
    """Bernoulli naive Bayes: what each word's presence says, and what the absence of all says."""
    word, subject = cells
    share = np.bincount(word, counts / sizes[subject], words) / len(sizes)
    share = np.clip(share, _RARE, _COMMON)
    seen = (counts + SMOOTHING * share[word]) / (sizes[subject] + SMOOTHING)
    unseen = SMOOTHING / (sizes + SMOOTHING)  # of the common share
    without = np.log1p(-seen) - np.log1p(-share[word])
    without_unseen = np.log1p(-unseen[subject] * share[word]) - np.log1p(-share[word])
    different, which = np.unique(unseen, return_inverse=True)
    total_unseen = np.array([np.sum(np.log1p(-u * share) - np.log1p(-share)) for u in different])[which]
    absent = total_unseen + np.bincount(subject, without - without_unseen, len(sizes))
    strange = np.log(unseen)
    present = np.log(seen) - np.log(share[word]) - without
    return (
        _rows(word, subject, present - strange[subject], words, len(sizes)),
        absent.astype(np.float32),
        strange.astype(np.float32),
    )


def _rows(
    word: NDArray[np.int64], place: NDArray[np.int64], value: NDArray[np.float64], words: int, width: int
) -> Rows:
    """Rows of values that are already sorted by word."""
    starts = np.searchsorted(word, np.arange(words + 1)).astype(np.int32)
    return Rows(width, starts, place.astype(np.int32), value.astype(np.float32))


def sums(index: Index, words: Mapping[int, float], total: float) -> Sums:
    """What words say of each subject.

    Args:
        index: Of the knowledge.
        words: Number and quality (0..1) of each known word of the question.
        total: Weight of all its words, unknown ones included.
    """
    odds = index.absent + index.strange * np.float32(sum(words.values()))
    odds += _gathered(index.in_subjects, words)
    telling = {word: float(index.weights[word]) * quality for word, quality in words.items()}
    matched = _gathered(index.in_phrases, {word: weight for word, weight in telling.items() if weight > _TELLING})
    # The weighted harmonic mean of both coverages, m/question and m/phrase, once m is cancelled.
    likeness = matched / (np.float32(_SHARPNESS * max(total, _TELLING)) + index.lengths)
    return Sums(_mean_of_three(index, likeness), odds)


def _gathered(rows: Rows, factors: Mapping[int, float]) -> Floats:
    """Sum of words' rows, each times its factor."""
    if not factors:
        return np.zeros(rows.width, dtype=np.float32)
    parts = [rows.of(word) for word in factors]
    places = np.concatenate([rows.places[part] for part in parts])
    times = np.repeat(list(factors.values()), [part.stop - part.start for part in parts])
    values = np.concatenate([rows.values[part] for part in parts]) * times
    return np.bincount(places, values, rows.width).astype(np.float32)


def _mean_of_three(index: Index, likeness: Floats) -> Floats:
    best = np.maximum.reduceat(likeness, index.first_phrase)
    mean = best.copy()
    for _ in range(2):
        likeness = np.where(likeness < np.repeat(best, index.phrase_counts), likeness, np.float32(0))
        best = np.maximum.reduceat(likeness, index.first_phrase)
        mean += best
    return (mean / np.float32(3)).astype(np.float32)
