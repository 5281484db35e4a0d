"""Which sentences must kalimat.yaml hold, and what does the bot fill into each?"""

from collections.abc import Iterator, Mapping
from string import Formatter

from bot.knowledge.document import Document
from bot.knowledge.phrases import Phrases
from bot.knowledge.problems import Problem, nearest

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "percakapan": {
        "salam": "daerah",
        "sama_sama": "",
        "maksudnya_yang_mana": "",
        "maksudnya_ini": "nama",
    },
    "bantuan": {
        "judul": "",
        "isi": "daerah",
        "contoh_judul": "",
        "contoh": "",
        "data_pribadi": "",
        "pilih_instansi": "",
        "pilih_layanan": "",
        "pilih_layanan_halaman": "halaman semua",
        "tombol_lama": "",
    },
    "aspek": {
        "syarat": "",
        "alur": "",
        "waktu": "",
        "biaya": "",
        "produk": "",
        "lokasi": "",
        "jam": "",
        "kontak": "",
        "online": "",
        "formulir": "",
        "dasar_hukum": "",
        "pengaduan": "",
        "umum": "",
    },
    "jawaban": {
        "belum": "",
        "tanyakan": "instansi",
        "di": "alamat",
        "lewat_situs": "alamat",
        "lewat_wa": "nomor",
        "lewat_telepon": "nomor",
        "paling_lama": "waktu",
        "syarat_menurut": "",
        "untuk_varian": "bagian varian",
        "catatan": "",
        "pemberitahuan": "",
        "ditarik": "sejak alasan",
        "perlu_ditinjau": "tanggal",
        "sumber": "daftar",
        "diperbarui": "tanggal",
    },
    "biaya": {
        "gratis": "",
        "gratis_menurut": "dasar",
        "kata_gratis": "",
        "dasar": "dasar",
        "kisaran": "dari sampai",
        "baris": "untuk jumlah",
        "pungutan": "jalur",
    },
    "kontak": {
        "telepon": "nomor",
        "wa": "isi",
        "surel": "isi",
        "situs": "isi",
        "tanpa_telepon": "instansi",
    },
    "instansi": {
        "pilih": "",
        "tiap_layanan": "",
    },
    "rujukan": {
        "lembaga": "",
        "alamat": "alamat",
        "belum": "",
    },
    "jam": {
        "kata_hari_ini": "",
        "kata_besok": "",
        "kata_lusa": "",
        "kata_hari_libur": "",
        "baris": "hari jam",
        "rentang": "awal akhir",
        "buka": "buka tutup",
        "buka_istirahat": "buka tutup istirahat sampai",
        "selain_itu": "",
        "hari_dekat": "kata tanggal",
        "pada_hari": "hari jam",
        "tutup": "hari",
        "libur": "hari nama",
        "libur_jenis": "hari nama jenis",
        "sedang_buka": "jam tutup",
        "sedang_istirahat": "jam sampai",
        "belum_buka": "jam buka",
        "sudah_tutup": "jam",
        "buka_lagi": "hari buka",
        "hari_libur_tutup": "",
        "libur_terdekat": "tanggal nama",
        "perkiraan": "",
        "umum": "",
    },
    "penolakan": {
        "belum_paham": "",
        "bukan_urusan": "",
        "bukan_semuanya": "",
        "topik": "daerah",
        "terdekat": "",
        "berkas_sendiri": "",
        "bukan_daerah_ini": "daerah tempat",
        "daerah_lain": "",
        "tanya_di_sana": "",
        "aturan_di_sini": "daerah",
    },
    "darurat": {
        "judul": "nomor",
        "umum": "",
        "baris": "nomor nama",
        "sebutkan": "",
    },
    "petugas": {
        "pembuka": "",
        "belum_paham_lagi": "",
    },
    "tombol": {
        "bukan": "",
        "bukan_semuanya": "",
        "semua_layanan": "",
        "rujukan": "",
        "petugas": "",
        "kantor": "",
        "layanan_instansi": "instansi",
        "kontak_instansi": "instansi",
        "sebelumnya": "",
        "berikutnya": "",
    },
    "nilai": {
        "baik": "",
        "buruk": "",
        "kenapa": "",
        "terima_kasih": "",
        "dicatat": "",
        "salah_layanan": "",
        "kurang_lengkap": "",
        "sudah_berubah": "",
        "tidak_paham": "",
    },
    "angka": {
        "rupiah": "jumlah",
        "bulan": "",
        "hari": "",
        "dua": "awal akhir",
        "daftar": "awal akhir",
    },
}
"""By group and key: the places that are filled, separated by spaces. A test holds this to what the code says."""


def check(phrases: Phrases, documents: Mapping[str, Document], file: str) -> list[Problem]:
    """Every sentence that is missing, unknown, or has a place that nothing fills.

    Args:
        phrases: The sentences as read; groups that are not listed here are their users' own affair.
        documents: The files, for the lines.
        file: Its path below the knowledge folder.
    """
    return [
        *_missing(phrases, documents, file),
        *_unknown(phrases, documents, file),
        *_unfilled(phrases, documents, file),
    ]


def _missing(phrases: Phrases, documents: Mapping[str, Document], file: str) -> Iterator[Problem]:
    for group, keys in SENTENCES.items():
        for key in keys:
            if f"{group}.{key}" not in phrases.sentences:
                yield Problem(file, documents[file].line([group]), f"kalimat `{key}` wajib ada di kelompok `{group}`.")


def _unknown(phrases: Phrases, documents: Mapping[str, Document], file: str) -> Iterator[Problem]:
    for name in phrases.sentences:
        group, _, key = name.partition(".")
        if group in SENTENCES and key not in SENTENCES[group]:
            near = nearest(key, list(SENTENCES[group]))
            hint = f"Mungkin maksudnya `{near}`." if near else ""
            yield Problem(file, documents[file].line([group, key]), f"kalimat `{key}` tidak dikenal.", hint)


def _unfilled(phrases: Phrases, documents: Mapping[str, Document], file: str) -> Iterator[Problem]:
    for name, text in phrases.sentences.items():
        group, _, key = name.partition(".")
        filled = SENTENCES.get(group, {}).get(key)
        if filled is None:
            continue
        wrong = _places(text) - set(filled.split())
        if wrong:
            allowed = ", ".join(f"{{{place}}}" for place in filled.split()) or "tidak ada"
            message = f"kalimat `{key}` memuat `{min(wrong)}` yang tidak diisi bot."
            yield Problem(file, documents[file].line([group, key]), message, f"Tempat isian yang boleh: {allowed}.")


def _places(text: str) -> set[str]:
    """Places of a sentence; a broken one is shown whole."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return {text}
    return {
        f"{{{name}}}" if not name.isidentifier() or spec or conversion else name
        for _, name, spec, conversion in parts
        if name is not None
    }
