"""Personal data goes, everything else stays."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.reading.loader import load
from bot.privacy import MAX_CHARACTERS, mask, pseudonym
from tests.conftest import REAL_KNOWLEDGE
from tests.planted import SURE, plant

LOOK_ALIKES = (
    "UU 24 Tahun 2013 tentang adminduk",
    "UU No. 25/2009 pasal 21",
    "Perpres 96/2018 dan Permendagri 108/2019",
    "Permenpan RB 15/2014",
    "Perda Kabupaten Tangerang Nomor 1 Tahun 2024",
    "putusan MK 46/PUU-VIII/2010",
    "pasal 95B UU 24/2013",
    "denda Rp50.000",
    "biayanya 1.500.000 ya?",
    "kena Rp 2.750.000.000 buat pabrik",
    "bayar 10000 katanya gratis",
    "modal usaha 500.000.000",
    "harga tanah 12.500.000 per meter",
    "diminta 150rb sama calo",
    "buka tanggal 24-11-2026?",
    "libur 17 Agustus 2026 buka ga",
    "antrian tanggal 2026-11-24 jam 08.00",
    "jam 07.30-16.00",
    "tahun 2019 2020 2021 2022",
    "pajak 2021-2022-2023-2024",
    "formulir F-1.02 dan F-2.01",
    "isi F-1.01 di mana",
    "KBLI 56101 restoran",
    "nomor antrian A123",
    "antrian B045 dipanggil kapan",
    "telepon 112 atau 119",
    "hubungi 110",
    "call center 1500-537",
    "halo BPJS 165",
    "lapor 1708",
    "SMS 1708",
    "sekolah di SDN 3 Cikupa",
    "SMAN 12 Tangerang",
    "kelas 3 SD umur 9 tahun",
    "anak umur 17 tahun 2 bulan",
    "jumlah 4 orang dalam 1 KK",
    "ukuran foto 3x4 2 lembar",
    "map merah 2 biji",
    "materai 10000",
    "usia kandungan 36 minggu",
    "lulusan S1 PGSD",
    "seleksi P3K 2024",
    "daftar di BP3MI",
    "naik angkot R 11",
    "HVS A4 70 gram",
    "dokumen format PDF maks 2 MB",
    "balik nama sertifikat",
    "balik nama: cek fisik dulu",
    "nama saya salah di ktp",
    "nama saya kurang satu huruf",
    "nama saya beda di akta dan ijazah",
    "nama anak saya salah ketik",
    "nama gua jelek mau diganti",
    "nama saya hilang dari daftar bansos",
    "nama saya ilang dari penerima sembako",
    "nama saya dapat bantuan",
    "nama saya dicatut partai",
    "nama saya dicoret dari penerima",
    "nama saya terlalu panjang",
    "nama saya ketinggalan satu huruf",
    "nama saya nyangkut di kk mantan",
    "nama saya dua kata",
    "nama anak Salah di akta",
    "surat atas nama bupati",
    "atas nama orang tua",
    "atas nama beliau yang sudah wafat",
    "atas nama perusahaan",
    "atas nama yayasan perlu ga",
    "rekening listriknya masih atas nama pemilik sebelumnya",
    "nama saya dikeluarkan dari kk",
    "nama ayah di akta kosong",
    "tambah nama marga di belakang nama saya bisa?",
    "ganti nama di paspor",
    "how do I get an NIB",
    "where can I apply for an Indonesian passport",
    "an Islamic wedding at the KUA",
    "jalan raya rusak lapor kemana",
    "jalan rusak di Cisoka",
    "banjir di Jalan Raya Kresek KM 3",
    "kecelakaan di jl raya serang km 20",
    "kantornya di jalan apa",
    "alamat dukcapil di mana",
    "gang sempit ga bisa mobil masuk",
    "perumahan baru belum ada fasum",
    "pak rt tidak mau tanda tangan",
    "surat pengantar rt rw masih perlu?",
    "pengantar RT/RW",
    "lahir di rumah bidan",
    "anak lahir bulan lalu",
    "akta lahir anak 0-18 tahun",
    "telat lapor 60 hari sejak lahir",
    "lahir tahun 1998 belum punya ktp",
    "kartu keluarga barcode",
    "NIK tidak ditemukan",
    "nik ga aktif",
    "npwp online",
    "bpjs kelas 3 naik ke kelas 2",
    "pasang listrik 1300 VA",
    "tegangan 900 VA token",
    "luas tanah 120 m2 bangunan 72 m2",
    "gedung 4 lantai 1200 meter",
    "kode pos 15710",
    "versi 2.1.0 aplikasi",
    "nomor 1 sampai 10",
    "dua tiga hari lagi, umur tujuh belas tahun",
    "satu dua tiga empat lima enam tujuh",
    "surat nomor 0812/123/2024",
    "beras @ 12.500 dan gula @ 15.000",
    "look at tangerangkab.go.id",
    "lapor ke @kabtangerang. terima kasih",
    "email dinas tangerangkab.go.id",
    "website https://tangerangkab.go.id",
    "twitter @kabtangerang",
    "paspor hilang",
    "paspor 48 halaman biaya 650.000",
    "SIM A dan SIM C",
    "plat nomor mati 2 tahun",
    "pajak motor 5 tahunan",
    "motor 150 cc",
    "tilang ETLE",
    "PP 128/2015",
    "100 ribu 200 ribu",
    "jam 08.00-15.00, 08.00-11.30",
    "UU 24/2013, 23/2006, 1/2024",
    "Perda 1/2024, 11/2011, 4/2020",
    "tahun 2019, 2020, 2021, 2022",
    "pasal 11, 12, 13, 14, 15, 16, 17, 18",
    "buka 1/2/3/4/5/6/7/8/9/10/11/12/13",
)
_CODE = "3603011708900001"
_PARTS = ("3603", "0117", "0890", "0001")


@pytest.mark.parametrize(
    "gap", ["/", ",", ":", "|", "    ", " / ", ", ", "\u0332", "\u3164", "\u2800", "\u034f", "_", "•"]
)
def test_a_nik_is_masked_whatever_stands_between_its_digits(gap):
    for written in (gap.join(_PARTS), gap.join(_CODE), gap.join((_CODE[:6], _CODE[6:12], _CODE[12:]))):
        masked = mask(f"ktp saya {written} hilang")
        assert (masked.text, masked.found) == ("ktp saya [NIK] hilang", ("NIK",))


@pytest.mark.parametrize("zero", ["\u0660", "\u06f0", "\u0966", "\u09e6", "\u0e50", "\u1b50", "\ua9d0", "\U0001d7ce"])
def test_a_nik_in_the_digits_of_any_script_is_masked(zero):
    written = "".join(chr(ord(zero) + int(digit)) for digit in _CODE)
    assert mask(f"nik {written}").text == "nik [NIK]"


def test_a_nik_with_different_signs_is_masked_where_it_is_called_one():
    assert mask("nik: 3603/0117, 0890|0001 hilang").text == "nik: [NIK] hilang"


def test_planted_personal_data_does_not_get_through():
    leaks, planted = Counter(), Counter()
    for one in plant(seed=7):
        planted[one.kind] += 1
        leaks[one.kind] += one.leaked(mask(one.text).text)
    assert sum(planted.values()) >= 300
    assert {kind for kind, count in leaks.items() if count > (0 if kind in SURE else 0.01 * planted[kind])} == set()


def test_what_was_found_is_named():
    named = [one.kind in mask(one.text).found for one in plant(seed=8)]
    assert sum(named) / len(named) >= 0.98


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_stay(text):
    assert mask(text).text == text


def test_the_questions_of_the_knowledge_stay():
    knowledge = load(REAL_KNOWLEDGE)
    questions = [text for one in knowledge.subjects.values() for text in (*one.names, *one.examples, *one.questions)]
    assert [text for text in questions if mask(text).found] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("nik saya 3603121209900001 mau cetak ktp", "nik saya [NIK] mau cetak ktp"),
        ("KTP 3603 1212 0990 0001, KK 3603.1212.0990.0002", "KTP [NIK], KK [nomor KK]"),
        ("36O312I209900OO1", "[NIK]"),
        ("nik\n360312\n120990\n0001", "nik\n[NIK]"),
        ("1. 0812-3456-7890\n2. budi@contoh.co.id", "1. [telepon]\n2. [surel]"),
        ("+62 812 3456 7890", "[telepon]"),
        ("a.n. Budi Santoso mau ambil ktp", "a.n. [nama] mau ambil ktp"),
        ("nama saya budi santoso", "nama saya [nama]"),
        ("Jl. Melati No. 5 RT 01/RW 02 Cikupa", "[alamat] Cikupa"),
        ("lahir 12 Januari 1990", "lahir [tanggal lahir]"),
        ("npwp 09.254.294.3-407.000", "npwp [NPWP]"),
        ("\uff13\uff16\uff10\uff13\uff11\uff12\uff11\uff12\uff10\uff19\uff19\uff10\uff10\uff10\uff10\uff11", "[NIK]"),
        ("3603\u200b1212\u200b0990\u200b0001", "[NIK]"),
    ],
)
def test_only_the_secret_is_replaced(text, masked):
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("jalan berlubang di Jl. Raya Mauk No 12", "jalan berlubang di Jl. Raya Mauk [alamat]"),
        ("lampu jalan mati di jalan raya cikupa no 7", "lampu jalan mati di jalan raya cikupa [alamat]"),
        ("kantor dukcapil di Jl. H. Abdul Hamid No 1 kan", "kantor dukcapil di Jl. H. Abdul Hamid [alamat] kan"),
        ("banjir sampai rumah saya di Jl. Melati No 5", "banjir sampai rumah saya di [alamat]"),
        ("saya tinggal di Jl Raya Serang No 45 mau pindah", "saya tinggal di [alamat] mau pindah"),
        ("ktp rusak, alamat jl melati no 5", "ktp rusak, alamat [alamat]"),
        ("Jl. Raya Serang KM 12 No 4", "[alamat]"),
    ],
)
def test_the_street_stays_where_it_is_what_is_spoken_of(text, masked):
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("nik tiga enam nol tiga nol satu satu tujuh nol delapan sembilan nol nol nol nol satu", "nik [NIK]"),
        ("nik 3603 nol satu 1708 sembilan nol 0001 hilang", "nik [NIK] hilang"),
        ("kk tiga enam kosong tiga, 0117, delapan satu lima nol, nol nol nol satu", "kk [nomor KK]"),
        ("hp kosong-delapan-satu-tiga-dua-dua-tiga-tiga-empat-empat-lima-lima ya", "hp [telepon] ya"),
        ("hp 0812/3456/7890", "hp [telepon]"),
        ("0812 3456 7890 satu lagi", "[telepon] satu lagi"),
        ("surel budi @ gmail . com", "surel [surel]"),
        ("surel budi(at)contoh.id", "surel [surel]"),
        ("surel budi at gmail dot com", "surel [surel]"),
        ("lahir 1990-08-17", "lahir [tanggal lahir]"),
        ("tanggal lahir 17081990", "tanggal lahir [tanggal lahir]"),
        ("born on 17 August 1990", "born on [tanggal lahir]"),
        ("perkenalkan saya Siti Nurhaliza", "perkenalkan saya [nama]"),
        ("nama anak Muhammad Rizky", "nama anak [nama]"),
    ],
)
def test_what_is_spelled_in_an_odd_way_is_found(text, masked):
    assert mask(text).text == masked


def test_kinds_come_once_and_in_their_order():
    assert mask("budi@contoh.id, 0812 3456 7890 atau 0813 3456 7890").found == ("telepon", "surel")


def test_masking_twice_changes_nothing():
    once = [mask(one.text) for one in plant(seed=9, surroundings=60)]
    assert [mask(one.text) for one in once] == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_masked(text):
    once = mask(text).text
    assert mask(once).text == once
    assert len(once) <= MAX_CHARACTERS * 2


@pytest.mark.parametrize("text", ["1.000 " * 600, "B 1 " * 900, "jl a " * 800, "nama saya Budi " * 200, "rt 1 " * 400])
def test_long_texts_full_of_beginnings_are_masked_whole(text):
    assert mask(text).text == mask(mask(text).text).text


def test_a_pseudonym_needs_the_key():
    assert pseudonym(b"kunci", 42) == pseudonym(b"kunci", 42) != pseudonym(b"lain", 42)
    assert len(pseudonym(b"kunci", 42)) == 16


def test_random_digits_in_a_sentence_are_no_identity_number():
    rng = random.Random(3)
    texts = [
        f"antrian ke {rng.randint(1, 9999)} jam {rng.randint(0, 23):02}.{rng.randint(0, 59):02}" for _ in range(100)
    ]
    assert [text for text in texts if mask(text).found] == []
