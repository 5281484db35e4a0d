"""How is it told what the knowledge's own questions came to: in lines, and as values for a program?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.authoring.changing.answers import MOMENT, AnswerCheck, StoredCheck
from bot.authoring.changing.questions import Checked, Report
from bot.conversation.composing.wording import full_date, sentence, shortened
from bot.knowledge.phrases import Phrases
from bot.knowledge.reading.document import LineOf

_MOST_LETTERS = 160  # of what an answer says


@dataclass(frozen=True)
class Outcomes:
    """What the questions came to, the stored ones too, and where they stand."""

    report: Report
    stored: Sequence[StoredCheck]
    line: LineOf

    @property
    def works_now(self) -> tuple[AnswerCheck, ...]:
        """Tests of content that were known to fail, and pass."""
        return tuple(one for one in self.report.answers if one.passed and one.test.not_yet)

    @property
    def without_answer(self) -> tuple[StoredCheck, ...]:
        """Stored questions that do not bring their answer even after their subject's card."""
        return tuple(one for one in self.stored if not one.after_card)

    def place(self, one: AnswerCheck | StoredCheck) -> str:
        """File and line of a question."""
        key = "uji_isi" if isinstance(one, AnswerCheck) else "tanya_jawab"
        return f"{one.file}:{self.line(one.file, key, one.place)}"


def lines_of(outcomes: Outcomes, phrases: Phrases) -> Iterator[str]:
    """A line for each question that failed or deserves a remark, and the counts."""
    report = outcomes.report
    for one in outcomes.without_answer:
        yield f"{outcomes.place(one)}: {phrases.say('admin.isi_tersimpan', pertanyaan=one.question)}"
    for works in outcomes.works_now:
        yield f"{outcomes.place(works)}: {phrases.say('admin.isi_sudah_bisa', pertanyaan=works.test.question)}"
    for checked in report.failed:
        yield f"{checked.file}: {wrong_line(checked, phrases)}"
    for wrong in report.wrong_answers:
        yield f"{outcomes.place(wrong)}: {answer_line(wrong, phrases)}"
    if report.wrong_answers:
        yield phrases.say("admin.isi_cara")
    yield from _counts(outcomes, phrases)


def wrong_line(one: Checked, phrases: Phrases) -> str:
    """A question that finds something else than it should."""
    expected, found = ", ".join(one.expected), _found(one.found, phrases)
    return phrases.say("admin.uji_baris", pertanyaan=one.question, mestinya=expected, jadinya=found)


def answer_line(one: AnswerCheck, phrases: Phrases, says: Sequence[str] = ()) -> str:
    """A question whose answer is not as it must be, and what the answer says: some lines of it, or the nearest."""
    said = [
        phrases.say(f"admin.{name}", daftar=_quoted(words))
        for name, words in (("isi_kurang", one.lacking), ("isi_lebih", one.unwanted))
        if words
    ]
    found = _found(one.decision.subjects, phrases)
    now = sentence(shortened(" ".join(says) or one.nearest, _MOST_LETTERS))
    wrong = "; ".join(said)
    return phrases.say("admin.isi_baris", pertanyaan=one.test.question, jadinya=found, salah=wrong, jawaban=now)


def required(holds: Sequence[str], lacks: Sequence[str], phrases: Phrases) -> str:
    """What a test asks for; empty when it asks for nothing."""
    wanted = [phrases.say("admin.isi_memuat", daftar=_quoted(holds))] if holds else []
    wanted += [phrases.say("admin.isi_kurang", daftar=_quoted(lacks))] if lacks else []
    return "; ".join(wanted)


def as_values(outcomes: Outcomes) -> Mapping[str, Any]:
    """The same for a program."""
    report = outcomes.report
    failed = [
        {"file": one.file, "question": one.question, "expected": list(one.expected), "found": list(one.found)}
        for one in report.failed
    ]
    answers = [
        {
            "place": outcomes.place(one),
            "question": one.test.question,
            "lacking": list(one.lacking),
            "unwanted": list(one.unwanted),
            "says": one.nearest,
        }
        for one in report.wrong_answers
    ]
    counts = dict(zip(("passed", "not_yet"), _passed(report), strict=True))
    works = [outcomes.place(one) for one in outcomes.works_now]
    missing = [{"place": outcomes.place(one), "question": one.question} for one in outcomes.without_answer]
    after, alone = _told(outcomes.stored)
    return {
        "passed": report.passed,
        "failed": failed,
        "answers": {**counts, "works": works, "failed": answers},
        "stored": {"all": len(outcomes.stored), "after_card": after, "alone": alone, "missing": missing},
    }


def _counts(outcomes: Outcomes, phrases: Phrases) -> Iterator[str]:
    report = outcomes.report
    after, alone = _told(outcomes.stored)
    right, not_yet = _passed(report)
    moment = f"{full_date(MOMENT)} {MOMENT:%H.%M}"
    wrong = len(report.wrong_answers)
    yield phrases.say("admin.isi_tersimpan_jumlah", semua=len(outcomes.stored), sesudah=after, sendiri=alone)
    yield phrases.say("admin.isi_jumlah", benar=right, salah=wrong, belum=not_yet, saat=moment)
    yield phrases.say("admin.uji_jumlah", benar=report.passed, salah=len(report.failed))


def _passed(report: Report) -> tuple[int, int]:
    """How many answers are as they must be, and how many are known not to be yet."""
    return sum(one.passed for one in report.answers), sum(not one.passed and one.test.not_yet for one in report.answers)


def _told(stored: Sequence[StoredCheck]) -> tuple[int, int]:
    return sum(one.after_card for one in stored), sum(one.alone for one in stored)


def _found(subjects: Sequence[str], phrases: Phrases) -> str:
    return ", ".join(subjects) or phrases.say("admin.uji_kosong")


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
