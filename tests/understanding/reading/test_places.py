"""Villages and towns of this region are ours, though other regions have places of the same name."""

from pathlib import Path

import pytest
import yaml

from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue, Verdict
from tests.conftest import REAL_KNOWLEDGE

SHARED = {"Benda", "Karang Tengah"}  # also districts of Kota Tangerang


def villages() -> list[str]:
    region = yaml.safe_load(Path(REAL_KNOWLEDGE, "daerah.yaml").read_text(encoding="utf-8"))
    named = {name for one in region["kecamatan"] for key in ("desa", "kelurahan") for name in one.get(key, ())}
    return sorted(named)


@pytest.mark.parametrize("village", [one for one in villages() if one not in SHARED])
def test_no_village_of_ours_is_sent_to_another_region(real_matcher: Matcher, village: str) -> None:
    heard = real_matcher.understand(f"saya tinggal di {village.lower()} mau bikin ktp di mana")
    assert (heard.place, heard.cues & {Cue.ELSEWHERE}) == ("", frozenset())
    assert not any(one.startswith("rujukan-kota") for one in heard.meant)


@pytest.mark.parametrize(
    ("place", "neighbour"),
    [
        *((village.lower(), "rujukan-kota-tangerang") for village in sorted(SHARED)),
        ("lippo karawaci", "rujukan-kota-tangerang"),
        ("gading serpong", "rujukan-kota-tangsel"),
        ("bsd", "rujukan-kota-tangsel"),
    ],
)
def test_who_names_a_place_that_a_neighbour_has_too_is_asked(real_matcher: Matcher, place: str, neighbour: str) -> None:
    heard = real_matcher.understand(f"ktp hilang di {place} syaratnya apa")
    offered = [one.subject for one in heard.candidates[:2] if one.score]
    assert (heard.verdict, heard.place, offered) == (Verdict.UNSURE, "", [neighbour, "ktp-hilang"])


def test_a_long_story_at_a_place_of_both_still_offers_what_it_is_about(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("ingin buka tempat terapi cedera di gading serpong, saya lulusan fisioterapi")
    offered = [one.subject for one in heard.candidates[:2] if one.score]
    assert (heard.verdict, offered) == (Verdict.UNSURE, ["rujukan-kota-tangsel", "sip-fisioterapis"])


@pytest.mark.parametrize(
    ("text", "place"),
    [("warga benda kota tangerang mau bikin kk", "Kota Tangerang"), ("saya di benda sukamulya mau bikin kk", "")],
)
def test_a_shared_name_belongs_to_the_place_named_with_it(real_matcher: Matcher, text: str, place: str) -> None:
    assert real_matcher.understand(text).place == place


def test_a_well_known_place_of_ours_wins_over_a_city_far_away(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("saya di bitung, syarat bikin ktp apa")
    assert (heard.place, "tempatkita" in heard.tokens) == ("", True)


@pytest.mark.parametrize("text", ["pindah ke tegal angus dari bandung", "pindah dari tegal ke sumur bandung"])
def test_a_move_to_a_village_of_ours_comes_in(real_matcher: Matcher, text: str) -> None:
    assert real_matcher.understand(text).meant == ("pindah-datang",)


def test_a_word_that_a_village_shares_with_everyday_speech_keeps_its_meaning(real_matcher: Matcher) -> None:
    assert "tempatkita" not in real_matcher.understand("koper saya hilang, ktp di dalamnya").tokens


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("ktp jatuh di Bandung, urus ktp hilang syaratnya apa", "ktp-hilang"),
        ("saya lagi di Bali, ktp hilang bisa urus online?", "ktp-hilang"),
        ("istri saya orang Garut, kita mau bikin kk baru", "kk-baru"),
        ("lapor polsek di Depok sudah, ktp hilang lanjut kemana", "ktp-hilang"),
        ("anak sekolah di Kota Tangerang, bikin KIA syaratnya", "kia"),
        ("orang tua di Lampung, saya mau pecah kk", "kk-pisah"),
        ("cerai di pengadilan agama Serang, mau ubah status di ktp", "ktp-perubahan-data"),
        ("anak ikut nenek di Garut, mau ditarik ke kk saya", "kk-tambah-anggota"),
        ("adik saya di Brebes mau masuk kk saya", "kk-tambah-anggota"),
        ("saya warga Jakarta baru beli rumah di kabupaten ini, ktp nya gimana", "pindah-datang"),
    ],
)
def test_a_place_named_by_the_way_changes_nothing(real_matcher: Matcher, text: str, service: str) -> None:
    heard = real_matcher.understand(text)
    assert (heard.place, heard.candidates[0].subject) == ("", service)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("disdukcapil kota bandung buka jam berapa", "Bandung"),
        ("cara bikin KTP di Bekasi", "Bekasi"),
        ("bikin kk di jakarta syaratnya apa", "Jakarta"),
        ("saya warga Bekasi mau bikin ktp", "Bekasi"),
        ("ktp saya Jakarta, mau perpanjang di sana", "Jakarta"),
        ("saya di Serpong mau bikin ktp", "Kota Tangerang Selatan"),
        ("saya tinggal di cipondoh mau bikin ktp", "Kota Tangerang"),
        ("ktp saya ciledug, rusak, gimana", "Kota Tangerang"),
    ],
)
def test_another_regions_office_or_citizen_is_heard(real_matcher: Matcher, text: str, place: str) -> None:
    assert real_matcher.understand(text).place == place


@pytest.mark.parametrize("place", ["kampung melayu timur", "selapajang cisoka", "sentul balaraja"])
def test_who_names_only_places_of_ours_is_offered_no_neighbour(real_matcher: Matcher, place: str) -> None:
    heard = real_matcher.understand(f"warga {place} mau cetak ktp")
    assert not any(one.subject.startswith("rujukan-kota") for one in heard.candidates)
