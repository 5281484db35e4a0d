"""What is asked of a subject? Aspects from cues, in the order they were said."""

from collections.abc import Sequence

from bot.knowledge.language import AspectWords
from bot.knowledge.model import Aspect
from bot.understanding.hearing.book import CueBook, Read

_NOTHING = "-"  # label of what only looks like a cue


class AspectFinder:
    """Finds aspects by the cues of aspek.yaml."""

    def __init__(self, words: AspectWords, read: Read) -> None:
        clear = {aspect.value: cues.clear for aspect, cues in words.cues.items()}
        weak = {aspect.value: cues.weak for aspect, cues in words.cues.items()}
        self._clear = CueBook({**clear, _NOTHING: words.not_asked}, read)
        self._weak = CueBook({**weak, _NOTHING: words.not_asked}, read)

    def find(self, words: Sequence[str]) -> tuple[tuple[Aspect, ...], frozenset[int]]:
        """Aspects asked by official words; those of weak cues only when no clear one was said.

        Returns:
            The aspects in the order they were said; the positions of the words that asked for them.
        """
        for book in (self._clear, self._weak):
            found = [cue for cue in book.find(words) if cue.label != _NOTHING]
            if found:
                places = frozenset(i for cue in found for i in cue.places)
                return tuple(dict.fromkeys(Aspect(cue.label) for cue in found)), places
        return (), frozenset()
