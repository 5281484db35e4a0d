"""May this workbook be opened, and what stands in its cells? Looked at from outside before anything parses it."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from bot.authoring.sandbox import Limits, TooHeavyError, read_apart
from bot.authoring.spreadsheet.worker import MAX_COLUMNS, MAX_ROWS, cells_of
from bot.knowledge.problems import Problem

MAX_BYTES = 10_000_000  # of the file
MAX_ENTRIES = 500  # files inside; ours has about 40
MAX_UNPACKED = 60_000_000  # bytes of all files inside
MAX_RATIO = 200  # unpacked to packed; long columns of equal cells reach about 60
_LIMITS = Limits(memory=300_000_000, cpu_s=10, wait_s=20.0)

_CELL = re.compile(rb"<c\s([^<>]{0,300}+)>")  # linear on any input: no start of a cell is looked at twice
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 1 << 16
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
    """The cells of a workbook, or why it is not opened.

    Args:
        raw: The file.
        name: What it is called in problems; never used as a path.
    """
    problems = tuple(_refusals(raw, name))
    if problems:
        return {}, problems
    try:
        tables: Tables | None = read_apart(cells_of, raw, _LIMITS)
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
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names) or any(entry.flag_bits & 1 for entry in entries):
        yield _unreadable(name)
        return
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, _CHUNK):
        yield _too_large(name)
        return
    for pattern, what, hint in _FORBIDDEN:
        if any(pattern.search(one) for one in names):
            yield Problem(name, 0, f"berkas memuat {what}.", hint)
    if "content.xml" not in names and "xl/workbook.xml" not in names:
        yield _unreadable(name)
        return
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            yield from _xml(archive, entry, name)


def _xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[Problem]:
    """What is wrong with one file inside: entities, links to elsewhere, cells beyond any real sheet."""
    content = _unpacked(archive, entry)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield Problem(name, 0, "berkas memuat entitas XML, yang tidak pernah dibuat Excel.", "Buat ulang lembarnya.")
    if not entry.filename.startswith("xl/worksheets/"):
        return
    for cell in _CELL.finditer(content):
        place = None if cell[1].endswith(b"/") else _PLACE.search(cell[1])
        if place and (int(place[2]) > MAX_ROWS or len(place[1]) > len("ZZ")):
            yield _too_large(name)
            return


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file inside; never more of it than its entry promises, which was counted before."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise zipfile.BadZipFile
    return content


def _too_large(name: str) -> Problem:
    hint = f"Paling banyak {MAX_ROWS} baris dan {MAX_COLUMNS} kolom. Hapus baris dan kolom kosong di ujung."
    return Problem(name, 0, "lembar terlalu besar untuk dibuka.", hint)


def _unreadable(name: str) -> Problem:
    return Problem(
        name, 0, "berkas tidak dapat dibaca sebagai lembar.", "Kirim berkas .xlsx atau .ods tanpa kata sandi."
    )
