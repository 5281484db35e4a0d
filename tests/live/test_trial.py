"""A knowledge must be able to answer before it may: whatever breaks an answer is a problem of a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.composing.compose import compose
from bot.conversation.decision import Decision
from bot.conversation.reply import Reply
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.phrases import Phrases
from bot.knowledge.reading import sentences
from bot.knowledge.reading.loader import load, read
from bot.knowledge.vocabulary import Aspect
from bot.live import Live, Snapshot, trial
from bot.live.trial import tried
from tests.conftest import REAL_KNOWLEDGE

KTP = "dukcapil/ktp-hilang.yaml"
SENTENCES = "bahasa/kalimat.yaml"


def edited(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


BREAKING = {
    "a time zone that does not exist": ("daerah.yaml", "zona_waktu: ", "zona_waktu: Asia/Jakrta #"),
    "a sentence of the channel is gone": (SENTENCES, "\n  tombol_layanan:", "\n  tombol_layanann:"),
    "a place that nothing fills": (SENTENCES, "{benar} pertanyaan benar", "{semua} pertanyaan"),
    "an amount of 400 digits": (KTP, "rupiah: 0", f"rupiah: {'9' * 400}"),
    "a number that is none": ("bahasa/angka.yaml", "sure: ", "sure: nan #"),
}


@pytest.mark.parametrize("how", BREAKING)
def test_what_breaks_an_answer_is_named_and_the_last_good_answers(folder: Path, how: str) -> None:
    live = Live(folder)
    version, file = live.snapshot.version, BREAKING[how][0]
    if file == KTP:
        edited(folder, KTP, "biaya:", "biaya: {rupiah: 0}\n#")
        version = live.refresh() and live.snapshot.version
    edited(folder, *BREAKING[how])
    assert live.refresh() is False
    assert live.snapshot.version == version
    assert {problem.file for problem in live.problems} == {file}
    assert all(problem.line for problem in live.problems)


def test_a_folder_without_any_subject_cannot_answer(folder: Path) -> None:
    live = Live(folder)
    before = live.snapshot
    for path in folder.glob("*/*.yaml"):
        if path.parent.name != "bahasa":
            path.unlink()
    assert any("belum ada satu pun" in problem.message for problem in read(folder).problems)
    assert (live.refresh(), live.snapshot is before) == (False, True)


def test_the_shipped_knowledge_can_answer() -> None:
    found = tried(load(REAL_KNOWLEDGE))
    assert (found.snapshot is None, found.problems) == (False, ())


@pytest.mark.parametrize("broken", ["Selesai {versi:d}.", "Selesai {versi.nomor}.", "Selesai {0}.", "Selesai {versi"])
def test_a_sentence_that_cannot_be_said_is_named(folder: Path, broken: str) -> None:
    knowledge = load(folder)
    phrases = Phrases({**knowledge.phrases.sentences, "admin.beres": broken})
    [problem] = tried(replace(knowledge, phrases=phrases)).problems
    assert (problem.file, "kalimat `admin.beres`" in problem.message) == (SENTENCES, True)


def test_sentences_that_cannot_be_said_are_named_in_the_same_order_each_time(folder: Path) -> None:
    knowledge = load(folder)
    broken = replace(knowledge, phrases=Phrases(dict.fromkeys(knowledge.phrases.sentences, "{0}")))
    named = [problem.message.split("`")[1] for problem in tried(broken).problems]
    assert named == [name for name in sentences.SENTENCES if name in knowledge.phrases.sentences]


def broken_aspect(monkeypatch: pytest.MonkeyPatch, aspect: Aspect) -> None:
    """As if the code could not compose one aspect of one service."""

    def broken(decision: Decision, knowledge: KnowledgeBase) -> Reply:
        if decision.subjects == ("ktp-hilang",) and aspect in decision.aspects:
            raise IndexError("nothing there")
        return compose(decision, knowledge)

    monkeypatch.setattr(trial, "compose", broken)


def test_an_answer_that_cannot_be_composed_is_named_by_file_and_aspect(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_aspect(monkeypatch, Aspect.COST)
    found = tried(load(folder))
    assert found.snapshot is None
    assert [problem.file for problem in found.problems] == [KTP]
    assert "`biaya`" in found.problems[0].message


def test_a_file_whose_answer_cannot_be_composed_waits_and_others_do_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Live(folder)
    edited(folder, KTP, "KTP-el hilang", "KTP raib")
    edited(folder, "dukcapil/kia.yaml", "nama: ", "nama: Baru ")
    broken_aspect(monkeypatch, Aspect.COST)
    assert live.refresh() is True
    names = {one.id: one.name for one in live.snapshot.knowledge.services.values()}
    assert names["ktp-hilang"] == "KTP-el hilang"
    assert names["kia"].startswith("Baru ")
    assert [problem.file for problem in live.problems] == [KTP]


def test_a_matcher_that_cannot_be_built_leaves_the_last_good(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = Live(folder)
    before = live.snapshot

    def broken(*_given: object) -> Snapshot:
        raise IndexError("matcher")

    monkeypatch.setattr(Snapshot, "of", staticmethod(broken))
    edited(folder, KTP, "KTP-el hilang", "KTP raib")
    assert live.refresh() is False
    assert live.snapshot is before
    assert "IndexError" in live.problems[0].message
    candidate = live.candidate({KTP: (folder / KTP).read_bytes() + b"# a"})
    assert (candidate.snapshot, bool(candidate.problems)) == (None, True)


def test_only_what_a_change_may_touch_is_composed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Snapshot.of(load(folder))
    broken_aspect(monkeypatch, Aspect.COST)
    other = replace(before.knowledge, version="other")
    assert tried(other, before).problems == ()
    assert tried(other).problems != ()
