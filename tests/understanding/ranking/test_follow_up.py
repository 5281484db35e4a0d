"""Short questions after what was spoken of."""

import pytest

from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue, Topic, Verdict
from tests.understanding.conftest import Understand


@pytest.mark.parametrize(
    ("text", "aspect"),
    [("biayanya?", "biaya"), ("itu di mana", "lokasi"), ("berapa lama", "waktu"), ("syaratnya dong", "syarat")],
)
def test_a_bare_aspect_is_asked_of_the_topic(understand: Understand, text: str, aspect: str) -> None:
    heard = understand(text, "ktp-hilang")
    assert (heard.meant, [a.value for a in heard.aspects]) == (("ktp-hilang",), [aspect])


@pytest.mark.parametrize(
    ("text", "before", "now"),
    [
        ("kalau rusak?", "ktp-hilang", "ktp-rusak"),
        ("kalo kematian gimana", "akta-kelahiran", "akta-kematian"),
        ("perpanjang sim dimana", "ktp-hilang", "rujukan-sim"),
        ("boleh diwakilkan ga", "ktp-hilang", "ktp-hilang"),
    ],
)
def test_a_follow_up_swaps_stays_or_leaves(understand: Understand, text: str, before: str, now: str) -> None:
    assert understand(text, before).meant == (now,)


@pytest.mark.parametrize(
    ("text", "before", "now"),
    [
        ("kalo perawat?", "sip-bidan", "sip-perawat"),
        ("kalau untuk wna?", "ktp-baru", "ktp-wna"),
        ("wajib ada apoteker di tokonya?", "izin-toko-obat", "izin-toko-obat"),
        ("saya ga punya buku nikah", "akta-kelahiran", "akta-kelahiran"),
        ("kalo skck?", "rujukan-sim", "rujukan-skck"),
        ("bukan ktp hilang, kk hilang", "ktp-baru", "kk-hilang-rusak"),
        ("kalau pindah ke luar negeri?", "pindah-keluar", "pindah-luar-negeri"),
    ],
)
def test_follow_ups_on_the_real_knowledge(real_matcher: Matcher, text: str, before: str, now: str) -> None:
    assert real_matcher.understand(text, Topic((before,))).meant == (now,)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("bukan, maksudku kk yang hilang", "kk-hilang-rusak"),
        ("bukan ktp, kk", "kk-hilang-rusak"),
        ("eh salah, maksud saya akta kematian", "akta-kematian"),
    ],
)
def test_a_correction_replaces_the_topic(understand: Understand, text: str, now: str) -> None:
    heard = understand(text, "ktp-hilang")
    assert (Cue.CORRECTION in heard.cues, heard.meant) == (True, (now,))


@pytest.mark.parametrize(("text", "choice"), [("2", 1), ("yang kedua", 1), ("nomor satu", 0), ("pertama aja", 0)])
def test_a_number_picks_from_the_offer(understand: Understand, text: str, choice: int) -> None:
    assert understand(text, "ktp-hilang", "ktp-rusak", offered=True).choice == choice


@pytest.mark.parametrize(("text", "now"), [("yang kelahiran", "akta-kelahiran"), ("kematian", "akta-kematian")])
def test_words_pick_from_the_offer(understand: Understand, text: str, now: str) -> None:
    assert understand(text, "akta-kelahiran", "akta-kematian", offered=True).meant == (now,)


def test_none_of_the_offer_is_heard(understand: Understand) -> None:
    assert Cue.NONE_OF_THESE in understand("bukan semuanya", "ktp-hilang", "ktp-rusak", offered=True).cues


@pytest.mark.parametrize("text", ["biayanya?", "kalau rusak?", "boleh diwakilkan ga"])
def test_a_subject_that_is_gone_from_the_knowledge_is_no_topic(understand: Understand, text: str) -> None:
    assert understand(text, "gone").meant == understand(text).meant


def test_one_of_two_answered_is_asked_about(understand: Understand) -> None:
    assert understand("yang kk bayar berapa", "ktp-hilang", "kk-hilang-rusak").meant == ("kk-hilang-rusak",)


def test_another_matter_is_not_taken_for_the_topic(real_matcher: Matcher) -> None:
    assert real_matcher.understand("cuaca besok gimana", Topic(("kk-hilang-rusak",))).verdict is Verdict.UNKNOWN
