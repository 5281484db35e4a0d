"""Which sequences of words were said? Cues compiled once, found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GAP = 2  # words that ".." may stand for
_ANY, _LAST = "..", "$"
Step = frozenset[str] | None  # words that fit; None is a gap
Read = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Cue:
    """A sequence of steps that stands for a label."""

    label: str
    steps: tuple[Step, ...]

    def ends(self, words: Sequence[str], at: int) -> int:
        """Where the sequence ends when it starts at a word; -1 when it does not."""
        return _ends(self.steps, words, at)


@dataclass(frozen=True)
class Found:
    """A cue that was said, and from which word to before which."""

    label: str
    start: int
    end: int


class CueBook:
    """All cues of some labels, by the words they may start with."""

    def __init__(self, cues: Mapping[str, Iterable[str]], read: Read) -> None:
        """Compile cues.

        Args:
            cues: Sequences by label; ``a/b`` is either, ``..`` up to two words between, ``$`` the end.
            read: Turns words into official words, so that a cue is found however it is written.
        """
        by_start: dict[str, list[Cue]] = {}
        for label, texts in cues.items():
            for text in texts:
                for steps in _compiled(text, read):
                    for word in steps[0] or ():
                        by_start.setdefault(word, []).append(Cue(label, steps))
        self._by_start = {word: tuple(found) for word, found in by_start.items()}
        self._starts = frozenset(by_start)

    def find(self, words: Sequence[str]) -> tuple[Found, ...]:
        """The cues said, the longest at each place; a word counts for one cue only."""
        if self._starts.isdisjoint(words):
            return ()
        found: list[Found] = []
        at = 0
        while at < len(words):
            longest = Found("", at, at)
            for cue in self._by_start.get(words[at], ()):
                end = cue.ends(words, at)
                if end > longest.end:
                    longest = Found(cue.label, at, end)
            if longest.end > at:
                found.append(longest)
            at = max(longest.end, at + 1)
        return tuple(found)


def _compiled(text: str, read: Read) -> Iterator[tuple[Step, ...]]:
    """Steps of a cue, word by word; and as it is read as a whole, where words together mean another one."""
    steps: list[Step] = []
    for part in text.split():
        if part in (_ANY, _LAST):
            steps.append(None if part == _ANY else frozenset({_LAST}))
            continue
        readings = [tuple(read(choice)) for choice in part.split("/")]
        steps.append(frozenset(reading[0] for reading in readings if len(reading) == 1))
    if all(step is None or step for step in steps):
        yield tuple(steps)
    whole = tuple(read(text))
    if "/" not in text and _ANY not in text and _LAST not in text and len(whole) > 0:
        yield tuple(frozenset({word}) for word in whole)


def _ends(steps: tuple[Step, ...], words: Sequence[str], at: int) -> int:
    for i, step in enumerate(steps):
        if step is None:
            rest = steps[i + 1 :]
            ends = (_ends(rest, words, at + skip) for skip in range(GAP + 1))
            return next((end for end in ends if end >= 0), -1)
        if at == len(words) and _LAST in step:
            return at
        if at >= len(words) or words[at] not in step:
            return -1
        at += 1
    return at
