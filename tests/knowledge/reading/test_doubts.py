"""What is hardly meant is shown before it is applied."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.doubts import warnings, warnings_of_change
from bot.knowledge.reading.loader import load

TODAY = date(2026, 11, 24)
DOUBTS = [
    ({"updated": date(2030, 1, 1)}, "`diperbarui` 2030-01-01 belum tiba"),
    ({"notice": {"isi": "Tutup.", "sampai": "2020-01-01"}}, "sudah lewat sejak 2020-01-01"),
    ({"cost": {"rupiah": 50000, "keterangan": "Gratis."}}, "mengatakan gratis"),
    ({"requirements": ["- KTP lama"]}, "butir `syarat` diawali tanda daftar"),
    ({"steps": ["1. Datang"]}, "butir `alur` diawali tanda daftar"),
    ({"steps": ["Telepon Budi 081234567890"]}, "pastikan bukan data pribadi"),
    ({"summary": "Untuk NIK 3603011203900001."}, "`ringkas` memuat NIK"),
    ({"faq": [{"t": "Contoh?", "j": "NIK 3603011203900001"}]}, "`tanya_jawab` memuat NIK"),
    ({"examples": ["nik saya 3603011203900001 hilang"]}, "`contoh` memuat NIK"),
    ({"sources": [], "questions": []}, "belum ada `uji`, `sumber`"),
    (
        {"confirmed": {"oleh": "Dukcapil", "tanggal": "2026-11-20", "isi": "00000000"}},
        "konfirmasi dinas 2026-11-20 gugur karena isinya berubah",
    ),
    (
        {"confirmed": {"oleh": "Dukcapil", "tanggal": "2026-11-20"}},
        "konfirmasi dinas 2026-11-20 gugur karena `diperbarui` sesudahnya (2026-11-24)",
    ),
    (
        {"duration": {"keterangan": "Paling lama 28 hari kerja.", "paling_lama": "45 hari kerja"}},
        "`paling_lama` 45 hari, tetapi `keterangan` mengatakan paling lama 28 hari",
    ),
    (
        {"cost": {"rincian": [{"untuk": "SIM A", "rupiah": 120000}], "keterangan": "Belum dipublikasikan."}},
        "`keterangan` mengatakan belum dipublikasikan",
    ),
    (
        {"cost": {"rupiah": 15000}, "notes": ["Tarifnya belum dipublikasikan.", "Tarif cetak belum dipublikasikan."]},
        "`catatan` mengatakan belum dipublikasikan",
    ),
    ({"faq": [{"t": "Cetak ulang?", "j": "Bisa, bayar Rp15.000."}]}, "tanya_jawab `Cetak ulang?` menyebut harga"),
    ({"cost": {"rupiah": 0}}, "gratis tanpa `dasar`"),
    ({"content_tests": [{"t": "ktp ilang", "memuat": ["gratis"]}]}, "baru ada satu `uji_isi`"),
    ({"variants": [{"judul": "Kosong", "sebutan": ["kosong"]}]}, "varian `Kosong` tidak berisi apa-apa"),
    (
        {
            "cost": {"rupiah": 0, "dasar": "UU", "sumber": ["Perda"]},
            "sources": [{"judul": "UU", "untuk": ["biaya"]}, {"judul": "Perda"}],
        },
        "`untuk: biaya` di sumber `UU` tidak berpengaruh",
    ),
    ({"variants": [{"judul": "WNA"}, {"judul": "WNA"}]}, "judul varian `WNA` dipakai dua kali"),
    ({"place": "Kecamatan"}, "ada `lokasi` tetapi tidak ada `jam`"),
    ({"hours": "Sesuai jam kantor."}, "mungkin maksudnya `jam: kantor`"),
    (
        {"cost": {"rupiah": 25000}, "faq": [{"t": "Bayar?", "j": "Gratis."}]},
        "ada tarif di `rupiah`, tetapi tanya_jawab `Bayar?` mengatakan gratis",
    ),
    ({"confirmed": {"oleh": "Kabid", "tanggal": "2026-11-24"}}, "`dikonfirmasi` tanpa `isi` baru gugur kalau"),
    ({"sources": [{"judul": "UU", "untuk": ["biaya"]}]}, "tidak ada sumber untuk: ringkas, syarat, waktu."),
    (
        {"sources": [{"judul": "UU", "untuk": ["biaya"]}], "faq": [{"t": "Boleh?", "j": "Ya."}]},
        "waktu, tanya_jawab `Boleh?`.",
    ),
]


@pytest.fixture
def knowledge(folder: Path) -> KnowledgeBase:
    return load(folder)


@pytest.mark.parametrize(("change", "said"), DOUBTS, ids=[said for _, said in DOUBTS])
def test_what_is_hardly_meant_is_named(knowledge: KnowledgeBase, change: dict[str, object], said: str) -> None:
    service = knowledge.services["ktp-hilang"]
    changed = type(service).model_validate(service.model_dump() | change)
    assert any(said in one for one in warnings(changed, TODAY))
    assert not any(said in one for one in warnings(service, TODAY)) or "uji" in said


def test_an_older_file_without_the_new_keys_is_read_and_told_what_to_add(knowledge: KnowledgeBase) -> None:
    said = warnings(knowledge.services["ktp-hilang"], TODAY)
    assert "belum ada `uji_isi`." in said
    assert any(one.startswith("`sumber` belum menyebut bagian yang dimuatnya; tambahkan") for one in said)


def test_what_every_source_covers_is_not_asked_for_again(knowledge: KnowledgeBase) -> None:
    service = knowledge.services["ktp-hilang"]
    sources = [{"judul": "UU", "untuk": ["ringkas", "syarat", "waktu", "biaya"]}]
    covered = type(service).model_validate(service.model_dump() | {"sources": sources})
    assert not any("sumber" in one for one in warnings(covered, TODAY))


NOT_DOUBTED = [
    {
        "duration": {
            "keterangan": "Paling lama 10 hari kerja, keberatan paling lama 30 hari kerja.",
            "paling_lama": "10 hari kerja, dapat diperpanjang 7 hari kerja",
        }
    },
    {"duration": {"keterangan": "Jadi dalam 1 jam, paling lama 24 jam.", "paling_lama": "24 jam sejak lengkap"}},
    {"cost": {"rupiah": 15000}, "notes": ["Jam buka loket tarif khusus. Alamatnya belum dipublikasikan."]},
    {"faq": [{"t": "Kena denda?", "j": "Undang-undang membolehkan denda paling banyak Rp1.000.000."}]},
    {"variants": [{"judul": "WNA", "catatan": ["Bawa paspor."]}]},
]


@pytest.mark.parametrize("change", NOT_DOUBTED)
def test_what_only_looks_like_a_contradiction_is_not_doubted(
    knowledge: KnowledgeBase, change: dict[str, object]
) -> None:
    service = knowledge.services["ktp-hilang"]
    changed = type(service).model_validate(service.model_dump() | change)
    assert set(warnings(changed, TODAY)) <= set(warnings(service, TODAY))


def test_only_what_a_change_brings_is_said(knowledge: KnowledgeBase) -> None:
    assert warnings_of_change(knowledge, knowledge, set(knowledge.files.values()), TODAY) == []
