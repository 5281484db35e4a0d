"""May this workbook be opened, and what stands in its cells? Looked at from outside before anything parses it."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from bot.authoring.sandbox import SandboxLimits, TooHeavyError, read_apart
from bot.authoring.spreadsheet.worker import MAX_COLUMNS, MAX_ROWS, cells_of
from bot.knowledge.problems import Problem

MAX_BYTES = 10_000_000  # of the file
_MAX_ENTRIES = 500  # files inside; ours has about 40
_MAX_UNPACKED = 60_000_000  # bytes of all files inside
_MAX_RATIO = 200  # unpacked to packed; long columns of equal cells reach about 60
_SMALL = 1 << 16  # packed bytes, below which no ratio tells anything
LIMITS = SandboxLimits(memory=300_000_000, cpu_s=10, wait_s=20.0)
_FORBIDDEN: Sequence[tuple[re.Pattern[str], str, str]] = (
    (re.compile(r"vbaproject|/macrosheets/|^basic/|^scripts/", re.IGNORECASE), "makro", "Simpan sebagai .xlsx biasa."),
    (
        re.compile(r"externallinks/|connections\.xml$|querytables/", re.IGNORECASE),
        "tautan ke berkas lain",
        "Di Excel: Data, Edit Links, Break Link.",
    ),
    (
        re.compile(r"embeddings/|activex/|^object|^encryptedpackage", re.IGNORECASE),
        "benda sisipan atau kata sandi",
        "Hapus benda sisipan dan kata sandinya.",
    ),
)

Tables = Mapping[str, Sequence[Sequence[str]]]
"""By sheet name, rows of texts, from the first row and column on."""


def read_cells(raw: bytes, name: str) -> tuple[Tables, tuple[Problem, ...]]:
    """The cells of a workbook, or why it is not opened; its name is only told in problems, never used as a path."""
    problems = tuple(_refusals(raw, name))
    if problems:
        return {}, problems
    try:
        tables: Tables | None = read_apart(cells_of, raw, LIMITS)
    except TooHeavyError:
        return {}, (_too_large(name),)
    return (tables, ()) if tables is not None else ({}, (_unreadable(name),))


def _refusals(raw: bytes, name: str) -> Iterator[Problem]:
    if len(raw) > MAX_BYTES:
        yield Problem(name, 0, f"berkas terlalu besar: {len(raw)} bita, paling banyak {MAX_BYTES}.")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield from _inside(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        yield _unreadable(name)


def _inside(archive: zipfile.ZipFile, name: str) -> Iterator[Problem]:
    entries, names = archive.infolist(), set(archive.namelist())
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > _MAX_ENTRIES or len(names) < len(entries) or not names & {"content.xml", "xl/workbook.xml"}:
        yield _unreadable(name)
        return
    if unpacked > min(_MAX_UNPACKED, _MAX_RATIO * max(packed, _SMALL)):
        yield _too_large(name)
        return
    for pattern, what, hint in _FORBIDDEN:
        if any(pattern.search(one) for one in names):
            yield Problem(name, 0, f"berkas memuat {what}.", hint)
    contents = (archive.read(one) for one in names if one.endswith((".xml", ".rels")))
    if any(b"<!DOCTYPE" in content or b"<!ENTITY" in content for content in contents):
        yield Problem(name, 0, "berkas memuat entitas XML, yang tidak pernah dibuat Excel.", "Buat ulang lembarnya.")


def _too_large(name: str) -> Problem:
    hint = f"Paling banyak {MAX_ROWS} baris dan {MAX_COLUMNS} kolom. Hapus baris dan kolom kosong di ujung."
    return Problem(name, 0, "lembar terlalu besar untuk dibuka.", hint)


def _unreadable(name: str) -> Problem:
    return Problem(
        name, 0, "berkas tidak dapat dibaca sebagai lembar.", "Kirim berkas .xlsx atau .ods tanpa kata sandi."
    )
