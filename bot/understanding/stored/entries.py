"""What is known of each stored question? Its words with their weights, its frames and aspects, prepared once."""

import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.language import YES_OR_NO
from bot.knowledge.model import Faq, Subject
from bot.knowledge.vocabulary import Aspect
from bot.understanding.hearing.book import CueBook, CueHit, Read
from bot.understanding.stored import question
from bot.understanding.stored.question import FRAME, FRAMED, grams

_NAMES_NOTHING = 0.08  # least of a word's weight that is left where a subject is called by it
_CALLED = 1.8  # how fast a word loses weight with the share of its subject's phrases that hold it
_TELLS_LITTLE = 0.35  # of the weight of a word that stands in every tenth question
_OFTEN = 0.1
_UNKNOWN = math.log(50)
_YES_OR_NO = 0.2  # weight of its frame
_TELLS = 0.5  # weight from which a frame is more than the subject's name
_NAMED = 0.4  # what is left of the weight of a word by which a subject is known
Floats = NDArray[np.float32]
Said = tuple[tuple[str, ...], Mapping[str, Sequence[CueHit]]]  # words as read, and where frames stand among them
Aspects = Callable[[Sequence[str]], Iterable[Aspect]]  # what words ask


@dataclass(frozen=True)
class Wording:
    """One way of asking a stored question."""

    entry: int  # place among its owner's entries
    words: tuple[str, ...]  # as read, in order
    weights: Mapping[str, float]  # by word and frame
    total: float
    frames: frozenset[str]
    deciding: frozenset[str]  # frames without which it was not asked
    grams: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True)
class Owner:
    """The stored questions of one subject."""

    subject: str
    wordings: tuple[Wording, ...]
    rows: Mapping[str, int]  # by word and frame, of the next
    matrix: Floats  # words and frames x wordings, the weight of each in each; the last row is of all others
    totals: Floats  # by wording
    called: Mapping[str, float]  # by word of its own name: what is left of the word's weight
    answers: tuple[frozenset[str], ...]  # by entry: words of its answer
    aspects: tuple[frozenset[Aspect], ...]  # by entry: what it asks

    def unnamed(self, words: Iterable[str]) -> bool:
        """Whether nothing is said that this subject is called by."""
        return not any(self.called.get(word, 1.0) <= _NAMED for word in words)

    def rows_of(self, names: Iterable[str]) -> Floats:
        """The weights of words and frames in each wording."""
        return self.matrix[[self.rows.get(name, -1) for name in names]]

    def left(self, word: str) -> float:
        """What is left of a word's weight beside this subject's name."""
        return self.called.get(word, 1.0)


class Telling:
    """How much a word tells stored questions apart."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        different = set(texts)
        count = Counter(word for words in different for word in words)
        every = len(different) + 1
        self._weights = {
            word: math.log(every / often) * (_TELLS_LITTLE if often > _OFTEN * every else 1.0)
            for word, often in count.items()
        } | {FRAME + YES_OR_NO: _YES_OR_NO}

    def of(self, word: str) -> float:
        """The weight of a word or frame; one that no stored question holds weighs as one in fifty."""
        return self._weights.get(word, _UNKNOWN)


class Preparing:
    """Prepares the entries of all subjects."""

    def __init__(self, frames: CueBook, deciding: Iterable[str], read: Read, aspects: Aspects) -> None:
        self._frames, self._read, self._aspects = frames, read, aspects
        self._deciding = frozenset(FRAME + name for name in deciding)

    def prepared(self, subjects: Iterable[Subject]) -> tuple[Mapping[str, Owner], Telling]:
        """The owners by id, and the weights of words among them."""
        asking = [one for one in subjects if one.faq]
        read = {one.id: [self._wordings(faq) for faq in one.faq] for one in asking}
        called = {one.id: self._called(one) for one in asking}
        weights = Telling(
            frozenset(word for word in _bag(said) if word not in called[subject])
            for subject, entries in read.items()
            for several in entries
            for said in several
        )
        return {one.id: self._owner(one, read[one.id], called[one.id], weights) for one in asking}, weights

    def _wordings(self, faq: Faq) -> list[Said]:
        return [said for said in map(self._said, faq.wordings) if said[0]]

    def _said(self, text: str) -> Said:
        words = tuple(self._read(text))
        return words, self._frames.find_each(words)

    def _called(self, subject: Subject) -> Mapping[str, float]:
        own, *others = (_bag(self._said(text)) for text in (subject.name, *subject.names, *subject.examples))
        phrases = [own, *others]
        counts = Counter(word for words in phrases for word in words)
        return {
            word: max(_NAMES_NOTHING, 1 - _CALLED * count / len(phrases))
            for word, count in counts.items()
            if word in own or count > 1
        }

    def _owner(
        self,
        subject: Subject,
        read: Sequence[Sequence[Said]],
        called: Mapping[str, float],
        weights: Telling,
    ) -> Owner:
        wordings = tuple(
            self._wording(entry, said, {word: weights.of(word) * called.get(word, 1.0) for word in _bag(said)})
            for entry, several in enumerate(read)
            for said in several
        )
        rows = {word: at for at, word in enumerate(dict.fromkeys(word for one in wordings for word in one.weights))}
        matrix = np.zeros((len(rows) + 1, len(wordings)), np.float32)
        for place, one in enumerate(wordings):
            for word, weight in one.weights.items():
                matrix[rows[word], place] = weight
        answers = tuple(_bag(self._said(faq.answer)) for faq in subject.faq)
        aspects = tuple(
            frozenset(aspect for words, _ in several for aspect in self._aspects(words)) for several in read
        )
        totals = np.array([one.total for one in wordings], np.float32)
        return Owner(subject.id, wordings, rows, matrix, totals, called, answers, aspects)

    def _wording(self, entry: int, said: Said, weights: Mapping[str, float]) -> Wording:
        words, frames_at = said
        framed = question.framed_words(words, frames_at)
        weights = {word: weight * (FRAMED if word in framed else 1.0) for word, weight in weights.items()}
        frames = frozenset(word for word in weights if word.startswith(FRAME))
        numbers = frozenset(word for word in words if word.isdigit())
        deciding = frozenset(word for word in frames & self._deciding if weights[word] >= _TELLS)
        letters = frozenset(map(sys.intern, grams(words)))  # most are of many wordings
        return Wording(entry, words, weights, sum(weights.values()) or 1.0, frames, deciding, letters, numbers)


def _bag(said: Said) -> frozenset[str]:
    """The words and the frames of what was said."""
    words, frames = said
    return frozenset((*words, *(FRAME + name for name in frames)))
