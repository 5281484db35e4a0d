"""The knowledge's own questions: found, read right, and compared before a change goes live."""

from dataclasses import replace
from pathlib import Path

from bot.authoring.changing.questions import WORD_CHECKS, Checked, Report, ask_all, compare, weakened
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from tests.cli.commands import tanya

RIGHT = Checked("kia", "kartu bocah", ("kia",), ("kia",), passed=True, at_once=True, file="dukcapil/kia.yaml")
WRONG = replace(RIGHT, found=("ktp-hilang",), passed=False, at_once=False)
ASKED_BACK = replace(RIGHT, found=("ktp-hilang", "kia"), at_once=False)


def report(*tested: Checked) -> Report:
    return Report({(one.subject, one.question): one for one in tested})


def test_the_shipped_knowledge_finds_all_of_its_own_questions_and_answers_them_right() -> None:
    done = tanya("test")
    assert (done.returncode, done.stdout.splitlines()[-1].endswith(" 0 salah.")) == (0, True)


def test_a_question_that_was_right_and_no_longer_is_was_made_wrong() -> None:
    assert compare(report(RIGHT), report(WRONG)) == (WRONG,)


def test_a_question_that_was_wrong_before_is_not_the_fault_of_the_change() -> None:
    assert compare(report(WRONG), report(WRONG)) == ()


def test_a_new_question_that_is_not_found_counts() -> None:
    assert compare(report(), report(WRONG)) == (WRONG,)


def test_a_question_that_is_only_asked_back_is_weaker_and_not_wrong() -> None:
    assert compare(report(RIGHT), report(ASKED_BACK)) == ()
    assert weakened(report(RIGHT), report(ASKED_BACK)) == (ASKED_BACK,)
    assert weakened(report(ASKED_BACK), report(ASKED_BACK)) == ()


def test_every_question_of_a_subject_and_of_the_word_lists_is_asked(folder: Path) -> None:
    knowledge = load(folder)
    tested = ask_all(Snapshot.of(knowledge)).tested
    asked = {("ktp-hilang", "ktp kecopetan di pasar")}
    asked |= {(WORD_CHECKS, check.sentence) for check in knowledge.language.checks.root}
    assert set(tested) == asked
    assert "ktp-hilang" in tested["ktp-hilang", "ktp kecopetan di pasar"].found


def test_a_sentence_whose_words_are_not_read_fails_with_what_was_read(folder: Path) -> None:
    (folder / WORD_CHECKS).write_text("- {kalimat: ktp hilang, kata: [paspor], aspek: [biaya]}\n", encoding="utf-8")
    [failed] = ask_all(Snapshot.of(load(folder))).failed
    assert (failed.expected, failed.found) == (("paspor", "biaya"), ("ktp", "hilang"))
