"""Does the knowledge pass its own tests: is every ``uji`` found, is every sentence of bahasa/uji.yaml read right?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.authoring.changing.answers import AnswerCheck, check_answers
from bot.conversation.turn import Outcome
from bot.knowledge.language import WordCheck
from bot.knowledge.reading.loader import LANGUAGE
from bot.live import Snapshot
from bot.live.trial import touched
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


Known = Mapping[tuple[str, str], Checked]
"""Questions by the id whose they are and their text."""


@dataclass(frozen=True)
class Report:
    """All questions of one knowledge base by subject and question, and its tests of content as they stand."""

    tested: Known
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


def ask_all(snapshot: Snapshot, before: tuple[Snapshot, Report] | None = None) -> Report:
    """Ask every question of a knowledge base; a millisecond each.

    Args:
        snapshot: What answers.
        before: What answered before, and what it came to; asked again is only what may have changed since.
    """
    known, answers = _unchanged(snapshot, *before) if before else ({}, ())
    results = (*_subjects(snapshot, known), *_words(snapshot, known))
    return Report({(one.subject, one.question): one for one in results}, tuple(check_answers(snapshot, answers)))


def _unchanged(snapshot: Snapshot, before: Snapshot, report: Report) -> tuple[Known, Iterable[AnswerCheck]]:
    """What comes to the same again where every text is understood as it was: all but answers that may say more now."""
    if snapshot.matcher is not before.matcher:
        return {}, ()
    changed = {*touched(snapshot.knowledge, before)}
    return report.tested, (one for one in report.answers if one.about and changed.isdisjoint(one.about))


def compare(before: Report, after: Report) -> tuple[Checked, ...]:
    """The questions that a change makes wrong: right before, or new with it."""
    pairs = ((before.tested.get(key), one) for key, one in after.tested.items())
    return tuple(one for was, one in pairs if not one.passed and (was is None or was.passed))


def weakened(before: Report, after: Report) -> tuple[Checked, ...]:
    """The questions that were answered at once before a change, and after it only by asking back."""
    pairs = ((before.tested.get(key), one) for key, one in after.tested.items())
    return tuple(one for was, one in pairs if one.passed and not one.at_once and was is not None and was.at_once)


def _subjects(snapshot: Snapshot, known: Known) -> Iterator[Checked]:
    for subject in snapshot.knowledge.subjects.values():
        for question in subject.questions:
            yield known.get((subject.id, question)) or _found(subject.id, question, snapshot)


def _found(subject: str, question: str, snapshot: Snapshot) -> Checked:
    decision = snapshot.decide(question, _ANY_DAY)
    found = decision.near if decision.outcome is Outcome.EMERGENCY else decision.subjects
    passed = subject in found
    at_once = passed and decision.outcome is not Outcome.CLARIFY
    return Checked(subject, question, (subject,), found, passed, at_once, snapshot.knowledge.files[subject])


def _words(snapshot: Snapshot, known: Known) -> Iterator[Checked]:
    for check in snapshot.knowledge.language.checks.root:
        yield known.get((WORD_CHECKS, check.sentence)) or _heard(check, snapshot.matcher)


def _heard(check: WordCheck, matcher: Matcher) -> Checked:
    heard = matcher.understand(check.sentence)
    expected = (*check.words, *(aspect.value for aspect in check.aspects))
    found = (*heard.tokens, *(aspect.value for aspect in heard.aspects))
    passed = {*check.words} <= {*heard.tokens} and {*check.aspects} == {*heard.aspects}
    return Checked(WORD_CHECKS, check.sentence, expected, found, passed, passed, WORD_CHECKS)
