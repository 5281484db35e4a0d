"""What is wrong with a cell by itself? Told with the title of its column, and the form by example."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import TypeAdapter, ValidationError

from bot.authoring.spreadsheet.layout import AGENCY, CHOICES, ID, LIST, Column, ColumnKind, Shape, Sheet
from bot.authoring.spreadsheet.rows import Cells, at, canonical, changed, one_line
from bot.authoring.spreadsheet.worker import MARK
from bot.knowledge.model import Fee
from bot.knowledge.reading.validation import worded
from bot.knowledge.vocabulary import PARTS

Wrong = tuple[str, str]
"""What is wrong, and what to do."""


class KnownRows:
    """The rows of a sheet when the workbook was made: what stood there may stay, whatever it is."""

    def __init__(self, sheet: Sheet, rows: Iterable[Cells]) -> None:
        self.rows = frozenset(rows)
        self.texts = [frozenset(row[index] for row in self.rows) for index in range(len(sheet.columns))]


@dataclass(frozen=True)
class SoundRow:
    """A row whose cells can be looked at together; in place of those that are wrong stands something that is not."""

    cells: Cells  # none when nobody can tell whose row it is
    faults: Mapping[int, Wrong]  # by column
    crowded: Mapping[int, str]  # by column: a line that looks like several items


_MAY_BE_NUMBERS = frozenset(
    {"nomor", "whatsapp", "kontak", "saluran", "tanggal", "dikonfirmasi.isi"}
    | {"sebutan", "kalimat", "t", "memuat", "tidak_memuat"}
)
_SHORT_ITEMS = frozenset({"sebutan", "formulir"})  # names, which a comma hardly belongs to
_NO_TEXT = re.compile(r"\d+(?:[.,]\d+)*|[\W_]+")  # a number, or a sign that stands for nothing
_FEE = TypeAdapter(Fee)
_STAND_INS = {
    ColumnKind.NUMBER: "0",
    ColumnKind.HOURS: "07.30-16.00",
    ColumnKind.FEES: "x = 0",
    ColumnKind.PARTS: PARTS[0],
}
_FORMS = {
    ColumnKind.HOURS: "Tulis seperti 07.30-16.00, atau 07.30-16.00 (12.00-13.00) dengan istirahatnya.",
    ColumnKind.FEES: "Tulis satu tarif satu baris, seperti SIM A baru = 120000, tanpa titik dan tanpa Rp.",
}


def sound_row(sheet: Sheet, texts: Sequence[str], number: int, titles: Sequence[str], known: KnownRows) -> SoundRow:
    """Look at each cell of a row by itself, but at none that stood so in its column.

    Args:
        sheet: Where the row stands.
        texts: Its cells as they were read.
        number: Its number on the sheet.
        titles: Of the columns.
        known: The rows of the sheet when the workbook was made.
    """
    clean = one_line if sheet.shape is Shape.PHRASE else canonical
    cells, faults, crowded = [clean(text) for text in texts], dict[int, Wrong](), dict[int, str]()
    changed_ones = [index for index, text in enumerate(cells) if text not in known.texts[index]]
    for index in changed_ones:
        cells[index] = _offered(sheet.columns[index], cells[index])
    has_changed = tuple(cells) not in known.rows and any(cells)
    for index, (column, title) in enumerate(zip(sheet.columns, titles, strict=True)):
        fault = _unread(texts[index])
        if not fault and has_changed and column in sheet.own and column.key != ID.key:
            fault = _missing(sheet, cells, index, title)
            if cells[index] and index in changed_ones:
                fault = _wrong(column, cells[index], title)
                if line := _crowded(sheet, column, canonical(texts[index]), cells):
                    crowded[index] = line
        if fault:
            faults[index] = fault
            cells[index] = _stand_in(column, number)
    is_lost = any(sheet.columns[index].key in {ID.key, AGENCY.key, LIST.key} for index in faults)
    return SoundRow(() if is_lost else tuple(cells), faults, crowded)


def _offered(column: Column, text: str) -> str:
    """A choice as it is offered, however its letters are written; any other text as it is."""
    offered = {one.casefold(): one for one in CHOICES.get(column.choices, ())}
    return offered.get(text.casefold(), text)


def _unread(text: str) -> Wrong | None:
    """Why a cell as it was read has no text of its own."""
    if not text.startswith(MARK):
        return None
    what = text.removeprefix(MARK)
    if what == "=":
        return "rumus di sel ini belum dihitung.", "Tulis isinya, atau simpan ulang di Excel."
    if what.startswith("+"):
        return f"sel ini digabung ({what[1:]}).", "Batalkan gabungan selnya, lalu isi satu per satu."
    return f"rumus di sel ini salah ({what}).", "Tulis isinya, atau kosongkan selnya."


def _missing(sheet: Sheet, cells: Sequence[str], index: int, title: str) -> Wrong | None:
    """Why an empty cell may not be: its row needs it, or what stands in other cells of its group does."""
    column = sheet.columns[index]
    group = column.path[:-1]
    begun = any(text for one, text in zip(sheet.columns, cells, strict=True) if group and one.path[:-1] == group)
    if cells[index] or not column.is_required or (group and not begun):
        return None
    others = "Isi, atau kosongkan juga kolom lain yang menyertainya."
    return f"`{title}` wajib diisi.", others if group else "Isi, atau hapus barisnya."


def _wrong(column: Column, text: str, title: str) -> Wrong | None:
    """Why a text cannot stand in a column."""
    value = at(changed(column, {}, text), column.path)
    try:
        if column.kind is ColumnKind.FEES:
            lines = [line for line in text.split("\n") if line.strip()]
            text = next((line for line, fee in zip(lines, value, strict=True) if not _is_fee(fee)), text)
        TypeAdapter(column.type).validate_python(value, by_alias=True, by_name=False)
    except ValidationError as error:
        detail = error.errors()[0]
        if column.kind in _FORMS and detail["type"] != "value_error":
            return f"`{title}` tidak terbaca; tertulis `{one_line(text)}`.", _FORMS[column.kind]
        return worded(detail, title), ""
    if column.kind in {ColumnKind.TEXT, ColumnKind.LINES} and column.key not in _MAY_BE_NUMBERS:
        bare = next((line for line in ([value] if isinstance(value, str) else value) if _NO_TEXT.fullmatch(line)), "")
        return (f"`{title}` harus berupa kalimat; tertulis `{bare}`.", "Tulis dengan kata.") if bare else None
    return None


def _crowded(sheet: Sheet, column: Column, text: str, row: Sequence[str]) -> str:
    """The line of a cell that looks like several items in one."""
    is_name = sheet.shape is Shape.PHRASE and row[sheet.columns.index(LIST)] == "sebutan"
    if column.kind is not ColumnKind.LINES and not is_name:
        return ""
    is_short = column.path[-1] in _SHORT_ITEMS and sheet.key != "tanya_jawab"  # whose wordings are sentences
    signs = ",;" if is_name or is_short else ";"
    return next((line for line in text.split("\n") if any(sign in line for sign in signs)), "")


def _stand_in(column: Column, number: int) -> str:
    """What may stand in a column, so that the rest of a row with a wrong cell can be looked at; no day twice."""
    if column.kind is ColumnKind.DATE:
        first = date(2099 if column.path[-1] == "sampai" else 2000, 1, 1)
        return (first + timedelta(days=number)).isoformat()
    choices: Sequence[str] = CHOICES.get(column.choices, ())
    return choices[0] if choices else _STAND_INS.get(column.kind, "https://x")


def _is_fee(fee: object) -> bool:
    try:
        _FEE.validate_python(fee, by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True
