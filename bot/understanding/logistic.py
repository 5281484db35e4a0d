"""How likely is it? Learned weights of traits in one number."""

import math
from collections.abc import Mapping

CONSTANT = "tetap"
_FAR = 30.0  # log odds beyond which a likelihood is 0 or 1


def log_odds(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    """Log odds by weights of traits and of the constant; a trait that is not given counts for nothing."""
    given = {CONSTANT: 1.0, **traits}
    return sum(weight * given.get(name, 0.0) for name, weight in weights.items())


def likelihood(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    """Likelihood (0..1) by weights of traits and of the constant."""
    return 1 / (1 + math.exp(-within(log_odds(weights, traits), _FAR)))


def within(odds: float, most: float) -> float:
    """Odds that are no surer than the most, either way."""
    return max(min(odds, most), -most)
