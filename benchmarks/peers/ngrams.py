"""Peers that read pieces of words: scikit-learn's TF-IDF, and a linear classifier."""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # ships no types
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # ships no types
from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-untyped]  # ships no types

from benchmarks.peers.corpus import Corpus, Ranked, top

_STRENGTH = 30  # inverse of the regularisation; 10 and 30 differ by less than the sampling error
_STEPS = 100
_NOBODY = "-"  # owner of the decoys


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
    """Multinomial logistic regression on words, word pairs and character n-grams; every owner is a class."""

    def __init__(self, phrases: Sequence[str], owners: Sequence[str]) -> None:
        pieces = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
        )
        self._model = make_pipeline(pieces, LogisticRegression(C=_STRENGTH, max_iter=_STEPS, tol=1e-3))
        self._model.fit(phrases, owners)
        self._names = list(self._model.classes_)
        self._nobodys = self._names.index(_NOBODY) if _NOBODY in self._names else None

    def rank(self, question: str) -> Ranked:
        """Subjects by their probability."""
        shares = self._model.predict_proba([question])[0]
        if self._nobodys is not None:
            shares[self._nobodys] = 0
        return top(shares, self._names)


def classifier(corpus: Corpus) -> LinearClassifier:
    """One that knows the subjects."""
    return LinearClassifier(corpus.phrases, corpus.owners)


def classifier_with_decoys(corpus: Corpus) -> LinearClassifier:
    """One that also learns the knowledge's decoys, as one more class that takes probability and is never offered."""
    return LinearClassifier((*corpus.phrases, *corpus.decoys), (*corpus.owners, *[_NOBODY] * len(corpus.decoys)))
