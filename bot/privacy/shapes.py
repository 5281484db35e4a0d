"""Which personal data shows by its form alone? Addresses, plates, passports, birth dates, e-mail."""

import re
from collections.abc import Callable
from functools import partial

from bot.privacy.kinds import ADDRESS, BIRTH, EMAIL, NPWP, PASSPORT, PLATE

MaskStep = Callable[[str], str]

_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|agu?s?(?:tus)?|sep(?:t|tember)?"
    "|okt(?:ober)?|nov(?:ember)?|des(?:ember)?"
)
_DAY = rf"\d{{1,2}}(?:[-/. ]{{1,2}}\d{{1,2}}[-/. ]{{1,2}}|[- ]?(?:{_MONTHS})[- ]?)\d{{2,4}}"
_BORN = r"(?:\blahir|\bttl\b|\btgl lhr|\bkelahiran|\bultah)"
_HOUSE = r"(?:no(?:mor)?\.?|blok|km)\s*[a-z]?\d+[a-z]?(?:\s*/\s*\w{1,4})?"
_STREET = r"(?:jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks|kp|kampung|dusun)"
_PARISH = r"rt\.?\s*:?\s*\d{1,3}(?:\s*[/,.-]?\s*(?:rw\.?\s*:?\s*)?\d{1,3})?"
_PLATES = (
    "A[ABDEGB]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[AB]?|R|S|T|W|Z"  # Perkap 3/2012
)
_PLATE_WORD = r"(?:pla?t|pelat|nopol|motor|mobil|kendaraan|stnk|bpkb|samsat)\W+(?:\w+\W+){0,3}?"


def _masking(shape: str, kind: str) -> MaskStep:
    """A step that masks all of a shape, but for its first group: the words that show what it is."""
    compiled = re.compile(shape, re.IGNORECASE)
    return partial(compiled.sub, rf"\1[{kind}]" if compiled.groups else f"[{kind}]")


BEFORE_NUMBERS: tuple[MaskStep, ...] = (
    _masking(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", EMAIL),
    _masking(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)", NPWP),
    _masking(rf"({_BORN}\D{{0,30}}?\b){_DAY}\b", BIRTH),
    _masking(
        rf"\b{_STREET}\b\.?(?: [\w.'/-]{{1,30}}){{1,6}}?,? {_HOUSE}\b(?:[ ,]+{_HOUSE}\b)?(?:[ ,]+{_PARISH})?", ADDRESS
    ),
    _masking(r"\b(?:jl|jln|gg)\b\.?(?: [a-z][\w.'-]{1,30}){1,4} \d{1,4}[a-z]?\b", ADDRESS),
    _masking(rf"\b{_PARISH}\b", ADDRESS),
    _masking(r"\bblok\s*[a-z]{1,2}\.?\s*-?/?\s*\d{1,3}(?:\s*(?:no\.?|/)\s*\d{1,4})?\b", ADDRESS),
)

AFTER_NUMBERS: tuple[MaskStep, ...] = (
    # Fewer digits than three are a plate only where a vehicle is named: P3K, S1 PGSD, BP3MI are none.
    _masking(rf"\b(?-i:(?:{_PLATES}) ?\d{{3,4}} ?[A-Z]{{1,3}})\b", PLATE),
    _masking(rf"\b({_PLATE_WORD})(?:{_PLATES}) ?\d{{1,4}} ?[a-z]{{1,3}}\b", PLATE),
    _masking(rf"\b(?:{_PLATES}) \d{{4}} (?!yg\b|thn\b|dan\b|ada\b)[a-z]{{2,3}}\b", PLATE),
    _masking(r"\b(?-i:[A-Z]{1,2}) ?\d{7}\b", PASSPORT),
    _masking(r"\b(pas(?:por|sport)\D{0,20}?\b)[a-z]{1,2} ?\d{6,7}\b", PASSPORT),
)
