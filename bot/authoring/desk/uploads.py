"""Which files of the knowledge does an upload change? Its content says so, never its name."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from bot.authoring.desk.untrusted import Parsed, read_upload_apart
from bot.authoring.spreadsheet.read import Upload, read_sheet
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem
from bot.knowledge.reading.document import MAX_BYTES
from bot.knowledge.reading.folder import Files

YAML, SHEETS = frozenset({".yaml", ".yml"}), frozenset({".xlsx", ".ods"})
_MARK = re.compile(rb"(?m)^# versi: ([0-9a-f]{12})\b[^\n]*(\n|\Z)")
_ID = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?id:[ \t]*([a-z0-9-]{1,32})[ \t]*\r?$")


async def read_upload(raw: bytes, name: str, folders: Sequence[str], knowledge: KnowledgeBase, files: Files) -> Upload:
    """What an upload changes.

    Its name tells its kind and stands in problems, never in a path; a service that is not known yet goes to the one
    of some folders that is an agency's.
    """
    shown, suffix = _shown(name, raw), PurePosixPath(name.casefold()).suffix
    if suffix not in YAML | SHEETS:
        is_text = suffix == ".txt" and PurePosixPath(shown).suffix in YAML
        rename = f"Hapus .txt di belakang namanya, sampai tinggal {shown}, lalu kirim lagi."
        hint = rename if is_text else "Kirim berkas .yaml, .xlsx, atau .ods."
        return _refused(_plain(name), "jenis berkas ini tidak dikenal.", hint)
    if suffix in SHEETS:
        return await asyncio.to_thread(read_sheet, raw, shown, files, knowledge)
    if len(raw) > MAX_BYTES:
        return _refused(shown, f"berkas terlalu besar: {len(raw)} bita, paling banyak {MAX_BYTES}.")
    base, content = unmarked(raw)
    found = await read_upload_apart(content, shown)
    if found.problems:
        return Upload(problems=found.problems)
    file = _file(found, folders, knowledge)
    if not file:
        hint = "Kirim lagi dengan id instansinya sebagai keterangan berkas."
        return _refused(shown, f"layanan `{found.subject}` masih baru, dan instansinya belum jelas.", hint)
    return Upload({file: content}, {file: base} if base else {})


def marked(raw: bytes, fingerprint: str, remark: str) -> bytes:
    """A file to give away: its last line, which moves no other, tells the version it was."""
    line = f"# versi: {fingerprint} {' '.join(remark.split())}".encode()
    return raw + line + b"\n" if raw.endswith(b"\n") else raw + b"\n" + line


def unmarked(raw: bytes) -> tuple[str, bytes]:
    """The version a file was made from, empty when it does not say; and the file without that line."""
    mark = _MARK.search(raw)
    if mark is None:
        return "", raw
    before = raw[: mark.start()] if mark[2] else raw[: mark.start()].removesuffix(b"\n")
    return mark[1].decode(), before + raw[mark.end() :]


def _file(found: Parsed, folders: Sequence[str], knowledge: KnowledgeBase) -> str:
    """Path below the knowledge folder; empty when nobody can tell."""
    if known := knowledge.files.get(found.subject, found.file):
        return known
    homes = [one for one in folders if one in knowledge.agencies]
    return f"{homes[0]}/{found.subject}.yaml" if len(homes) == 1 else ""


def _shown(name: str, raw: bytes) -> str:
    """How a file is called in problems: by the id that stands in it, else as it was sent."""
    known = _ID.search(raw)
    return f"{known[1].decode()}.yaml" if known else _plain(name)


def _plain(name: str) -> str:
    return re.sub(r"[^\w .()-]", "_", PurePosixPath(name).name)[-60:] or "berkas"


def _refused(name: str, message: str, hint: str = "") -> Upload:
    return Upload(problems=(Problem(name, 1, message, hint),))
