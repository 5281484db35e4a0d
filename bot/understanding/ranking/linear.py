"""Which subject do people mean who write like this? A linear classifier over the words and pieces of words of a text.

It has read the knowledge's phrases and messages as people write them (bahasa/pesan.yaml), and says for each label, a
subject or an act, by how much a text speaks for it. What it learned is kept as text in angka.yaml; without it, or for
a subject that it has never seen, it says nothing.
"""

import io
import math
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zipfile import BadZipFile

import numpy as np

from bot.understanding.ranking.bayes import Floats, Ints

_SHORTEST, _LONGEST = 3, 4  # letters of a piece of a word; 5 told nothing more
_EDGE = " "  # of a word, so that its first and last letters are told from those within
_STEP = 0.05  # weights are kept as whole numbers of it
_WORDS_KEPT = 1 << 13


@dataclass(frozen=True)
class Weights:
    """What was learned: a row of weights for each piece, end to end, of the labels it says something of."""

    labels: tuple[str, ...]
    pieces: tuple[str, ...]
    rarity: Floats  # by piece: log of how few texts hold it
    starts: Ints  # of the rows, one more than there are pieces
    label: Ints
    weight: Floats
    constant: Floats  # by label: what is said of a text without a known piece

    def encoded(self) -> str:
        """The weights as text of printable letters."""
        raw = io.BytesIO()
        np.savez_compressed(
            raw,
            labels=np.array(list("\n".join(self.labels).encode()), np.uint8),
            pieces=np.array(list("\n".join(self.pieces).encode()), np.uint8),
            rarity=self.rarity.astype(np.float16),
            sizes=np.diff(self.starts).astype(np.uint16),
            label=self.label.astype(np.uint16),
            weight=np.round(self.weight / _STEP).astype(np.int16),
            constant=self.constant.astype(np.float32),
        )
        return b64encode(raw.getvalue()).decode()

    @staticmethod
    def decoded(text: str) -> "Weights":
        """The weights of a text that ``encoded`` made.

        Raises:
            ValueError: It is none.
        """
        try:
            with np.load(io.BytesIO(b64decode(text)), allow_pickle=False) as kept:
                return Weights(
                    tuple(kept["labels"].tobytes().decode().split("\n")),
                    tuple(kept["pieces"].tobytes().decode().split("\n")),
                    kept["rarity"].astype(np.float32),
                    np.concatenate([[0], np.cumsum(kept["sizes"].astype(np.intp))]),
                    kept["label"].astype(np.intp),
                    kept["weight"].astype(np.float32) * np.float32(_STEP),
                    kept["constant"],
                )
        except (OSError, KeyError, EOFError, ValueError, BadZipFile) as error:
            raise ValueError("not weights") from error


UNLEARNED = Weights(
    (),
    (),
    np.zeros(0, np.float32),
    np.zeros(1, np.intp),
    np.zeros(0, np.intp),
    np.zeros(0, np.float32),
    np.zeros(0, np.float32),
)


class LinearView:
    """Says by how much texts speak for labels."""

    def __init__(self, weights: Weights) -> None:
        self.labels: Mapping[str, int] = {label: i for i, label in enumerate(weights.labels)}
        self._numbers = {piece: i for i, piece in enumerate(weights.pieces)}
        self._starts: list[int] = weights.starts.tolist()
        self._label, self._constant = weights.label, weights.constant
        self._worth: Floats = weights.weight * weights.rarity.repeat(np.diff(weights.starts))
        self._squares: Floats = weights.rarity**2
        self._of_word = lru_cache(_WORDS_KEPT)(lambda word: self._said(pieces_of_word(word)))

    def scores(self, words: Sequence[str], marks: Iterable[str] = ()) -> Floats:
        """Log odds of each label, were it alone: above 0 the text is rather of it.

        Args:
            words: Of the text as they were typed, without signs, in order.
            marks: Further pieces, which were learned of.
        """
        said = [self._of_word(word) for word in words]
        said.append(self._said((*pairs_of(words), *marks)))
        total: Floats = np.add.reduce([one for one, _ in said])
        return total / np.float32(math.sqrt(sum(length for _, length in said)) or 1.0) + self._constant

    def _said(self, pieces: Iterable[str]) -> tuple[Floats, float]:
        """What pieces say of each label, and the square of their length."""
        said = np.zeros(len(self.labels), np.float32)
        known = [self._numbers[piece] for piece in pieces if piece in self._numbers]
        if not known:
            return said, 0.0
        rows = [slice(self._starts[piece], self._starts[piece + 1]) for piece in known]
        labels, worth = (np.concatenate([every[row] for row in rows]) for every in (self._label, self._worth))
        np.add.at(said, labels, worth)
        return said, float(self._squares[known].sum())


def pieces_of(words: Sequence[str]) -> Iterator[str]:
    """Words, the pieces of each word, and pairs of words that follow each other."""
    for word in words:
        yield from pieces_of_word(word)
    yield from pairs_of(words)


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Pairs of words that follow each other."""
    return (f"{before} {word}" for before, word in pairwise(words))


def pieces_of_word(word: str) -> tuple[str, ...]:
    """A word, and its pieces."""
    edged = f"{_EDGE}{word}{_EDGE}"
    pieces = (
        edged[at : at + length] for length in range(_SHORTEST, _LONGEST + 1) for at in range(len(edged) - length + 1)
    )
    return (word, *(piece for piece in pieces if piece != edged))
