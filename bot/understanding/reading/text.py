"""How does a text become plain words? Lower case, Latin letters and digits, single spaces."""

import re
import unicodedata
from collections.abc import Iterator

from bot.privacy.kinds import KINDS, KK, NIK

MAX_LETTERS = 4096
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DOUBLED_WORD = re.compile(r"\b([a-z]{3,})2\b")  # "tiba2" is a word said twice
# "[tanggal lahir]" asks for no birth certificate; only a NIK and a KK are what people ask about.
_MASKED = re.compile("|".join(re.escape(f"[{kind}]") for kind in KINDS if kind not in {NIK, KK}))
_ASCII = re.compile(r"[\x20-\x7e]*")
_CLAUSE_END = re.compile(r"[.,;:!?…()\n]+(?=\s|$)|\n+|(?<=\s)[-–—](?=\s)|[?!]+")


def clauses(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text between its stops, and whether each ends as a question.

    Args:
        text: Anything; what lies beyond 4096 characters is not read.
    """
    text = text[:MAX_LETTERS]
    start = 0
    for stop in _CLAUSE_END.finditer(text):
        yield text[start : stop.start()], "?" in stop.group()
        start = stop.end()
    yield text[start:], False


def normalise(text: str) -> str:
    """Plain words of a text, separated by single spaces.

    Args:
        text: Anything; what lies beyond 4096 characters is not read.

    Returns:
        Only a-z, 0-9 and single spaces; at most four times as long as the text. Doing it twice changes nothing.
    """
    text = text[:MAX_LETTERS]
    limit = 4 * len(text)
    if not _ASCII.fullmatch(text):
        text = _plain(text)
    if "[" in text:
        text = _MASKED.sub(" ", text)
    text = _APOSTROPHES.sub("", text[:limit].lower())
    text = _STRETCHED.sub(r"\1", _NO_WORD.sub(" ", text).strip())
    return _DOUBLED_WORD.sub(r"\1", text)


def is_sign(text: str) -> bool:
    """Whether a text says something by a picture: a thumb, folded hands."""
    return any(unicodedata.category(letter) == "So" for letter in text[:MAX_LETTERS])


def _plain(text: str) -> str:
    """Letters without their marks and without what has no width, so that "é" is an "e"."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
