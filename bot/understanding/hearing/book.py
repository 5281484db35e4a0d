"""Which sequences of words were said? Cues compiled once, found in one pass."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GAP = 2  # words that ".." may stand for
_ANY, _LAST = "..", "$"
CueStep = frozenset[str] | None  # words that fit; None is a gap
CueSteps = tuple[CueStep, ...]
LabelledSteps = tuple[str, CueSteps]
Read = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class CueHit:
    """A cue that was said, and from which word to before which."""

    label: str
    start: int
    end: int

    @property
    def places(self) -> range:
        """Positions of its words."""
        return range(self.start, self.end)


class CueBook:
    """All cues of some labels, by the words they may start with and the ones that may come next."""

    def __init__(self, cues: Mapping[str, Iterable[str]], read: Read) -> None:
        """Compile cues.

        Args:
            cues: Sequences by label; ``a/b`` is either, ``..`` up to two words between, ``$`` the end.
            read: Turns words into official words, so that a cue is found however it is written.
        """
        by_start: dict[str, list[LabelledSteps]] = {}
        for label, texts in cues.items():
            for steps in (steps for text in texts for steps in _compiled(text, read)):
                for word in steps[0] or ():
                    by_start.setdefault(word, []).append((label, steps))
        self._by_start = {word: _by_second(several) for word, several in by_start.items()}

    def find(self, words: Sequence[str]) -> tuple[CueHit, ...]:
        """The cues said, the longest at each place; a word counts for one cue only."""
        found: list[CueHit] = []
        for at in self._places(words):
            if not found or at >= found[-1].end:
                found += self._at(words, at)[:1]
        return tuple(found)

    def find_each(self, words: Sequence[str], last: int | None = None) -> Mapping[str, tuple[CueHit, ...]]:
        """The cues said by label; a word may count for several labels, and for one cue of each.

        Args:
            words: Official words.
            last: Number of words until the text says nothing more; all of them when not given.
        """
        found: dict[str, tuple[CueHit, ...]] = {}
        for at in self._places(words):
            for cue in self._at(words, at, last):
                before = found.get(cue.label, ())
                if not before or before[-1].end <= at:
                    found[cue.label] = (*before, cue)
        return found

    def _places(self, words: Sequence[str]) -> Sequence[int]:
        if self._by_start.keys().isdisjoint(words):
            return ()
        return [at for at, word in enumerate(words) if word in self._by_start]

    def _at(self, words: Sequence[str], at: int, last: int | None = None) -> list[CueHit]:
        """The cues that start at a word, the longest first."""
        last = len(words) if last is None else last
        by_second = self._by_start[words[at]]
        fitting = by_second.get(words[at + 1], by_second[_LAST]) if at + 1 < len(words) else by_second[_LAST]
        found = [CueHit(label, at, end) for label, steps in fitting if (end := _ends(steps, words, at, last)) > at]
        return sorted(found, key=lambda cue: -cue.end)


def _by_second(cues: Sequence[LabelledSteps]) -> Mapping[str, Sequence[LabelledSteps]]:
    """Cues by their second word, where it is one; those that may go on with any word, or end, are with all of them."""
    seconds = [steps[1] if len(steps) > 1 else None for _, steps in cues]
    said = {word for second in seconds for word in second or ()} | {_LAST}
    return {
        word: [
            cue
            for cue, second in zip(cues, seconds, strict=True)
            if second is None or not second.isdisjoint((word, _LAST))
        ]
        for word in said
    }


def _compiled(text: str, read: Read) -> Iterator[CueSteps]:
    """Steps of a cue, word by word; and as it is read as a whole, where words together mean another one."""
    steps: list[CueStep] = []
    for part in text.split():
        if part in (_ANY, _LAST):
            steps.append(None if part == _ANY else frozenset({_LAST}))
            continue
        readings = [tuple(read(choice)) for choice in part.split("/")]
        steps.append(frozenset(reading[0] for reading in readings if len(reading) == 1))
    if all(step is None or step for step in steps):
        yield tuple(steps)
    if not any(sign in text for sign in ("/", _ANY, _LAST)) and (whole := read(text)):
        yield tuple(frozenset({word}) for word in whole)


def _ends(steps: CueSteps, words: Sequence[str], at: int, last: int) -> int:
    """Where steps end that start at a word; -1 when they do not fit."""
    for i, step in enumerate(steps):
        if step is None:
            rest = steps[i + 1 :]
            ends = (_ends(rest, words, at + skip, last) for skip in range(GAP + 1))
            return next((end for end in ends if end >= 0), -1)
        if at >= last and _LAST in step:
            return at
        if at >= len(words) or words[at] not in step:
            return -1
        at += 1
    return at
