"""What is asked of a subject by who tells a story? What was learned of the messages in bahasa/pesan.yaml.

A cue alone does not tell: "sudah lama saya tunggu" asks for no time. So cues are marks of a message beside its words,
and those of the part that asks are heard twice.
"""

from collections.abc import Iterable, Sequence

from bot.knowledge.vocabulary import Aspect
from bot.understanding.ranking.linear import LinearView, Weights
from bot.understanding.reading.clauses import Clause
from bot.understanding.reading.reader import Token

_ASKS = "?"  # before a word of the part that asks
_LAST, _WITHIN = "$", "."
_LIKELY = -0.25  # log odds from which it is asked; at 0 two of 100 fewer are found, at -.5 six more are guessed
_SHORT = 10  # words up to which every cue is meant, and nothing else
_SHORTEST = 3  # words up to which only cues count: "kalau hari ini?" leans on what was asked before
_LOUD = 3  # how often a mark counts: a cue tells more than a word
Cue = tuple[str, int]  # what it stands for, and the place of its first word


class Asking:
    """Tells which aspects are asked; without learned weights the cues alone tell it.

    Args:
        weights: Encoded, a label for each aspect; empty when nothing was learned.
    """

    def __init__(self, weights: str) -> None:
        self._view = LinearView(Weights.decoded(weights)) if weights else None

    def aspects(self, words: Sequence[str], marks: Sequence[str], heard: tuple[Aspect, ...]) -> tuple[Aspect, ...]:
        """The aspects asked, first those whose cue was heard, in their order.

        Args:
            words: Of a message, those of the part that asks a second time.
            marks: Its cues.
            heard: The aspects that cues tell of.
        """
        length = sum(not word.startswith(_ASKS) for word in words)
        if self._view is None or length <= (_SHORT if heard else _SHORTEST):
            return heard
        said = self._view.scores(words, marks)
        asked = {label: float(said[at]) for label, at in self._view.labels.items() if said[at] > _LIKELY}
        others = sorted(asked.keys() - set(heard), key=lambda label: -asked[label])
        return (*(aspect for aspect in heard if aspect in asked), *map(Aspect, others))


def told_twice(typed: Sequence[str], content: Sequence[Token], parts: Sequence[Clause]) -> tuple[str, ...]:
    """The words of a message, then those of the parts that ask; of the last part where none does."""
    asking = [part for part in parts if part.asks] or parts[-1:]
    tokens = (token for part in asking for token in content[part.start : part.end])
    return (*typed, *(_ASKS + word for token in tokens for word in token.typed.split()))


def marks_of(cues: Iterable[Cue], parts: Sequence[Clause]) -> tuple[str, ...]:
    """Cues as pieces to learn of, each by itself and with where it stands: in a part that asks, the last, another."""
    marks = [mark for label, at in cues for mark in (label, label + _place(at, parts))]
    return tuple(marks) * _LOUD


def _place(at: int, parts: Sequence[Clause]) -> str:
    for part in parts:
        if part.start <= at < part.end:
            return _ASKS if part.asks else _LAST if part is parts[-1] else _WITHIN
    return _WITHIN
