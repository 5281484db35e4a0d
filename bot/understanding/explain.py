"""Why this subject and not the next? Which word met which, and one sentence a clerk understands."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.ranking import Ranker
from bot.understanding.reader import Token
from bot.understanding.result import Evidence


def met(ranker: Ranker, subjects: Sequence[str], tokens: Sequence[Token]) -> list[tuple[Evidence, ...]]:
    """For each subject the words of a question that its phrases hold, with their share of all that was said."""
    weights = {token.word: ranker.weight(token.word) * token.quality for token in tokens if not token.filler}
    total = sum(weights.values()) or 1.0
    by_word = {token.word: token for token in tokens}
    told = [
        Evidence(by_word[word].typed, word, round(weight / total, 3), by_word[word].how or "sama")
        for word, weight in sorted(weights.items(), key=lambda pair: -pair[1])
        if weight > 0
    ]
    return [tuple(one for one in told if ranker.uses(subject, one.met)) for subject in subjects]
