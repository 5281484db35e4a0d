"""Which runs of digits belong to a person?"""

# ruff: noqa: PLR2004 - the numbers compared with are lengths of official numbers

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stdnum import luhn
from stdnum.id import nik

from bot.privacy.kinds import ACCOUNT, BPJS, CARD, KK, NIK, NPWP, PHONE, replaced

_PIECE = re.compile(r"[0-9OoIl]+")
_GAP = re.compile(r"[ .\-‐-―_()+\n]{1,3}")
_LENGTH = 16  # of a NIK and of a KK
_DIGITS = re.compile(r"\d+")
_SAID = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "kosong", "enol")
_NAMES_OF_DIGITS = dict(zip(_SAID, "012345678900", strict=True))
_SPOKEN = re.compile(rf"{'|'.join(_SAID)}|\d+", re.IGNORECASE)
_FEWEST_SAID = 3  # digits said as words: "0812 3456 7890 satu lagi" has none
_SPOKEN_RUN = re.compile(rf"\b(?:(?:{_SPOKEN.pattern})(?:\W{{1,3}}|\b)){{4,}}", re.IGNORECASE)
_WIDE = re.compile(r"[^\w\n[\]]{1,8}")
_NAMED = re.compile(r"\b(?:nik|kk|ktp)")
_LETTERS_AS_DIGITS = str.maketrans("OoIl", "0011")
# No price in a question reaches a trillion; "3.603.062.608.680.005" is a NIK.
_PRICE = re.compile(r"(?<![\d.+])[1-9]\d{0,2}(?:\.\d{3}){1,3}(?!\d|\.\d)")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")
_CODE = re.compile(r"(?<!\d)\d{1,4}/(?:PUU|19|20)\w*")
_ITEM = re.compile(r"^ *\d{1,2}[.)] ", re.MULTILINE)  # the number of a list's item
_LONG = 10  # digits from which on a piece counts although letters touch it
_STUCK = re.compile(r"(?:nik|kk|ktp|hp|wa|no|te?lp|telepon|rek)$", re.IGNORECASE)  # "nik3603 0809 …"
_YEARS = re.compile(r"(?:(?:19|20)\d\d)+")
_SIGNED = re.compile(r"(?<![\d/])\+?(?:62|0)8[1-9]\d{1,2}([/,|:•])\d{3,5}\1(?!20\d\d\b)\d{3,5}(?![\d/])")
_MOBILE = re.compile(r"(?:0|62)8[1-9]\d{6,11}")
_TELEPHONE = re.compile(r"(?:0|62)(?:8[1-9]\d{6,11}|[2-9]\d{8,10})")


Run = Sequence[re.Match[str]]  # digits that belong together, in the pieces they were written in


def mask_numbers(text: str) -> str:
    """Mask identity, telephone, card and account numbers, however they are spaced."""
    text = replaced(text, _spoken(text))
    text = _SIGNED.sub(f"[{PHONE}]", replaced(text, _spread(text)))
    return replaced(text, filter(None, (_telling(run, text) for run in _runs(text))))


def _spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers whose digits are said one by one: "nol delapan satu dua …"."""
    for run in _SPOKEN_RUN.finditer(text):
        said = list(_SPOKEN.finditer(text, *run.span()))
        digits = "".join(_NAMES_OF_DIGITS.get(one.group().casefold(), one.group()) for one in said)
        kind = _kind(digits, _before(text, run.start()), len(said))
        if kind and sum(not one.group().isdigit() for one in said) >= _FEWEST_SAID:
            yield run.start(), said[-1].end(), kind


def _spread(text: str) -> Iterator[tuple[int, int, str]]:
    """Sixteen digits that are a NIK or a KK whatever signs stand between them: "3603/0117/0890/0001"."""
    pieces = list(_DIGITS.finditer(text))
    for first, piece in enumerate(pieces):
        start = piece.start()
        if end := _spread_end(text, pieces[first : first + _LENGTH]):
            yield start, end, _sixteen(re.sub(r"\D", "", text[start:end]), _before(text, start))


def _spread_end(text: str, pieces: Run) -> int:
    """Where the identity number ends that begins with these pieces; 0 when none does."""
    digits, gaps = pieces[0].group(), set()
    for before, piece in pairwise(pieces):
        gap = text[before.end() : piece.start()]
        if len(digits) >= _LENGTH or not _WIDE.fullmatch(gap):
            return 0
        digits += piece.group()
        gaps.add(gap)
        # Signs that differ stand between numbers of laws and hours, too, so that those must be called a NIK.
        if len(digits) == _LENGTH and (len(gaps) == 1 or _NAMED.search(_before(text, pieces[0].start()))):
            return piece.end() if nik.is_valid(digits) else 0
    return 0


def _before(text: str, at: int) -> str:
    return text[max(0, at - 30) : at].casefold()


def _runs(text: str) -> Iterator[Run]:
    """Maximal runs of digits; a price, a date, the number of a law and of a list's item end a run."""
    walls = {at for p in (_PRICE, _DATE, _CODE, _ITEM) for m in p.finditer(text) for at in range(*m.span())}
    current: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        if piece.start() in walls or not _is_number(piece, text):
            continue
        if current and not _GAP.fullmatch(text, current[-1].end(), piece.start()):
            yield current
            current = []
        current.append(piece)
    if current:
        yield current


def _is_number(piece: re.Match[str], text: str) -> bool:
    real = sum(c.isdigit() for c in piece.group())
    before, after = text[max(0, piece.start() - 8) : piece.start()], text[piece.end() : piece.end() + 1]
    touching = (before[-1:].isalpha() and not _STUCK.search(before)) or after.isalpha()
    return real >= _LONG if touching else real > 0


def _telling(run: Run, text: str) -> tuple[int, int, str] | None:
    """Where in a run somebody's number stands, and its kind: all of it, or a mobile number among its first pieces."""
    kind, part = _kind(_digits(run), _before(text, run[0].start()), len(run)), run
    if not kind:
        parts = (run[i:j] for i in range(3) for j in range(i + 1, min(i + 6, len(run)) + 1))
        part = next((part for part in parts if _MOBILE.fullmatch(_digits(part))), ())
    if not part:
        return None
    start = part[0].start()
    return start - (text[start - 1 : start] in {"+", "("}), part[-1].end(), kind or PHONE


def _digits(run: Run) -> str:
    return "".join(piece.group() for piece in run).translate(_LETTERS_AS_DIGITS)


def _kind(digits: str, before: str, pieces: int) -> str:
    """What digits are, by their form and the words before them; empty when they are nobody's."""
    count = len(digits)
    if count < 8:
        return ""
    if count >= _LENGTH:
        return "" if _YEARS.fullmatch(digits) and pieces > 1 else _sixteen(digits, before)
    rules = (
        (ACCOUNT, re.search(r"rek(?:ening)?\b", before) is not None),
        (BPJS, count >= 11 and not _MOBILE.fullmatch(digits) and re.search(r"bpjs|jkn|kis\b", before) is not None),
        (NPWP, count == 15),
        (BPJS, count == 13 and digits.startswith("000")),
        (PHONE, _TELEPHONE.fullmatch(digits) is not None),
        (PHONE, bool(re.match(r"8[1-9]\d{7,10}$", digits) and re.search(r"hp|wa\b|telp?|nomor|no\b|\+", before))),
        (NIK, count >= 12 and re.search(r"\bnik|\bkk|no(?:mor)?\.? ktp", before) is not None),
        (CARD, count >= 13 and luhn.is_valid(digits)),
    )
    return next((kind for kind, holds in rules if holds), "")


def _sixteen(digits: str, before: str) -> str:
    named = re.findall(r"\b(?:kk|kartu keluarga|nik|ktp)(?![a-z])", before)
    if named and named[-1] in {"kk", "kartu keluarga"}:
        return KK
    if re.search(r"kartu (?:kredit|debit|atm)|\batm\b|\bdebit\b|bayar", before):
        return CARD
    if not nik.is_valid(digits[:16]) and luhn.is_valid(digits[:16]):
        return CARD
    return NPWP if "npwp" in before else NIK
