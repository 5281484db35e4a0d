"""Where a citizen reads that an answer comes from."""

from dataclasses import replace

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Doubt, Source
from bot.knowledge.vocabulary import Aspect
from tests.conversation.composing.test_services import about
from tests.conversation.conftest import heard

LAW = {"judul": "UU 24/2013", "alamat": "https://uu.example", "untuk": ["syarat", "biaya"], "aturan": "nasional"}
NEWS = {"judul": "Kabar dinas", "untuk": ["waktu", "biaya"]}


def test_only_what_covers_a_statement_is_printed_under_it(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge, sumber=[LAW, NEWS])
    assert "Sumber: Kabar dinas" in talk.shows("apotek", "waktu")
    assert "UU 24/2013" not in talk.shows("apotek", "waktu")


def test_statements_beside_each_other_share_the_source_that_holds_both(knowledge: KnowledgeBase) -> None:
    talk = about(knowledge, sumber=[LAW, NEWS], biaya={"rupiah": 5000})
    text = talk.says(heard("apotek", aspects=(Aspect.COST, Aspect.DURATION)))
    assert text.count("Kabar dinas") == 1
    assert "Rp5.000" in text


def test_a_national_rule_says_that_it_is_one(knowledge: KnowledgeBase) -> None:
    text = about(knowledge, sumber=[LAW, NEWS]).shows("apotek", "syarat")
    assert "Aturan nasional menurut: UU 24/2013 – https://uu.example" in text
    assert "Petugas bisa meminta berkas tambahan" in text


def test_a_national_rule_without_a_source_still_says_so(knowledge: KnowledgeBase) -> None:
    text = about(knowledge, varian=[], waktu={"keterangan": "14 hari.", "aturan": "nasional"}).shows("apotek", "waktu")
    assert "Waktu: 14 hari.\n\nIni aturan nasional." in text


def test_news_of_a_national_rule_is_what_tells_of_it_and_not_the_rule(knowledge: KnowledgeBase) -> None:
    duration = {"keterangan": "14 hari.", "aturan": "nasional"}
    text = about(knowledge, varian=[], waktu=duration, sumber=[NEWS]).shows("apotek", "waktu")
    assert "Waktu: 14 hari.\n\nAturan nasional menurut: Kabar dinas" in text


def test_a_statement_may_name_its_own_source(knowledge: KnowledgeBase) -> None:
    duration = {"keterangan": "14 hari.", "sumber": ["uu 24"]}
    text = about(knowledge, varian=[], waktu=duration, sumber=[LAW, NEWS]).shows("apotek", "waktu")
    assert "Aturan nasional menurut: UU 24/2013" in text
    assert "Kabar dinas" not in text


def test_a_doubt_is_said_in_plain_words(knowledge: KnowledgeBase) -> None:
    duration = {"keterangan": "14 hari.", "ragu": "sumbernya tahun 2019"}
    assert "Waktu: 14 hari.\n\nBelum pasti: sumbernya tahun 2019." in about(knowledge, varian=[], waktu=duration).shows(
        "apotek", "waktu"
    )


def test_a_doubt_about_a_list_is_said_below_it(knowledge: KnowledgeBase) -> None:
    doubts = [{"bagian": "syarat", "isi": "Daftar ini dari tahun 2021."}]
    assert "Belum pasti: Daftar ini dari tahun 2021." in about(knowledge, ragu=doubts).shows("apotek", "syarat")


def test_a_doubt_about_one_case_names_it_unless_it_was_asked_for(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "WNA", "syarat": ["Paspor"], "ragu": "Bisa berbeda."}]
    talk = about(knowledge, varian=cases)
    assert "Belum pasti: WNA: Bisa berbeda." in talk.shows("apotek", "syarat")


def test_the_doubt_of_a_case_is_about_what_it_needs(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "WNA", "syarat": ["Paspor"], "lokasi": "Loket 2.", "ragu": "Bisa berbeda."}]
    assert "Bisa berbeda." not in about(knowledge, varian=cases).shows("apotek", "lokasi")
    assert "Bisa berbeda." in about(knowledge, varian=[{**cases[0], "syarat": []}]).shows("apotek", "lokasi")


def test_a_doubt_of_several_cases_is_said_once(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": title, "syarat": ["Paspor"], "ragu": "Bisa berbeda."} for title in ("WNA", "Anak")]
    text = about(knowledge, varian=cases).shows("apotek", "syarat")
    assert text.count("Bisa berbeda.") == 1
    assert "Belum pasti: WNA, Anak: Bisa berbeda." in text


def test_an_overview_that_only_names_the_cases_doubts_none_of_their_lists(knowledge: KnowledgeBase) -> None:
    papers = [f"Berkas nomor {number} yang panjang sekali namanya" for number in range(9)]
    cases = [{"judul": title, "syarat": papers, "ragu": "Angkanya lama."} for title in ("WNA", "Anak")]
    talk = about(knowledge, varian=cases)
    assert "Angkanya lama." not in talk.shows("apotek")
    assert "Angkanya lama." in talk.shows("apotek", "syarat")


def test_nobody_is_sent_to_an_address_that_is_in_doubt(knowledge: KnowledgeBase) -> None:
    assert "Tanyakan ke Dukcapil (Jalan Merdeka 1) atau" in about(knowledge).shows("apotek", "online")
    agency = knowledge.agencies["dukcapil"]
    doubts = (Doubt.model_validate({"bagian": "lokasi", "isi": "Gedungnya belum pasti."}),)
    unsure = replace(knowledge, agencies={"dukcapil": agency.model_copy(update={"doubts": doubts})})
    assert "Tanyakan ke Dukcapil atau" in about(unsure).shows("apotek", "online")


def test_hours_that_are_the_regions_carry_its_source(knowledge: KnowledgeBase) -> None:
    text = about(knowledge).shows("apotek", "jam")
    assert "Kabar dinas" not in text
    assert "Senin-Kamis 07.30-16.00" in text


def test_older_files_that_say_nowhere_what_a_source_covers_show_their_sources(knowledge: KnowledgeBase) -> None:
    text = about(knowledge, sumber=[{"judul": "Kabar lama"}]).shows("apotek", "waktu")
    assert "Sumber: Kabar lama" in text


def test_the_source_of_a_case_is_not_lost_where_neighbours_share_another(knowledge: KnowledgeBase) -> None:
    cases = [{"judul": "Badan usaha", "syarat": ["Akta pendirian"], "sumber": ["Kabar dinas"]}]
    text = about(knowledge, sumber=[LAW, NEWS], varian=cases, biaya={"rupiah": 5000}, waktu=None).shows("apotek")
    requirements = text[text.index("Tambahan syarat") : text.index("Biaya:")]
    assert "Kabar dinas" in requirements
    assert "UU 24/2013" in requirements


def test_what_is_not_published_has_no_source(knowledge: KnowledgeBase) -> None:
    region = knowledge.region.model_copy(update={"sources": (Source(title="Perbup jam kerja"),)})
    talk = about(replace(knowledge, region=region), lokasi="Puskesmas")
    assert "Jam buka: Belum dipublikasikan." in talk.shows("apotek", "jam")
    assert "Perbup jam kerja" not in talk.shows("apotek", "jam")
