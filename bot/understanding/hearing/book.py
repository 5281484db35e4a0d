"""Which sequences of words were said? Cues compiled once, found in one pass."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GAP = 2  # words that ".." may stand for
_ANY, _LAST = "..", "$"
CueStep = frozenset[str] | None  # words that fit; None is a gap
CueSteps = tuple[CueStep, ...]
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
    """All cues of some labels, by the words they may start with."""

    def __init__(self, cues: Mapping[str, Iterable[str]], read: Read) -> None:
        """Compile cues.

        Args:
            cues: Sequences by label; ``a/b`` is either, ``..`` up to two words between, ``$`` the end.
            read: Turns words into official words, so that a cue is found however it is written.
        """
        self._by_start: dict[str, list[tuple[str, CueSteps]]] = {}
        for label, texts in cues.items():
            for steps in (steps for text in texts for steps in _compiled(text, read)):
                for word in steps[0] or ():
                    self._by_start.setdefault(word, []).append((label, steps))

    def find(self, words: Sequence[str]) -> tuple[CueHit, ...]:
        """The cues said, the longest at each place; a word counts for one cue only."""
        found: list[CueHit] = []
        for at in self._places(words):
            if not found or at >= found[-1].end:
                found += sorted(self._at(words, at), key=lambda cue: -cue.end)[:1]
        return tuple(found)

    def find_each(self, words: Sequence[str], last: int | None = None) -> Mapping[str, tuple[CueHit, ...]]:
        """The cues said by label; a word may count for several labels, and for one cue of each.

        Args:
            words: Official words.
            last: Number of words until the text says nothing more; all of them when not given.
        """
        found: dict[str, tuple[CueHit, ...]] = {}
        for at in self._places(words):
            for cue in sorted(self._at(words, at, last), key=lambda cue: -cue.end):
                before = found.get(cue.label, ())
                if not before or before[-1].end <= at:
                    found[cue.label] = (*before, cue)
        return found

    def _places(self, words: Sequence[str]) -> Sequence[int]:
        if self._by_start.keys().isdisjoint(words):
            return ()
        return [at for at, word in enumerate(words) if word in self._by_start]

    def _at(self, words: Sequence[str], at: int, last: int | None = None) -> list[CueHit]:
        last = len(words) if last is None else last
        after = words[at + 1] if at + 1 < len(words) else _LAST
        found: list[CueHit] = []
        for label, steps in self._by_start[words[at]]:
            second = steps[1] if len(steps) > 1 else None
            if second is not None and after not in second and _LAST not in second:
                continue  # most cues end here, and this is quicker than looking for their end
            end = _ends(steps, words, at, last)
            if end > at:
                found.append(CueHit(label, at, end))
        return found


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
