"""A file that cannot be read names the line where the mistake stands, and how it is mended."""

from pathlib import Path

import pytest

from bot.knowledge.reading.document import parse
from bot.knowledge.reading.loader import read

FILE = """\
id: ktp-hilang
nama: KTP-el hilang
alur:
  - Buat surat kehilangan.
  - Isi F-1.02.
  - Ambil KTP.
waktu:
  keterangan: 'Target nasional: jadi dalam 1 jam, paling lama
    24 jam.'
biaya:
  rupiah: 0
  keterangan: Gratis.
  dasar: UU 24/2013
produk: KTP-el pengganti
formulir: [F-1.02]
diperbarui: 2026-11-24
"""

MISTAKES = [
    ("  - Isi F", "  - 'Isi F", 5, "tanda kutip pembuka tidak ditutup. Tambahkan ' di akhir"),
    ("24 jam.'", "24 jam.", 8, "tanda kutip pembuka tidak ditutup"),
    ("produk: KTP", "produk KTP", 14, "titik dua sesudah `produk` hilang"),
    ("produk: KTP", "produk:KTP", 14, "sesudah `produk:` harus ada spasi"),
    ("[F-1.02]", "[F-1.02", 15, "kurung `[` tidak ditutup"),
    ("  - Isi F", "  -Isi F", 5, "sesudah tanda hubung harus ada spasi"),
    ("  - Isi F", "  • Isi F", 5, "butir daftar harus diawali tanda hubung"),
    ("produk: KTP", "produk: @KTP", 14, "nilai tidak boleh diawali `@`"),
    ("produk: KTP", "produk: %KTP", 14, "nilai tidak boleh diawali `%`"),
    ("produk: KTP-el pengganti", "produk: 'KTP-el' pengganti", 14, "ada tulisan sesudah tanda kutip penutup"),
    ("produk: KTP", "<<<<<<< HEAD\nproduk: KTP", 14, "sisa penggabungan dua versi"),
    ("  - Isi F", " - Isi F", 5, "awal baris ini tidak lurus"),
    ("  - Isi F", "    - Isi F", 5, "terbaca sebagai sambungan baris di atasnya"),
    ("  rupiah: 0", " rupiah: 0", 11, "awal baris ini tidak lurus"),
    ("  keterangan: Gratis", "    keterangan: Gratis", 12, "menjorok terlalu jauh"),
    ("  rupiah: 0", "\u00a0 rupiah: 0", 11, "spasi khusus"),
    ("  rupiah: 0", "\trupiah: 0", 11, "ada tab di awal baris. Pakai spasi."),
    ("  - Ambil KTP.", "  - Ambil: KTP: di loket.", 6, "ada titik dua di dalam kalimat"),
    ("'Target", "‘Target", 8, "tanda kutip lengkung"),
    ("  - Ambil KTP.", "  - Ambil KTP di loket #3.", 6, "tanda ` #` memotong kalimat"),
    ("'Target nasional: jadi dalam 1 jam, paling lama", "Jadi Jum'at, kata 'kami',", 9, "sisa kalimat lama?"),
    ("KTP-el hilang", "“Ganti KTP hilang”", 2, "tanda kutip lengkung (‘ ’ “ ”) tidak mengapit"),
    ("  - Ambil KTP.", "  - ‘Ambil KTP Jum’at.’", 6, "tanda kutip lengkung (‘ ’ “ ”) tidak mengapit"),
    ("[F-1.02]", "[F-1.01, “F-1.02”]", 15, "tanda kutip lengkung (‘ ’ “ ”) tidak mengapit"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), MISTAKES, ids=[one[3] for one in MISTAKES])
def test_a_mistake_in_the_form_is_named_on_its_own_line_with_its_cure(
    old: str, new: str, line: int, message: str
) -> None:
    assert FILE.count(old) == 1
    problems = parse(FILE.replace(old, new).encode()).problems
    assert [(one.line, message in str(one)) for one in problems] == [(line, True)], problems


def test_remarks_after_two_spaces_and_text_over_several_lines_are_fine() -> None:
    text = FILE.replace("[F-1.02]", "[F-1.02]  # blangko").replace("Gratis.", "Gratis\n    untuk semua warga.  # UU")
    text = text.replace("Isi F-1.02.", "“Isi F-1.02”, bukan\n    ‘isian’ Jum'at atau 'F'")
    text = text.replace("pengganti", "“baru” atau “ganti”")
    document = parse(text.encode())
    assert document.problems == ()
    assert document.data["biaya"]["keterangan"] == "Gratis untuk semua warga."


KTP, HOLIDAYS = "dukcapil/ktp-hilang.yaml", "hari-libur.yaml"
SHAPES = [
    (KTP, "  - Fotokopi KK.", "  - Isi formulir: F-1.02.", "ada titik dua di dalam kalimat `syarat`. Apit"),
    (KTP, "biaya: {rupiah: 0,", "  biaya: {rupiah: 0,", "menjorok terlalu jauh"),
    (KTP, "diperbarui:", "waktu: 1 hari\ndiperbarui:", "misalnya `{keterangan: 1 hari kerja}`"),
    (KTP, "diperbarui:", "tanya_jawab:\n  - Boleh diwakilkan?\ndiperbarui:", "misalnya `- {t: Boleh diwakilkan?"),
    (KTP, "diperbarui:", "waktu:\n  keterangan: 1 hari\n  produk: KTP\ndiperbarui:", "Luruskan awal barisnya ke tepi"),
    (KTP, "diperbarui:", "output: KTP\ndiperbarui:", "kunci `output` tidak dikenal"),
    (KTP, "diperbarui:", "sumber: [{judul: UU, alamat: 'javascript:alert(1)'}]\ndiperbarui:", "harus diawali https://"),
    (HOLIDAYS, "libur:", "libur:\n  - {tanggal: 2026-01-02, nama: A, jenis: libur lokal}", "harus salah satu dari"),
    (HOLIDAYS, "libur:", "libur:\n  - {tanggal: 2027-01-01, nama: A}\n  - {tanggal: 2027-01-01, nama: B}", "dua kali"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), SHAPES, ids=[one[3] for one in SHAPES])
def test_a_value_of_the_wrong_shape_is_answered_with_an_example(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = read(folder).problems
    assert [str(one) for one in found if one.file == file and message in str(one)], found


def test_ya_and_tidak_are_a_clerks_yes_and_no(folder: Path) -> None:
    path = folder / HOLIDAYS
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("libur:", "libur:\n  - {tanggal: 2027-03-01, nama: A, perkiraan: ya}"), encoding="utf-8"
    )
    knowledge = read(folder).knowledge
    assert knowledge is not None
    assert [day.tentative for day in knowledge.holidays if day.name == "A"] == [True]


def test_closing_before_opening_is_refused(folder: Path) -> None:
    path = folder / "dukcapil/instansi.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "jam: {senin: {buka: '17.30', tutup: '16.00'}}\n", encoding="utf-8")
    assert any("jam tutup 16.00 harus sesudah jam buka 17.30" in str(one) for one in read(folder).problems)


def test_a_service_that_was_copied_is_told_in_a_few_lines(folder: Path) -> None:
    path = folder / KTP
    names = ", ".join(f"nama {number}" for number in range(20))
    text = path.read_text(encoding="utf-8").replace("[ktp hilang, ktp ilang]", f"[{names}]")
    path.write_text(text, encoding="utf-8")
    (folder / "dukcapil/ktp-salinan.yaml").write_text(text.replace("id: ktp-hilang", "id: ktp-salinan"), "utf-8")
    told = [str(one) for one in read(folder).problems if " sebutan " in str(one) or ": sebutan" in str(one)]
    assert len(told) == 3
    assert any("18 sebutan lagi sama dengan dukcapil/ktp-hilang.yaml." in one for one in told)
