"""What kinds of personal data are masked, and what is a step that masks one?"""

import re
from collections.abc import Callable

NIK, KK, PHONE, EMAIL, NPWP = "NIK", "nomor KK", "telepon", "surel", "NPWP"
BPJS, PASSPORT, CARD, ACCOUNT = "nomor BPJS", "paspor", "kartu bank", "rekening"
PLATE, ADDRESS, BIRTH, NAME = "pelat nomor", "alamat", "tanggal lahir", "nama"

KINDS = (NIK, KK, PHONE, EMAIL, NPWP, BPJS, PASSPORT, CARD, ACCOUNT, PLATE, ADDRESS, BIRTH, NAME)

FoundKinds = dict[str, None]
MaskStep = Callable[[str, FoundKinds], str]


def replacing(pattern: str, kind: str, group: int = 0) -> MaskStep:
    """A step that masks one group of every match."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def step(text: str, found: FoundKinds) -> str:
        def replace(match: re.Match[str]) -> str:
            found[kind] = None
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            whole = match.group()
            return f"{whole[:start]}[{kind}]{whole[end:]}"

        return compiled.sub(replace, text)

    return step
