"""The product itself, judged by its own thresholds and its own decisions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks import calibrate
from benchmarks.peers.corpus import Ranked
from benchmarks.peers.judged import FOLDS, OFFERED, Judged, Step
from benchmarks.questions import Question
from bot.conversation.deciding.dialogue import decide
from bot.conversation.turn import Outcome, Session, Turn
from bot.knowledge.base import KnowledgeBase
from bot.understanding.matcher import Matcher

_NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
_STEPS = {Outcome.ANSWER: Step.ANSWER, Outcome.REFER: Step.ANSWER, Outcome.CLARIFY: Step.OFFER}


class Product:
    """Understands and decides as the bot does for the first turn of a conversation."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._matcher = Matcher(knowledge)

    def rank(self, question: str) -> Ranked:
        """Candidates; what is timed, from text to Understanding."""
        return tuple(
            (candidate.subject, candidate.score) for candidate in self._matcher.understand(question).candidates
        )

    def judge(self, question: str) -> Judged:
        """What the bot does with a question."""
        heard = self._matcher.understand(question)
        turn = Turn("", _NOON, "bench", "", "", question)
        decision = decide(turn, heard, Session(), self._knowledge)
        step = _STEPS.get(decision.outcome, Step.DECLINE)
        named = decision.subjects[:OFFERED] if step is not Step.DECLINE else ()
        ranked = dict.fromkeys((*named, *heard.meant, *(candidate.subject for candidate in heard.candidates)))
        aspects = frozenset(aspect.value for aspect in heard.aspects)
        return Judged(tuple(ranked), heard.confidence, step, named, aspects, decision.outcome.value)


def cross_fitted(
    knowledge: KnowledgeBase, found: Sequence[calibrate.Judged], asked: Sequence[Question]
) -> tuple[KnowledgeBase, ...]:
    """The knowledge for each fold, its confidence learned without the questions of that fold.

    Args:
        knowledge: To be asked.
        found: What it made of all that its confidence is learned from.
        asked: The one at place ``i`` belongs to fold ``i % FOLDS``.
    """
    fitted = []
    for fold in range(FOLDS):
        left_out = set(asked[fold::FOLDS])
        numbers = calibrate.fitted([one for one in found if one.asked not in left_out], knowledge)
        language = knowledge.language.model_copy(update={"numbers": numbers})
        fitted.append(replace(knowledge, language=language))
    return tuple(fitted)
