"""Does the knowledge pass its own tests: is every ``uji`` found, is every sentence of bahasa/uji.yaml read right?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.authoring.changing.answers import AnswerCheck, check_answers
from bot.conversation.turn import Outcome
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import LANGUAGE
from bot.live import Snapshot
from bot.understanding.matcher import Matcher

_ANY_DAY = datetime(2026, 1, 5, 10, tzinfo=UTC)  # what is found depends on no day
WORD_CHECKS = f"{LANGUAGE}/uji.yaml"


@dataclass(frozen=True)
class Checked:
    """One question and what came of it; expected and found are ids of subjects, or words and aspects."""

    subject: str  # id whose question it is, or bahasa/uji.yaml
    question: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    passed: bool
    at_once: bool  # passed without asking back
    file: str  # path below the knowledge folder


@dataclass(frozen=True)
class Report:
    """All questions of one knowledge base by subject and question, and its tests of content as they stand."""

    tested: Mapping[tuple[str, str], Checked]
    answers: tuple[AnswerCheck, ...] = ()

    @property
    def failed(self) -> tuple[Checked, ...]:
        """What went wrong, in the order of the files."""
        return tuple(one for one in self.tested.values() if not one.passed)

    @property
    def wrong_answers(self) -> tuple[AnswerCheck, ...]:
        """Answers that are not as they must be, in the order of the files."""
        return tuple(one for one in self.answers if one.failed)

    @property
    def passed(self) -> int:
        """How many questions went well."""
        return len(self.tested) - len(self.failed)


def ask_all(snapshot: Snapshot) -> Report:
    """Ask every question of a knowledge base; less than a millisecond each."""
    results = (*_subjects(snapshot), *_words(snapshot.knowledge, snapshot.matcher))
    return Report({(one.subject, one.question): one for one in results}, tuple(check_answers(snapshot)))


def compare(before: Report, after: Report) -> tuple[Checked, ...]:
    """The questions that a change makes wrong: right before, or new with it."""
    pairs = ((before.tested.get(key), one) for key, one in after.tested.items())
    return tuple(one for was, one in pairs if not one.passed and (was is None or was.passed))


def weakened(before: Report, after: Report) -> tuple[Checked, ...]:
    """The questions that were answered at once before a change, and after it only by asking back."""
    pairs = ((before.tested.get(key), one) for key, one in after.tested.items())
    return tuple(one for was, one in pairs if one.passed and not one.at_once and was is not None and was.at_once)


def _subjects(snapshot: Snapshot) -> Iterator[Checked]:
    knowledge = snapshot.knowledge
    for subject in knowledge.subjects.values():
        for question in subject.questions:
            decision = snapshot.decide(question, _ANY_DAY)
            found = decision.near if decision.outcome is Outcome.EMERGENCY else decision.subjects
            passed = subject.id in found
            at_once = passed and decision.outcome is not Outcome.CLARIFY
            yield Checked(subject.id, question, (subject.id,), found, passed, at_once, knowledge.files[subject.id])


def _words(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[Checked]:
    for check in knowledge.language.checks.root:
        heard = matcher.understand(check.sentence)
        expected = (*check.words, *(aspect.value for aspect in check.aspects))
        found = (*heard.tokens, *(aspect.value for aspect in heard.aspects))
        passed = {*check.words} <= {*heard.tokens} and {*check.aspects} == {*heard.aspects}
        yield Checked(WORD_CHECKS, check.sentence, expected, found, passed, passed, WORD_CHECKS)
