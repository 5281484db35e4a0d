"""A small change touches its own key; every other byte of the clerk's file stays."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.changing.small_changes import noticed, put_back, unnoticed, with_phrase, withdrawn
from bot.errors import KnowledgeError
from bot.knowledge.reading.document import parse
from tests.conftest import REAL_KNOWLEDGE

DAY = date(2026, 12, 1)
FILE = """\
# Diubah Budi, tanyakan dulu
id: ktp-hilang
nama: 'KTP: hilang'   # judul
sebutan: [ktp hilang, ktp ilang]
contoh:
  # dari loket
  - dompet saya jatuh

  - ktp raib
# harga menurut UU
biaya: {rupiah: 0}  # gratis
sumber:
- judul: Perpres
diperbarui: 2026-11-24
"""
SHIPPED = [one for one in sorted(REAL_KNOWLEDGE.glob("*/*-*.yaml")) if b"\nditarik:" not in one.read_bytes()]


def test_a_notice_takes_its_usual_place_and_nothing_else_moves() -> None:
    lines = "pemberitahuan:\n  isi: 'Loket tutup: ada pemindahan.'\n  sampai: 2026-12-01\n"
    after = noticed(FILE.encode(), "Loket tutup: ada\n pemindahan.", DAY).decode()
    assert after.replace('"', "'") == FILE.replace("sumber:\n", lines + "sumber:\n")


def test_a_notice_put_in_and_taken_out_leaves_the_file_as_it_was() -> None:
    assert unnoticed(noticed(FILE.encode(), "Loket tutup.", DAY)) == FILE.encode()


def test_a_new_notice_takes_the_place_of_the_old_one() -> None:
    twice = noticed(noticed(FILE.encode(), "Loket tutup.", DAY), "Loket buka.", DAY)
    assert twice == noticed(FILE.encode(), "Loket buka.", DAY)


def test_putting_back_what_was_not_withdrawn_changes_nothing() -> None:
    assert put_back(FILE.encode()) == FILE.encode()


def test_a_phrase_is_added_to_a_list_in_brackets() -> None:
    after = with_phrase(FILE.encode(), "sebutan", "ktp raib").decode()
    assert after == FILE.replace("ktp ilang]", "ktp ilang, ktp raib]")


def test_a_phrase_is_added_to_a_list_of_lines() -> None:
    after = with_phrase(FILE.encode(), "contoh", "  ktp\nkecebur ").decode()
    assert after == FILE.replace("- ktp raib\n", "- ktp raib\n  - ktp kecebur\n")


def test_a_list_that_is_missing_is_begun() -> None:
    after = with_phrase(b"id: a\nnama: A\ndiperbarui: 2026-11-24\n", "sebutan", "kartu a")
    assert parse(after).data == {"id": "a", "nama": "A", "sebutan": ["kartu a"], "diperbarui": "2026-11-24"}


def test_line_ends_and_the_byte_order_mark_of_windows_stay() -> None:
    windows = b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()
    assert with_phrase(windows, "sebutan", "ktp raib") == windows.replace(b"ilang]", b"ilang, ktp raib]")
    assert unnoticed(noticed(windows, "Loket tutup.", DAY)) == windows


def test_a_file_that_cannot_be_changed_in_place_is_refused_with_what_to_do() -> None:
    with pytest.raises(KnowledgeError, match="tidak dapat diubah otomatis"):
        with_phrase(b"id: a\ncontoh: &c [x]\nsebutan: *c\n", "contoh", "y")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_can_be_changed_and_changed_back(path: Path) -> None:
    raw = path.read_bytes()
    changed = withdrawn(raw, "Sedang diperbaiki: nanti.", DAY)
    assert parse(changed).data["ditarik"] == {"alasan": "Sedang diperbaiki: nanti.", "sejak": "2026-12-01"}
    assert put_back(changed) == raw
    assert parse(with_phrase(raw, "contoh", "apa: ini?")).data["contoh"][-1] == "apa: ini?"
    assert parse(with_phrase(raw, "sebutan", "apa, ini?")).data["sebutan"][-1] == "apa, ini?"
