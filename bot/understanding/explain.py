"""Why this subject and not the next? Which word met which, and one sentence a clerk understands."""

from __future__ import annotations

from collections.abc import Iterable

from bot.understanding.ranking import Ranker
from bot.understanding.reader import Token
from bot.understanding.result import Evidence


def met(ranker: Ranker, subject: str, tokens: Iterable[Token]) -> tuple[Evidence, ...]:
    """Words of a question that a subject's phrases hold, with their share of all that was said."""
    said = {token.word: token for token in tokens if not token.filler}
    weights = {word: ranker.weight(word) * token.quality for word, token in said.items()}
    total = sum(weights.values()) or 1.0
    found = [word for word in said if weights[word] > 0 and ranker.uses(subject, word)]
    return tuple(
        Evidence(said[word].typed, word, round(weights[word] / total, 3), said[word].how or "sama")
        for word in sorted(found, key=lambda word: -weights[word])
    )
