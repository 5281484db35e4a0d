"""What is wrong in a file? Problems as values, worded for a clerk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

_SHOWN = 40  # characters of a wrong value that are repeated
_NEAR = 60  # of 100; below it a suggestion puzzles more than it helps


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in one place.

    ``file`` is a path below the knowledge folder, ``line`` counts from 1; 0 when there are no lines (a sheet's cell).
    """

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """As printed: ``file:line: message``."""
        text = f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"
        return f"{text} {self.hint}" if self.hint else text


def nearest(key: str, known: Sequence[str]) -> str:
    """The known key that looks most like the given one; empty when none does."""
    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else ""


def unknown_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    """Message and hint for a key that no model knows."""
    near = nearest(key, known)
    hint = f"Mungkin maksudnya `{near}`." if near else f"Kunci yang boleh: {', '.join(known)}."
    return f"kunci `{key}` tidak dikenal.", hint


_PLAIN: Mapping[str, str] = {
    "string_type": "`{key}` harus berupa teks, bukan daftar atau kelompok kunci.",
    "string_too_short": "`{key}` kosong. Isi, atau hapus barisnya bila belum ada sumbernya.",
    "tuple_type": "`{key}` harus berupa daftar: satu butir satu baris, diawali `- `.",
    "model_type": "`{key}` harus berupa kelompok kunci, misalnya `{key}: {{…}}`.",
    "model_attributes_type": "`{key}` harus berupa kelompok kunci, misalnya `{key}: {{…}}`.",
    "dict_type": "`{key}` harus berupa kelompok kunci.",
    "int_parsing": "`{key}` harus bilangan bulat tanpa titik dan tanpa Rp, misalnya 120000; tertulis `{value}`.",
    "int_from_float": "`{key}` harus bilangan bulat, misalnya 120000; tertulis `{value}`.",
    "float_parsing": "`{key}` harus angka; tertulis `{value}`.",
    "bool_parsing": "`{key}` harus ya atau tidak (true atau false); tertulis `{value}`.",
    "greater_than_equal": "`{key}` tidak boleh kurang dari nol; tertulis `{value}`.",
}
_DATES = ("date_from_datetime_parsing", "date_parsing", "date_type", "date_from_datetime_inexact")
_PATTERNS: Mapping[str, str] = {
    "id": "`{key}` hanya boleh huruf kecil, angka, dan tanda hubung, misalnya ktp-hilang; tertulis `{value}`.",
    "clock": "`{key}` harus jam seperti 07.30; tertulis `{value}`.",
}


def worded(error: ErrorDetails) -> str:
    """A validation error as a sentence that says what to do.

    Args:
        error: One entry of pydantic's ``ValidationError.errors()``, of any type but ``extra_forbidden``.
    """
    key = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "isi")
    kind, value = error["type"], _short(error.get("input"))
    if kind == "missing":
        return f"kunci `{key}` wajib ada."
    if kind in _DATES:
        return f"`{key}` harus tanggal seperti 2026-11-24; tertulis `{value}`."
    if kind == "string_pattern_mismatch":
        return _PATTERNS["id" if key == "id" else "clock"].format(key=key, value=value)
    if kind == "string_too_long":
        return f"`{key}` terlalu panjang: paling banyak {error['ctx']['max_length']} huruf."
    if kind == "value_error":
        return f"{error['ctx']['error']}."
    if kind in _PLAIN:
        return _PLAIN[kind].format(key=key, value=value)
    return f"isi `{key}` tidak sesuai; tertulis `{value}`."


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
