"""What was learned since the numbers were last calibrated? Weights that stand in for those of angka.yaml, and are kept.

An edit answers at once by its words; the linear view has not seen it before it was learned anew.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.understanding.ranking.linear import Weights
from bot.understanding.ranking.phrases import fingerprint


@dataclass(frozen=True)
class Learned:
    """Weights, the texts that they were learned of, and the weights that they stand in for, by their fingerprints."""

    weights: str
    texts: str
    instead_of: str


def is_behind(knowledge: KnowledgeBase) -> bool:
    """Whether a knowledge has texts that its weights were not learned of; one without weights learns nothing."""
    numbers = knowledge.language.numbers
    return bool(numbers.weights) and numbers.fitted_on != fingerprint(knowledge)


def taught(knowledge: KnowledgeBase, learned: Learned | None) -> KnowledgeBase:
    """The knowledge with what was learned; as it is where the weights that stood in its place are others by now."""
    numbers = knowledge.language.numbers
    if learned is None or learned.instead_of != mark_of(numbers.weights):
        return knowledge
    numbers = numbers.model_copy(update={"weights": learned.weights, "fitted_on": learned.texts})
    return replace(knowledge, language=knowledge.language.model_copy(update={"numbers": numbers}))


def mark_of(weights: str) -> str:
    """A fingerprint of weights."""
    return hashlib.sha256(weights.encode()).hexdigest()


def keep(place: Path, learned: Learned) -> None:
    """Keep what was learned in place of what was before.

    Raises:
        OSError: It cannot be written.
    """
    draft = place.with_name(f"{place.name}.new")
    draft.write_text(json.dumps(asdict(learned)), encoding="utf-8")
    draft.replace(place)


def kept(place: Path) -> Learned | None:
    """What was learned and kept; None when there is nothing that can be read."""
    try:
        learned = Learned(**json.loads(place.read_text(encoding="utf-8")))
        Weights.decoded(learned.weights)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return learned
