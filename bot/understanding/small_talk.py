"""What is said besides asking? Greetings, thanks, danger, a person's own file, and who takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.knowledge.language import Cues, SmallTalk
from bot.understanding.cues import CueBook, Read
from bot.understanding.result import Cue

_OPENING = (Cue.GREETING, Cue.FOLLOW_UP, Cue.SWITCH)  # at the beginning of a text only
_START = 3  # words within which a correction or a follow-up begins


class Listener:
    """Hears small talk by the cues of sapaan.yaml."""

    def __init__(self, talk: SmallTalk, read: Read) -> None:
        plain = {
            Cue.GREETING: talk.greeting,
            Cue.THANKS: talk.thanks,
            Cue.HELP: talk.help,
            Cue.PERSON: talk.person,
            Cue.OWN_FILE: talk.own_file,
            Cue.NONE_OF_THESE: talk.none_of_these,
            Cue.CORRECTION: talk.correction,
            Cue.FOLLOW_UP: talk.follow_up,
            Cue.SWITCH: talk.switching,
        }
        self._plain = {cue: (_book(cues.cues, read), _book(cues.unless, read)) for cue, cues in plain.items()}
        danger: Cues = talk.emergency
        self._distress = _book(danger.cues, read)
        self._danger = _book(talk.emergency.danger, read)
        self._urgent = _book(talk.emergency.urgent, read)
        self._calm = _book(danger.unless, read)

    def hear(self, words: Sequence[str]) -> tuple[frozenset[Cue], Mapping[Cue, frozenset[int]]]:
        """Cues in official words, and by cue the positions of its words; empty for a cue that was not heard."""
        heard: dict[Cue, frozenset[int]] = dict.fromkeys(Cue, frozenset())
        for cue, (said, unless) in self._plain.items():
            found = said.find(words)
            if cue in _OPENING:
                found = tuple(f for f in found if f.start < _START)
            if cue is Cue.CORRECTION:
                found = tuple(f for f in found if f.start < _START or f.end == len(words))
            if found and not unless.find(words):
                heard[cue] = frozenset(i for f in found for i in range(f.start, f.end))
        cues = {cue for cue, at in heard.items() if at}
        if self._in_danger(words):
            cues.add(Cue.EMERGENCY)
        return frozenset(cues), heard

    def _in_danger(self, words: Sequence[str]) -> bool:
        if self._calm.find(words):
            return False
        return bool(self._distress.find(words) or (self._danger.find(words) and self._urgent.find(words)))


def _book(cues: Sequence[str], read: Read) -> CueBook:
    return CueBook({"": cues}, read)
