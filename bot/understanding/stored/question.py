"""How is a text laid out to be compared with stored questions? Its words, its frames, its clauses."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from bot.knowledge.vocabulary import Aspect
from bot.understanding.hearing.book import CueBook, CueHit
from bot.understanding.reading.clauses import clauses
from bot.understanding.reading.reader import Token

FRAME = "+"  # before the name of a frame among words; no written word holds it
_GRAMS = (3, 4)  # letters
FRAMED = 0.3  # of the weight of a word that a frame stands for
Window = tuple[int, int]  # from which word to before which


@dataclass(frozen=True)
class Part:
    """What stands in a window."""

    words: tuple[str, ...]
    frames: frozenset[str]
    order: tuple[str, ...]  # words, then frames, each once
    names: frozenset[str]  # the same

    @cached_property
    def grams(self) -> frozenset[str]:
        """Pieces of letters."""
        return grams(self.words)


@dataclass(frozen=True)
class Question:
    """What was said, as far as it may ask a stored question."""

    words: tuple[str, ...]  # official
    frames: Mapping[str, Sequence[CueHit]]  # by name, where they stand
    windows: tuple[Window, ...]  # parts that may ask it: clauses, two that follow each other, the whole
    aspects: frozenset[Aspect]
    asking: frozenset[str]  # words that only ask for an aspect
    _parts: dict[Window, Part] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def by_frame(self) -> frozenset[str]:
        """The words that frames stand for."""
        return framed_words(self.words, self.frames)

    @cached_property
    def besides(self) -> frozenset[str]:
        """The words that do more than ask for an aspect."""
        return frozenset(self.words) - self.asking

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that are named."""
        return frozenset(word for word in self.words if word.isdigit())

    @property
    def whole(self) -> Part:
        """All of it."""
        return self.part((0, len(self.words)))

    def part(self, window: Window) -> Part:
        """What stands in a window."""
        found = self._parts.get(window)
        if found is None:
            words, frames = self.words[slice(*window)], self._framed(*window)
            order = tuple(dict.fromkeys((*words, *frames)))
            found = self._parts[window] = Part(words, frames, order, frozenset(order))
        return found

    def _framed(self, start: int, end: int) -> frozenset[str]:
        return frozenset(
            FRAME + name
            for name, hits in self.frames.items()
            if any(start <= hit.start and hit.end <= end for hit in hits)
        )


def asked(
    tokens: Sequence[Token],
    joints: Collection[str],
    frames: CueBook,
    aspects: Iterable[Aspect],
    asking: frozenset[str],
) -> Question:
    """The question of a text's content."""
    words = tuple(token.word for token in tokens)
    parts = [(clause.start, clause.end) for clause in clauses(tokens, joints)]
    pairs = [(first[0], second[1]) for first, second in pairwise(parts)]
    windows = tuple(dict.fromkeys((*parts, *pairs, (0, len(words)))))
    return Question(words, frames.find_each(words), windows, frozenset(aspects), asking)


def framed_words(words: Sequence[str], frames: Mapping[str, Sequence[CueHit]]) -> frozenset[str]:
    """The words that frames stand for."""
    return frozenset(words[i] for hits in frames.values() for hit in hits for i in hit.places)


def grams(words: Iterable[str]) -> frozenset[str]:
    """Pieces of three and four letters of words."""
    text = f" {' '.join(words)} "
    return frozenset(text[at : at + size] for size in _GRAMS for at in range(len(text) - size + 1))
