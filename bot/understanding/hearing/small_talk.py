"""What is said besides asking? Greetings, thanks, a person's own file, and who takes it back."""

from collections.abc import Mapping, Sequence

from bot.knowledge.language import Cues, SmallTalk
from bot.understanding.hearing.book import CueBook, Read
from bot.understanding.result import Cue

_OPENING = (Cue.GREETING, Cue.FOLLOW_UP, Cue.SWITCH)  # at the beginning of a text only
_START = 3  # words within which a correction or a follow-up begins
_UNLESS = "-"  # before the label of what takes a cue back

CuePlaces = Mapping[Cue, frozenset[int]]


class Listener:
    """Hears small talk by the cues of sapaan.yaml."""

    def __init__(self, talk: SmallTalk, read: Read) -> None:
        # Each cue has the name of its list; those of places and decoys have none here.
        self._kinds = {cue: one for cue in Cue if isinstance(one := getattr(talk, cue.value, None), Cues)}
        said = {cue.value: cues.cues for cue, cues in self._kinds.items()}
        unless = {_UNLESS + cue.value: cues.unless for cue, cues in self._kinds.items()}
        self._book = CueBook({**said, **unless}, read)

    def hear(self, words: Sequence[str], last: int) -> tuple[frozenset[Cue], CuePlaces]:
        """What is said besides asking.

        Args:
            words: Official words, fillers included.
            last: Number of words until only fillers follow.

        Returns:
            The cues, and by cue the positions of its words; a cue that was not heard has none.
        """
        said = self._book.find_each(words, last)
        heard: dict[Cue, frozenset[int]] = {}
        for cue in self._kinds:
            found = () if _UNLESS + cue.value in said else said.get(cue.value, ())
            if cue in _OPENING:
                found = tuple(f for f in found if f.start < _START)
            if cue is Cue.CORRECTION:
                found = tuple(f for f in found if f.start < _START or f.end >= last)
            heard[cue] = frozenset(i for f in found for i in f.places)
        return frozenset(cue for cue, at in heard.items() if at), heard
