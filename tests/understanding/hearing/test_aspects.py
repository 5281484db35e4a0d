"""Which part of an answer is asked for."""

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.matcher import Matcher


def asked(matcher: Matcher, text: str) -> list[str]:
    return [aspect.value for aspect in matcher.understand(text).aspects]


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("syarat bikin ktp", ["syarat"]),
        ("bikin akta bawa apa aja ya", ["syarat"]),
        ("butuh foto ga buat kia", ["syarat"]),
        ("gmn cara urus kk hilang", ["alur"]),
        ("kk hilang gimana", ["alur"]),
        ("kk hilang gimana, bayar brp", ["biaya"]),
        ("berapa lama bikin paspor", ["waktu"]),
        ("kapan ktp jadinya", ["waktu"]),
        ("bikin ktp gratis ga", ["biaya"]),
        ("bikin ktp brp", ["biaya"]),
        ("urus kk dimana", ["lokasi"]),
        ("dukcapil buka jam berapa", ["jam"]),
        ("nomor wa dukcapil", ["kontak"]),
        ("bisa online ga bikin kk", ["online"]),
        ("download formulir kk", ["formulir"]),
        ("akta kematian diatur pasal berapa", ["dasar_hukum"]),
        ("mau komplain pelayanan dukcapil", ["pengaduan"]),
        ("apa itu kia", ["umum"]),
        ("nanti hasilnya dapat apa saja", ["produk"]),
        ("syarat sama biaya bikin nib", ["syarat", "biaya"]),
        ("ngurus kk di mana dan jam berapa bukanya", ["lokasi", "jam"]),
        ("how long does it take and is it free", ["waktu", "biaya"]),
    ],
)
def test_the_aspects_asked_are_found_in_their_order(real_matcher: Matcher, text: str, aspects: list[str]) -> None:
    assert asked(real_matcher, text) == aspects


@pytest.mark.parametrize(
    "text", ["alamat di ktp salah", "ktp saya hilang", "umur berapa boleh bikin ktp", "hp lama rusak"]
)
def test_what_only_looks_like_a_cue_asks_for_nothing(real_matcher: Matcher, text: str) -> None:
    assert asked(real_matcher, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mengecewakan, sudah 2 minggu pengajuan cetak kk tidak dikerjakan juga, lambat dan tidak ada kejelasan",
        "mertua mau dibuatkan KK sendiri, dulu pernah ngurus lama sekali dan bayar mahal ke calo, takut kejadian lagi",
    ],
)
def test_what_is_told_in_a_story_is_not_asked(real_matcher: Matcher, text: str) -> None:
    assert asked(real_matcher, text) == []


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("bapak saya meninggal pas covid, sekarang mau bikin akta kematian kira2 berkasnya apa aja ya pak", "syarat"),
        ("KTP istri hilang pas bayar belanjaan, udah lapor polisi juga. sekarang harus diurus kemana ya", "lokasi"),
    ],
)
def test_what_is_asked_at_the_end_of_a_story_is_found(real_matcher: Matcher, text: str, aspect: str) -> None:
    assert aspect in asked(real_matcher, text)


@pytest.mark.parametrize("text", ["brp lma bikn paspor", "berpa lama bikin paspor", "berapalama bikin paspor"])
def test_cues_are_found_in_mistyped_words(real_matcher: Matcher, text: str) -> None:
    assert asked(real_matcher, text) == ["waktu"]


def test_every_check_of_the_word_lists_finds_its_aspects(real: KnowledgeBase, real_matcher: Matcher) -> None:
    wrong = {
        check.sentence: asked(real_matcher, check.sentence)
        for check in real.language.checks.root
        if not {aspect.value for aspect in check.aspects} <= set(asked(real_matcher, check.sentence))
    }
    assert wrong == {}
