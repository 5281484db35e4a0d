"""Were two services asked in one breath? "ktp sama kk ilang semua", "bedanya slf sama pbg"."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.language import Events
from bot.understanding.hearing.book import CueBook
from bot.understanding.ranking.ranking import Ranker
from bot.understanding.reading.reader import Token
from bot.understanding.result import Verdict

_LONGEST = 30  # words; a longer story holds many an "and"
_NEAR = 2  # words between a joint and the things it joins
NO_JOINT = "-"  # label of words that only look like a joint: "beda sama"


class Pairs:
    """Finds the two subjects of a question that names two."""

    def __init__(self, events: Events, joints: CueBook, ranker: Ranker, called: Mapping[str, Sequence[str]]) -> None:
        """Know what may be joined.

        Args:
            events: Words for things and for what happens.
            joints: Words between two things; cues labelled ``NO_JOINT`` are none.
            ranker: Of all subjects.
            called: Words a subject goes by, of those that may be asked two at a time.
        """
        self._named = frozenset((*events.objects, *events.life))
        self._happened = frozenset(events.operations)
        self._joints = joints
        self._ranker = ranker
        self._called = called

    def find(self, tokens: Sequence[Token]) -> tuple[str, str] | None:
        """Two subjects, in the order they were named; None when one or none was asked."""
        if len(tokens) > _LONGEST:
            return None
        pairs = (self._pair(left, right) for left, right in self._halves(tokens))
        return next((pair for pair in pairs if pair), None)

    def told_by_the_way(self, tokens: Sequence[Token]) -> frozenset[str]:
        """Things that were lost along with the one a text comes back to: "kk sama akta kebakar, ganti kk gimana"."""
        said = Counter(token.word for token in tokens)
        for left, right in self._halves(tokens):
            near = self._joined(left, right)
            again = [any(said[thing] > 1 for thing in things) for things in near]
            if all(near) and any(again) and not all(again):
                return near[again.index(False)]
        return frozenset()

    def _halves(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
        words = [token.word for token in tokens]
        for joint in self._joints.find(words):
            # "bedanya a sama b" begins with its joint
            if joint.start and joint.label != NO_JOINT:
                yield tokens[: joint.start], tokens[joint.end :]

    def _pair(self, left: Sequence[Token], right: Sequence[Token]) -> tuple[str, str] | None:
        near = self._joined(left, right)
        if not all(near) or self._things(left) & self._things(right):
            return None
        happened = {token.word for token in (*left, *right)} & self._happened
        first, second = (self._first(part, things, happened) for part, things in zip((left, right), near, strict=True))
        return (first, second) if first and second and first != second else None

    def _joined(self, left: Sequence[Token], right: Sequence[Token]) -> list[frozenset[str]]:
        return [self._things(left[-_NEAR:]), self._things(right[:_NEAR])]

    def _things(self, part: Sequence[Token]) -> frozenset[str]:
        return self._named & {token.word for token in part}

    def _first(self, part: Sequence[Token], things: frozenset[str], happened: set[str]) -> str:
        """The subject of one half, when it goes by the thing joined; what happened is said once for both."""
        words = {token.word: token.quality for token in part}
        if not words.keys() & happened:
            words |= dict.fromkeys(happened, 1.0)
        ranking = self._ranker.rank(words)
        known = ranking.verdict is not Verdict.UNKNOWN
        return ranking.first if known and things.intersection(self._called.get(ranking.first, ())) else ""
