"""Whether a turn of a conversation is as it was wanted."""

import pytest

from benchmarks.dialogues import play
from benchmarks.people.asking import Reached
from bot.knowledge.reading.loader import load
from tests.conftest import REAL_KNOWLEDGE


@pytest.fixture(scope="module")
def assistant():
    return Reached.at(load(REAL_KNOWLEDGE)).assistant


def _misses(assistant, *turns):
    """The misses of the last turn."""
    return list(play(assistant, {"turns": [{"user": user, "want": want} for user, want in turns]}))[-1].misses


@pytest.mark.parametrize(
    "want",
    [
        {"outcome": ["answer"], "services": ["ktp-hilang", "ktp-rusak"]},
        {"not_outcome": ["decline"], "not_services": ["ktp-rusak"], "not_offered": ["kk-baru"]},
        {"aspects": ["biaya"]},
        {"aspects": ["biaya", "waktu"], "any_aspect": True},
        {"text_has": ["gratis|cuma-cuma", "re:gra+tis"], "lead_has": ["hilang"], "text_lacks": ["paspor"]},
        {"any_of": [{"outcome": ["decline"]}, {"outcome": ["answer"]}]},
        {"max_lines": 40},
    ],
)
def test_a_turn_that_is_as_wanted_misses_nothing(assistant, want):
    assert _misses(assistant, ("biaya ganti ktp hilang", want)) == ()


@pytest.mark.parametrize(
    ("want", "missed"),
    [
        ({"outcome": ["clarify"]}, "outcome answer"),
        ({"not_outcome": ["answer"]}, "outcome answer"),
        ({"services": ["ktp-rusak"]}, "services ktp-hilang"),
        ({"services": ["ktp-hilang", "kk-baru"], "all": True}, "services ktp-hilang"),
        ({"not_services": ["ktp-hilang"]}, "answered ktp-hilang"),
        ({"not_offered": ["ktp-hilang"]}, "offered ktp-hilang"),
        ({"aspects": ["waktu"]}, "aspects biaya"),
        ({"text_has": ["paspor"]}, "lacks 'paspor'"),
        ({"lead_has": ["paspor"]}, "lead lacks 'paspor'"),
        ({"text_lacks": ["gratis"]}, "has 'gratis'"),
        ({"lead_lacks": ["hilang"]}, "lead has 'hilang'"),
        ({"max_lines": 1}, "lines"),
        ({"any_of": [{"outcome": ["decline"]}, {"text_has": ["paspor"]}]}, "none of: outcome answer / lacks 'paspor'"),
    ],
)
def test_what_a_turn_misses_is_told(assistant, want, missed):
    (told,) = _misses(assistant, ("biaya ganti ktp hilang", want))
    assert missed in told


def test_a_question_back_that_may_be_is_not_judged_by_what_it_says(assistant):
    want = {"outcome": ["clarify", "answer"], "aspects": ["biaya"], "text_has": ["gratis"]}
    assert _misses(assistant, ("akta", want)) == ()


def test_a_button_is_pressed_and_what_was_offered_is_remembered(assistant):
    pressed = ("akta", {"outcome": ["clarify"]}), (">2", {"outcome": ["answer"], "pick": 2})
    assert _misses(assistant, *pressed) == ()
    assert _misses(assistant, pressed[0], (">2", {"pick": 1}))


def test_a_follow_up_stays_with_the_topic_and_says_something_else(assistant):
    want = {"same_topic": True, "not_same_as_previous": True}
    assert _misses(assistant, ("ktp hilang", {}), ("biayanya?", want)) == ()
    assert _misses(assistant, ("ktp hilang", {}), ("kk baru", {"same_topic": True}))
    assert _misses(assistant, *[("ktp hilang", {})] * 2, ("ktp hilang", {"not_same_as_previous": True}))
