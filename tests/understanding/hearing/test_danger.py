"""Who is in danger is heard, however it is told, and a question that only speaks of danger is none."""

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.matcher import Matcher
from bot.understanding.result import Cue, Topic

HEARD = {
    "kekerasan": """
        suami ngancam bunuh saya
        tolong istri saya digebukin
        saya ditampar suami terus
        bapak saya mukulin ibu
        saya disiksa majikan
        penganiayaan
        LAKI AYE NGEPLAKIN AYE MULU
        abdi digebugan ku salaki
        my husband keeps beating me
    """,
    "kekerasan_seksual": """
        adik saya dicabuli tetangga
        tadi di angkot paha saya diraba
        mantan nyebar video bugil saya
    """,
    "anak": """
        nemu bayi di depan musola
        anak tetangga dikurung dari pagi
    """,
    "bunuh_diri": """
        tetangga mau bunuh diri
        pengen mati aja rasanya
        mau mati
        gw udah capek hidup
        temen saya mau bunuh diri
        adik nyilet tangannya sendiri
        geus teu kuat hirup
        i want to die
    """,
    "kejahatan": """
        ada orang ngamuk bawa golok
        ODGJ mengamuk
        ada maling masuk rumah
        temen dibacok begal
        ono maling mlebu omah tulung
    """,
    "tenggelam": """
        orang hanyut di kali
        bocah kecebur sumur
        kapal nelayan kebalik di tengah laut
    """,
    "gas": """
        gas bocor di dapur
        tabung elpiji bocor bunyi ngeses
    """,
    "listrik": """
        adek kesetrum listrik
        tukang kesetrum di atap
    """,
    "kebakaran": """
        tolong rumah tetangga terbakar
        ada kebakaran di pasar kemis
        api udah gede banget di dapur tolong
        please help my house is on fire
        imah tatangga kahuruan
        kebakrn di pasar
        api udah sampe atap
    """,
    "bencana": """
        banjir sudah sedada nenek terjebak
        banjir udah sedada nenek di dalem
        tembok roboh nimpa anak
    """,
    "celaka": """
        korban tabrak lari masih di jalan
        ada tabrakan orangnya masih di jalan
        kaki saya kelindes truk
    """,
    "medis": """
        bapak pingsan ga sadarkan diri
        anak kejang badannya panas
        istri pendarahan tolong
        sesak nafas berat
        anak saya keracunan makanan
        bayi saya ga napas
        ibu ga sadarkan diri
        emak kaga bangun bangun
        bapakku ora ambegan
        anak digigit ular
        istri ketubannya pecah
    """,
    "hilang": """
        anak saya blm pulang dari kemaren
    """,
}
NOT_HEARD = """
ktp hilang karena kebakaran
anak saya baru lahir mau bikin akta
surat surat hilang kena banjir
rumah kemalingan akta ikut hilang
tolong info syarat kk
cepat ga bikin ktp
ktp saya kebakar, cara gantinya gimana
akta kematian korban kecelakaan
bpjs nanggung kecelakaan kerja ga
lowongan damkar
nomor damkar berapa
surat visum
rumah habis terbakar bulan lalu, sekolah minta keterangan
kalau ada kebakaran hubungi siapa
sosialisasi pencegahan bunuh diri
saya cerai karena kdrt, anak ikut kk siapa
dipalak calo waktu bikin ktp
listrik mati di kampung saya
saya datang pukul 8
kabel pln nyangkut di pohon
jatuh tempo pajak kapan
stnk saya mau mati bulan depan
anak
bayi
golongan darah di ktp salah
anak hilang dari kk
"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HEARD.items() for text in _lines(texts)])
def test_danger_is_heard_with_its_kind(real_matcher: Matcher, kind: str, text: str) -> None:
    heard = real_matcher.understand(text)
    assert (heard.danger, Cue.EMERGENCY in heard.cues) == (kind, True)


@pytest.mark.parametrize("text", _lines(NOT_HEARD))
def test_what_only_speaks_of_danger_stays_a_question(real_matcher: Matcher, text: str) -> None:
    assert real_matcher.understand(text).danger == ""


@pytest.mark.parametrize(
    "text",
    [
        "om saya suka masuk kamar terus megang megang",
        "udah gaada gunanya gue disini, mending ngilang selamanya",
        "kakek tau tau lemes ga nyambung diajak ngomong",
    ],
)
def test_danger_is_heard_in_words_that_no_cue_names(real_matcher: Matcher, text: str) -> None:
    assert real_matcher.hearer.alarm(text)[1] == ""
    assert real_matcher.understand(text).danger


def test_danger_is_heard_whatever_was_spoken_of(real_matcher: Matcher) -> None:
    about = Topic(("ktp-hilang",), offered=True)
    assert real_matcher.understand("bapak saya pingsan", about).danger == "medis"


def test_papers_do_not_silence_danger_that_is_now(real_matcher: Matcher) -> None:
    assert real_matcher.understand("bapak pingsan di loket ktp").danger == ""
    assert real_matcher.understand("bapak pingsan sekarang di loket ktp").danger == "medis"


def test_who_wants_to_die_is_heard_beside_any_paper(real_matcher: Matcher) -> None:
    assert real_matcher.understand("ktp ditolak terus, saya pengen mati").danger == "bunuh_diri"


def test_asking_how_or_for_a_number_does_not_silence_danger(real_matcher: Matcher) -> None:
    assert real_matcher.understand("anak kejang harus gimana, nomor ambulans berapa").danger == "medis"


@pytest.mark.parametrize(
    "text", ["Ada tawuran atau orang mengamuk, telepon ke mana?", "Ada ular atau pohon tumbang, boleh telepon 112?"]
)
def test_a_stored_question_about_the_emergency_line_is_answered(real_matcher: Matcher, text: str) -> None:
    heard = real_matcher.understand(text)
    assert (heard.danger, heard.cues & {Cue.EMERGENCY}, heard.faq and heard.faq[0]) == ("", set(), "call-center-112")


def test_no_example_of_a_paper_is_taken_for_danger(real: KnowledgeBase, real_matcher: Matcher) -> None:
    services = [one for one in real.services.values() if one.id not in {"call-center-112", "psc-119"}]
    asked = [text for one in services for text in (*one.examples, *one.questions, *one.names)]
    taken = [text for text in asked if real_matcher.understand(text).danger]
    assert len(taken) <= len(asked) // 1000, taken
