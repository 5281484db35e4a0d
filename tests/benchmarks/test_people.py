"""How it is judged what became of a message, of a stored question, of danger."""

import json

import pytest

from benchmarks.people import sets
from benchmarks.people.asking import Reached, numbers_of
from benchmarks.people.figures import of_dangers, of_messages, of_stored
from benchmarks.people.judging import (
    DangerQuestion,
    Fate,
    Served,
    StoredQuestion,
    fate_of,
    fate_of_stored,
    is_heard,
)
from benchmarks.questions import Question, message
from benchmarks.wants import text_of
from bot.conversation.reply import Reply, heading, note, sources, text
from bot.conversation.turn import Outcome
from bot.knowledge.language import Act
from bot.knowledge.reading.loader import load
from tests.conftest import REAL_KNOWLEDGE

WAYS = ("lapor-pengaduan",)


@pytest.fixture(scope="module")
def knowledge():
    return load(REAL_KNOWLEDGE)


@pytest.fixture(scope="module")
def product(knowledge):
    return Reached.at(knowledge)


def _fate(about, **what):
    (asked,) = sets.judged([message("…", tuple(about), ())])
    return fate_of(asked, Served(**what), WAYS)


@pytest.mark.parametrize(
    ("about", "what", "fate"),
    [
        (["ktp-hilang", "ktp-rusak"], {"answered": ["ktp-rusak"]}, Fate.RIGHT),
        (["ktp-hilang"], {"answered": ["kk-baru", "ktp-hilang"]}, Fate.RIGHT),
        (["ktp-hilang"], {"answered": ["kk-baru"]}, Fate.WRONG),
        (["ktp-hilang"], {"offered": ["kk-baru", "ktp-hilang"]}, Fate.TAP),
        (["ktp-hilang"], {"offered": ["a", "b", "c", "d", "ktp-hilang"]}, Fate.VAIN),
        (["ktp-hilang"], {}, Fate.DECLINED),
        (["oos"], {}, Fate.RIGHT),
        (["bukan-urusan"], {}, Fate.RIGHT),
        (["oos"], {"answered": ["kk-baru"]}, Fate.WRONG),
        (["oos"], {"act": Act.OWN_FILE}, Fate.DECLINED),
        (["oos", "ktp-baru"], {"answered": ["ktp-baru"]}, Fate.RIGHT),
        (["person-file"], {"act": Act.OWN_FILE}, Fate.RIGHT),
        (["person-file"], {}, Fate.DECLINED),
        (["ktp-hilang"], {"act": Act.OWN_FILE}, Fate.DECLINED),
        (["complaint"], {"answered": ["lapor-pengaduan"]}, Fate.RIGHT),
        (["complaint"], {"offered": ["lapor-pengaduan"]}, Fate.TAP),
        (["ktp-hilang"], {"answered": ["lapor-pengaduan"]}, Fate.WRONG),
        (["ktp-hilang"], {"act": Act.DANGER}, Fate.WRONG),
        (["bahaya"], {"act": Act.DANGER}, Fate.RIGHT),
    ],
)
def test_a_message_is_served_as_its_label_says(about, what, fate):
    assert _fate(about, **what) is fate


def test_greetings_and_bare_objects_are_not_judged_as_messages():
    kinds = ("greet", "ambiguous", "in", "status")
    assert [one.kind for one in sets.judged(Question("…", kind, ("a",)) for kind in kinds)] == ["in", "status"]


def test_a_stored_question_is_told_or_one_tap_away():
    asked = StoredQuestion(("boleh ga?",), ("rp50.000", "loket 3"), ("gratis",))
    good, free = "Bayar Rp50.000 di  Loket 3.", "Gratis. Rp50.000 di loket 3."
    assert fate_of_stored(asked, good, []) is Fate.RIGHT
    assert fate_of_stored(asked, free, [free]) is Fate.WRONG
    assert fate_of_stored(asked, "Apa?", [free, good]) is Fate.TAP


@pytest.mark.parametrize(
    ("told", "heard"),
    [(("112", "110"), True), (("119 ext 8", "112"), True), (("112", "113", "119"), False), ((), False)],
)
def test_danger_is_heard_when_a_number_that_fits_is_among_the_first_two(told, heard):
    assert is_heard(DangerQuestion("…", ("119", "110")), told) is heard


def test_the_answers_behind_the_buttons_of_a_reply_are_those_of_the_stored_questions(knowledge, product):
    subject = next(one for one in knowledge.services.values() if len(one.faq) > 2)
    behind = product.stored_behind(product.talk([subject.name]).reply)
    assert behind
    assert set(behind) <= {faq.answer for faq in subject.faq}


def test_what_is_said_leaves_out_the_line_of_sources_but_not_the_rule():
    rule, line = sources(["Perpres 96/2018"], "Menurut"), sources(["situs dinas"], "Sumber")
    assert text_of(Reply("", Outcome.ANSWER, (text("Gratis."), rule, line))) == "Gratis.\n\nMenurut: Perpres 96/2018"


def test_a_reply_that_opens_with_what_is_not_published_is_known(knowledge, product):
    missing = text(f"{knowledge.phrases.say('jawaban.belum')} Tanyakan ke dinas.", "Waktu")
    opening = (note("Kantor pindah.", "Pemberitahuan"), heading("KTP"))
    assert product.opens_unpublished(Reply("", Outcome.ANSWER, (*opening, missing, text("Gratis."))))
    assert not product.opens_unpublished(Reply("", Outcome.ANSWER, (*opening, text("Gratis."), missing)))


def test_files_are_read_and_judged_by_whole_replies(knowledge, tmp_path):
    rows = {
        "messages": [{"q": "ktp saya hilang di pasar", "services": ["ktp-hilang"], "aspects": []}],
        "stored": [{"turns": ["ktp hilang", "biayanya?"], "id": "ktp-hilang", "must": ["gratis"]}],
        "danger": [{"text": "rumah saya kebakaran", "first": ["113"]}, {"text": "ktp saya kebakar"}],
    }
    files = {name: tmp_path / f"{name}.jsonl" for name in rows}
    for name, file in files.items():
        file.write_text("\n".join(map(json.dumps, rows[name])), encoding="utf-8")
    assert [one.fate for one in of_messages(sets.messages(knowledge, files["messages"]))] == [Fate.RIGHT]
    assert [one.fate for one in of_stored(sets.stored(knowledge, files["stored"]))] == [Fate.RIGHT]
    dangers = of_dangers(sets.dangers(knowledge, files["danger"]))
    assert [(one.heard, one.right) for one in dangers] == [(True, True), (False, True)]
    assert "113" in numbers_of(dangers[0].handled.reply)[:2]


def test_a_wording_of_the_knowledge_is_asked_of_one_that_lacks_it_alone_and_after_its_subject(knowledge):
    for asked in sets.stored(knowledge, None):
        known = {name for one in asked.knowledge.subjects.values() for faq in one.faq for name in faq.names}
        assert not known & {question.turns[-1] for question in asked.questions}
        assert {len(question.turns) for question in asked.questions} == {1, 2}
