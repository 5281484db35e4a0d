"""How sure is it? Two calibrated probabilities, and what may be done with them."""

import math
from collections.abc import Mapping

from bot.knowledge.language import Numbers
from bot.understanding.result import Verdict

_CONSTANT = "tetap"
_FIRST = {_CONSTANT: -7.0, "margin": 0.5, "lead": 0.3, "likeness": 6.0, "words": 1.0}
_FOUR = {_CONSTANT: -5.0, "margin": 0.1, "lead": 0.4, "likeness": 8.0, "words": 1.5}
_THRESHOLDS = {"sure": 0.7, "unsure": 0.4}


class Confidence:
    """Probabilities by learned numbers; by those of the code where none were learned."""

    def __init__(self, learned: Numbers) -> None:
        self._first = learned.first or _FIRST
        self._four = learned.four or _FOUR
        self._thresholds = _THRESHOLDS | learned.thresholds

    def first_is_right(self, traits: Mapping[str, float]) -> float:
        """Probability that the first candidate is right."""
        return _logistic(self._first, traits)

    def verdict(self, first: float, traits: Mapping[str, float]) -> Verdict:
        """Answer, offer when the right one is likely among four, or decline; ``first`` is of ``first_is_right``."""
        if first >= self._thresholds["sure"]:
            return Verdict.SURE
        return Verdict.UNSURE if _logistic(self._four, traits) >= self._thresholds["unsure"] else Verdict.UNKNOWN


def _logistic(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    z = sum(weight * traits.get(name, 1.0 if name == _CONSTANT else 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
