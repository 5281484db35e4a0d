"""What is wrong in a file? Problems as values, worded for a clerk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

_SHOWN = 40  # characters of a wrong value that are repeated
_NEAR = 60  # of 100; below it a suggestion puzzles more than it helps


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in one place.

    ``file`` is a path below the knowledge folder, ``line`` counts from 1; 0 when there are no lines (a sheet's cell).
    Of two places that contradict each other one is named; ``twin`` tells the same of the other.
    """

    file: str
    line: int
    message: str
    hint: str = ""
    twin: "Problem | None" = field(default=None, compare=False, repr=False, kw_only=True)

    def in_one_of(self, files: Collection[str]) -> "Problem":
        """The side of a clash that lies in one of some files; as it is when none does, or this one."""
        twin = self.twin
        return twin if twin and twin.file in files and self.file not in files else self

    def __str__(self) -> str:
        """As printed: ``file:line: message``."""
        text = f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"
        return f"{text} {self.hint}" if self.hint else text


def nearest(key: str, known: Sequence[str]) -> str:
    """The known key that looks most like the given one; empty when none does."""
    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else ""


def unknown_key(key: str, known: Sequence[str], outermost: Sequence[str] = ()) -> tuple[str, str]:
    """Message and hint for a key that no model knows.

    Args:
        key: As written.
        known: The keys that may stand there.
        outermost: Those that may stand at the very left of the file.
    """
    near = nearest(key, known)
    hint = f"Mungkin maksudnya `{near}`." if near else f"Kunci yang boleh: {', '.join(known)}."
    if key in outermost:
        hint = f"Luruskan awal barisnya ke tepi kiri, sejajar dengan `{outermost[0]}`."
    return f"kunci `{key}` tidak dikenal.", hint


_SAID: Mapping[str, str] = {
    "missing": "kunci `{key}` wajib ada.",
    "string_type": "`{key}` harus berupa teks, bukan daftar atau kelompok kunci.",
    "string_too_short": "`{key}` kosong. Isi, atau hapus barisnya bila belum ada sumbernya.",
    "string_too_long": "`{key}` terlalu panjang: paling banyak {max_length} huruf.",
    "tuple_type": "`{key}` harus berupa daftar: satu butir satu baris, diawali `- `.",
    "int_parsing": "`{key}` harus bilangan bulat tanpa titik dan tanpa Rp, misalnya 120000; tertulis `{value}`.",
    "int_from_float": "`{key}` harus bilangan bulat, misalnya 120000; tertulis `{value}`.",
    "float_parsing": "`{key}` harus angka; tertulis `{value}`.",
    "bool_parsing": "`{key}` harus ya atau tidak; tertulis `{value}`.",
    "greater_than_equal": "`{key}` tidak boleh kurang dari nol; tertulis `{value}`.",
    "literal_error": "`{key}` harus salah satu dari {expected}; tertulis `{value}`.",
    "value_error": "{error}.",
    "date": "`{key}` harus tanggal seperti 2026-11-24; tertulis `{value}`.",
    "id": "`{key}` hanya boleh huruf kecil, angka, dan tanda hubung, misalnya ktp-hilang; tertulis `{value}`.",
    "clock": "`{key}` harus jam seperti 07.30; tertulis `{value}`.",
    "colon": "ada titik dua di dalam kalimat `{key}`. Apit seluruh kalimat dengan tanda kutip: '…'.",
    "group": "`{key}` harus berupa kelompok kunci{example}.",
}
_OTHER = "isi `{key}` tidak sesuai; tertulis `{value}`."
_EXAMPLES: Mapping[str, str] = {
    "waktu": "{keterangan: 1 hari kerja}",
    "biaya": "{rupiah: 0, keterangan: Gratis.}",
    "rincian": "- {untuk: Salinan kedua, rupiah: 5000}",
    "tanya_jawab": "- {t: Boleh diwakilkan?, j: Boleh.}",
    "sumber": "- {judul: Nama peraturan atau halaman, alamat: 'https://…', tanggal: 2026-11-24}",
    "varian": "- {judul: WNA, syarat: [Paspor, KITAP]}",
    "pemberitahuan": "{isi: Loket tutup., sampai: 2026-12-31}",
    "ditarik": "{alasan: Tarif sedang diperiksa., sejak: 2026-11-24}",
}


def worded(error: ErrorDetails) -> str:
    """A validation error as a sentence that says what to do.

    Args:
        error: One entry of pydantic's ``ValidationError.errors()``, of any type but ``extra_forbidden``.
    """
    key = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "isi berkas")
    example = f", misalnya `{_EXAMPLES[key]}`" if key in _EXAMPLES else ""
    values = {"key": key, "value": _short(error.get("input")), "example": example, **error.get("ctx", {})}
    return _SAID.get(_kind(error, key), _OTHER).format(**values)


def _kind(error: ErrorDetails, key: str) -> str:
    """Pydantic's name of an error, coarser where one sentence serves, finer where it does not."""
    kind = error["type"]
    if kind.startswith("date_"):
        return "date"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "group"
    if kind == "string_pattern_mismatch":
        return "id" if key == "id" else "clock"
    return "colon" if kind == "string_type" and isinstance(error.get("input"), Mapping) else kind


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
