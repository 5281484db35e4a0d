"""What people say besides asking, on the real word lists."""

import pytest

from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue, Verdict


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("halo min", Cue.GREETING),
        ("assalamu'alaikum", Cue.GREETING),
        ("punten kang", Cue.GREETING),
        ("makasih banyak ya kak", Cue.THANKS),
        ("sip makasih", Cue.THANKS),
        ("matur nuwun", Cue.THANKS),
        ("bisa bantu apa aja", Cue.HELP),
        ("mau ngomong sama petugas", Cue.PERSON),
        ("bukan semuanya", Cue.NONE_OF_THESE),
    ],
)
def test_small_talk_is_heard_and_names_no_subject(real_matcher: Matcher, text: str, cue: Cue) -> None:
    heard = real_matcher.understand(text)
    assert (cue in heard.cues, heard.meant) == (True, ())


@pytest.mark.parametrize(
    "text", ["ktp saya udah jadi belum", "kk saya sampai mana prosesnya", "cek status pengajuan pbg saya"]
)
def test_a_persons_own_file_is_recognised(real_matcher: Matcher, text: str) -> None:
    assert Cue.OWN_FILE in real_matcher.understand(text).cues


@pytest.mark.parametrize("text", ["sudah nikah tapi belum punya kk", "biasanya ktp jadi berapa hari"])
def test_a_question_about_the_usual_is_about_no_file(real_matcher: Matcher, text: str) -> None:
    assert Cue.OWN_FILE not in real_matcher.understand(text).cues


def test_a_greeting_before_a_question_leaves_the_question(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("pagi min, ktp saya hilang syaratnya apa ya, makasih")
    assert (heard.verdict, heard.meant) == (Verdict.SURE, ("ktp-hilang",))
