"""What kinds of personal data are masked, and how is one put in the place of what was found?"""

from collections.abc import Iterable

NIK, KK, PHONE, EMAIL, NPWP = "NIK", "nomor KK", "telepon", "surel", "NPWP"
BPJS, PASSPORT, CARD, ACCOUNT = "nomor BPJS", "paspor", "kartu bank", "rekening"
PLATE, ADDRESS, BIRTH, NAME = "pelat nomor", "alamat", "tanggal lahir", "nama"

KINDS = (NIK, KK, PHONE, EMAIL, NPWP, BPJS, PASSPORT, CARD, ACCOUNT, PLATE, ADDRESS, BIRTH, NAME)


def replaced(text: str, found: Iterable[tuple[int, int, str]]) -> str:
    """A text with the kind in brackets in place of each (start, end, kind) but those that begin within another."""
    parts, last = [], 0
    for start, end, kind in found:
        if start >= last:
            parts += [text[last:start], f"[{kind}]"]
            last = end
    return "".join([*parts, text[last:]])
