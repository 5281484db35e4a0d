"""A peer: bm25s, BM25 as a sparse matrix."""

import bm25s  # type: ignore[import-untyped]  # ships no types

from benchmarks.peers.corpus import Corpus, Ranked, top
from benchmarks.peers.words import words_of


class Bm25s:
    """A column for each subject."""

    def __init__(self, corpus: Corpus) -> None:
        self._subjects = corpus.subjects
        self._index = bm25s.BM25()
        self._index.index([words_of(document) for _, document in corpus.documents], show_progress=False)

    def rank(self, question: str) -> Ranked:
        """Subjects by BM25."""
        known = [word for word in words_of(question) if word in self._index.vocab_dict]
        return top(self._index.get_scores(known), self._subjects) if known else ()
