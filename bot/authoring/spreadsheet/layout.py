"""Which sheets does the workbook have, and which key of which file stands in which column?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from bot.knowledge import model
from bot.knowledge.content_tests import ContentTest
from bot.knowledge.region import Holiday, Ramadan
from bot.knowledge.vocabulary import PARTS, Part, Texts

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
    PARTS = "parts"  # the same of parts, whose names hold no comma: one may stand between them
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
    is_required: bool = False  # where its row or its group says anything
    type: Any = field(default=str, compare=False, repr=False)  # of the value, as the model has it

    @property
    def path(self) -> tuple[str, ...]:
        """Keys from the row's value to this one."""
        return tuple(self.key.split("."))

    @property
    def name(self) -> str:
        """What it is called among the sentences of ``lembar_kolom`` and ``lembar_catatan``."""
        return self.key.replace(".", "_").removeprefix("@")


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
_YES_OR_NO = ("ya", "tidak")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "@jenis": PHRASE_LISTS,
    "jenis": get_args(Holiday.model_fields["kind"].annotation),
    "bagian": PARTS,
    "aturan": ("nasional",),
    "milik": ("pegawai",),
    **dict.fromkeys(("perkiraan", "ganti", "belum_bisa", "standar"), _YES_OR_NO),
}

ID = Column("id", width=24, choices="id")
AGENCY = Column("@instansi", width=14, choices="instansi")  # the folder; no key of the file
LIST = Column("@jenis", width=10, choices="@jenis")  # which list of sentences

_KINDS = {
    int: (ColumnKind.NUMBER, 12),
    date: (ColumnKind.DATE, 13),
    model.OpenHours: (ColumnKind.HOURS, 26),
    Texts: (ColumnKind.LINES, 44),
    tuple[Part, ...]: (ColumnKind.PARTS, 20),
    tuple[model.Fee, ...]: (ColumnKind.FEES, 34),
}
_WIDTHS = {"id": 24, "t": 50, "j": 80, "alamat": 60, "saluran": 50, "nomor": 20, "tanggal": 13, "perkiraan": 12}


def _columns(of: type[BaseModel], before: str = "") -> Iterator[Column]:
    """A column for each key of a model, what is said first; lists of groups and sentences have sheets of their own."""
    for name, info in sorted(of.model_fields.items(), key=lambda field: field[0] in model.Stated.model_fields):
        key, kind = info.alias or name, info.annotation
        while get_origin(kind) in {Annotated, Union, UnionType}:
            kind = get_args(kind)[0]
        if info.exclude or (issubclass(of, model.Entry) and key in PHRASE_LISTS):
            continue
        needed, value = info.is_required(), Annotated[info.annotation, *info.metadata, None]
        if kind in _KINDS:
            yield Column(before + key, *_KINDS[kind], is_required=needed, type=value)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _columns(kind, f"{before}{key}.")
        elif get_origin(kind) is not tuple:
            choices = key if key in CHOICES and kind is not date else ""
            yield Column(before + key, width=_WIDTHS.get(key, 30), choices=choices, is_required=needed, type=value)


def _files(owner: Owner, of: type[model.Entry], *whose: Column) -> Sheet:
    own = sorted(_columns(of), key=lambda column: model.KEY_ORDER.index(column.path[0]))
    return Sheet(owner.value, (owner,), Shape.FILE, (own[0], *whose, *own[1:]))


def _items(key: str, of: type[BaseModel], *owners: Owner) -> Sheet:
    return Sheet(key, owners, Shape.ITEM, (ID, *_columns(of)))


_ANYBODY = (Owner.SERVICE, Owner.AGENCY, Owner.REFERRAL)

SHEETS = (
    _files(Owner.SERVICE, model.Service, AGENCY),
    _items("varian", model.Variant, Owner.SERVICE),
    _items("tanya_jawab", model.Faq, *_ANYBODY),
    _items("uji_isi", ContentTest, *_ANYBODY),
    _items("ragu", model.Doubt, *_ANYBODY),
    Sheet("kalimat", _ANYBODY, Shape.PHRASE, (ID, LIST, Column("kalimat", width=80, is_required=True))),
    _items("sumber", model.Source, *_ANYBODY),
    _items("pengaduan", model.ComplaintRoute, Owner.SERVICE, Owner.AGENCY),
    _files(Owner.AGENCY, model.Agency),
    _items("kantor", model.Office, Owner.AGENCY),
    _items("telepon", model.Phone, Owner.AGENCY, Owner.REFERRAL),
    _items("kanal_online", model.Channel, Owner.AGENCY, Owner.REFERRAL),
    _files(Owner.REFERRAL, model.Referral),
    Sheet("libur", (Owner.HOLIDAYS,), Shape.ITEM, tuple(_columns(Holiday))),
    Sheet("ramadan", (Owner.HOLIDAYS,), Shape.ITEM, tuple(_columns(Ramadan))),
)
