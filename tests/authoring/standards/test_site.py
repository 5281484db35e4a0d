"""The site, the posters and the codes that are made of the knowledge."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

from bot.authoring.standards import poster
from bot.authoring.standards.pages import write_folder
from bot.authoring.standards.poster import PosterLink, export_codes, export_posters, poster_of
from bot.authoring.standards.site import export_site, site
from bot.conversation.composing.wording import Occasion
from bot.errors import SettingsError
from bot.knowledge.reading.loader import load
from tests.conftest import REAL_KNOWLEDGE

BOT = "tanya_contoh_bot"
KTP = "dukcapil/ktp-hilang.yaml"


def asking(folder: Path) -> Occasion:
    return Occasion(load(folder), datetime(2026, 11, 24, 10, tzinfo=UTC))


def change(folder: Path, old: str, new: str, file: str = KTP) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


class Links(HTMLParser):
    """Where a page leads, and what its parts are called."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.links += [value for key in ("href", "src") if (value := found.get(key))]
        self.ids += [found["id"]] if found.get("id") else []


def leads_to(page: str, link: str) -> str:
    """The file of a relative link."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / link).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


@pytest.fixture(scope="module")
def real() -> Mapping[str, str]:
    return site(asking(REAL_KNOWLEDGE), BOT)


def test_every_service_referral_and_agency_has_a_page(real: Mapping[str, str]) -> None:
    knowledge = load(REAL_KNOWLEDGE)
    assert {PurePosixPath(name).stem for name in real if name.endswith(".html")} == {"index", *knowledge.subjects}


def test_every_link_leads_somewhere(real: Mapping[str, str]) -> None:
    broken = [
        (page, link)
        for page, html in real.items()
        if page.endswith(".html")
        for link in Links(html).links
        if not re.match(r"https?:|tel:|mailto:|#", link) and leads_to(page, link) not in real
    ]
    assert broken == []


def test_an_emergency_number_is_rung_and_a_site_is_opened(real: Mapping[str, str]) -> None:
    links = Links(real["index.html"]).links
    assert {"tel:112", "tel:119", "tel:08111-129-129", "https://healing119.id"} <= set(links)


def test_pages_use_nothing_from_elsewhere_and_no_script_inside(real: Mapping[str, str]) -> None:
    for page, html in real.items():
        if page.endswith(".html"):
            assert not re.search(r'(?:src|<link[^>]*href)="https?:', html), page
            assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|style=", html), page


def test_under_each_part_of_a_page_stands_the_source_that_covers_it(folder: Path) -> None:
    law = "{judul: UU 24/2013, alamat: 'https://uu.example', untuk: [biaya], aturan: nasional}"
    change(folder, "{judul: Perpres 96/2018}", "{judul: Perpres 96/2018, untuk: [syarat]}\n  - " + law)
    page = site(asking(folder))["layanan/ktp-hilang.html"]
    cost, requirements = (page.partition(f'id="{part}"')[2].partition("</section>")[0] for part in ("biaya", "syarat"))
    assert 'Aturan nasional menurut: <a href="https://uu.example" rel="noopener">UU 24/2013</a>' in cost
    assert "Perpres" not in cost
    assert "Sumber: Perpres 96/2018" in requirements


def test_headings_of_a_page_have_names_of_their_own(real: Mapping[str, str]) -> None:
    for page, html in real.items():
        if page.endswith(".html"):
            ids = Links(html).ids
            assert len(ids) == len(set(ids)), page
            assert Links(html).tags.count("h1") == 1, page


def test_a_page_says_what_the_bot_says(folder: Path) -> None:
    page = site(asking(folder))["layanan/ktp-hilang.html"]
    for text in ("Surat kehilangan dari kepolisian.", "Gratis menurut UU 24/2013 Pasal 79A", "Perpres 96/2018"):
        assert text in page
    assert "Belum dipublikasikan" in page  # the steps, which this file does not give
    assert "24 November 2026" in page


def test_hours_do_not_depend_on_the_day_a_page_was_made(real: Mapping[str, str]) -> None:
    made = "Halaman ini dibuat"
    page = re.sub(rf"{made}.*", "", real["instansi/disdukcapil.html"])
    for later in (datetime(2026, 12, 25, 20, tzinfo=UTC), datetime(2027, 2, 15, 3, tzinfo=UTC)):  # the last in Ramadan
        files = site(Occasion(load(REAL_KNOWLEDGE), later), BOT)
        assert re.sub(rf"{made}.*", "", files["instansi/disdukcapil.html"]) == page
    assert "Selama Ramadan: Senin-Kamis" in page


def test_a_page_says_whether_the_agency_has_confirmed_it_and_home_how_many_have_not(folder: Path) -> None:
    draft = site(asking(folder))
    assert "belum dikonfirmasi dinas" in draft["layanan/ktp-hilang.html"]
    assert "belum dikonfirmasi dinas" not in draft["rujukan/rujukan-sim.html"] + draft["instansi/dukcapil.html"]
    assert "Dari 2 layanan, 2 belum dikonfirmasi dinasnya." in draft["index.html"]
    digest = asking(folder).knowledge.services["ktp-hilang"].digest
    given = f"dikonfirmasi: {{oleh: admin 902, tanggal: 2026-11-25, isi: {digest}}}\ndiperbarui:"
    change(folder, "diperbarui:", given)
    confirmed = site(asking(folder))
    assert "Dikonfirmasi dinas 25 November 2026." in confirmed["layanan/ktp-hilang.html"]
    assert "belum dikonfirmasi" not in confirmed["layanan/ktp-hilang.html"]
    assert not any("902" in content for content in confirmed.values())
    assert "Dari 2 layanan, 1 belum dikonfirmasi dinasnya." in confirmed["index.html"]


HOSTILE = "<script>alert(1)</script>"


def test_T4_markup_in_the_knowledge_is_shown_as_text(folder: Path) -> None:
    change(folder, "Surat kehilangan dari kepolisian.", HOSTILE)
    change(folder, "nama: KTP-el hilang", f"nama: {HOSTILE}")
    files = site(asking(folder))
    for page in ("index.html", "layanan/ktp-hilang.html", "instansi/dukcapil.html"):
        assert HOSTILE not in files[page]
        assert "&lt;script&gt;alert(1)" in files[page]


WITHDRAWN = """produk: KTP-el baru.
catatan: [Blanko sering habis.]
tanya_jawab: [{t: KTP gratis?, j: Ya.}]
tinjau_sebelum: 2026-01-01
ditarik: {alasan: Ada aturan baru., sejak: 2026-11-20}
diperbarui:"""


def test_a_withdrawn_service_tells_why_and_which_office_and_nothing_else(folder: Path) -> None:
    change(folder, "diperbarui:", WITHDRAWN)
    change(folder, "pengaduan:", "surel: halo@contoh.id\npengaduan:", "dukcapil/instansi.yaml")
    files = site(asking(folder))
    page = files["layanan/ktp-hilang.html"]
    assert "ditarik sejak 20 November 2026. Ada aturan baru." in page
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == ["Lokasi", "Kontak"]
    gone = ("Surat kehilangan", "Cetak ulang", "Gratis", "gratis", "KTP-el baru", "Blanko", "ditinjau", "Perpres")
    assert [text for text in gone if text in page + files["aset/indeks.js"]] == []


def test_a_notice_is_shown_until_its_day(folder: Path) -> None:
    change(folder, "diperbarui:", "pemberitahuan: {isi: Blanko habis., sampai: 2026-11-24}\ndiperbarui:")
    assert "Blanko habis." in site(asking(folder))["layanan/ktp-hilang.html"]
    change(folder, "sampai: 2026-11-24", "sampai: 2026-11-23")
    assert "Blanko habis." not in site(asking(folder))["layanan/ktp-hilang.html"]


def test_an_answer_past_its_review_day_says_so(folder: Path) -> None:
    change(folder, "diperbarui:", "tinjau_sebelum: 2026-11-01\ndiperbarui:")
    assert "ditinjau ulang sebelum 1 November 2026" in site(asking(folder))["layanan/ktp-hilang.html"]


def test_without_a_bot_no_page_leads_to_one(folder: Path) -> None:
    assert not any("t.me/" in content for content in site(asking(folder)).values())
    assert f"https://t.me/{BOT}?start=ktp-hilang" in site(asking(folder), BOT)["layanan/ktp-hilang.html"]


def test_the_pages_of_removed_services_go_and_other_files_stay(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "situs"
    assert export_site(target, asking(folder)) == 5
    (target / "catatan-saya.txt").write_text("jangan hapus", encoding="utf-8")
    (folder / "dukcapil/kia.yaml").unlink()
    assert export_site(target, asking(folder)) == 4
    assert not (target / "layanan/kia.html").exists()
    assert (target / "catatan-saya.txt").exists()


def test_a_list_of_files_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    outside = tmp_path / "luar.txt"
    outside.write_text("tetap", encoding="utf-8")
    write_folder(tmp_path / "situs", {"index.html": "a"})
    (tmp_path / "situs/aset/berkas.txt").write_text("../luar.txt\nindex.html\n", encoding="utf-8")
    write_folder(tmp_path / "situs", {"index.html": "b"})
    assert outside.exists()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "situs").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        write_folder(tmp_path / "situs", {"index.html": "a"})


def test_each_service_gets_a_poster_of_a4(folder: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    assert export_posters(tmp_path / "poster", asking(folder), PosterLink(BOT), lambda *done: seen.append(done)) == 2
    raw = (tmp_path / "poster/ktp-hilang.pdf").read_bytes()
    assert raw.startswith(b"%PDF")
    assert re.search(rb"/MediaBox ?\[0 0 595\.2\d* 841\.8\d*\]", raw)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", raw)) == 1
    assert seen == [(1, 2), (2, 2)]


def test_without_the_bots_name_a_posters_code_leads_to_the_site_and_without_a_site_there_is_none(folder: Path) -> None:
    assert PosterLink("", "https://layanan.contoh.id/").of("kia") == "https://layanan.contoh.id/layanan/kia"
    assert PosterLink().of("kia") == ""
    current = asking(folder)
    service = current.knowledge.services["kia"]
    with_bot, with_site, alone = (
        poster_of(service, current, door) for door in (PosterLink(BOT), PosterLink("", "https://a.id"), PosterLink())
    )
    assert with_bot != with_site
    assert len(alone) < len(with_site)


def test_a_long_standard_goes_on_on_a_second_page(folder: Path) -> None:
    many = "".join(f"\n  - Syarat nomor {number} yang panjang sekali kalimatnya." for number in range(150))
    change(folder, "syarat:", f"syarat:{many}")
    current = asking(folder)
    raw = poster_of(current.knowledge.services["ktp-hilang"], current, PosterLink(BOT))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", raw)) > 1


@pytest.mark.parametrize("text", [HOSTILE, "#import x", "$a$ *b* `c` \\u{0}", "= judul", "[", '"', "a\u200bb"])
def test_markup_of_posters_in_the_knowledge_is_text(folder: Path, text: str) -> None:
    (folder / KTP).write_text(
        (folder / KTP).read_text(encoding="utf-8").replace("nama: KTP-el hilang", f"nama: {text!r}"), encoding="utf-8"
    )
    current = asking(folder)
    assert poster_of(current.knowledge.services["ktp-hilang"], current, PosterLink(BOT)).startswith(b"%PDF")


def test_codes_lead_to_the_bot_at_the_service(folder: Path, tmp_path: Path) -> None:
    assert export_codes(tmp_path / "qr", asking(folder), BOT) == 2
    assert PosterLink(BOT).of("kia") == "https://t.me/tanya_contoh_bot?start=kia"
    assert (tmp_path / "qr/kia.png").read_bytes() == poster.code("https://t.me/tanya_contoh_bot?start=kia", "png")
    assert (tmp_path / "qr/kia.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize("setting", ["", "  ", "a b", "https://t.me/x", "ab", "1abcd"])
def test_codes_need_the_name_of_a_bot(setting: str) -> None:
    with pytest.raises(SettingsError, match="BOT_USERNAME"):
        poster.username(setting)


def test_the_name_of_a_bot_may_be_written_with_its_at_sign() -> None:
    assert poster.username(" @tanya_contoh_bot ") == BOT
