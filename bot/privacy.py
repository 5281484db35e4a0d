"""Which personal data does a text hold? It is masked here, at the door, before anything sees it.

A found number or name is replaced by its kind in brackets, ``[NIK]``: it can be neither read nor matched.
Laws, prices, dates that are no birth dates, form codes, queue numbers and short official numbers stay.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

MAX_CHARACTERS = 4096  # Telegram's limit of a message

NIK, KK, PHONE, EMAIL, NPWP = "NIK", "nomor KK", "telepon", "surel", "NPWP"
BPJS, PASSPORT, CARD, ACCOUNT = "nomor BPJS", "paspor", "kartu bank", "rekening"
PLATE, ADDRESS, BIRTH, NAME = "pelat nomor", "alamat", "tanggal lahir", "nama"


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
        The text in NFKC without control and invisible characters (newlines stay), personal data masked, and the
        kinds found, each once, in the order of the masks. Masking twice changes nothing. Never raises.
    """
    clean = _clean(text[:MAX_CHARACTERS])
    found: dict[str, None] = {}
    for step in _STEPS:
        clean = step(clean, found)
    return Masked(clean, tuple(found))


def pseudonym(key: bytes, identity: int | str) -> str:
    """A name for a person that says nothing without the key: 16 hexadecimal characters of an HMAC-SHA-256."""
    return hmac.new(key, str(identity).encode(), hashlib.sha256).hexdigest()[:16]


def _clean(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate becomes "?"
    if text.isascii() and text.isprintable():
        return text
    kept = (c for c in unicodedata.normalize("NFKC", text) if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    return "".join(kept)


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

Found = dict[str, None]
Step = Callable[[str, Found], str]


def _replacing(pattern: str, kind: str, group: int = 0) -> Step:
    """A step that masks one group of every match."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def step(text: str, found: Found) -> str:
        def replace(match: re.Match[str]) -> str:
            found[kind] = None
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            whole = match.group()
            return f"{whole[:start]}[{kind}]{whole[end:]}"

        return compiled.sub(replace, text)

    return step


# --- numbers -------------------------------------------------------------------------------------------------------

_PIECE = re.compile(r"[0-9OoIl]+")
_GAP = re.compile(r"[ .\-‐-―_()+\n]{1,3}")
_LETTERS_AS_DIGITS = str.maketrans("OoIl", "0011")
_PRICE = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?!\d|\.\d)")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")
_CODE = re.compile(r"(?<!\d)\d{1,4}/(?:PUU|19|20)\w*")
_LONG = 10  # digits from which on a piece counts although letters touch it


@dataclass(frozen=True)
class _Run:
    """Digits that belong together, with what may stand between them."""

    start: int
    end: int
    digits: str


def _numbers(text: str, found: Found) -> str:
    parts, last = [], 0
    for run in _runs(text):
        kind = _kind(run, text)
        if kind:
            found[kind] = None
            start = run.start - 1 if text[run.start - 1 : run.start] in {"+", "("} else run.start
            parts += [text[last:start], f"[{kind}]"]
            last = run.end
    return "".join([*parts, text[last:]])


def _runs(text: str) -> Iterator[_Run]:
    """Maximal runs of digits; a price, a date and the number of a law end a run."""
    walls = sorted(m.span() for p in (_PRICE, _DATE, _CODE) for m in p.finditer(text))
    current: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        if not _is_number(piece, text) or _walled(piece, walls):
            continue
        if current and not _joined(current[-1], piece, text):
            yield _run(current)
            current = []
        current.append(piece)
    if current:
        yield _run(current)


def _is_number(piece: re.Match[str], text: str) -> bool:
    real = sum(c.isdigit() for c in piece.group())
    touching = text[piece.start() - 1 : piece.start()].isalpha() or text[piece.end() : piece.end() + 1].isalpha()
    return real >= _LONG if touching else real > 0


def _walled(piece: re.Match[str], walls: list[tuple[int, int]]) -> bool:
    return any(start <= piece.start() < end for start, end in walls)


def _joined(before: re.Match[str], after: re.Match[str], text: str) -> bool:
    return _GAP.fullmatch(text, before.end(), after.start()) is not None


def _run(pieces: list[re.Match[str]]) -> _Run:
    digits = "".join(p.group() for p in pieces).translate(_LETTERS_AS_DIGITS)
    return _Run(pieces[0].start(), pieces[-1].end(), digits)


def _kind(run: _Run, text: str) -> str:
    """What a run of digits is; empty when it is nobody's."""
    digits, count = run.digits, len(run.digits)
    before = text[max(0, run.start - 30) : run.start].casefold()
    if count >= 16:
        return _sixteen(digits, before)
    if re.search(r"rek(?:ening)?\b", before) and count >= 8:
        return ACCOUNT
    if count >= 11 and re.search(r"bpjs|jkn|kis\b", before) and not digits.startswith(("08", "628")):
        return BPJS
    if count == 15:
        return NPWP
    if count == 13 and digits.startswith("000"):
        return BPJS
    if re.match(r"(?:0|62)(?:8[1-9]\d{6,11}|[2-9]\d{8,10})$", digits):
        return PHONE
    if re.match(r"8[1-9]\d{7,10}$", digits) and re.search(r"hp|wa\b|telp?|nomor|no\b|\+", before):
        return PHONE
    if count >= 12 and re.search(r"\bnik\b|\bkk\b|no(?:mor)? ktp", before):
        return NIK
    return CARD if count >= 13 and _luhn(digits) else ""


def _sixteen(digits: str, before: str) -> str:
    if re.search(r"\bkk\b|kartu keluarga", before) and not re.search(r"\bnik\b|\bktp\b", before):
        return KK
    if re.search(r"kartu (?:kredit|debit|atm)|\batm\b|\bdebit\b", before):
        return CARD
    if not _like_nik(digits) and _luhn(digits):
        return CARD
    return NPWP if "npwp" in before else NIK


def _like_nik(digits: str) -> bool:
    """Province 11-99, a day of birth 01-31 (women +40), a month 01-12. Source: Permendagri 72/2022 on the NIK."""
    day, month = int(digits[6:8]) % 40, int(digits[8:10])
    return digits[0] != "0" and 1 <= day <= 31 and 1 <= month <= 12


def _luhn(digits: str) -> bool:
    """Whether the check digit of a bank card holds. Source: ISO/IEC 7812-1."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d if d < 10 else d - 9 for d in doubled) % 10 == 0


# --- words ---------------------------------------------------------------------------------------------------------

_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|agu?s?(?:tus)?|sep(?:t|tember)?"
    "|okt(?:ober)?|nov(?:ember)?|des(?:ember)?"
)
_DAY = rf"\d{{1,2}}(?:[-/. ]{{1,2}}\d{{1,2}}[-/. ]{{1,2}}|[- ]?(?:{_MONTHS})[- ]?)\d{{2,4}}"
_HOUSE = r"(?:no(?:mor)?\.?|blok|km)\s*[a-z]?\d+[a-z]?(?:\s*/\s*\w{1,4})?"
_STREET = r"(?:jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks|kp|kampung|dusun)"
_PARISH = r"rt\.?\s*:?\s*\d{1,3}\s*[/,.-]?\s*(?:rw\.?\s*:?\s*)?\d{0,3}"
_PLATES = (
    "A[ABDEGB]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[AB]?|R|S|T|W|Z"  # Perkap 3/2012
)
_PLATE_WORD = r"(?:pla?t|nopol|motor|mobil|kendaraan|stnk|bpkb|samsat)\W+(?:\w+\W+){0,3}?"

_NAME_LEAD = re.compile(
    r"(?:\bnama (?:lengkap )?(?:saya|sy|aku|gua|gue|ku|anak saya|suami saya|istri saya|bapak saya|ibu saya)\b"
    r"|\batas nama\b|\ba\.?[ ]?/?n\b\.?(?<=[.n])(?= *[A-Z:\[])|\ban\. |\ba\.n\.?|\bnama ?: ?)[ :,]*(?:adalah |itu |yaitu )?",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_NOT_NAMES = frozenset(
    """saya sy aku gua gue ku kami kita di ke dari pada dalam dan atau yang yg ini itu salah beda berbeda kurang lebih
    typo keliru tidak tdk tak ga gak ngga nggak kaga engga kok ada sudah udah sdh belum blm blom jadi kenapa kena huruf
    ganti ganda dobel double sama dengan dgn dg bukan cuma hanya masih mau ingin pengen pengin bisa boleh harus buat
    bikin ngurus urus cetak ktp kk akta akte kartu kia nik ijazah paspor buku nikah surat sertifikat tanah rumah motor
    mobil usaha perusahaan pt cv toko orang orangtua ortu ibu bapak ayah mama papa anak istri suami almarhum almarhumah
    alm kakek nenek saudara sendiri lain siapa apa berapa bagaimana gimana gmn kapan dimana mana tolong mohon minta
    apakah tertulis ditulis terdaftar tercantum tercatat hilang rusak lahir tinggal warga domisili karena krn untuk utk
    biar supaya agar kalau kalo klo tapi terus trus saat waktu lagi sekarang dulu baru lama panjang pendek depan tengah
    belakang asli resmi instansi desa kelurahan kecamatan ya dong sih nih pak bu kak min mas mbak bang""".split()
)
_MAX_NAME_WORDS = 4


def _names(text: str, found: Found) -> str:
    parts, last = [], 0
    for lead in _NAME_LEAD.finditer(text):
        end = _name_end(text, lead.end()) if lead.end() >= last else lead.end()
        if end > lead.end():
            found[NAME] = None
            parts += [text[last : lead.end()], f"[{NAME}]"]
            last = end
    return "".join([*parts, text[last:]])


def _name_end(text: str, start: int) -> int:
    """Where the name that starts here ends; the start itself when none does."""
    words = []
    for word in _NAME_WORD.finditer(text, start):
        gap = text[words[-1].end() if words else start : word.start()]
        if gap.strip(" ") or len(words) == _MAX_NAME_WORDS or word.group().rstrip(".").casefold() in _NOT_NAMES:
            break
        words.append(word)
    if any(w.group()[0].isupper() for w in words) and not text.isupper():
        words = _capitalised(words)
    return words[-1].end() if words else start


def _capitalised(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words up to the last of the first capitalised stretch: "Budi Santoso mau …" ends before "mau"."""
    kept = words[:1]
    for _, word in pairwise(words):
        if not word.group()[0].isupper():
            break
        kept.append(word)
    return kept


_STEPS: tuple[Step, ...] = (
    _replacing(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", EMAIL),
    _replacing(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)", NPWP),
    _replacing(rf"(?:\blahir|\bttl\b|\btgl lhr|\bkelahiran|\bultah)\D{{0,30}}?\b({_DAY})\b", BIRTH, group=1),
    _replacing(rf"\b{_STREET}\b\.?(?: [\w.'/-]{{1,30}}){{1,6}}?,? {_HOUSE}\b(?:[ ,]+{_HOUSE}\b)?(?:[ ,]+{_PARISH})?", ADDRESS),
    _replacing(r"\b(?:jl|jln|gg)\b\.?(?: [a-z][\w.'-]{1,30}){1,4} \d{1,4}[a-z]?\b", ADDRESS),
    _replacing(rf"\b{_PARISH}\b", ADDRESS),
    _replacing(r"\bblok\s*[a-z]{1,2}\.?\s*-?/?\s*\d{1,3}(?:\s*(?:no\.?|/)\s*\d{1,4})?\b", ADDRESS),
    _numbers,
    _replacing(rf"\b(?-i:(?:{_PLATES}) ?\d{{1,4}} ?[A-Z]{{1,3}})\b", PLATE),
    _replacing(rf"\b{_PLATE_WORD}((?:{_PLATES}) ?\d{{1,4}} ?[a-z]{{1,3}})\b", PLATE, group=1),
    _replacing(rf"\b((?:{_PLATES}) \d{{4}} (?!yg\b|thn\b|dan\b|ada\b)[a-z]{{2,3}})\b", PLATE, group=1),
    _replacing(r"\b(?-i:[A-Z]{1,2}) ?\d{7}\b", PASSPORT),
    _replacing(r"\bpas(?:por|sport)\D{0,20}?\b([a-z]{1,2} ?\d{6,7})\b", PASSPORT, group=1),
    _names,
)
