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


def write_section(name: str, text: str) -> None:
    """Put a section into RESULTS.md."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    RESULTS.write_text(with_section(page, name, text), encoding="utf-8")
