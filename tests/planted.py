"""Made-up personal data in the surroundings people write it in; used wherever a test must find none of it."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.privacy import kinds

SURE = frozenset({kinds.NIK, kinds.KK, kinds.PHONE, kinds.EMAIL})
"""Kinds of which not one may get through."""


class Written:
    """Much text, prepared for the search of secrets."""

    def __init__(self, text: str) -> None:
        plain = text.casefold().translate(_AS_DIGITS)
        self.bare = re.sub(r"[\W_]+", "", plain)
        self.words = set(re.findall(r"[^\W_]+", plain))


@dataclass(frozen=True)
class Planted:
    """A text, the kind of secret in it, and the pieces that must not survive (lower case, letters and digits)."""

    kind: str
    text: str
    pieces: tuple[str, ...]

    def leaked(self, shown: str) -> bool:
        """Whether a piece can still be read in what is shown."""
        bare = "".join(c for c in shown.casefold().translate(_AS_DIGITS) if c.isalnum())
        return any(piece.translate(_AS_DIGITS) in bare for piece in self.pieces)

    def stands_in(self, written: Written) -> bool:
        """Whether a whole piece stands in much text: long ones anywhere, short ones as words of their own."""
        pieces = [piece.translate(_AS_DIGITS) for piece in self.pieces]
        return any(piece in (written.bare if len(piece) >= _LONG else written.words) for piece in pieces)


_LONG = 8
_AS_DIGITS = str.maketrans("oil", "011")
_TAILS = (
    "",
    ".",
    " ya min",
    ", terima kasih",
    " mau cetak ulang ktp",
    " gimana caranya?",
    "\nmohon dibantu",
    " berapa biayanya",
    ")",
    "😊",
)
_OPENINGS = ("", "Halo min, ", "Assalamualaikum. ", "mau nanya dong ", "1. ", "Selamat pagi\n", "(", "tolong ")


def plant(seed: int, surroundings: int = 40) -> Iterator[Planted]:
    """So many surroundings for each kind, each with a secret of its own."""
    rng = random.Random(seed)
    for make in _MAKERS:
        for _ in range(surroundings):
            kind, lead, secret, pieces = make(rng)
            text = f"{rng.choice(_OPENINGS)}{lead}{secret}{rng.choice(_TAILS)}"
            yield Planted(kind, text, pieces)


Made = tuple[str, str, str, tuple[str, ...]]  # kind, what stands before it, the secret as written, its pieces


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _nik_digits(rng: random.Random) -> str:
    place = f"{rng.choice(('3603', '3671', '3201', '1171'))}{rng.randint(1, 30):02}"
    born = f"{rng.randint(1, 28) + rng.choice((0, 40)):02}{rng.randint(1, 12):02}{_digits(rng, 2)}"
    return f"{place}{born}000{rng.randint(1, 9)}"


def _spread(rng: random.Random, digits: str, *cuts: tuple[int, ...]) -> str:
    """The digits in groups, with one of the marks people put between them."""
    mark = rng.choice((" ", ".", "-", "  ", "\n", " - "))
    parts, at = [], 0
    for size in rng.choice(cuts):
        parts.append(digits[at : at + size])
        at += size
    return mark.join([*parts, digits[at:]] if digits[at:] else parts)


def _sixteen(kind: str, leads: tuple[str, ...]) -> Callable[[random.Random], Made]:
    def make(rng: random.Random) -> Made:
        digits = _nik_digits(rng)
        shape = rng.randrange(4)
        written = digits
        if shape == 1:
            written = _spread(rng, digits, (4, 4, 4), (6, 6), (2, 2, 2, 6), (8,), (1, 3, 3, 3, 3), (3, 3, 3, 3, 3))
        elif shape == 2:
            written = digits.replace("0", rng.choice("Oo"))
        return kind, rng.choice(leads), written, (digits[:8], digits[4:12], digits[8:])

    return make


def _phone(rng: random.Random) -> Made:
    rest = f"8{rng.choice('1235789')}{_digits(rng, rng.randint(8, 10))}"
    start = rng.choice(("0", "62", "+62", "+62 ", "(+62)", "0"))
    written = start + (rest if rng.random() < 0.5 else _spread(rng, rest, (3, 4), (2, 4), (3, 3)).replace("\n", " "))
    lead = rng.choice(("hp saya ", "WA ", "wa:", "no telp ", "hubungi ", "", "telepon saya di ", "nomor hp "))
    return kinds.PHONE, lead, written, (rest[:8], rest[-8:])


def _landline(rng: random.Random) -> Made:
    number = _digits(rng, 7)
    written = f"{rng.choice(('021', '(021)', '021-', '(021) ', '0254 '))}{rng.choice('57')}{number}"
    return kinds.PHONE, rng.choice(("telp rumah ", "bisa ditelepon ", "tlp ")), written, (number,)


def _email(rng: random.Random) -> Made:
    name = f"{rng.choice(('siti', 'budi.s', 'dewi_ayu', 'rahmat'))}{_digits(rng, 4)}"
    host = rng.choice(("gmail.com", "yahoo.co.id", "mail.tangerangkab.go.id", "Outlook.Com"))
    lead = rng.choice(("email saya ", "surel:", "kirim ke ", "", "e-mail <"))
    return kinds.EMAIL, lead, f"{name}@{host}", (name.replace(".", "").replace("_", ""),)


def _npwp(rng: random.Random) -> Made:
    d = _digits(rng, 15)
    written = rng.choice(
        (
            f"{d[:2]}.{d[2:5]}.{d[5:8]}.{d[8]}-{d[9:12]}.{d[12:]}",
            f"{d[:2]} {d[2:5]} {d[5:8]} {d[8]} {d[9:12]} {d[12:]}",
            d,
        )
    )
    return kinds.NPWP, rng.choice(("npwp saya ", "NPWP: ", "no npwp ")), written, (d[:9],)


def _bpjs(rng: random.Random) -> Made:
    d = f"000{rng.randint(1, 3)}{_digits(rng, 9)}"
    written = rng.choice((d, f"{d[:4]} {d[4:8]} {d[8:]}"))
    return kinds.BPJS, rng.choice(("bpjs saya ", "no kartu JKN ", "kis ", "nomor peserta ")), written, (d[4:],)


def _passport(rng: random.Random) -> Made:
    d = _digits(rng, 7)
    letter = rng.choice("ABCEX")
    written = rng.choice((f"{letter}{d}", f"{letter} {d}", f"{letter.lower()}{d}"))
    return kinds.PASSPORT, rng.choice(("paspor saya ", "no paspor ", "nomor passport: ")), written, (d,)


def _card(rng: random.Random) -> Made:
    body = f"{rng.choice(('4', '51', '53'))}"
    body += _digits(rng, 15 - len(body))
    total = sum(d if d < 10 else d - 9 for d in (int(c) * (2 - i % 2) for i, c in enumerate(body)))
    d = body + str(-total % 10)
    written = rng.choice((d, f"{d[:4]} {d[4:8]} {d[8:12]} {d[12:]}", f"{d[:4]}-{d[4:8]}-{d[8:12]}-{d[12:]}"))
    return (
        kinds.CARD,
        rng.choice(("kartu atm ", "bayar pakai kartu ", "nomor kartu kredit ", "")),
        written,
        (d[:8], d[8:]),
    )


def _plate(rng: random.Random) -> Made:
    number, tail = rng.randint(1000, 9999), "".join(rng.choice("ABCDEFGHJKNPRSTUVWXZ") for _ in range(3))
    written = rng.choice((f"B {number} {tail}", f"B{number}{tail}", f"A {number} {tail}"))
    lead = rng.choice(("plat ", "motor saya ", "nopol ", "STNK "))
    if rng.random() < 0.3:
        written = written.lower()
    return kinds.PLATE, lead, written, (f"{number}{tail}".casefold(),)


def _address(rng: random.Random) -> Made:
    street = rng.choice(("Melati", "Raya Serang", "Kenanga Indah", "H. Abdul Hamid", "Pahlawan"))
    house, rt, rw = rng.randint(1, 250), rng.randint(1, 20), rng.randint(1, 15)
    written = rng.choice(
        (
            f"Jl. {street} No. {house} RT {rt:02}/RW {rw:02}",
            f"jalan {street.lower()} no {house}",
            f"Jln {street} no.{house} RT{rt:03} RW{rw:03}",
            f"gang {street} nomor {house} rt {rt} rw {rw}",
            f"Perum {street} Blok C{rng.randint(1, 9)} No {house}",
        )
    )
    return (
        kinds.ADDRESS,
        rng.choice(("alamat saya ", "tinggal di ", "rumah di ", "domisili ")),
        written,
        (f"no{house}", f"nomor{house}", f"rt{rt}rw", f"rt{rt:02}", f"rt{rt:03}"),
    )


def _birth(rng: random.Random) -> Made:
    day, month, year = rng.randint(10, 28), rng.randint(1, 12), rng.randint(1950, 2010)
    names = (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    )
    name = names[month - 1]
    written = rng.choice(
        (
            f"{day}-{month:02}-{year}",
            f"{day} {name} {year}",
            f"{day}/{month}/{year}",
            f"{day} {name[:3].lower()} {year}",
        )
    )
    lead = rng.choice(("lahir ", "tgl lahir ", "TTL: Tangerang, ", "tanggal lahir saya ", "kelahiran "))
    return (
        kinds.BIRTH,
        lead,
        written,
        (
            f"{day}{month:02}{year}",
            f"{day}{month}{year}",
            f"{day}{name.casefold()}{year}",
            f"{day}{name[:3].casefold()}{year}",
        ),
    )


_FIRST = ("Budi", "Siti", "Rahmat", "Nurhayati", "Agus", "Dewi", "Maemunah", "Junaedi", "Ratna", "Asep", "Muhammad")
_LAST = ("Santoso", "Nurjanah", "Hidayatullah", "Wulandari", "Saputra", "Lestari", "Kurniawan", "Sulaeman", "Firdaus")


def _name(rng: random.Random) -> Made:
    words = [rng.choice(_FIRST), rng.choice(_LAST)][: rng.randint(1, 2)]
    written = " ".join(words)
    if rng.random() < 0.3:
        written = written.lower()
    lead = rng.choice(
        (
            "nama saya ",
            "Nama: ",
            "atas nama ",
            "a.n. ",
            "a/n ",
            "nama lengkap saya ",
            "nama anak saya ",
            "perkenalkan nama saya ",
            "an. ",
        )
    )
    return kinds.NAME, lead, written, tuple(word.casefold().translate(_AS_DIGITS) for word in words)


_MAKERS: tuple[Callable[[random.Random], Made], ...] = (
    _sixteen(
        kinds.NIK, ("nik saya ", "NIK:", "ini ", "nik", "", "nomor ktp ", "NIK ayah saya: ", "no. ktp ", "data saya=")
    ),
    _sixteen(kinds.KK, ("no kk ", "KK: ", "nomor kartu keluarga ", "nomor kk saya ", "kk saya ")),
    _phone,
    _landline,
    _email,
    _npwp,
    _bpjs,
    _passport,
    _card,
    _plate,
    _address,
    _birth,
    _name,
)
