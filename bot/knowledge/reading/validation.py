"""Does a document fit its model? What keeps it from it, as sentences that say what to do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.problems import Problem, nearest
from bot.knowledge.reading.document import Document

M = TypeVar("M", bound=BaseModel)

_SHOWN = 40  # characters of a wrong value that are repeated
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
    "date": "`{key}` harus tanggal di kalender, seperti 2026-11-24; tertulis `{value}`.",
    "no_such_day": "tanggal {value} di `{key}` tidak ada di kalender.",
    "old_day": "tanggal {value} di `{key}` terlalu lama berlalu; tulis tanggal seperti 2026-11-24.",
    "id": "`{key}` hanya boleh huruf kecil, angka, dan tanda hubung, misalnya ktp-hilang; tertulis `{value}`.",
    "clock": "`{key}` harus jam seperti 07.30; tertulis `{value}`.",
    "colon": "ada titik dua di dalam kalimat `{key}`. Apit seluruh kalimat dengan tanda kutip: '…'.",
    "group": "`{key}` harus berupa kelompok kunci{example}.",
}
_OTHER = "isi `{key}` tidak sesuai; tertulis `{value}`."
_EXAMPLES: Mapping[str, str] = {
    "waktu": "{keterangan: 1 hari kerja}",
    "biaya": "{rupiah: 0, keterangan: Gratis.}",
    "uji_isi": "- {t: Berapa biayanya?, memuat: [Rp50.000]}",
    "ragu": "- {bagian: waktu, isi: Sumbernya tahun 2019.}",
    "dikonfirmasi": "{oleh: Kepala Bidang Pelayanan, tanggal: 2026-11-24}",
    "rincian": "- {untuk: Salinan kedua, rupiah: 5000}",
    "tanya_jawab": "- {t: Boleh diwakilkan?, j: Boleh.}",
    "sumber": "- {judul: Nama peraturan atau halaman, alamat: 'https://…', tanggal: 2026-11-24, untuk: [syarat]}",
    "varian": "- {judul: WNA, syarat: [Paspor, KITAP]}",
    "pemberitahuan": "{isi: Loket tutup., sampai: 2026-12-31}",
    "ditarik": "{alasan: Tarif sedang diperiksa., sejak: 2026-11-24}",
}


def validated(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """A document as a value of a model, or what keeps it from being one, told of a file without a name."""
    try:
        return model.model_validate(document.data, by_alias=True, by_name=False), []
    except ValidationError as error:
        found = [(detail, [part for part in detail["loc"] if part != "[key]"]) for detail in error.errors()]
        return None, [Problem("", document.line(path), *_told(detail, path, model)) for detail, path in found]


def _told(detail: ErrorDetails, path: list[str | int], model: type[BaseModel]) -> tuple[str, ...]:
    """What is wrong, and what to do where the sentence does not say it."""
    if detail["type"] == "extra_forbidden":
        return _unknown(str(path[-1]), _keys_at(model, path[:-1]), _keys_at(model, []))
    return (worded(detail, next((str(part) for part in reversed(path) if isinstance(part, str)), "isi berkas")),)


def worded(detail: ErrorDetails, key: str) -> str:
    """What is wrong with the value of a key."""
    example = f", misalnya `{_EXAMPLES[key]}`" if key in _EXAMPLES else ""
    value = str(detail.get("input"))
    value = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
    said = _SAID.get(_kind(detail, key), _OTHER)
    context = {  # pydantic joins what it expects with an English "or"
        name: str(one).removeprefix("'' or ").replace("' or '", "' atau '")
        for name, one in detail.get("ctx", {}).items()
    }
    return said.format(**{"key": key, "value": value, "example": example, **context})


def _unknown(key: str, known: Sequence[str], outermost: Sequence[str]) -> tuple[str, str]:
    near = nearest(key, known)
    hint = f"Mungkin maksudnya `{near}`." if near else f"Kunci yang boleh: {', '.join(known)}."
    if key in outermost:
        hint = f"Luruskan awal barisnya ke tepi kiri, sejajar dengan `{outermost[0]}`."
    return f"kunci `{key}` tidak dikenal.", hint


def _kind(error: ErrorDetails, key: str) -> str:
    """Pydantic's name of an error, coarser where one sentence serves, finer where it does not."""
    kind = error["type"]
    if kind.startswith("date_"):
        return "date"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "group"
    if kind == "string_pattern_mismatch":
        return "id" if key == "id" else "clock"
    return "colon" if kind == "string_type" and _is_cut_sentence(error.get("input")) else kind


def _is_cut_sentence(value: object) -> bool:
    """Whether a group is a sentence that a colon cut in two: one key with a text behind it."""
    return isinstance(value, Mapping) and len(value) == 1 and all(isinstance(one, str) for one in value.values())


def _keys_at(model: type[BaseModel], path: list[str | int]) -> list[str]:
    for part in path:
        inner = next((f.annotation for n, f in model.model_fields.items() if part in (f.alias, n)), None)
        model = next(_models_in(inner), model)
    return [f.alias or name for name, f in model.model_fields.items() if not f.exclude]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
