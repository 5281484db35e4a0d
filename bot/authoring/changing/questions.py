"""Does the knowledge pass its own tests: is every ``uji`` found, is every sentence of bahasa/uji.yaml read right?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.conversation.deciding.dialogue import decide
from bot.conversation.turn import Outcome, Session, Turn
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
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
    """All questions of one knowledge base, by subject and question."""

    tested: Mapping[tuple[str, str], Checked]

    @property
    def failed(self) -> tuple[Checked, ...]:
        """What went wrong, in the order of the files."""
        return tuple(one for one in self.tested.values() if not one.passed)

    @property
    def passed(self) -> int:
        """How many went well."""
        return len(self.tested) - len(self.failed)


def ask_all(snapshot: Snapshot) -> Report:
    """Ask every question of a knowledge base; about a millisecond each."""
    results = (*_subjects(snapshot.knowledge, snapshot.matcher), *_words(snapshot.knowledge, snapshot.matcher))
    return Report({(one.subject, one.question): one for one in results})


def lines_of(report: Report, phrases: Phrases) -> Iterator[str]:
    """The report to be printed: a line for each question that failed, and the count."""
    for one in report.failed:
        found = ", ".join(one.found) or phrases.say("admin.uji_kosong")
        expected = ", ".join(one.expected)
        line = phrases.say("admin.uji_baris", pertanyaan=one.question, mestinya=expected, jadinya=found)
        yield f"{one.file}: {line}"
    yield phrases.say("admin.uji_jumlah", benar=report.passed, salah=len(report.failed))


def as_values(report: Report) -> Mapping[str, Any]:
    """The report for a program."""
    failed = [
        {"file": one.file, "question": one.question, "expected": list(one.expected), "found": list(one.found)}
        for one in report.failed
    ]
    return {"passed": report.passed, "failed": failed}


def compare(before: Report, after: Report) -> tuple[Checked, ...]:
    """The questions that a change makes wrong: right before, or new with it."""
    pairs = ((before.tested.get(key), one) for key, one in after.tested.items())
    return tuple(one for was, one in pairs if not one.passed and (was is None or was.passed))


def weakened(before: Report, after: Report) -> tuple[Checked, ...]:
    """The questions that were answered at once before a change, and after it only by asking back."""
    pairs = ((before.tested.get(key), one) for key, one in after.tested.items())
    return tuple(one for was, one in pairs if one.passed and not one.at_once and was is not None and was.at_once)


def _subjects(knowledge: KnowledgeBase, matcher: Matcher) -> Iterator[Checked]:
    for subject in knowledge.subjects.values():
        for question in subject.questions:
            turn = Turn("uji", _ANY_DAY, "test", "", "", question)
            decision = decide(turn, matcher.understand(question), Session(), knowledge)
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
