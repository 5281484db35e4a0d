"""Which personal data does a text hold? It is masked here, at the door, before anything sees it.

A found number or name is replaced by its kind in brackets, ``[NIK]``: it can be neither read nor matched.
Laws, prices, dates that are no birth dates, form codes, queue numbers and short official numbers stay.
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass

from bot.privacy.kinds import KINDS
from bot.privacy.names import mask_names
from bot.privacy.numbers import mask_numbers
from bot.privacy.shapes import AFTER_NUMBERS, BEFORE_NUMBERS

MAX_CHARACTERS = 4096  # Telegram's limit of a message
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK = dict.fromkeys(map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"))  # letters that show nothing
_MARKS = frozenset({"Mn", "Me"})
_STEPS = (*BEFORE_NUMBERS, mask_numbers, *AFTER_NUMBERS, mask_names)


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and the kinds that were found in it."""

    text: str
    found: tuple[str, ...]


def mask(text: str) -> Masked:
    """Replace personal data by its kind.

    Args:
        text: As typed; anything a chat can hold. Only the first 4096 characters are kept.

    Returns:
        The text in NFKC without control and invisible characters (newlines stay), digits as 0-9, personal data
        masked, and the kinds found, each once, in the order of ``KINDS``. Masking twice changes nothing. Never raises.
    """
    clean = _clean(text[:MAX_CHARACTERS])
    for step in _STEPS:
        clean = step(clean)
    # No step touches what another has masked; and what was masked before counts as found.
    return Masked(clean, tuple(kind for kind in KINDS if f"[{kind}]" in clean))


def pseudonym(key: bytes, identity: int | str) -> str:
    """A name for a person that says nothing without the key: 16 hexadecimal characters of an HMAC-SHA-256."""
    return hmac.new(key, str(identity).encode(), hashlib.sha256).hexdigest()[:16]


def _clean(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate becomes "?"
    if text.isascii() and text.isprintable():
        return text
    # What is stored must stay within the limit: one letter can become eighteen in NFKC.
    folded = unicodedata.normalize("NFKC", text.translate(_BLANK))[:MAX_CHARACTERS]
    kept: list[str] = []
    for letter in folded:
        category = unicodedata.category(letter)
        unseen = category in _UNSEEN and letter != "\n"
        if not unseen and not (category in _MARKS and kept and kept[-1].isdigit()):
            kept.append(_plain(letter))
    return "".join(kept)


def _plain(letter: str) -> str:
    """A letter as it is, any space as a space, a digit of any script as the one that is meant."""
    if letter.isspace() and letter != "\n":
        return " "
    return str(unicodedata.digit(letter, letter))
