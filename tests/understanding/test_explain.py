"""Every answer can be explained to a clerk."""

from bot.knowledge.base import KnowledgeBase
from bot.understanding.explain import explain
from bot.understanding.matcher import Matcher
from bot.understanding.result import Topic


def test_the_words_that_decided_are_named(real: KnowledgeBase, real_matcher: Matcher) -> None:
    first, second = explain(real_matcher.understand("ktp saya ilang"), real)
    assert first == "Ganti KTP hilang dijawab karena “ktp” dan “ilang” (dibaca “hilang”) ada di sebutan atau contohnya."
    assert second.endswith("lebih jarang muncul di sebutan dan contohnya.") or "tidak ada di sebutan" in second


def test_a_question_that_is_not_ours_says_so(real: KnowledgeBase, real_matcher: Matcher) -> None:
    (why,) = explain(real_matcher.understand("skor bola tadi malam"), real)
    assert why.startswith("Tidak dijawab karena lebih mirip topik yang bukan urusan kami")


def test_a_text_without_known_words_has_no_candidate(real: KnowledgeBase, real_matcher: Matcher) -> None:
    assert explain(real_matcher.understand("xqzvw"), real) == ("Tidak ada kata yang menunjuk ke layanan mana pun.",)


def test_a_follow_up_is_explained_by_the_topic(real: KnowledgeBase, real_matcher: Matcher) -> None:
    (why,) = explain(real_matcher.understand("biayanya?", Topic(("ktp-hilang",))), real)
    assert why == "Ganti KTP hilang dijawab karena pertanyaan ini melanjutkan pembicaraan tentangnya."


def test_two_subjects_are_explained_together(real: KnowledgeBase, real_matcher: Matcher) -> None:
    (why,) = explain(real_matcher.understand("bedanya slf sama pbg"), real)
    assert why.endswith("dijawab bersama karena keduanya disebut.")
