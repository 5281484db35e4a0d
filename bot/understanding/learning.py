"""How is the linear view learned? From phrases and messages with what each is about; takes some seconds.

One logistic regression for each label, so that a message may be about several, over tf-idf of pieces (Fan et al. 2008,
LIBLINEAR, by way of scikit-learn, which is imported only here: a running bot learns in a process of its own).
"""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from bot.understanding.ranking.linear import Weights, pieces_of
from bot.understanding.ranking.phrases import Labelled

_STRENGTH = 10.0  # inverse of the regularisation; 3 to 30 differ by less than the sampling error
_LEAST = 0.3  # weight below which nothing is kept: 96 of 100, without effect
_FEWEST = 2  # texts that hold a piece
_NOTHING = 1e-9  # length of a text of no known piece


def learn(texts: Sequence[Labelled], strength: float = _STRENGTH) -> Weights:
    """Weights for all labels of some texts; a text may have none."""
    vectorizer = CountVectorizer(analyzer=lambda text: (*pieces_of(text.words), *text.marks), min_df=_FEWEST)
    counts = vectorizer.fit_transform(texts)
    rarity = TfidfTransformer().fit(counts).idf_
    lengths = np.sqrt(counts @ rarity**2) + _NOTHING
    shares = counts.multiply(rarity).multiply(1 / lengths[:, None]).tocsr()
    importance = np.array([text.weight for text in texts])
    labels = tuple(sorted({label for text in texts for label in text.labels}))
    weights = np.zeros((len(labels), shares.shape[1]), np.float32)
    constant = np.zeros(len(labels), np.float32)
    with threadpool_limits(1):  # several threads wait for each other by turning: thirty times slower on a busy machine
        for number, label in enumerate(labels):
            model = LogisticRegression(C=strength, solver="liblinear", tol=1e-3, random_state=0)
            model.fit(shares, [label in text.labels for text in texts], sample_weight=importance)
            weights[number], constant[number] = model.coef_[0], model.intercept_[0]
    piece, label_of = np.nonzero(np.abs(weights.T) > _LEAST)
    return Weights(
        labels,
        tuple(vectorizer.get_feature_names_out()),
        rarity.astype(np.float32),
        np.searchsorted(piece, np.arange(shares.shape[1] + 1)),
        label_of,
        weights.T[piece, label_of],
        constant,
    )
