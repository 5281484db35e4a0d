"""Which files of a folder are knowledge, and which look like it but are not read?

Regular files inside the folder only, and their size before their bytes: a link, a pipe or a file of gigabytes
must neither be read nor hold up anybody.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from bot.knowledge.reading.document import MAX_BYTES

EVERYTHING = "."  # the folder itself, where it cannot be opened or nothing in it can answer
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_LIKE_YAML = re.compile(r"\.ya?ml(\W|$)", re.IGNORECASE)
_DEEPEST = 4  # folders below the knowledge folder that are looked into; files of agencies lie in the first


class NotReadError(Exception):
    """A file or folder that is not read as it should be: what is wrong, and what to do, worded for a clerk."""


class StrayError(NotReadError):
    """A file whose name or place tells that it is no knowledge: the rest is whole without it."""


Files = Mapping[str, bytes | NotReadError]
"""By path below the knowledge folder: the bytes, or why they could not be read."""
Marks = Mapping[str, tuple[int, int, int]]
"""Time, size and identity of every file, which change with its bytes."""


def files_of(folder: Path) -> Files:
    """The bytes of every YAML file by its path below the folder, or why it could not be read."""
    home = Path(os.path.realpath(folder))
    return {
        name: found if isinstance(found, NotReadError) else _misnamed(name) or _bytes(found, home)
        for name, found in _walk(folder)
    }


def marks_of(folder: Path) -> Marks:
    """What tells of every file whether it was changed, without reading it."""
    return {name: _mark(found) for name, found in _walk(folder)}


def _walk(folder: Path, below: str = "", depth: int = 0) -> Iterator[tuple[str, Path | NotReadError]]:
    """What is named like YAML, by its path; a folder that cannot be opened by its own."""
    try:
        entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
    except OSError as error:
        yield below.rstrip("/") or EVERYTHING, NotReadError(f"folder tidak dapat dibuka ({error.strerror}).")
        return
    for entry in entries:
        name = below + entry.name
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if os.path.isdir(entry.path):  # noqa: PTH112 - a DirEntry knows it already, and a Path costs more here
            if depth < _DEEPEST:
                yield from _walk(folder, f"{name}/", depth + 1)
        elif _LIKE_YAML.search(entry.name):
            yield name, Path(entry.path)


def _misnamed(name: str) -> StrayError | None:
    place, _, base = name.rpartition("/")
    if "/" in place:
        return StrayError("berkas ini tidak dibaca karena ada di sub-folder.", "Pindahkan ke folder instansinya.")
    if _NAME.fullmatch(base):
        return None
    stem = re.sub(r"[^a-z0-9]+", "-", _LIKE_YAML.split(base.lower())[0]).strip("-") or "ktp-hilang"
    return StrayError(
        "berkas ini tidak dibaca: nama berkas hanya boleh huruf kecil, angka, dan tanda hubung, lalu .yaml.",
        f"Hapus bila salinan atau berkas sementara; bila bukan, ganti namanya menjadi {stem}.yaml.",
    )


def _bytes(path: Path, home: Path) -> bytes | NotReadError:
    try:
        if not Path(os.path.realpath(path)).is_relative_to(home):
            return NotReadError("berkas ini tautan ke luar folder pengetahuan.", "Ganti dengan berkasnya sendiri.")
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            return NotReadError("ini bukan berkas biasa, jadi tidak dibaca.", "Hapus, atau ganti dengan berkas teks.")
        if stat.st_size > MAX_BYTES:
            return NotReadError(f"berkas terlalu besar: {stat.st_size} bita, paling banyak {MAX_BYTES}.")
        return path.read_bytes()
    except OSError as error:
        return NotReadError(f"berkas tidak dapat dibuka ({error.strerror}).")


def _mark(found: Path | NotReadError) -> tuple[int, int, int]:
    with suppress(OSError):
        if isinstance(found, Path):
            stat = found.stat()
            return stat.st_mtime_ns, stat.st_size, stat.st_ino
    return 0, 0, 0
