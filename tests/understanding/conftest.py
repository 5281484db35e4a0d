"""A matcher over a small region made by hand, and one over the real knowledge."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Numbers
from bot.knowledge.model import Agency, Faq, Referral, Service, Variant
from bot.knowledge.reading.loader import load
from bot.knowledge.region import Neighbour, Region
from bot.knowledge.vocabulary import Aspect
from bot.understanding.matcher import Matcher
from bot.understanding.result import Topic, Understanding
from tests.conftest import REAL_KNOWLEDGE

TODAY = date(2026, 11, 24)

Understand = Callable[..., Understanding]


def service(key: str, name: str, names: tuple[str, ...], examples: tuple[str, ...], **more: object) -> Service:
    return Service(
        id=key, name=name, summary=name, names=names, examples=examples, updated=TODAY, agency="dukcapil", **more
    )


SERVICES = (
    service(
        "ktp-baru",
        "KTP baru",
        ("bikin ktp baru", "ktp pertama"),
        (
            "cara membuat ktp pertama kali",
            "anak umur 17 mau rekam ktp",
            "syarat bikin ktp baru",
            "perekaman ktp dimana",
        ),
    ),
    service(
        "ktp-hilang",
        "Ganti KTP hilang",
        ("ktp hilang", "kehilangan ktp"),
        (
            "dompet kecopetan ktp ikut hilang",
            "ktp saya hilang di pasar",
            "cara urus ktp hilang",
            "ktp jatuh entah dimana",
        ),
        faq=(
            Faq(question="Boleh diwakilkan?", answer="Boleh, dengan surat kuasa."),
            Faq(question="Apakah perlu surat polisi?", answer="Perlu."),
        ),
    ),
    service(
        "ktp-rusak",
        "Ganti KTP rusak",
        ("ktp rusak", "ktp patah"),
        ("ktp patah jadi dua", "ktp luntur fotonya", "chip ktp rusak tidak terbaca", "ganti ktp robek"),
    ),
    service(
        "kk-hilang-rusak",
        "Ganti KK hilang atau rusak",
        ("kk hilang", "kk rusak"),
        ("kartu keluarga hilang", "kk sobek kena air", "kartu keluarga saya raib", "cetak ulang kk hilang"),
    ),
    service(
        "kk-pisah",
        "Pisah KK",
        ("pisah kk", "pecah kk"),
        (
            "mau pisah kk dari orang tua",
            "pecah kk setelah menikah",
            "misah kk dari mertua",
            "cara pisah kartu keluarga",
        ),
    ),
    service(
        "akta-kelahiran",
        "Akta kelahiran",
        ("akta lahir", "akte kelahiran"),
        (
            "anak baru lahir mau bikin akta",
            "bayi belum punya akta lahir",
            "telat bikin akta kelahiran",
            "akta lahir anak",
        ),
        variants=(
            Variant(title="WNI", requirements=("Buku nikah",)),
            Variant(title="WNA", names=("orang asing",), requirements=("KITAS",)),
        ),
    ),
    service(
        "akta-kematian",
        "Akta kematian",
        ("akta kematian", "akta mati"),
        (
            "bapak meninggal mau urus akta kematian",
            "lapor kematian",
            "akta kematian ibu saya",
            "suami wafat bikin akta",
        ),
    ),
    service(
        "kia",
        "Kartu Identitas Anak",
        ("kia", "kartu anak"),
        ("bikin kia anak sd", "kartu identitas anak umur 5 tahun", "kia untuk bayi", "anak saya mau punya kartu anak"),
    ),
)
REFERRALS = (
    Referral(
        id="rujukan-sim",
        name="SIM",
        summary="SIM dibuat di Satpas.",
        body="Satpas",
        names=("bikin sim", "perpanjang sim"),
        examples=("cara memperpanjang sim c", "sim a mati", "bikin sim baru dimana", "ujian sim motor"),
        updated=TODAY,
    ),
    Referral(
        id="rujukan-kota-sana",
        name="Warga Kota Sana",
        summary="Dilayani Dukcapil Kota Sana.",
        body="Disdukcapil Kota Sana",
        names=("dukcapil kota sana",),
        examples=("saya warga kota sana", "ktp saya kota sana", "orang sana mau urus kk", "dukcapil kota sana dimana"),
        updated=TODAY,
    ),
)
AGENCY = Agency(
    id="dukcapil",
    name="Dinas Dukcapil",
    short="Dukcapil",
    names=("dukcapil", "kantor dukcapil"),
    examples=("dukcapil buka jam berapa", "alamat kantor dukcapil", "nomor telepon dukcapil", "jam kerja dukcapil"),
    faq=(Faq(question="Apakah antre bisa lewat aplikasi?", answer="Bisa."),),
    updated=TODAY,
)
REGION = Region(
    name="Kabupaten Sini",
    timezone="Asia/Jakarta",
    emergency=({"nomor": "112", "nama": "Darurat"},),
    person=("Datang ke kantor.",),
    districts=({"nama": "Cikupa"}, {"nama": "Balaraja"}),
    neighbours=(
        Neighbour(name="Kota Sana", names=("kota sana",), places=("sana raya",), referral="rujukan-kota-sana"),
    ),
    elsewhere=("Bandung", "Serang"),
    updated=TODAY,
)


@pytest.fixture(scope="session")
def real() -> KnowledgeBase:
    return load(REAL_KNOWLEDGE)


@pytest.fixture(scope="session")
def small(real: KnowledgeBase) -> KnowledgeBase:
    """A region with ten subjects, and everybody's word lists without their learned numbers."""
    return replace(
        real,
        region=REGION,
        agencies={AGENCY.id: AGENCY},
        services={one.id: one for one in SERVICES},
        referrals={one.id: one for one in REFERRALS},
        language=real.language.model_copy(update={"numbers": Numbers()}),
    )


@pytest.fixture(scope="session")
def matcher(small: KnowledgeBase) -> Matcher:
    return Matcher(small)


@pytest.fixture(scope="session")
def understand(matcher: Matcher) -> Understand:
    """Understand a text in the small region, about subjects when they are given."""

    def understood(text: str, *about: str, offered: bool = False, aspects: tuple[Aspect, ...] = ()) -> Understanding:
        return matcher.understand(text, Topic(about, aspects, offered) if about else None)

    return understood


@pytest.fixture(scope="session")
def real_matcher(real: KnowledgeBase) -> Matcher:
    return Matcher(real)
