"""Is somebody in danger now, and in which? Heard before anything else, by the cues of darurat.yaml."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.knowledge.language import DangerWords
from bot.understanding.hearing.book import CueBook, CueHit, Read

_NEAR = 4  # words between a threat and who is threatened
_ALWAYS, _CUE, _THREAT, _BESIDE, _NOT = "always", "cue", "threat", "beside", "not"
_PERSON, _PRESSING, _NOW, _BUSINESS, _SUPPOSED = "person", "pressing", "now", "business", "supposed"

Hits = Mapping[str, Sequence[CueHit]]


class DangerListener:
    """Hears danger.

    Args:
        words: The cues of darurat.yaml.
        read: Turns words into those that are listened to.
    """

    def __init__(self, words: DangerWords, read: Read) -> None:
        self._kinds = tuple(words.kinds)
        self._book = CueBook(dict(_labelled(words)), read)
        self._nothing = CueBook({"": words.nothing}, read)

    def hear(self, words: Sequence[str]) -> str:
        """The kind of danger that somebody is in now, the first of darurat.yaml; empty when nobody is.

        Args:
            words: Of a text, read as the cues were.
        """
        telling = list(words)
        for hit in self._nothing.find(words):
            telling[hit.start : hit.end] = [""] * len(hit.places)
        hits = self._book.find_each(telling)
        return next((kind for kind in self._kinds if _is_in(kind, hits)), "") if hits else ""


def _labelled(words: DangerWords) -> Iterator[tuple[str, Iterable[str]]]:
    """All cues by label."""
    yield _PERSON, words.people
    yield _PRESSING, words.pressing
    yield _NOW, words.now
    yield _BUSINESS, words.business
    yield _SUPPOSED, words.supposed
    for kind, danger in words.kinds.items():
        yield _ALWAYS + kind, danger.always
        yield _CUE + kind, danger.cues
        yield _THREAT + kind, danger.threats
        yield _BESIDE + kind, danger.beside
        yield _NOT + kind, danger.unless


def _is_in(kind: str, hits: Hits) -> bool:
    """Whether somebody is in danger of a kind."""
    if _NOT + kind in hits:
        return False
    if _ALWAYS + kind in hits:
        return True
    if _CUE + kind in hits and _NOW in hits:
        return True
    if _BUSINESS in hits:
        return False
    supposed = hits[_SUPPOSED][0].start if _SUPPOSED in hits else None
    if any(supposed is None or hit.start < supposed for hit in hits.get(_CUE + kind, ())):
        return True
    threats = [hit for hit in hits.get(_THREAT + kind, ()) if supposed is None or hit.start < supposed]
    beside = [hit for label in (_PERSON, _PRESSING, _NOW, _BESIDE + kind) for hit in hits.get(label, ())]
    return any(_apart(threat, other) < _NEAR for threat in threats for other in beside)


def _apart(one: CueHit, other: CueHit) -> int:
    """How many words stand between two cues."""
    return max(one.start - other.end, other.start - one.end)
