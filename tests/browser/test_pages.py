"""Phone and paper: the pages fit, can be searched, read without script, and pass axe. Screenshots in build/browser/."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parent.parent.parent / "build" / "browser"
PAGES = [
    "index.html",
    "layanan/ktp-hilang.html",
    "layanan/akta-kelahiran.html",
    "rujukan/rujukan-sim.html",
    "instansi/disdukcapil.html",
    "kepatuhan.html",
]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def show(browser: Any, pages: Path) -> Iterator[Callable[..., Any]]:
    """Open a page of the site on a phone."""
    contexts = []

    def opened(page: str, **how: Any) -> Any:
        contexts.append(browser.new_context(viewport=PHONE, **how))
        tab = contexts[-1].new_page()
        tab.goto((pages / page).as_uri())
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_a_phone_in_light_and_dark(show: Callable[..., Any], page: str, scheme: str) -> None:
    tab = show(page, color_scheme=scheme)
    SHOTS.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=SHOTS / f"{Path(page).stem}-{scheme}.png", full_page=True)
    assert tab.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(show: Callable[..., Any], page: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(show(page, color_scheme=scheme)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_prints_on_a4(show: Callable[..., Any], page: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    pdf = show(page).pdf(path=SHOTS / f"{Path(page).stem}.pdf", prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)) == {(b"594.95996", b"841.91998")}


def test_on_paper_the_search_goes_and_the_code_comes(show: Callable[..., Any]) -> None:
    index, service = show("index.html"), show("layanan/ktp-hilang.html")
    assert (index.is_visible("#cari"), service.is_visible("img.qr"), service.is_visible("a.tombol")) == (
        True,
        False,
        True,
    )
    for tab in (index, service):
        tab.emulate_media(media="print")
    assert (index.is_visible("#cari"), service.is_visible("img.qr"), service.is_visible("a.tombol")) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("ktp ilang", "Ganti KTP hilang"),
        ("AKTE LAHIR", "Akta kelahiran"),
        ("sim", "SIM baru dan perpanjangan"),
    ],
)
def test_search_finds_services_by_how_people_name_them(show: Callable[..., Any], asked: str, first: str) -> None:
    tab = show("index.html")
    tab.fill("#kata", asked)
    assert tab.inner_text("#hasil li:first-child a").startswith(first)
    tab.press("#kata", "Enter")
    tab.wait_for_url("**/*.html")
    assert tab.inner_text("h1") == first


def test_search_says_when_it_finds_nothing(show: Callable[..., Any]) -> None:
    tab = show("index.html")
    tab.fill("#kata", "<b>zzzz")
    assert tab.inner_text("#hasil").startswith("Tidak ketemu.")


def test_without_script_everything_can_be_read_and_the_search_is_not_shown(show: Callable[..., Any]) -> None:
    tab = show("index.html", java_script_enabled=False)
    assert not tab.is_visible("#cari")
    tab.click("text=Ganti KTP hilang")
    assert "Surat kehilangan dari kepolisian." in tab.inner_text("main")


def test_the_keyboard_reaches_the_content_first(show: Callable[..., Any]) -> None:
    tab = show("layanan/ktp-hilang.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Langsung ke isi"
