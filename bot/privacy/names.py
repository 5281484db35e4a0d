"""Which words are a person's name? Those that follow "nama saya", "atas nama", "a.n." and the like."""

import re
from itertools import takewhile

from bot.privacy.kinds import NAME, replaced

_OWNER = "saya|sy|aku|gua|gue|gw|ku|(?:anak|suami|istri|isteri|bapak|ibu|ayah|mama|adik|kakak) (?:saya|sy|aku|gua|gue)"
_LEAD = re.compile(
    rf"(?:\bnama (?:lengkap )?(?:{_OWNER})\b|\bnamaku\b|\bmy name is\b|\batas nama\b|\ba\.? ?/? ?n\.|\ba ?/ ?n\b"
    r"|\b(?:perkenalkan,? (?:saya|aku)|nama (?:anak|bayi|suami|istri|ibu|ayah|bapak)) (?=(?-i:[A-Z][a-z]))"
    r"|\ban\. |\ban (?=(?-i:[A-Z][a-z]+ [A-Z][a-z]+))|(?<!balik )\bnama(?: lengkap)? ?[:=] ?)"
    r"[ :=,]*(?:adalah |itu |yaitu )?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_MOST_WORDS = 4
# A verb or a noun with its ending, not a name: "dikeluarkan", "dicoret", "terlewat", "pemiliknya".
_INFLECTED = re.compile(
    r"di\w{4,}(?:kan|in|i|an)|di(?:ganti|ubah|[bchjkpst]\w{3,})|ter[bcdghjklmnpstw]\w{3,}|ke\w{5,}an|nya[nps]\w{3,}"
    r"|(?:meng|meny|mem|men|per)\w{4,}(?:kan|i)|\w{3,}ny[ae]"
)
_NOT_NAMES = frozenset(
    """saya sy aku gua gue gw ku kami kita dia beliau mereka di ke dari pada dalam dan atau yang yg ini itu tersebut
    salah beda berbeda kurang lebih typo keliru tidak tdk tak ga gak ngga nggak kaga engga kok ada ade sudah
    udah udh sdh belum blm blom jadi menjadi kenapa kena huruf ganti ganda dobel double sama dengan dgn dg bukan
    cuma hanya masih msh mau ingin pengen pengin bisa boleh harus buat bikin ngurus urus cetak ktp kk akta akte
    kartu kia nik ijazah paspor buku nikah surat sertifikat tanah rumah motor mobil usaha perusahaan pt cv toko
    orang orangtua ortu ibu bapak ayah mama papa anak istri isteri suami almarhum almarhumah alm kakek nenek
    saudara adik kakak keluarga ahli waris pemilik pembeli penjual pewaris wali yayasan koperasi apotek klinik
    sekolah badan kelompok pribadi sendiri lain siapa apa berapa bagaimana gimana gmn kapan dimana mana tolong
    mohon minta apakah tertulis ditulis terdaftar tercantum tercatat hilang ilang raib rusak hapus keluar masuk
    muncul berubah lahir tinggal warga domisili karena krn untuk utk biar supaya agar kalau kalo klo tapi tp
    namun terus trus saat waktu lagi sekarang dulu baru lama panjang pendek pasaran jelek bagus aneh susah depan
    tengah belakang asli resmi instansi desa kelurahan kecamatan sampai sampe sesuai cocok disitu disini perlu
    dapat dapet dpt ikut juga satu dua tiga empat aktif terlalu malah memang emang mungkin ternyata tetap tetep pernah
    pindah blokir lengkap valid double data nomor panggilan marga gelar sering selalu bupati camat lurah kantor rakyat
    negara pemerintah pemda kepala ketua pakai pake ya dong sih nih deh lho pak bu kak min mas mbak bang""".split()  # noqa: SIM905 - a list of two hundred strings is no easier to read
)


def mask_names(text: str) -> str:
    """Mask the names that are introduced as such."""
    names = ((lead.end(), _name_end(text, lead.end()), NAME) for lead in _LEAD.finditer(text))
    return replaced(text, (name for name in names if name[1] > name[0]))


def _name_end(text: str, start: int) -> int:
    """Where the name that starts here ends; the start itself when none does."""
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start):
        gap = text[words[-1].end() if words else start : word.start()]
        if gap.strip(" ") or len(words) == _MOST_WORDS or not _may_be_name(word.group()):
            break
        words.append(word)
    if any(w.group()[0].isupper() for w in words) and not text.isupper():
        # Up to the last of the first capitalised stretch: "Budi Santoso mau …" ends before "mau".
        words[1:] = takewhile(lambda w: w.group()[0].isupper(), words[1:])
    return words[-1].end() if words else start


def _may_be_name(word: str) -> bool:
    plain = word.rstrip(".").casefold()
    return plain not in _NOT_NAMES and not (word.islower() and _INFLECTED.fullmatch(plain))
