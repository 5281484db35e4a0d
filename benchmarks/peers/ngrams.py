"""Peers that read pieces of words: scikit-learn's TF-IDF, and a linear classifier."""

from __future__ import annotations

from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # ships no types
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # ships no types
from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-untyped]  # ships no types

from benchmarks.peers.corpus import Corpus, Ranked, top

_STRENGTH = 30  # inverse of the regularisation; 10 and 30 differ by less than the sampling error
_STEPS = 100


class CharacterTfidf:
    """Cosine of character n-grams of 2 to 5 letters, a document for each subject."""

    def __init__(self, corpus: Corpus) -> None:
        self._subjects = corpus.subjects
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        by_document = self._vectorizer.fit_transform([document for _, document in corpus.documents])
        self._by_piece = by_document.T.tocsr()

    def rank(self, question: str) -> Ranked:
        """Subjects by cosine, 0..1."""
        likeness = self._vectorizer.transform([question]) @ self._by_piece
        return top(likeness.toarray()[0], self._subjects)


class LinearClassifier:
    """Multinomial logistic regression on words, word pairs and character n-grams; every subject is a class."""

    def __init__(self, corpus: Corpus) -> None:
        pieces = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
        )
        self._model = make_pipeline(pieces, LogisticRegression(C=_STRENGTH, max_iter=_STEPS, tol=1e-3))
        self._model.fit(corpus.phrases, corpus.owners)

    def rank(self, question: str) -> Ranked:
        """Subjects by their probability."""
        return top(self._model.predict_proba([question])[0], self._model.classes_)
