"""Which runs of digits belong to a person?"""

# ruff: noqa: PLR2004 - the numbers compared with are lengths of official numbers

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stdnum import luhn
from stdnum.id import nik

from bot.privacy.kinds import ACCOUNT, BPJS, CARD, KK, NIK, NPWP, PHONE, FoundKinds

_PIECE = re.compile(r"[0-9OoIl]+")
_GAP = re.compile(r"[ .\-‐-―_()+\n]{1,3}")
_LENGTH = 16  # of a NIK and of a KK
_DIGITS = re.compile(r"\d+")
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
_MOBILE = re.compile(r"(?:0|62)8[1-9]\d{6,11}")
_TELEPHONE = re.compile(r"(?:0|62)(?:8[1-9]\d{6,11}|[2-9]\d{8,10})")


@dataclass(frozen=True)
class _Run:
    """Digits that belong together, in the pieces they were written in."""

    pieces: tuple[re.Match[str], ...]

    @property
    def start(self) -> int:
        return self.pieces[0].start()

    @property
    def end(self) -> int:
        return self.pieces[-1].end()

    @property
    def digits(self) -> str:
        return "".join(p.group() for p in self.pieces).translate(_LETTERS_AS_DIGITS)


def mask_numbers(text: str, found: FoundKinds) -> str:
    """Mask identity, telephone, card and account numbers, however they are spaced."""
    text = _mask_spread(text, found)
    parts, last = [], 0
    for whole in _runs(text):
        run, kind = _telling(whole, text)
        if kind:
            found[kind] = None
            start = run.start - 1 if text[run.start - 1 : run.start] in {"+", "("} else run.start
            parts += [text[last:start], f"[{kind}]"]
            last = run.end
    return "".join([*parts, text[last:]])


def _mask_spread(text: str, found: FoundKinds) -> str:
    """Mask sixteen digits that are a NIK or a KK whatever signs stand between them: "3603/0117/0890/0001"."""
    pieces = list(_DIGITS.finditer(text))
    parts, last = [], 0
    for first in range(len(pieces)):
        if pieces[first].start() >= last and (end := _spread_end(text, pieces[first : first + _LENGTH])):
            start = pieces[first].start()
            kind = _sixteen(re.sub(r"\D", "", text[start:end]), _before(text, start))
            found[kind] = None
            parts += [text[last:start], f"[{kind}]"]
            last = end
    return "".join([*parts, text[last:]])


def _spread_end(text: str, pieces: Sequence[re.Match[str]]) -> int:
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


def _runs(text: str) -> Iterator[_Run]:
    """Maximal runs of digits; a price, a date, the number of a law and of a list's item end a run."""
    walls = {at for p in (_PRICE, _DATE, _CODE, _ITEM) for m in p.finditer(text) for at in range(*m.span())}
    current: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        if piece.start() in walls or not _is_number(piece, text):
            continue
        if current and not _GAP.fullmatch(text, current[-1].end(), piece.start()):
            yield _Run(tuple(current))
            current = []
        current.append(piece)
    if current:
        yield _Run(tuple(current))


def _is_number(piece: re.Match[str], text: str) -> bool:
    real = sum(c.isdigit() for c in piece.group())
    before, after = text[max(0, piece.start() - 8) : piece.start()], text[piece.end() : piece.end() + 1]
    touching = (before[-1:].isalpha() and not _STUCK.search(before)) or after.isalpha()
    return real >= _LONG if touching else real > 0


def _telling(run: _Run, text: str) -> tuple[_Run, str]:
    """The part of a run that is somebody's number, and its kind."""
    kind = _kind(run, text)
    return (run, kind) if kind else _telephone_in(run)


def _telephone_in(run: _Run) -> tuple[_Run, str]:
    """A mobile number among the first pieces of a run, with other digits before or after it."""
    for first in range(min(3, len(run.pieces))):
        for last in range(first + 1, min(first + 6, len(run.pieces)) + 1):
            part = _Run(run.pieces[first:last])
            if _MOBILE.fullmatch(part.digits):
                return part, PHONE
    return run, ""


def _kind(run: _Run, text: str) -> str:
    """What a run of digits is; empty when it is nobody's."""
    digits, count = run.digits, len(run.digits)
    if count < 8:
        return ""
    before = _before(text, run.start)
    if count >= 16:
        return "" if _YEARS.fullmatch(digits) and len(run.pieces) > 1 else _sixteen(digits, before)
    return _shorter(digits, count, before)


def _shorter(digits: str, count: int, before: str) -> str:
    """What 8 to 15 digits are, by their form and the words before them."""
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
