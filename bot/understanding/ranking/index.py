"""Which words belong to which subject? The knowledge's own phrases, laid out for quick sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.ranking.bayes import Bayes, Floats, Ints, PhraseCounts, is_pair, learn

_SHARPNESS = 0.35  # of a phrase's coverage against the question's; MATCHER §2.3
_BEST = 3  # phrases of a subject that are looked at; the mean of three beats the best one by two points


@dataclass(frozen=True)
class Index:
    """Phrases of all subjects; subjects and words are numbered, each subject's phrases lie side by side."""

    subjects: tuple[str, ...]
    numbers: Mapping[str, int]  # by subject
    vocabulary: Mapping[str, int]  # by word
    weights: Floats  # by word: how much it tells subjects apart; a pair nothing, its words say it
    used: tuple[frozenset[int], ...]  # by subject: the words its phrases hold
    bayes: Bayes
    phrases: tuple[slice, ...]  # by subject: where its phrases lie in ``sizes`` and ``lengths``
    spans: tuple[slice, ...]  # by subject: where the words of its phrases lie in ``words``
    words: Ints  # of all phrases, end to end
    sizes: Ints  # by phrase: number of its words
    lengths: Floats  # by phrase: its share of the weighted harmonic mean
    counts: PhraseCounts

    def shares(self, word: str) -> Floats:
        """By subject, the share of its phrases that hold a word."""
        of_word = slice(*np.searchsorted(self.counts.word, [self.vocabulary[word], self.vocabulary[word] + 1]))
        held = np.zeros(len(self.subjects), np.float32)
        held[self.counts.subject[of_word]] = self.counts.count[of_word]
        return (held / self.counts.phrases).astype(np.float32)


def build(phrases: Iterable[tuple[str, Sequence[str]]]) -> Index:
    """The index of phrases.

    Args:
        phrases: Subject and official words of each phrase, all phrases of a subject in a row.
    """
    kept = [(subject, tuple(dict.fromkeys(words))) for subject, words in phrases if words]
    numbers = {subject: i for i, subject in enumerate(dict.fromkeys(subject for subject, _ in kept))}
    vocabulary = {word: i for i, word in enumerate(sorted({word for _, words in kept for word in words}))}
    owners = np.array([numbers[subject] for subject, _ in kept])
    sizes = np.array([len(words) for _, words in kept])
    words = np.array([vocabulary[word] for _, words in kept for word in words])
    counts = _counted(words, np.repeat(owners, sizes), np.bincount(owners), len(vocabulary))
    weights = np.log((len(numbers) + 1) / (np.bincount(counts.word, minlength=len(vocabulary)) + 0.5))
    weights[[number for word, number in vocabulary.items() if is_pair(word)]] = 0
    starts = np.cumsum(sizes) - sizes
    phrase_spans = _spans(counts.phrases)
    return Index(
        tuple(numbers),
        numbers,
        vocabulary,
        weights.astype(np.float32),
        tuple(frozenset(counts.word[counts.subject == i].tolist()) for i in range(len(numbers))),
        learn(counts),
        phrase_spans,
        _spans(np.add.reduceat(sizes, [span.start for span in phrase_spans])),
        words.astype(np.intp),
        sizes.astype(np.intp),
        ((1 - _SHARPNESS) * np.add.reduceat(weights[words], starts)).astype(np.float32),
        counts,
    )


def likeness(index: Index, words: Mapping[int, float], total: float, subjects: Iterable[int]) -> Floats:
    """How like a question the three best phrases of some subjects are, 0..1 each, their mean.

    Args:
        index: Of the knowledge.
        words: Number and quality (0..1) of each known word of the question.
        total: Weight of all its words, unknown ones included.
        subjects: Numbers of those to look at.
    """
    asked = np.zeros(len(index.weights), dtype=np.float32)
    for word, quality in words.items():
        asked[word] = index.weights[word] * quality
    spans = [(index.phrases[i], index.spans[i]) for i in subjects]
    sizes = np.concatenate([index.sizes[phrases] for phrases, _ in spans])
    matched = np.add.reduceat(
        asked[np.concatenate([index.words[words] for _, words in spans])], np.cumsum(sizes) - sizes
    )
    # The weighted harmonic mean of both coverages, matched/question and matched/phrase, once ``matched`` is cancelled.
    lengths = np.concatenate([index.lengths[phrases] for phrases, _ in spans])
    alike = (matched / (lengths + np.float32(_SHARPNESS * total + 1e-6))).astype(np.float32)
    return _mean_of_best(alike, np.array([phrases.stop - phrases.start for phrases, _ in spans]))


def _mean_of_best(alike: Floats, counts: NDArray[np.int64]) -> Floats:
    starts = np.cumsum(counts) - counts
    best = np.maximum.reduceat(alike, starts)
    mean = best.copy()
    for _ in range(_BEST - 1):
        alike = np.where(alike < np.repeat(best, counts), alike, np.float32(0))
        best = np.maximum.reduceat(alike, starts)
        mean += best
    return (mean / np.float32(_BEST)).astype(np.float32)


def _counted(
    word: NDArray[np.int64], subject: NDArray[np.int64], phrases: NDArray[np.int64], words: int
) -> PhraseCounts:
    cells, count = np.unique(word * len(phrases) + subject, return_counts=True)
    return PhraseCounts(cells // len(phrases), cells % len(phrases), count, phrases, words)


def _spans(sizes: NDArray[np.int64]) -> tuple[slice, ...]:
    ends = np.cumsum(sizes)
    return tuple(slice(start, end) for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True))
