"""The knowledge's own questions: found, read right, and compared before a change goes live."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.changing import answers
from bot.authoring.changing.questions import WORD_CHECKS, Checked, Report, ask_all, compare, weakened
from bot.conversation.composing.compose import compose
from bot.conversation.decision import Decision
from bot.conversation.reply import Reply
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load
from bot.live import Snapshot
from tests.authoring.desk.admins import KTP
from tests.cli.commands import tanya

KIA = "dukcapil/kia.yaml"
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


@pytest.mark.parametrize(
    ("edit", "asked"),
    [((KTP, "rupiah: 0", "rupiah: 5000"), 1), ((KIA, "kartu anak]", "kartu anak, kertu bocah]"), 2)],
)
def test_after_a_change_only_what_it_may_have_changed_is_asked_again_and_comes_to_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, edit: tuple[str, str, str], asked: int
) -> None:
    for file, test in ((KTP, "{t: ktp ilang, memuat: [gratis]}"), (KIA, "{t: kia, memuat: [gratis]}")):
        (folder / file).write_text(f"{(folder / file).read_text('utf-8')}uji_isi: [{test}]\n", "utf-8")
    before = Snapshot.of(load(folder))
    report = ask_all(before)
    changed, old, new = edit
    (folder / changed).write_text((folder / changed).read_text("utf-8").replace(old, new, 1), "utf-8")
    after = Snapshot.of(load(folder), before)
    whole, composed = ask_all(after), []

    def told(decision: Decision, knowledge: KnowledgeBase) -> Reply:
        composed.append(decision)
        return compose(decision, knowledge)

    monkeypatch.setattr(answers, "compose", told)
    assert ask_all(after, (before, report)) == whole
    assert len(composed) == asked
