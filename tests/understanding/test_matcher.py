"""Questions find their subject, ask back, or are declined."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Faq, Variant
from bot.knowledge.reading.loader import load
from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue, Topic, Verdict
from tests.conftest import REAL_KNOWLEDGE
from tests.understanding.conftest import Understand


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("ktp saya ilang di pasar, syaratnya", "ktp-hilang"),
        ("kartu keluwarga raib", "kk-hilang-rusak"),
        ("gmn misah kk dr mertua", "kk-pisah"),
        ("perpanjang sim c", "rujukan-sim"),
        ("alamat kantor capil", "dukcapil"),
    ],
)
def test_a_plain_question_finds_its_subject(understand: Understand, text: str, subject: str) -> None:
    heard = understand(text)
    assert (heard.verdict, heard.meant, heard.candidates[0].subject) == (Verdict.SURE, (subject,), subject)


def test_candidates_are_at_most_five_and_descend(understand: Understand) -> None:
    scores = [candidate.score for candidate in understand("ktp kk akta hilang").candidates]
    assert (len(scores) <= 5, scores) == (True, sorted(scores, reverse=True))


def test_equal_questions_get_equal_answers(understand: Understand) -> None:
    assert understand("ktp raib di angkot") == understand("ktp raib di angkot")


@pytest.mark.parametrize(("times", "joined"), [(5, True), (12, False)])
def test_an_and_in_a_long_story_joins_no_two_subjects(understand: Understand, times: int, *, joined: bool) -> None:
    story = "semalam hujan deras " * times
    assert (len(understand(f"ktp sama kk hilang {story}").meant) == 2) is joined


def test_two_subjects_asked_at_once_are_both_meant(understand: Understand) -> None:
    assert understand("ktp sama kk hilang semua").meant == ("ktp-hilang", "kk-hilang-rusak")


def test_two_words_of_one_subject_are_not_two_questions(understand: Understand) -> None:
    assert understand("syarat sama biaya pisah kk").meant == ("kk-pisah",)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("tahun lahir di akta saya beda sama rapor, mau dibetulin", "akta-pembetulan"),
        ("nikah sama orang malaysia di sana, mau lapor ke capil sini bawa apa", "perkawinan-luar-negeri"),
        ("pindah rumah masih satu kabupaten, ktp sama kk ikut diganti ga", "pindah-dalam"),
    ],
)
def test_with_is_not_always_and(real_matcher: Matcher, text: str, subject: str) -> None:
    assert real_matcher.understand(text).meant == (subject,)


def test_a_subjects_own_question_is_found(understand: Understand) -> None:
    assert understand("ktp hilang boleh diwakilkan?").faq == ("ktp-hilang", 0)


def test_a_stored_question_is_found_by_another_wording_of_it(small: KnowledgeBase) -> None:
    faq = Faq(question="Boleh diwakilkan?", answer="Boleh.", names=("bisa titip saudara ga",))
    kia = small.services["kia"].model_copy(update={"faq": (faq,)})
    matcher = Matcher(replace(small, services={**small.services, "kia": kia}))
    assert matcher.understand("titip saudara bisa?", Topic(("kia",))).faq == ("kia", 0)


def test_a_stored_question_word_for_word_is_of_the_topic_whatever_else_its_words_name(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("Buku nikah hilang?", Topic(("rujukan-buku-nikah",)))
    assert (heard.meant, heard.faq and heard.faq[0]) == (("rujukan-buku-nikah",), "rujukan-buku-nikah")


def test_a_stored_question_of_the_agency_is_answered_under_the_topic(understand: Understand) -> None:
    heard = understand("Apakah antre bisa lewat aplikasi?", "kia")
    assert (heard.meant, heard.faq) == (("kia",), ("dukcapil", 0))


def test_the_whole_name_of_a_subject_is_that_subject_and_asks_nothing_else(
    real_matcher: Matcher, real: KnowledgeBase
) -> None:
    for subject in ("nib", "legalisir-dokumen", "kk-pisah"):
        heard = real_matcher.understand(real.services[subject].name)
        assert (heard.verdict, heard.meant, heard.aspects) == (Verdict.SURE, (subject,), ())


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("syarat sip perawat, lama ga prosesnya", ""),
        ("syarat sip perawat lama tidak praktik", "Lama tidak praktik (lebih dari 5 tahun)"),
        ("syarat izin apotek pt", "Badan usaha (PT, yayasan, koperasi)"),
        ("syarat kia di kecamatan", ""),
    ],
)
def test_everyday_words_choose_no_case(real_matcher: Matcher, text: str, case: str) -> None:
    assert real_matcher.understand(text).variant == case


def test_the_bare_name_of_a_case_asks_for_the_case_and_no_other_service(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("kalau wna?", Topic(("ktp-hilang",)))
    assert (heard.meant, "Orang asing" in heard.variant) == (("ktp-hilang",), True)
    assert real_matcher.understand("kalau akta hilang?", Topic(("kia",))).meant != ("kia",)


def test_a_case_of_which_was_spoken_stays_until_the_subject_is_named_anew(matcher: Matcher) -> None:
    told = Topic(("akta-kelahiran",), case="WNA")
    assert matcher.understand("biayanya", told).variant == "WNA"
    assert matcher.understand("akta lahir biayanya", told).variant == ""


def test_what_the_service_itself_is_called_chooses_no_case_of_it(real: KnowledgeBase) -> None:
    stolen = Variant(title="Kecopetan", names=("kecopetan", "dicuri"), requirements=("Surat laporan pencurian",))
    ktp = real.services["ktp-hilang"]
    changed = ktp.model_copy(update={"variants": (*ktp.variants, stolen)})
    matcher = Matcher(replace(real, services={**real.services, ktp.id: changed}))
    assert matcher.understand("syarat ktp hilang").variant == ""


def test_a_stored_question_or_a_name_of_mere_fillers_is_not_heard_in_every_filler(real: KnowledgeBase) -> None:
    faq = Faq(question="Kak, gimana ya?", answer="Begini.")
    changed = real.services["kia"].model_copy(update={"faq": (faq,), "name": "Kak"})
    matcher = Matcher(replace(real, services={**real.services, "kia": changed}))
    assert matcher.understand("kak").meant == ()
    assert matcher.understand("kak", Topic(("kia",))).faq is None


def test_a_stored_question_that_many_have_is_nobodys_without_a_topic(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("Boleh diwakilkan?")
    assert heard.verdict is not Verdict.SURE
    assert heard.faq is None


def test_the_variant_named_is_told(understand: Understand) -> None:
    assert understand("akta lahir untuk orang asing syaratnya").variant == "WNA"


def test_a_word_that_is_only_a_part_of_a_variants_name_does_not_choose_it(real_matcher: Matcher) -> None:
    assert real_matcher.understand("saya di mauk mau bikin kk di mana").variant == ""
    assert real_matcher.understand("kk untuk yang baru pindah bikin di mana").variant.startswith("Baru pindah")


@pytest.mark.parametrize(
    ("text", "day"), [("dukcapil besok buka?", "besok"), ("dukcapil jum'at tutup jam brp", "jumat")]
)
def test_the_day_of_a_question_about_hours_is_told(understand: Understand, text: str, day: str) -> None:
    assert understand(text).day == day


def test_a_day_in_a_story_is_no_question_about_hours(understand: Understand) -> None:
    assert understand("besok mau bikin ktp baru syaratnya apa").day == ""


@pytest.mark.parametrize(
    "text", ["ktp hilang di kota sana", "saya warga kota sana mau bikin ktp", "orang sana raya urus kk"]
)
def test_the_office_of_a_neighbour_is_referred_to(understand: Understand, text: str) -> None:
    heard = understand(text)
    assert (Cue.ELSEWHERE in heard.cues, heard.place, heard.candidates[0].subject) == (
        True,
        "Kota Sana",
        "rujukan-kota-sana",
    )


def test_another_regions_office_is_recognised(understand: Understand) -> None:
    heard = understand("syarat bikin kk di bandung")
    assert (Cue.ELSEWHERE in heard.cues, heard.place) == (True, "Bandung")


@pytest.mark.parametrize(
    "text", ["pindah dari bandung ke cikupa", "mau pindah ke bandung", "lahir di serang, ktp hilang"]
)
def test_a_place_one_comes_from_or_goes_to_is_no_office(understand: Understand, text: str) -> None:
    assert Cue.ELSEWHERE not in understand(text).cues


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("pindah ke desa lain, masih dalam kabupaten wakatobi", "pindah-dalam"),
        ("mau pindah ke kabupaten wakatobi", "pindah-keluar"),
        ("pindah dari kota cempakasari ke sini", "pindah-datang"),
        ("pindah domisili ke luar kota", "pindah-keluar"),
        ("lapor pindah datang antar kabupaten", "pindah-datang"),
    ],
)
def test_a_move_is_told_by_its_direction_whatever_the_region(real_matcher: Matcher, text: str, subject: str) -> None:
    assert real_matcher.understand(text).meant == (subject,)


def test_a_place_of_ours_makes_no_question_anothers(real_matcher: Matcher) -> None:
    heard = real_matcher.understand("ktp hilang di citra raya, syaratnya apa")
    assert (heard.meant, heard.cues) == (("ktp-hilang",), frozenset())


@pytest.mark.parametrize(
    "text", ["hujan ga di ciledug", "jadwal dokter gigi di pamulang", "makan enak di gading serpong"]
)
def test_a_place_alone_makes_no_question_ours(real_matcher: Matcher, text: str) -> None:
    assert real_matcher.understand(text).verdict is not Verdict.SURE


@pytest.mark.parametrize(
    "text",
    [
        "ktp",
        "syarat kk",
        "mau urus akta",
        "bpjs",
        "izin praktik",
        "surat saya hilang",
        "mau ngurus kartu",
        "pindah",
        "anak",
    ],
)
def test_a_bare_thing_is_asked_back(real_matcher: Matcher, text: str) -> None:
    heard = real_matcher.understand(text)
    assert (heard.verdict, len(heard.candidates) > 1) == (Verdict.UNSURE, True)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("mau urus akta", ["akta-kelahiran", "akta-kematian", "akta-perkawinan", "akta-kutipan-kedua"]),
        ("ktp", ["ktp-baru", "ktp-hilang", "ktp-rusak", "ktp-perubahan-data"]),
        ("kk", ["kk-baru", "kk-hilang-rusak", "kk-perubahan-data", "kk-tambah-anggota"]),
    ],
)
def test_a_bare_thing_offers_what_is_mostly_wanted(real_matcher: Matcher, text: str, offered: list[str]) -> None:
    assert [candidate.subject for candidate in real_matcher.understand(text).candidates[:4]] == offered


@pytest.mark.parametrize(
    ("text", "subject"), [("syarat bikin ktp", "ktp-baru"), ("bikin kk berapa lama", "kk-baru"), ("buat nib", "nib")]
)
def test_making_a_thing_asks_for_a_new_one(real_matcher: Matcher, text: str, subject: str) -> None:
    assert real_matcher.understand(text).meant == (subject,)


@pytest.mark.parametrize(
    "text",
    [
        "resep opor ayam",
        "skor bola tadi malam",
        "harga emas hari ini",
        "atm saya tertelan mesin",
        "lirik lagu galau",
        "asdf qwer zxcv",
    ],
)
def test_what_is_not_ours_is_not_answered(real_matcher: Matcher, text: str) -> None:
    assert real_matcher.understand(text).verdict is Verdict.UNKNOWN


def test_most_question_tests_of_the_knowledge_find_their_subject(real: KnowledgeBase, real_matcher: Matcher) -> None:
    asked = [(text, subject.id) for subject in real.subjects.values() for text in subject.questions]
    found = sum(subject in [c.subject for c in real_matcher.understand(text).candidates[:4]] for text, subject in asked)
    assert found / len(asked) > 0.95


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=300))
def test_every_text_has_an_understanding(real_matcher: Matcher, text: str) -> None:
    heard = real_matcher.understand(text)
    assert all(0 <= candidate.score <= 1 for candidate in heard.candidates)


@pytest.mark.parametrize(
    "text", ["", "a" * 4096, "\u0301" * 4096, "👨‍👩‍👧" * 900, "kt " * 1365, "<b>ktp</b>", "\ud800", "\u202ektp"]
)
def test_abuse_is_understood_as_little_as_it_says(real_matcher: Matcher, text: str) -> None:
    assert real_matcher.understand(text).verdict is not Verdict.SURE


class Watched:
    """A value that keeps which of its parts are read."""

    def __init__(self, value: object, read: set[str]) -> None:
        self._value, self._read = value, read

    def __getattr__(self, name: str) -> object:
        self._read.add(name)
        part = getattr(self._value, name)
        return tuple(Watched(one, self._read) for one in part) if name in {"faq", "variants"} else part


def test_a_matcher_reads_nothing_of_a_subject_but_what_it_compares_when_it_is_kept() -> None:
    knowledge = load(REAL_KNOWLEDGE)
    built, compared = set[str](), set[str]()
    kinds = ("services", "referrals", "agencies")

    def watched(read: set[str]) -> KnowledgeBase:
        return replace(
            knowledge,
            **{kind: {key: Watched(one, read) for key, one in getattr(knowledge, kind).items()} for kind in kinds},
        )

    matcher = Matcher(knowledge)
    assert matcher.fits(watched(compared)) is True
    Matcher(watched(built))
    assert built <= compared


def test_a_new_name_leads_to_its_service_at_once_without_an_example(real: KnowledgeBase) -> None:
    kia = real.services["kia"]
    named = kia.model_copy(update={"names": (*kia.names, "kartu bocah ceria")})
    matcher = Matcher(replace(real, services={**real.services, "kia": named}))
    heard = matcher.understand("kartu bocah ceria")
    assert (heard.verdict, heard.meant) == (Verdict.SURE, ("kia",))
