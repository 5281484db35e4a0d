"""Which line of a broken file is wrong, and how is it mended?

A YAML reader notices a mistake where it can no longer go on, often lines later and in its own words. When a file
cannot be read, its lines are looked at one by one for the mistakes that people make.
"""

import re
from collections.abc import Callable, Iterator

from bot.knowledge.problems import Problem

_INDENT = re.compile(r"[ \t\u00a0]*")
_KEY = re.compile(r"\s*(?:- )?[a-z_]+:(?: |$)")
_GLUED = re.compile(r"(\s*(?:- )?[a-z_]+):(?=[^\s/])")
_CURLY = re.compile(r"[‘’“”]")
_BULLET = re.compile(r"\s*[•·–—*]\s*\S")
_DASHED = re.compile(r"\s*-[^\s\-]")
_MERGE = re.compile(r"(<{7}|={7}|>{7})")
_BARE = re.compile(r"[a-z_]+$")
_RESERVED = "@%`&!*|>"
_BRACKETS = {"[": "]", "{": "}"}

Found = tuple[str, str]  # what is wrong, and what to do


def mistake(text: str, file: str, noticed: int) -> Problem | None:
    """The mistake that keeps a file from being read.

    Args:
        text: The whole file.
        file: Its name in problems.
        noticed: The line, from 1, where the reader gave up; the mistake stands there or above.

    Returns:
        The mistake nearest above that line, None when no known one is found.
    """
    lines = text.splitlines()
    inside = set(_inside_quotes(lines))
    seen = [n for n, line in enumerate(lines[:noticed], 1) if n not in inside and _says_something(line)]
    for looks in (_LOOKS, (_crooked,), (_shifted,)):
        for number in reversed(seen):
            found = next(filter(None, (look(lines[number - 1], number, lines) for look in looks)), None)
            if found is not None:
                return Problem(file, number, *found)
    return None


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _inside_quotes(lines: list[str]) -> Iterator[int]:
    """Lines that go on with a quoted text which is closed before the next key."""
    number = 0
    while number < len(lines):
        quote = _opened(lines[number])
        end = _closing(lines, number, quote) if quote else None
        if end is not None:
            yield from range(number + 2, end + 2)
        number = number + 1 if end is None else end + 1


def _value(line: str) -> str:
    return re.sub(r"^\s*(?:- )?(?:[a-z_]+:(?: |$))?\s*", "", line)


def _opened(line: str) -> str:
    """The quotation mark that a value begins with and does not end on its line; empty when there is none."""
    value = _value(line).rstrip()
    quote = value[:1]
    if quote not in {"'", '"'} or _closed(value[1:], quote) is not None:
        return ""
    return quote


def _closed(rest: str, quote: str) -> int | None:
    """Where a quoted text ends; None when it goes on."""
    pattern = r"(?:[^']|'')*?'(?!')" if quote == "'" else r'(?:[^"\\]|\\.)*?"'
    found = re.match(pattern, rest)
    return found.end() if found else None


def _closing(lines: list[str], start: int, quote: str) -> int | None:
    for number in range(start + 1, len(lines)):
        if opens(lines[number]):
            return None
        if _closed(lines[number], quote) is not None:
            return number
    return None


def _merge(line: str, _number: int, _lines: list[str]) -> Found | None:
    if _MERGE.match(line):
        return (
            "ada sisa penggabungan dua versi berkas.",
            "Pilih satu, hapus baris <<<<<<<, =======, >>>>>>>.",
        )
    return None


def _odd_indent(line: str, _number: int, _lines: list[str]) -> Found | None:
    indent = _INDENT.match(line)
    space = indent.group() if indent else ""
    if "\t" in space:
        return "ada tab di awal baris.", "Pakai spasi."
    if "\u00a0" in space:
        return "ada spasi khusus (hasil salin-tempel) di awal baris.", "Hapus, lalu ketik spasi biasa."
    return None


def _unclosed(line: str, number: int, lines: list[str]) -> Found | None:
    quote = _opened(line)
    if quote and _closing(lines, number - 1, quote) is None:
        return "tanda kutip pembuka tidak ditutup.", f"Tambahkan {quote} di akhir kalimatnya."
    return None


def _after_quote(line: str, _number: int, _lines: list[str]) -> Found | None:
    value = _value(line).rstrip()
    if value[:1] not in {"'", '"'}:
        return None
    end = _closed(value[1:], value[0])
    rest = value[1 + end :].strip() if end is not None else ""
    if rest and not rest.startswith(("#", ",", "]", "}", ":")):
        return "ada tulisan sesudah tanda kutip penutup.", "Apit seluruh kalimat, dari awal sampai akhir."
    return None


def _curly(line: str, _number: int, _lines: list[str]) -> Found | None:
    if _CURLY.match(_value(line)):
        return "tanda kutip lengkung (‘ ’ “ ”) tidak mengapit kalimat.", "Ganti dengan tanda kutip lurus: '…'."
    return None


def _bullet(line: str, _number: int, _lines: list[str]) -> Found | None:
    if _BULLET.match(line):
        return "butir daftar harus diawali tanda hubung dan spasi.", "Tulis `- ` di depan butirnya."
    if _DASHED.match(line):
        return "sesudah tanda hubung harus ada spasi.", "Tulis `- ` di depan butirnya."
    return None


def _reserved(line: str, _number: int, _lines: list[str]) -> Found | None:
    value = _value(line)
    if value[:1] in _RESERVED and value[1:].strip():
        return f"nilai tidak boleh diawali `{value[0]}`.", "Apit nilainya dengan tanda kutip: '…'."
    return None


def _bracket(line: str, number: int, lines: list[str]) -> Found | None:
    value = _value(line).rstrip()
    closing = _BRACKETS.get(value[:1])
    if closing is None:
        return None
    for after in [value, *lines[number:]]:
        if closing in after:
            return None
        if after is not value and _KEY.match(after):
            break
    return f"kurung `{value[0]}` tidak ditutup.", f"Tambahkan `{closing}` di akhir daftarnya."


def _colon(line: str, number: int, lines: list[str]) -> Found | None:
    if (glued := _GLUED.match(line)) is not None:
        return f"sesudah `{glued.group(1).strip()}:` harus ada spasi.", "Tambahkan satu spasi sesudah titik dua."
    if ": " in _value(line) and _value(line)[:1] not in {"'", '"', "[", "{"}:
        return "ada titik dua di dalam kalimat.", "Apit seluruh kalimat dengan tanda kutip: '…'."
    word = line.strip().removeprefix("- ").split(" ", 1)[0]
    before = lines[number - 2] if number > 1 else ""
    if _BARE.fullmatch(word) and not line.startswith(" ") and _KEY.match(f"{word}: ") and not before.endswith(":"):
        return f"titik dua sesudah `{word}` hilang.", f"Tulis `{word}: ` di depan isinya."
    return None


def _crooked(line: str, _number: int, _lines: list[str]) -> Found | None:
    """A key or an item that does not stand on a step of two spaces."""
    if _depth(line) % 2 and opens(line):
        return "awal baris ini tidak lurus.", "Samakan jumlah spasi di depannya dengan baris yang setingkat."
    return None


def _shifted(line: str, number: int, lines: list[str]) -> Found | None:
    """A key or an item that stands deeper than the one above although that one holds a value."""
    above = next((one for one in reversed(lines[: number - 1]) if _says_something(one)), "")
    if opens(line) and _depth(line) > _depth(above) and not above.rstrip().endswith(":") and not _is_item(above):
        return "baris ini menjorok terlalu jauh.", "Luruskan awal barisnya dengan baris di atasnya."
    return None


def opens(line: str) -> bool:
    """Whether a line begins an item of a list or names a key."""
    return bool(_KEY.match(line)) or _is_item(line)


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_LOOKS: tuple[Callable[[str, int, list[str]], Found | None], ...] = (
    _merge,
    _odd_indent,
    _unclosed,
    _after_quote,
    _curly,
    _bullet,
    _reserved,
    _bracket,
    _colon,
)
