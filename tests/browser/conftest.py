"""The published pages in a real browser; skipped where there is none (`make browser` installs it)."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.authoring.standards.compliance import assess
from bot.authoring.standards.compliance_shown import as_html
from bot.authoring.standards.site import export_site
from bot.conversation.composing.wording import Occasion
from bot.knowledge.reading.loader import load

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site and the page of compliance, made of the real knowledge."""
    folder = tmp_path_factory.mktemp("situs")
    knowledge = load(KNOWLEDGE)
    asking = Occasion(knowledge, datetime(2026, 11, 24, 10, tzinfo=UTC))
    export_site(folder, asking, "tanya_contoh_bot")
    (folder / "kepatuhan.html").write_text(as_html(assess(knowledge, asking.today), knowledge), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="`make browser` installs what this needs")
    if CHROMIUM is None:
        pytest.skip("no Chromium here; `make browser` installs it")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()
