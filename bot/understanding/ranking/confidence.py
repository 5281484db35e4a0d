"""How sure is it? Two calibrated probabilities, and what may be done with them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.language import Numbers
from bot.understanding.result import Verdict

_CONSTANT = "tetap"
_FIRST = {_CONSTANT: -7.0, "margin": 0.5, "lead": 0.3, "likeness": 6.0, "words": 1.0}
_FOUR = {_CONSTANT: -5.0, "margin": 0.1, "lead": 0.4, "likeness": 8.0, "words": 1.5}
_THRESHOLDS = {"sure": 0.7, "unsure": 0.4}


@dataclass(frozen=True)
class Confidence:
    """Learned numbers by name; those of the code where none were learned."""

    first: Mapping[str, float]
    four: Mapping[str, float]
    thresholds: Mapping[str, float]

    @staticmethod
    def of(learned: Numbers) -> "Confidence":
        """The numbers of angka.yaml."""
        return Confidence(
            learned.first or _FIRST,
            learned.four or _FOUR,
            {**_THRESHOLDS, **learned.thresholds},
        )

    def first_is_right(self, traits: Mapping[str, float]) -> float:
        """Probability that the first candidate is right."""
        return _logistic(self.first, traits)

    def among_four(self, traits: Mapping[str, float]) -> float:
        """Probability that the right one is among the first four."""
        return _logistic(self.four, traits)

    def verdict(self, first: float, traits: Mapping[str, float]) -> Verdict:
        """Answer, offer, or decline, when the first candidate is right with a probability."""
        if first >= self.thresholds["sure"]:
            return Verdict.SURE
        return Verdict.UNSURE if self.among_four(traits) >= self.thresholds["unsure"] else Verdict.UNKNOWN


def _logistic(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    z = sum(weight * traits.get(name, 1.0 if name == _CONSTANT else 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
