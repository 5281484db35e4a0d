"""What is a word? The same answer for every peer that looks words up."""

import re

_WORD = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """Lower-case words of a text."""
    return _WORD.findall(text.lower())
