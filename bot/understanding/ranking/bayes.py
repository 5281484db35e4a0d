"""Which subject speaks like the question? A Bernoulli naive Bayes classifier over words.

Words that are present speak for a subject; words a subject's phrases usually hold and the question lacks speak against
it. So a bare "KTP" goes to the plain service, without a rule, because "hilang" is in almost every phrase of the other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.language import Events

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]  # as wide as numpy's own indices, or every look-up converts them

SMOOTHING = 8.0  # phrases' worth of belief that a subject speaks like all others; best of 1, 2, 5, 8, 12, 20
_RARE = 1e-4  # share below which no word is believed to be
_COMMON = 0.9

_BETWEEN = "~"  # no written word holds it
_WEIGHT = 0.5


@dataclass(frozen=True)
class PhraseCounts:
    """In how many phrases of a subject a word is; cells sorted by word."""

    word: NDArray[np.int64]
    subject: NDArray[np.int64]
    count: NDArray[np.int64]
    phrases: NDArray[np.int64]  # by subject
    words: int  # size of the vocabulary


@dataclass(frozen=True)
class Bayes:
    """Log odds laid out for quick sums: a row of subjects for each word, end to end."""

    starts: tuple[int, ...]  # of the rows, one more than there are words
    subject: Ints
    present: Floats  # what a word says of a subject that uses it, beyond ``strange``
    strange: Floats  # by subject: what a word says that it never uses
    absent: Floats  # by subject: what is said when no word is present

    def odds(self, words: Mapping[int, float]) -> Floats:
        """Log odds of all subjects.

        Args:
            words: Number and quality (0..1) of each word present.
        """
        odds: Floats = self.absent + self.strange * np.float32(sum(words.values()))
        rows = [(slice(self.starts[word], self.starts[word + 1]), quality) for word, quality in words.items()]
        subject = np.concatenate([self.subject[row] for row, _ in rows])
        said = np.concatenate([self.present[row] * np.float32(quality) for row, quality in rows])
        return odds + np.bincount(subject, said, len(odds)).astype(np.float32)


def learn(counts: PhraseCounts) -> Bayes:
    """The classifier of counts; shares are smoothed towards how all subjects speak."""
    word, subject = counts.word, counts.subject
    phrases = counts.phrases.astype(np.float64)
    share = np.bincount(word, counts.count / phrases[subject], counts.words) / len(phrases)
    share = np.clip(share, _RARE, _COMMON)
    seen = (counts.count + SMOOTHING * share[word]) / (phrases[subject] + SMOOTHING)
    unseen = SMOOTHING / (phrases + SMOOTHING)  # of the common share
    without = np.log1p(-seen) - np.log1p(-share[word])
    without_unseen = np.log1p(-unseen[subject] * share[word]) - np.log1p(-share[word])
    different, which = np.unique(unseen, return_inverse=True)
    all_unseen = np.array([np.sum(np.log1p(-one * share) - np.log1p(-share)) for one in different])[which]
    strange = np.log(unseen)
    present = np.log(seen) - np.log(share[word]) - without - strange[subject]
    return Bayes(
        tuple(np.searchsorted(word, np.arange(counts.words + 1)).tolist()),
        subject.astype(np.intp),
        present.astype(np.float32),
        strange.astype(np.float32),
        (all_unseen + np.bincount(subject, without - without_unseen, len(phrases))).astype(np.float32),
    )


def telling(events: Events) -> frozenset[str]:
    """Words that are paired."""
    return frozenset((*events.objects, *events.general, *events.operations, *events.life, *events.people))


def pairs(words: Iterable[str], paired: Collection[str]) -> tuple[str, ...]:
    """Pairs of words that follow each other once all others are left out; their own order does not matter."""
    return tuple(_BETWEEN.join(sorted(both)) for both in pairwise(word for word in words if word in paired))


def with_pairs(words: Mapping[str, float], paired: Collection[str]) -> Mapping[str, float]:
    """Words and their pairs, with how much each counts (0..1)."""
    return {**words, **dict.fromkeys(pairs(words, paired), _WEIGHT)}


def is_pair(word: str) -> bool:
    """Whether this is a pair."""
    return _BETWEEN in word
