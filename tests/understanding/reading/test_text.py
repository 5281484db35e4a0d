"""Plain words of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.reading.text import MAX_LETTERS, normalise

ABUSE = (
    "",
    "   ",
    "\u200b\u200b",
    "\x00",
    "\ud800",
    "<b",
    "&lt;",
    "{{7*7}}",
    "%s%n",
    "=1+1",
    "\u202egnirts",
    "👨‍👩‍👧" * 50,
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("KTP-el HILANG!!", "ktp el hilang"),
        ("hari Jum'at", "hari jumat"),
        ("tolooong", "tolong"),
        ("tiba2", "tiba"),
        ("ak1 dan p3k", "ak1 dan p3k"),
        ("café", "cafe"),
        ("ＫＴＰ", "ktp"),
        ("ktp\u200bhilang\nkk", "ktphilang kk"),
    ],
)
def test_a_text_becomes_plain_words(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize("text", ABUSE)
def test_abuse_becomes_plain_words_too(text: str) -> None:
    assert normalise(text).replace(" ", "a").isalnum() or normalise(text) == ""


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_is_normalised_once_and_for_all(text: str) -> None:
    once = normalise(text)
    assert (normalise(once), len(once) <= 4 * len(text)) == (once, True)


def test_what_lies_beyond_the_longest_message_is_not_read() -> None:
    assert normalise("ab " * MAX_LETTERS) == " ".join(["ab"] * (MAX_LETTERS // 3 + 1))[:MAX_LETTERS].strip()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("jalan rusak di jl raya mauk [alamat]", "jalan rusak di jl raya mauk"),
        ("saya lahir [tanggal lahir], mau bikin ktp", "saya lahir mau bikin ktp"),
        ("[NIK] tidak ditemukan", "nik tidak ditemukan"),
    ],
)
def test_what_was_masked_is_no_word_that_was_said(text, plain):
    assert normalise(text) == plain
