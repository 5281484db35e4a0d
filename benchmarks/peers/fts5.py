"""A peer: SQLite's full-text index, ranking by BM25."""

import sqlite3

from benchmarks.peers.corpus import RANKED, Corpus, Ranked
from benchmarks.peers.words import words_of


class Fts5:
    """A table in memory, a row for each subject."""

    def __init__(self, corpus: Corpus) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE subject USING fts5(id UNINDEXED, words)")
        self._database.executemany("INSERT INTO subject VALUES (?, ?)", corpus.documents)
        self._database.execute("INSERT INTO subject(subject) VALUES ('optimize')")

    def rank(self, question: str) -> Ranked:
        """Subjects by BM25."""
        any_word = " OR ".join(f'"{word}"' for word in words_of(question))
        if not any_word:
            return ()
        found = self._database.execute(
            "SELECT id, -rank FROM subject WHERE words MATCH ? ORDER BY rank LIMIT ?", (any_word, RANKED)
        )
        return tuple(found)
