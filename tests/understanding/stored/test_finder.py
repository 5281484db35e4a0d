"""Which stored question was asked: in a clause of a story, in other words, after the card of its subject."""

from dataclasses import replace

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Faq
from bot.understanding.matcher import Matcher
from bot.understanding.result import Topic


def stored(knowledge: KnowledgeBase, matcher: Matcher, text: str, topic: str = "") -> str:
    """The stored question that a text asks; empty when none."""
    heard = matcher.understand(text, Topic((topic,)) if topic else None)
    return knowledge.subjects[heard.faq[0]].faq[heard.faq[1]].question if heard.faq else ""


@pytest.mark.parametrize(
    ("text", "subject", "word"),
    [
        ("rumah kena banjir kemarin. ktp saya ikut hanyut, tetep harus ke polisi dulu ga?", "ktp-hilang", "polisi"),
        (
            "ktp bapak ilang di pasar, bapak lagi stroke ga bisa jalan. boleh diwakilin saya?",
            "ktp-hilang",
            "diwakilkan",
        ),
        ("mau rekam ktp pertama, kata orang harus bawa surat rt rw, bener ga?", "ktp-baru", "RT"),
    ],
)
def test_a_stored_question_is_found_in_a_clause_of_a_story(
    real: KnowledgeBase, real_matcher: Matcher, text: str, subject: str, word: str
) -> None:
    heard = real_matcher.understand(text)
    assert heard.meant == (subject,)
    assert word in stored(real, real_matcher, text)


@pytest.mark.parametrize(
    ("text", "subject", "word"),
    [
        ("bisa titip adik saya ga", "ktp-hilang", "diwakilkan"),
        ("perlu pengantar dari pak rw?", "kk-pisah", "pengantar"),
        ("kalau telat lapor kena sanksi ga", "akta-kematian", "denda"),
    ],
)
def test_a_stored_question_is_found_in_other_words_after_its_card(
    real: KnowledgeBase, real_matcher: Matcher, text: str, subject: str, word: str
) -> None:
    assert word in stored(real, real_matcher, text, subject)


@pytest.mark.parametrize(
    "text",
    ["biaya ktp", "syarat kk baru", "syarat ktp hilang apa saja", "sip bidan berapa lama jadinya", "skck berapa lama"],
)
def test_a_plain_question_for_a_section_keeps_it(real: KnowledgeBase, real_matcher: Matcher, text: str) -> None:
    assert stored(real, real_matcher, text) == ""


@pytest.mark.parametrize("text", ["syaratnya apa", "berapa lama", "di mana", "oke makasih", "terus?"])
def test_who_goes_on_with_a_section_gets_no_stored_answer(
    real: KnowledgeBase, real_matcher: Matcher, text: str
) -> None:
    assert stored(real, real_matcher, text, "sip-bidan") == ""


def test_a_frame_of_another_region_finds_what_its_citizens_call_otherwise(small: KnowledgeBase) -> None:
    faq = (Faq(question="Boleh diwakilkan?", answer="Boleh."), Faq(question="Pakai foto?", answer="Ya."))
    kia = small.services["kia"].model_copy(update={"faq": faq})
    frames = small.language.frames
    deciding = {**frames.deciding, "wakil": (*frames.deciding["wakil"], "dijambul")}
    language = small.language.model_copy(update={"frames": frames.model_copy(update={"deciding": deciding})})
    knowledge = replace(small, services={**small.services, "kia": kia})
    assert stored(knowledge, Matcher(knowledge), "bisa dijambul ga", "kia") == ""
    assert (
        stored(knowledge, Matcher(replace(knowledge, language=language)), "bisa dijambul ga", "kia")
        == "Boleh diwakilkan?"
    )
