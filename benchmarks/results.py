"""How does a part of the bench write its own section of RESULTS.md, and leave those of others as they are?"""

import re
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def with_section(page: str, name: str, text: str) -> str:
    """The page with a section of this name: in its old place, or at the end when it is new."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    section = f"{begin}\n{text.strip()}\n{end}\n"
    old = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}\n", re.DOTALL)
    if old.search(page):
        return old.sub(lambda _: section, page, count=1)
    return f"{page.rstrip()}\n\n{section}" if page.strip() else section


def with_kept(page: str, before: str) -> str:
    """A new page with all sections of the one before."""
    sections = re.findall(r"<!-- (.+?) -->\n(.*?)\n<!-- end of \1 -->", before, re.DOTALL)
    for name, text in sections:
        page = with_section(page, name, text)
    return page


def write_section(name: str, text: str) -> None:
    """Put a section into RESULTS.md."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    RESULTS.write_text(with_section(page, name, text), encoding="utf-8")
