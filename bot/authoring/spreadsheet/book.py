"""Which rows does a workbook that came back have for which file, and what is wrong with them as rows?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from bot.authoring.spreadsheet.cells import canonical, one_line
from bot.authoring.spreadsheet.layout import (
    AGENCY,
    BASE_SHEET,
    HEADING_ROWS,
    ID,
    PHRASE_LISTS,
    Owner,
    Shape,
    Sheet,
)
from bot.authoring.spreadsheet.rows import Cells, Rows, owner_of, sheets_for, sheets_of
from bot.authoring.spreadsheet.safety import Tables
from bot.authoring.spreadsheet.worker import MARK, letters
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem, nearest
from bot.knowledge.reading.loader import HOLIDAYS, REFERRALS

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_LENGTH = 32
_AGAIN = "Ambil lembar baru dan ulangi perubahannya di situ."
_BASE = TypeAdapter(dict[str, list[tuple[str, ...]]])


@dataclass
class FileRows:
    """The rows of one file, by sheet key, and on which row of the sheet each stands (from 1)."""

    cells: dict[str, list[Cells]]
    numbers: dict[str, list[int]]


@dataclass
class Book:
    """A workbook read into rows by file."""

    files: dict[str, FileRows] = field(default_factory=dict)
    base: dict[str, Rows] = field(default_factory=dict)  # of each file when the workbook was made
    problems: list[Problem] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)  # by sheet key
    columns: dict[str, list[int]] = field(default_factory=dict)  # by sheet key: where its columns stand

    def cell(self, file: str, sheet: str, row: int, column: int) -> str:
        """A cell's name, ``Layanan!B7``, by the index of the row among its file's rows and of the column."""
        return self.place(sheet, self.files[file].numbers[sheet][row], column)

    def place(self, sheet: str, number: int, column: int) -> str:
        """A cell's name by the row's number on its sheet."""
        return f"{self.titles[sheet]}!{letters(self.columns[sheet][column])}{number}"


def read_book(tables: Tables, knowledge: KnowledgeBase, name: str) -> Book:
    """The rows of a workbook.

    Args:
        tables: Its cells.
        knowledge: The current knowledge: which ids are known, and what the sheets are called.
        name: What the workbook is called in problems.
    """
    reader = _BookReader(tables, knowledge, Book())
    if not reader.base():
        reader.book.problems.append(
            Problem(name, 0, "lembar ini tidak dibuat oleh bot, atau bagian tersembunyinya terhapus.", _AGAIN)
        )
        return reader.book
    sheets = sheets_for(reader.book.base)
    for sheet in sorted(sheets, key=lambda one: one.shape is not Shape.FILE):  # which files there are comes first
        reader.sheet(sheet)
    return reader.book


@dataclass
class _BookReader:
    tables: Tables
    knowledge: KnowledgeBase
    book: Book

    def base(self) -> bool:
        """Read the hidden sheet; whether it is there."""
        for file, *parts in self.tables.get(BASE_SHEET, []):
            try:
                rows = _BASE.validate_json("".join(parts))
            except ValidationError:
                return False
            self.book.base[file] = {sheet.key: rows.get(sheet.key, []) for sheet in sheets_of(owner_of(file))}
        return bool(self.book.base)

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet."""
        title = self.book.titles[sheet.key] = self._title(sheet)
        if title not in self.tables:
            self._add(title, f"lembar `{title}` tidak ada.", f"Jangan menghapus atau mengganti namanya. {_AGAIN}")
            return
        rows = self.tables[title]
        headings = [canonical(text) for text in rows[HEADING_ROWS - 1]] if len(rows) >= HEADING_ROWS else []
        missing = [column.key for column in sheet.columns if column.key not in headings]
        for key in missing:
            self._add(f"{title}!{HEADING_ROWS}", f"kolom `{key}` tidak ada.", f"Jangan mengubah baris kunci. {_AGAIN}")
        if missing:
            return
        where = self.book.columns[sheet.key] = [headings.index(column.key) for column in sheet.columns]
        for number, row in enumerate(rows[HEADING_ROWS:], HEADING_ROWS + 1):
            texts = [row[index] if index < len(row) else "" for index in where]
            clean = one_line if sheet.shape is Shape.PHRASE else canonical
            cells = tuple(clean(text) for text in texts)
            if any(text.startswith(MARK) for text in texts):
                self._marked(sheet, texts, number)
            elif any(cells):
                self._row(sheet, cells, number)

    def _marked(self, sheet: Sheet, texts: Sequence[str], number: int) -> None:
        """Cells that cannot be read as a text."""
        for column, text in enumerate(texts):
            if not text.startswith(MARK):
                continue
            what = text.removeprefix(MARK)
            message, hint = f"rumus di sel ini salah ({what}).", "Tulis isinya, atau kosongkan selnya."
            if what == "=":
                message, hint = "rumus di sel ini belum dihitung.", "Tulis isinya, atau simpan ulang di Excel."
            elif what.startswith("+"):
                message, hint = f"sel ini digabung ({what[1:]}).", "Batalkan gabungan selnya, lalu isi satu per satu."
            self._add(self.book.place(sheet.key, number, column), message, hint)

    def _row(self, sheet: Sheet, cells: Cells, number: int) -> None:
        file = self._file(sheet, cells, number)
        if not file:
            return
        if sheet.shape is Shape.PHRASE and not self._is_phrase(sheet, cells, number):
            return
        keys = [one.key for one in sheets_of(owner_of(file))]
        if sheet.shape is Shape.FILE or file == HOLIDAYS:
            self.book.files.setdefault(file, FileRows({key: [] for key in keys}, {key: [] for key in keys}))
        if file not in self.book.files:  # its own row was taken out: so the file is not spoken of
            return
        rows = self.book.files[file]
        rows.cells[sheet.key].append(cells)
        rows.numbers[sheet.key].append(number)

    def _file(self, sheet: Sheet, cells: Cells, number: int) -> str:
        """Which file a row belongs to; empty when that is a problem."""
        if Owner.HOLIDAYS in sheet.owners:
            return HOLIDAYS
        whose = cells[0]
        known = self.knowledge.files.get(whose, "")
        if sheet.shape is Shape.FILE:
            return self._own_row(sheet, cells, number, known)
        if not known:
            known = next((file for file in self.book.files if file.endswith(f"/{whose}.yaml")), "")
        if not known and any(file.endswith(f"/{whose}.yaml") for file in self.book.base):
            return ""  # deleted since; its own row says so
        if owner_of(known) not in sheet.owners or known not in self.book.base.keys() | self.book.files.keys():
            near = nearest(whose, [one for one, file in self.knowledge.files.items() if owner_of(file) in sheet.owners])
            hint = f"Mungkin maksudnya `{near}`." if near else "Pilih dari daftar."
            self._cell(sheet, number, ID.key, f"id `{whose}` tidak dikenal di lembar ini.", hint)
            return ""
        return known

    def _own_row(self, sheet: Sheet, cells: Cells, number: int, known: str) -> str:
        whose, owner = cells[0], sheet.owners[0]
        if not known:
            return self._new(sheet, cells, number)
        folder = known.split("/", maxsplit=1)[0]
        problem = ""
        if owner_of(known) is not owner:
            problem = f"id `{whose}` sudah dipakai di {known}."
        elif known in self.book.files:
            problem = f"id `{whose}` tertulis di dua baris."
        elif owner is Owner.SERVICE and cells[1] != folder:
            problem = f"layanan `{whose}` milik `{folder}`, tidak dapat dipindah ke `{cells[1]}` lewat lembar."
        if problem:
            self._cell(sheet, number, ID.key, problem, "Periksa kolom id.")
            return ""
        return known

    def _new(self, sheet: Sheet, cells: Cells, number: int) -> str:
        """The file of a row that has none yet."""
        whose, owner = cells[0], sheet.owners[0]
        folder = cells[1] if owner is Owner.SERVICE else REFERRALS
        file = f"{folder}/{whose}.yaml"
        if owner is Owner.AGENCY:
            self._cell(sheet, number, ID.key, f"instansi `{whose}` tidak dikenal.", "Instansi baru dibuat operator.")
        elif not _ID.fullmatch(whose) or len(whose) > _ID_LENGTH:
            hint = "Hanya huruf kecil, angka, dan tanda hubung, paling banyak 32 huruf, misalnya ktp-hilang."
            self._cell(sheet, number, ID.key, f"id `{whose}` tidak dapat dipakai.", hint)
        elif owner is Owner.SERVICE and folder not in self.knowledge.agencies:
            hint = f"Pilih salah satu: {', '.join(self.knowledge.agencies)}."
            self._cell(sheet, number, AGENCY.key, f"instansi `{folder}` tidak dikenal.", hint)
        elif file in self.book.files:
            self._cell(sheet, number, ID.key, f"id `{whose}` tertulis di dua baris.", "Periksa kolom id.")
        elif file in self.book.base:
            self._cell(sheet, number, ID.key, f"`{whose}` sudah dihapus sejak lembar ini dibuat.", "Hapus barisnya.")
        else:
            return file
        return ""

    def _is_phrase(self, sheet: Sheet, cells: Cells, number: int) -> bool:
        if cells[1] not in PHRASE_LISTS:
            hint = f"Pilih salah satu: {', '.join(PHRASE_LISTS)}."
            self._cell(sheet, number, sheet.columns[1].key, f"jenis `{cells[1]}` tidak dikenal.", hint)
            return False
        if not cells[2]:
            self._cell(sheet, number, sheet.columns[2].key, "kalimatnya kosong.", "Isi, atau hapus barisnya.")
            return False
        return True

    def _title(self, sheet: Sheet) -> str:
        return self.knowledge.phrases.say(f"lembar.{sheet.key}")

    def _cell(self, sheet: Sheet, number: int, key: str, message: str, hint: str) -> None:
        index = next(index for index, column in enumerate(sheet.columns) if column.key == key)
        self._add(f"{self._title(sheet)}!{letters(self.book.columns[sheet.key][index])}{number}", message, hint)

    def _add(self, place: str, message: str, hint: str) -> None:
        self.book.problems.append(Problem(place, 0, message, hint))
