"""Peers that compare the question with every phrase: rapidfuzz by brute force."""

from collections.abc import Callable

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.peers.corpus import Corpus, Ranked, top


class BruteForce:
    """Scores all phrases; a subject is as near as its nearest phrase."""

    def __init__(self, corpus: Corpus, scorer: Callable[..., float]) -> None:
        self._subjects = corpus.subjects
        self._scorer = scorer
        self._phrases = [utils.default_process(phrase) for phrase in corpus.phrases]
        changes = [owner != before for owner, before in zip(corpus.owners, ("", *corpus.owners), strict=False)]
        self._starts = np.flatnonzero(changes)

    def rank(self, question: str) -> Ranked:
        """Subjects by their nearest phrase, 0..100."""
        asked = utils.default_process(question)
        scores = process.cdist([asked], self._phrases, scorer=self._scorer, dtype=np.float32)[0]
        return top(np.maximum.reduceat(scores, self._starts), self._subjects)


def weighted_ratio(corpus: Corpus) -> BruteForce:
    """rapidfuzz's ``WRatio``."""
    return BruteForce(corpus, fuzz.WRatio)


def token_set_ratio(corpus: Corpus) -> BruteForce:
    """rapidfuzz's ``token_set_ratio``."""
    return BruteForce(corpus, fuzz.token_set_ratio)
