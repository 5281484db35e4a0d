"""Which sheets does the workbook have, and which key of which file stands in which column?"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.knowledge.model import UNASKED

HEADING_ROWS = 2  # the titles people read, and the keys the import goes by
BASE_SHEET = "_dasar"  # hidden: the rows of each file when the workbook was made
LISTS_SHEET = "_daftar"  # hidden: what the drop-downs offer


class Owner(StrEnum):
    """What kind of file a row belongs to."""

    SERVICE = "layanan"
    AGENCY = "instansi"
    REFERRAL = "rujukan"
    HOLIDAYS = "libur"


class ColumnKind(StrEnum):
    """How a value is shown in a cell."""

    TEXT = "text"
    LINES = "lines"  # one item a line
    FEES = "fees"  # one tariff a line: "SIM A baru = 120000"
    HOURS = "hours"  # "07.30-16.00 (12.00-13.00)": the break stands in brackets
    NUMBER = "number"  # whole rupiah
    DATE = "date"


class Shape(StrEnum):
    """What a row is."""

    FILE = "file"  # one row a file
    ITEM = "item"  # one row an item of a list of groups
    PHRASE = "phrase"  # one row a sentence of one of the lists of sentences


@dataclass(frozen=True)
class Column:
    """One column; its key is the way to the value: ``biaya.rupiah``."""

    key: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 22  # letters
    choices: str = ""  # the drop-down's list: a key of ``CHOICES``, or "id", "instansi"

    @property
    def path(self) -> tuple[str, ...]:
        """Keys from the row's value to this one."""
        return tuple(self.key.split("."))


@dataclass(frozen=True)
class Sheet:
    """One sheet; its title is the sentence ``lembar.<key>``. The key of an ITEM sheet is that of its list."""

    key: str
    owners: tuple[Owner, ...]
    shape: Shape
    columns: tuple[Column, ...]

    @cached_property
    def own(self) -> tuple[Column, ...]:
        """Columns that stand for a value in the file (not those that only say whose row it is)."""
        return tuple(column for column in self.columns if column not in {ID, AGENCY, LIST})


PHRASE_LISTS = ("sebutan", "contoh", "uji")
CHOICES = {"jenis": PHRASE_LISTS, "perkiraan": ("ya", "tidak")}

ID = Column("id", width=24, choices="id")
AGENCY = Column("@instansi", width=14, choices="instansi")  # the folder; no key of the file
LIST = Column("@jenis", width=10, choices="jenis")  # which list of sentences


def _lines(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(key, ColumnKind.LINES, 44) for key in keys)


def _texts(*keys: str, width: int = 30) -> tuple[Column, ...]:
    return tuple(Column(key, width=width) for key in keys)


_TIME_AND_COST = (
    *_texts("waktu.keterangan", "waktu.paling_lama"),
    Column("biaya.rupiah", ColumnKind.NUMBER, 12),
    *_texts("biaya.keterangan", "biaya.dasar"),
    Column("biaya.rincian", ColumnKind.FEES, 34),
)
_SHARED_COMPONENTS = _lines(*UNASKED)  # complaints have a sheet of their own
_NOTICE = (Column("pemberitahuan.isi", width=30), Column("pemberitahuan.sampai", ColumnKind.DATE, 13))
_REVIEW = (Column("tinjau_sebelum", ColumnKind.DATE, 13), Column("diperbarui", ColumnKind.DATE, 13))
_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")

_ANYBODY = (Owner.SERVICE, Owner.AGENCY, Owner.REFERRAL)


def _files(owner: Owner, width: int, *columns: Column) -> Sheet:
    return Sheet(owner.value, (owner,), Shape.FILE, (Column("id", width=width), *columns))


def _items(key: str, owners: tuple[Owner, ...], *columns: Column) -> Sheet:
    return Sheet(key, owners, Shape.ITEM, (ID, *columns))


SHEETS = (
    _files(
        Owner.SERVICE,
        24,
        AGENCY,
        *_texts("nama", "ringkas"),
        *_lines("syarat", "alur"),
        *_TIME_AND_COST,
        *_texts("produk", "online", "lokasi", "jam", "kontak"),
        *_lines("formulir", "catatan", "dasar_hukum"),
        *_SHARED_COMPONENTS,
        *_NOTICE,
        Column("ditarik.alasan", width=30),
        Column("ditarik.sejak", ColumnKind.DATE, 13),
        *_REVIEW,
    ),
    _items(
        "varian",
        (Owner.SERVICE,),
        Column("judul", width=34),
        *_lines("sebutan", "syarat", "alur"),
        *_TIME_AND_COST,
    ),
    _items("tanya_jawab", _ANYBODY, Column("t", width=50), Column("j", width=80)),
    Sheet("kalimat", _ANYBODY, Shape.PHRASE, (ID, LIST, Column("kalimat", width=80))),
    _items("sumber", _ANYBODY, *_texts("judul", "alamat", width=60), Column("tanggal", width=13)),
    _items("pengaduan", (Owner.SERVICE, Owner.AGENCY), *_texts("saluran", "keterangan", width=50)),
    _files(
        Owner.AGENCY,
        16,
        *_texts("nama", "singkatan", "ringkas"),
        *_texts("whatsapp", "surel", "situs"),
        Column("jam.keterangan", width=40),
        *(Column(f"jam.{day}", ColumnKind.HOURS, 26) for day in _DAYS),
        Column("maklumat", width=40),
        *_lines("catatan"),
        *_SHARED_COMPONENTS,
        *_NOTICE,
        *_REVIEW,
    ),
    _items("kantor", (Owner.AGENCY,), *_texts("nama", "alamat", "melayani", "catatan", width=40)),
    _items("telepon", (Owner.AGENCY, Owner.REFERRAL), Column("nomor", width=20), Column("untuk", width=50)),
    _items("kanal_online", (Owner.AGENCY, Owner.REFERRAL), *_texts("nama", "alamat", "guna", width=44)),
    _files(
        Owner.REFERRAL,
        24,
        *_texts("nama", "ringkas", "lembaga", "alamat", "jam"),
        *_lines("syarat", "alur"),
        *_TIME_AND_COST,
        *_lines("catatan", "dasar_hukum"),
        *_NOTICE,
        *_REVIEW,
    ),
    Sheet(
        "libur",
        (Owner.HOLIDAYS,),
        Shape.ITEM,
        (
            Column("tanggal", ColumnKind.DATE, 13),
            Column("nama", width=50),
            Column("jenis", width=18),
            Column("perkiraan", width=12, choices="perkiraan"),
        ),
    ),
)
