import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks.peers.noise import KINDS, noisy

QUESTION = "bagaimana cara mengurus kartu yang hilang di kecamatan"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_mistakes(kind):
    assert [noisy(QUESTION, kind, 7) for _ in range(3)] == [noisy(QUESTION, kind, 7)] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_other_seeds_make_other_mistakes(kind):
    assert len({noisy(QUESTION, kind, seed) for seed in range(20)}) > 3


@pytest.mark.parametrize(("kind", "edits"), [("one typo", 1), ("two typos", 2)])
def test_a_typo_is_one_edit_and_two_are_at_most_two(kind, edits):
    distances = {OSA.distance(QUESTION, noisy(QUESTION, kind, seed)) for seed in range(60)}
    assert max(distances) == edits


def test_dropped_vowels_leave_the_first_letter_and_the_consonants():
    found = {noisy("kecamatan", "dropped vowels", seed) for seed in range(5)}
    assert found == {"kcmtn"}


def test_joined_words_lose_one_space():
    mistyped = noisy(QUESTION, "joined words", 1)
    assert (len(mistyped.split()), mistyped.replace(" ", "")) == (len(QUESTION.split()) - 1, QUESTION.replace(" ", ""))


def test_a_split_word_gains_one_space():
    mistyped = noisy(QUESTION, "split word", 1)
    assert (len(mistyped.split()), mistyped.replace(" ", "")) == (len(QUESTION.split()) + 1, QUESTION.replace(" ", ""))


def test_doubled_letters_are_letters_that_were_there():
    mistyped = noisy("surat", "doubled letters", 1)
    assert len(mistyped) in {6, 7}
    assert "".join(dict.fromkeys(mistyped)) == "".join(dict.fromkeys("surat"))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"joined words"}))
def test_acronyms_stay_as_they_are(kind):
    assert noisy("ktp kk nib", kind, 1) == "ktp kk nib"


@given(st.text(max_size=200), st.sampled_from(sorted(KINDS)))
def test_any_text_can_be_mistyped(text, kind):
    assert isinstance(noisy(text, kind, 1), str)
