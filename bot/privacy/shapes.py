"""Which personal data shows by its form alone? Addresses, plates, passports, birth dates, e-mail."""

import re
from collections.abc import Callable
from functools import partial

from bot.privacy.kinds import ADDRESS, BIRTH, EMAIL, NPWP, PASSPORT, PLATE

MaskStep = Callable[[str], str]

_AT = r"(?: ?@ | ?\(at\) ?| ?\[at\] ?)"
_DOT = r"(?: ?\. ?| ?\(dot\) ?| ?\[dot\] ?| (?:dot|titik) )"
_MAIL = r"(?:gmail|yahoo|ymail|rocketmail|outlook|hotmail|icloud|proton)"
_ODD_EMAIL = re.compile(
    rf"\b[\w.+-]{{1,64}}(?:{_AT}(?:[\w-]{{1,63}}\.){{1,4}}[a-z]{{2,10}}|(?: at |{_AT}){_MAIL}{_DOT}[a-z]{{2,5}})\b",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(r"@ |[(\[ ]at[)\] ]", re.IGNORECASE)
_NEAR = 60  # characters before a street in which it is told whose it is
_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|agu?s?(?:tus)?|august|sep(?:t|tember)?"
    "|okt(?:ober)?|nov(?:ember)?|des(?:ember)?"
)
_DAY = (
    r"(?:\d{4}(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:[-/. ]{{1,2}}\d{{1,2}}[-/. ]{{1,2}}|[- ]?(?:{_MONTHS})[- ]?)\d{{2,4}})"
)
_BORN = r"(?:\blahir|\bborn\b|\bttl\b|\btgl lhr|\bkelahiran|\bultah)"
_HOUSE = r"(?:no(?:mor)?\.?|blok)\s*[a-z]?\d+[a-z]?(?:\s*/\s*\w{1,4})?"
# What all use or see, said before a street: that street is no home, and it is what is spoken of.
_OF_ALL = re.compile(
    r"\b(?:jalan\w* (?:\w+ )?rusak|(?:ber)?lubang|bolong|ambles|longsor|macet|banjir|tergenang|sampah|lampu|pju|pohon"
    r"|tiang|kabel|selokan|drainase|got|trotoar|jembatan|galian|proyek|pabrik|kecelakaan|kebakaran|parkir|kantor|dinas"
    r"|kecamatan|kelurahan|\w*capil|puskesmas|rsud|rumah sakit"
    r"|sekolah|sd|smp|sma|smk|pasar|polsek|polres|samsat|gerai|mpp)\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:rumah(?! sakit)\w*|tinggal|domisili|warga|kontrakan|kos\w*"
    r"|alamat(?! (?:kantor|dinas|kecamatan|\w*capil)))\b",
    re.IGNORECASE,
)
_STREET = r"(?:jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks|kp|kampung|dusun)"
_PARISH = r"rt\.?\s*:?\s*\d{1,3}(?:\s*[/,.-]?\s*(?:rw\.?\s*:?\s*)?\d{1,3})?"
_PLATES = (
    "A[ABDEGB]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[AB]?|R|S|T|W|Z"  # Perkap 3/2012
)
_PLATE_WORD = r"(?:pla?t|pelat|nopol|motor|mobil|kendaraan|stnk|bpkb|samsat)\W+(?:\w+\W+){0,3}?"


def _masking_homes(shape: str) -> MaskStep:
    """A step that masks an address: of a home all of it, of what all use only the number after its first group."""

    def masked(found: re.Match[str]) -> str:
        before = found.string[max(0, found.start() - _NEAR) : found.end(1)]
        is_home = not _OF_ALL.search(before) or _HOME.search(before)
        return f"[{ADDRESS}]" if is_home else f"{found[1]} [{ADDRESS}]"

    return partial(re.compile(shape, re.IGNORECASE).sub, masked)


def _masking(shape: str, kind: str) -> MaskStep:
    """A step that masks all of a shape, but for its first group: the words that show what it is."""
    compiled = re.compile(shape, re.IGNORECASE)
    return partial(compiled.sub, rf"\1[{kind}]" if compiled.groups else f"[{kind}]")


def _masking_odd_emails(text: str) -> str:
    """Mask "budi (at) contoh.id" and "budi at gmail dot com"; most texts hold no such sign and are not searched."""
    return _ODD_EMAIL.sub(f"[{EMAIL}]", text) if _AT_SIGN.search(text) else text


BEFORE_NUMBERS: tuple[MaskStep, ...] = (
    _masking(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", EMAIL),
    _masking_odd_emails,
    _masking(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)", NPWP),
    _masking(rf"({_BORN}\D{{0,30}}?\b){_DAY}\b", BIRTH),
    _masking_homes(
        rf"\b({_STREET}\b\.?(?: (?!di )[\w.'/-]{{1,30}}){{1,6}}?),? {_HOUSE}\b(?:[ ,]+{_HOUSE}\b)?(?:[ ,]+{_PARISH})?"
    ),
    _masking_homes(r"\b((?:jl|jln|gg)\b\.?(?: (?!di |km )[a-z][\w.'-]{1,30}){1,4}) \d{1,4}[a-z]?\b"),
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
