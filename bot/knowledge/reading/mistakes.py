"""Which line of a broken file is wrong, and how is it mended?

A YAML reader notices a mistake where it can no longer go on, often lines later and in its own words. When a file
cannot be read, its lines are looked at one by one for the mistakes that people make.
"""

import re
from bisect import bisect
from itertools import accumulate

_GAP = r"[^\S\n]*"  # spaces within a line
_OPENING = r"(?:- |(?:- )?[a-z_]+:(?: |$))"  # of an item or a key
_START = rf"(?>{_GAP}(?:- )?(?:[a-z_]+:(?: |$))?{_GAP})"  # what stands before a value
_ON = rf"\n(?!{_GAP}{_OPENING})"  # a text goes on in the next line
_QUOTED = rf"(?:'(?:[^'\n]|''|{_ON})*+'|\"(?:[^\"\\\n]|\\[^\n]|\\?{_ON})*+\")"
_AFTER_QUOTE = rf"{_START}{_QUOTED}{_GAP}[^\s#,\]}}:]"
_CURLY_QUOTE = rf"{_START}[‘’“”]"
_GLUED_KEY = rf"{_GAP}((?:- )?[a-z_]+):(?=[^\s/])"
_ODD_SPACES = rf"(?:  )*+ {_OPENING}"
_AFTER_VALUE = rf"( *)(?! |- ).*[^:\s]{_GAP}\n(?:{_GAP}(?:#.*)?\n)*\1 +{_OPENING}"  # the line below, deeper


def _to(bracket: str) -> str:
    """What follows an opening bracket, to the closing one at the latest in the last line before the next key."""
    return rf"(?:[^{bracket}\n]|\n(?!{_GAP}(?:- )?[a-z_]+:(?: |$)[^{bracket}\n]*$))*{bracket}"


CURLY = "tanda kutip lengkung (‘ ’ “ ”) tidak mengapit kalimat.", "Ganti dengan tanda kutip lurus: '…'."
_SQUARE, _CURLY = _to(r"\]"), _to("}")
_MISTAKES = (  # of one line: how it looks, what is wrong, what to do
    ("<{7}|={7}|>{7}", "ada sisa penggabungan dua versi berkas.", "Pilih satu, hapus baris <<<<<<<, =======, >>>>>>>."),
    (r"[ \u00a0]*\t", "ada tab di awal baris.", "Pakai spasi."),
    (r" *\u00a0", "ada spasi khusus (hasil salin-tempel) di awal baris.", "Hapus, lalu ketik spasi biasa."),
    (rf"{_START}(?!{_QUOTED})(['\"])", "tanda kutip pembuka tidak ditutup.", r"Tambahkan \1 di akhir kalimatnya."),
    (_AFTER_QUOTE, "ada tulisan sesudah tanda kutip penutup.", "Apit seluruh kalimat, dari awal sampai akhir."),
    (_CURLY_QUOTE, *CURLY),
    (rf"{_GAP}[•·–—*]{_GAP}\S", "butir daftar harus diawali tanda hubung dan spasi.", "Tulis `- ` di depan butirnya."),
    (rf"{_GAP}-[^\s-]", "sesudah tanda hubung harus ada spasi.", "Tulis `- ` di depan butirnya."),
    (rf"{_START}([@%`&!*|>]){_GAP}\S", r"nilai tidak boleh diawali `\1`.", "Apit nilainya dengan tanda kutip: '…'."),
    (rf"{_START}\[(?!{_SQUARE})", "kurung `[` tidak ditutup.", "Tambahkan `]` di akhir daftarnya."),
    (rf"{_START}{{(?!{_CURLY})", "kurung `{` tidak ditutup.", "Tambahkan `}` di akhir daftarnya."),
    (_GLUED_KEY, r"sesudah `\1:` harus ada spasi.", "Tambahkan satu spasi sesudah titik dua."),
    (rf"{_START}(?!['\"\[{{]).*: ", "ada titik dua di dalam kalimat.", "Apit seluruh kalimat dengan tanda kutip: '…'."),
    (r"(?<!:\n)(?:- )?([a-z_]+)(?: |$)", r"titik dua sesudah `\1` hilang.", r"Tulis `\1: ` di depan isinya."),
)
_CROOKED = (_ODD_SPACES, "awal baris ini tidak lurus.", "Samakan jumlah spasi di depannya dengan baris yang setingkat.")
_DEEPER = (_AFTER_VALUE, "baris ini menjorok terlalu jauh.", "Luruskan awal barisnya dengan baris di atasnya.")
_LOOKS = tuple(
    [(re.compile(pattern, re.MULTILINE), message, hint) for pattern, message, hint in looks]
    for looks in (_MISTAKES, (_CROOKED,), (_DEEPER,))
)
_QUOTED_VALUE = re.compile(f"^{_START}{_QUOTED}", re.MULTILINE)
OPENS = re.compile(_GAP + _OPENING)
"""A line that begins an item of a list or names a key."""


def mistake(text: str, noticed: int) -> tuple[int, str, str] | None:
    """The mistake that keeps a text from being read: its line, what is wrong, what to do; None when none is known.

    It stands on the line, from 1, where the reader noticed that it cannot go on, or above; the nearest one is told.
    """
    lines = text.splitlines()
    text = "\n".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    spans = [(bisect(starts, one.start()), bisect(starts, one.end() - 1)) for one in _QUOTED_VALUE.finditer(text)]
    going_on = {number for first, last in spans for number in range(first + 1, last + 1)}
    seen = [n for n, line in enumerate(lines[:noticed], 1) if n not in going_on and re.match(r"\s*[^\s#]", line)]
    for looks in _LOOKS:
        for number in reversed(seen):
            for pattern, message, hint in looks:
                found = pattern.match(text, starts[number - 1])
                line = number + found.group().count("\n") if found else 0
                if found and line <= noticed:
                    return line, found.expand(message), found.expand(hint)
    return None
