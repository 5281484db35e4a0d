"""One value of a file changes; every other character stays."""

import copy
import random
from typing import Any

import pytest

from bot.authoring.changing.yaml_edit import EditError, edited
from bot.knowledge.reading.document import parse
from tests.conftest import REAL_KNOWLEDGE

FILE = """\
# Berkas contoh
id: ktp   # jangan diubah
sebutan: [ktp hilang, 'ktp: raib',
  ktp ilang]
syarat:
  # surat dulu
  - Surat kehilangan.   # dari polisi
  - Fotokopi KK.
biaya: {rupiah: 0, keterangan: Gratis.}
tanya_jawab:
  - t: Boleh diwakilkan?
    j: >
      Boleh, dengan
      surat kuasa.
  - t: Bayar?
    j: Tidak.

# yang terakhir
diperbarui: 2026-11-24
"""


def said(text: str) -> dict[str, Any]:
    document = parse(text.encode())
    assert document.problems == ()
    return document.data


def change(path: list[str | int], value: Any) -> str:
    data = said(FILE)
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return edited(FILE.encode(), data).decode()


CHANGES = [
    pytest.param(["syarat", 0], "Surat polisi.", "Surat kehilangan.   # dari", "Surat polisi.   # dari", id="item"),
    pytest.param(["syarat"], ["Fotokopi KK."], "  - Surat kehilangan.   # dari polisi\n", "", id="item gone"),
    pytest.param(
        ["syarat"],
        ["Surat kehilangan.", "Foto.", "Fotokopi KK."],
        "# dari polisi\n",
        "# dari polisi\n  - Foto.\n",
        id="item more",
    ),
    pytest.param(["sebutan", 1], "a, b", "'ktp: raib'", "'a, b'", id="item in brackets"),
    pytest.param(["sebutan"], ["ktp hilang", "ktp: raib"], ",\n  ktp ilang]", "]", id="item in brackets gone"),
    pytest.param(
        ["sebutan"], ["ktp hilang", "ktp: raib", "ktp ilang", "baru"], "ilang]", "ilang, baru]", id="in brackets more"
    ),
    pytest.param(["biaya", "rupiah"], "5000", "rupiah: 0", "rupiah: 5000", id="value in braces"),
    pytest.param(["biaya"], {"keterangan": "Gratis."}, "rupiah: 0, ", "", id="key in braces gone"),
    pytest.param(["biaya", "dasar"], "UU 1: a", "Gratis.}", "Gratis., dasar: 'UU 1: a'}", id="key in braces more"),
    pytest.param(
        ["tanya_jawab", 0, "j"], "Boleh.", ">\n      Boleh, dengan\n      surat kuasa.", "Boleh.", id="block text"
    ),
    pytest.param(
        ["produk"], "KTP-el", "diperbarui: 2026-11-24\n", "diperbarui: 2026-11-24\nproduk: KTP-el\n", id="key"
    ),
]


@pytest.mark.parametrize(("path", "value", "old", "new"), CHANGES)
def test_only_what_changed_is_written_anew(path: list[str | int], value: Any, old: str, new: str) -> None:
    assert change(path, value) == FILE.replace(old, new, 1)


def test_a_file_that_says_it_already_is_left_alone() -> None:
    assert edited(FILE.encode(), said(FILE)) == FILE.encode()


def test_a_new_key_takes_its_usual_place() -> None:
    data = {**said(FILE), "alur": ["Datang.", "Pulang."]}
    new = edited(FILE.encode(), data, ("id", "sebutan", "syarat", "alur", "biaya")).decode()
    assert new == FILE.replace("KK.\n", "KK.\nalur:\n  - Datang.\n  - Pulang.\n", 1)


def test_line_ends_and_byte_order_mark_of_windows_stay() -> None:
    raw = b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()
    data = said(FILE)
    data["syarat"].append("Foto.")
    new = edited(raw, data)
    assert new == raw.replace(b"KK.\r\n", b"KK.\r\n  - Foto.\r\n", 1)


def test_a_long_text_is_folded_below_its_key() -> None:
    new = change(["syarat", 1], "Fotokopi " + "kartu keluarga " * 12)
    assert max(len(line) for line in new.splitlines()) <= 118
    assert said(new)["syarat"][1] == "Fotokopi " + "kartu keluarga " * 12


def test_a_copy_by_name_cannot_be_edited_in_place() -> None:
    with pytest.raises(EditError):
        edited(b"a: &x [satu]\nb: *x\n", {"a": ["satu"], "b": ["dua"]})


ODD = [
    "baru",
    "a: b # c",
    "- x",
    "'q\"",
    "10.30",
    "true",
    "",
    "é–, [z]{",
    "{a}",
    "*x",
    "&y",
    "@a",
    "%b",
    "satu\ndua",
    " x",
]


@pytest.mark.parametrize("seed", range(3))
def test_any_change_of_the_real_files_is_made_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    files = sorted(REAL_KNOWLEDGE.glob("*/*.yaml"))
    for path in chance.sample(files, 40):
        raw = path.read_bytes()
        data = parse(raw).data
        new = copy.deepcopy(data)
        for _ in range(3):
            _change_somewhere(new, chance)
        assert parse(edited(raw, new)).data == new


def _change_somewhere(data: Any, chance: random.Random) -> None:
    key = chance.choice(list(data) if isinstance(data, dict) else range(len(data)))
    if isinstance(data[key], dict | list) and data[key] and chance.random() < 0.8:
        _change_somewhere(data[key], chance)
    elif isinstance(data, list) and chance.random() < 0.5:
        data.insert(key, {"t": chance.choice(ODD), "l": ["a"]} if isinstance(data[0], dict) else chance.choice(ODD))
    elif isinstance(data[key], str) and chance.random() < 0.5:
        data[key] = chance.choice(ODD)
    elif len(data) > 1:
        del data[key]


def test_a_question_mark_inside_brackets_is_edited_too() -> None:
    raw = "tanya_jawab:\n  - {t: Bayar?, j: Tidak – gratis.}\n".encode()
    new = {"tanya_jawab": [{"t": "Bayar?", "j": "Ya."}]}
    assert edited(raw, new) == b"tanya_jawab:\n  - {t: Bayar?, j: Ya.}\n"
