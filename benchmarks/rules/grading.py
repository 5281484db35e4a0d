"""How well is everything answered? A grade for each question, so that two ways to understand can be compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import questions
from benchmarks.dialogues import play, rows
from benchmarks.people import sets
from benchmarks.people.asking import Reached
from benchmarks.people.figures import OfMessage, danger_of, message_of, stored_of
from benchmarks.people.judging import DangerQuestion, Fate, StoredQuestion
from benchmarks.questions import Question
from bot.conversation.turn import Outcome
from bot.knowledge.base import KnowledgeBase

_WORTH = {Fate.RIGHT: 3, Fate.TAP: 2, Fate.DECLINED: 1, Fate.VAIN: 1, Fate.WRONG: 0}
_OUTCOMES = {
    "ambiguous": {Outcome.CLARIFY},
    "greet": {Outcome.GREET},
    "thanks": {Outcome.THANKS},
    "person": {Outcome.PERSON},
    "region": {Outcome.DECLINE, Outcome.REFER},
}
"""What fits a text that is no message about a subject."""
_OF_PEOPLE = "messages"  # whose labels tell that no aspect is asked

Grades = Mapping[tuple[str, str], int]
"""By what is graded, "reply" or "aspects", and by the text: the higher the better."""


@dataclass(frozen=True)
class Material:
    """Everything that is asked."""

    messages: tuple[Question, ...] = ()
    others: tuple[Question, ...] = ()
    stored: tuple[StoredQuestion, ...] = ()
    dangers: tuple[DangerQuestion, ...] = ()
    dialogues: tuple[Mapping[str, Any], ...] = ()

    @staticmethod
    def of(knowledge: KnowledgeBase, files: Mapping[str, Iterable[Path]]) -> "Material":
        """What stands in files: ``messages`` and tidy questions, ``stored``, ``danger``, ``dialogues``."""
        asked = [one for file in files["messages"] for one in questions.known(questions.read(file), knowledge)]
        return Material(
            sets.judged(asked),
            tuple(one for one in asked if one.kind in _OUTCOMES),
            tuple(one for file in files["stored"] for batch in sets.stored(knowledge, file) for one in batch.questions),
            tuple(
                one for file in files["danger"] for batch in sets.dangers(knowledge, file) for one in batch.questions
            ),
            tuple(one for file in files["dialogues"] for one in rows(file)),
        )

    def graded(self, product: Reached) -> Grades:
        """The grades of everything."""
        return dict(self._graded(product))

    def _graded(self, product: Reached) -> Iterator[tuple[tuple[str, str], int]]:
        for asked in self.messages:
            found = message_of(product, asked)
            yield ("reply", asked.text), _WORTH[found.fate]
            hears = _hears_aspects(found)
            if hears is not None:
                yield ("aspects", asked.text), hears
        for asked in self.others:
            yield ("reply", asked.text), product.talk([asked.text]).reply.outcome in _OUTCOMES[asked.kind]
        for stored in self.stored:
            yield ("reply", " » ".join(stored.turns)), _WORTH[stored_of(product, stored).fate]
        for danger in self.dangers:
            yield ("reply", danger.text), danger_of(product, danger).right
        for dialogue in self.dialogues:
            yield from _turns(product, dialogue)


def _hears_aspects(found: OfMessage) -> bool | None:
    if found.missed is not None:
        return not found.missed
    return not found.guessed if found.asked.source == _OF_PEOPLE else None


def _turns(product: Reached, dialogue: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], int]]:
    for number, turn in enumerate(play(product.assistant, dialogue), 1):
        yield ("reply", f"{dialogue['id']} {number}: {turn.user}"), not turn.misses
