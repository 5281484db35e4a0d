"""Were two services asked in one breath? "ktp sama kk ilang semua", "bedanya slf sama pbg"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.knowledge.language import Events
from bot.understanding.cues import CueBook
from bot.understanding.ranking import Ranker
from bot.understanding.reader import Token
from bot.understanding.result import Verdict

_LONGEST = 30  # words; a longer story holds many an "and"


class Pairs:
    """Finds the two subjects of a question that names two."""

    def __init__(self, events: Events, joints: CueBook, ranker: Ranker) -> None:
        self._named = frozenset((*events.objects, *events.life))
        self._happened = frozenset(events.operations)
        self._joints = joints
        self._ranker = ranker

    def find(self, tokens: Sequence[Token]) -> tuple[str, str] | None:
        """Two subjects, in the order they were named; None when one or none was asked."""
        if len(tokens) > _LONGEST:
            return None
        words = [token.word for token in tokens]
        for joint in self._joints.find(words):
            left, right = tokens[: joint.start], tokens[joint.end :]
            if not left:  # "bedanya a sama b" begins with its joint
                continue
            if (pair := self._pair(left, right)) is not None:
                return pair
        return None

    def _pair(self, left: Sequence[Token], right: Sequence[Token]) -> tuple[str, str] | None:
        things = [self._named & {token.word for token in part} for part in (left, right)]
        if not things[0] or not things[1] or things[0] & things[1]:
            return None
        happened = {token.word for token in (*left, *right)} & self._happened
        firsts = [self._first(part, happened) for part in (left, right)]
        return (firsts[0], firsts[1]) if firsts[0] and firsts[1] and firsts[0] != firsts[1] else None

    def _first(self, part: Sequence[Token], happened: Iterable[str]) -> str:
        """The subject of one half; what happened is said once for both."""
        words = {token.word: token.quality for token in part if not token.filler}
        if not words.keys() & set(happened):
            words |= dict.fromkeys(happened, 1.0)
        ranking = self._ranker.rank(words)
        return ranking.first if ranking.verdict is not Verdict.UNKNOWN and not ranking.not_ours else ""
