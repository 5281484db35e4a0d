"""Which rows does a workbook that came back have for which file, and what is wrong with them as rows?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from bot.authoring.spreadsheet.cells import KnownRows, sound_row
from bot.authoring.spreadsheet.layout import (
    AGENCY,
    BASE_SHEET,
    HEADING_ROWS,
    ID,
    PHRASE_LISTS,
    SHEETS,
    Column,
    Owner,
    Shape,
    Sheet,
)
from bot.authoring.spreadsheet.rows import Cells, Rows, canonical, owner_of, sheets_for, sheets_of
from bot.authoring.spreadsheet.safety import Tables
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem, nearest
from bot.knowledge.reading.loader import HOLIDAYS, REFERRALS

_ID = re.compile(r"(?=.{1,32}$)[a-z0-9]+(-[a-z0-9]+)*")
_AGAIN = "Ambil lembar baru dan ulangi perubahannya di situ."
_LOOK = "Periksa kolom id."
_BASE = TypeAdapter(dict[str, list[tuple[str, ...]]])


@dataclass
class Book:
    """A workbook read into rows by file and sheet key, with the number of each row on its sheet (from 1)."""

    files: dict[str, dict[str, list[Cells]]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # by file and sheet key
    base: dict[str, Rows] = field(default_factory=dict)  # of each file when the workbook was made
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)  # forbid nothing
    titles: dict[str, str] = field(default_factory=dict)  # by sheet key
    columns: dict[str, list[int]] = field(default_factory=dict)  # by sheet key: where its columns stand

    def cell(self, file: str, sheet: str, row: int, column: int) -> str:
        """A cell's name, ``Layanan!B7``, by the index of the row among its file's rows and of the column."""
        return self.place(sheet, self.numbers[file, sheet][row], column)

    def place(self, sheet: str, number: int, column: int) -> str:
        """A cell's name by the row's number on its sheet."""
        return f"{self.titles[sheet]}!{xl_rowcol_to_cell(number - 1, self.columns[sheet][column])}"

    @property
    def is_whole(self) -> bool:
        """Whether every sheet is there with every column."""
        return all(sheet.key in self.columns for sheet in sheets_for(self.base))

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems as their cells follow each other, those without a sheet last."""
        titles = [self.titles.get(sheet.key, "") for sheet in SHEETS]

        def place(problem: Problem) -> tuple[int, int, int, Problem]:
            title, _, cell = problem.file.partition("!")
            row, column = xl_cell_to_rowcol(cell) if cell and not cell.isdigit() else (0, 0)
            return titles.index(title) if title in titles else len(titles), row, column, problem

        return tuple(sorted(set(problems), key=place))


def read_book(tables: Tables, knowledge: KnowledgeBase, name: str) -> Book:
    """The rows of a workbook; ``name`` is what it is called in problems."""
    reader = _BookReader(tables, knowledge, Book())
    if not reader.base():
        message = "lembar ini tidak dibuat oleh bot, atau bagian tersembunyinya terhapus."
        return Book(problems=[Problem(name, 0, message, _AGAIN)])
    if reader.is_of_another_version():
        message = "lembar ini dibuat bot versi lain, yang kolomnya berbeda; isian Anda tidak salah."
        return Book(problems=[Problem(name, 0, message, "Ambil lembar baru, lalu salin perubahan Anda ke situ.")])
    sheets = sheets_for(reader.book.base)
    for sheet in sorted(sheets, key=lambda one: one.shape is not Shape.FILE):  # which files there are comes first
        reader.sheet(sheet)
    return reader.book


@dataclass
class _BookReader:
    tables: Tables
    knowledge: KnowledgeBase
    book: Book
    unread: set[str] = field(default_factory=set)  # ids whose own row cannot be taken

    def base(self) -> bool:
        """Read the hidden sheet; whether it is there."""
        for file, *parts in self.tables.get(BASE_SHEET, []):
            try:
                rows = _BASE.validate_json("".join(parts))
            except ValidationError:
                return False
            self.book.base[file] = {sheet.key: rows.get(sheet.key, []) for sheet in sheets_of(owner_of(file))}
        return bool(self.book.base)

    def is_of_another_version(self) -> bool:
        """Whether rows of the hidden sheet have more or fewer cells than columns stand in a sheet of today."""
        widths = {sheet.key: len(sheet.columns) for sheet in SHEETS}
        rows = ((key, row) for base in self.book.base.values() for key, found in base.items() for row in found)
        return any(len(row) != widths[key] for key, row in rows)

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet."""
        title = self.book.titles[sheet.key] = self.knowledge.phrases.say(f"lembar.{sheet.key}")
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
        known = KnownRows(sheet, (cells for base in self.book.base.values() for cells in base.get(sheet.key, [])))
        titles = [self.knowledge.phrases.say(f"lembar_kolom.{column.name}") for column in sheet.columns]
        for number, row in enumerate(rows[HEADING_ROWS:], HEADING_ROWS + 1):
            texts = [row[index] if index < len(row) else "" for index in where]
            found = sound_row(sheet, texts, number, titles, known)
            for column, fault in found.faults.items():
                self._add(self.book.place(sheet.key, number, column), *fault)
            for column, line in found.crowded.items():
                said = f"satu baris dibaca sebagai satu butir: `{line}`.", "Kalau maksudnya beberapa, tulis terpisah."
                self.book.remarks.append(Problem(self.book.place(sheet.key, number, column), 0, *said))
            if any(found.cells):
                self._row(sheet, found.cells, number)

    def _row(self, sheet: Sheet, cells: Cells, number: int) -> None:
        whose = cells[0] if cells[0] in self.knowledge.files else cells[0].casefold()
        if whose in self.knowledge.files and Owner.HOLIDAYS not in sheet.owners:
            cells = (whose, *cells[1:])
        file = HOLIDAYS if Owner.HOLIDAYS in sheet.owners else self.knowledge.files.get(cells[0], "")
        if sheet.shape is Shape.FILE:
            cells = self._at_home(sheet, cells, number) if Owner.SERVICE in sheet.owners else cells
            file = file or f"{cells[1] if Owner.SERVICE in sheet.owners else REFERRALS}/{cells[0]}.yaml"
            wrong = self._wrong_file(sheet, cells, file)
        else:
            named = (one for one in (*self.book.files, *self.book.base) if one.endswith(f"/{cells[0]}.yaml"))
            file = file or next(named, "")
            wrong = self._wrong_part(sheet, cells, file)
        if wrong:
            column, message, hint = wrong
            self._add(self.book.place(sheet.key, number, sheet.columns.index(column)), message, hint)
            if sheet.shape is Shape.FILE:
                self.unread.add(cells[0])
            return
        if sheet.shape is Shape.FILE or file == HOLIDAYS:
            self.book.files.setdefault(file, {one.key: [] for one in sheets_of(owner_of(file))})
        if file in self.book.files:  # else its own row was taken out: so the file is not spoken of
            self.book.files[file][sheet.key].append(cells)
            self.book.numbers.setdefault((file, sheet.key), []).append(number)

    def _at_home(self, sheet: Sheet, cells: Cells, number: int) -> Cells:
        """A service's row with the agency it has or gets; another one is told, and keeps nothing else from it."""
        whose, said, *rest = cells
        agencies, home = self.knowledge.agencies, self.knowledge.files.get(whose, "").partition("/")[0]
        ways = {way.casefold(): one.id for one in agencies.values() for way in (one.short, one.id)}
        folder = ways.get(said.casefold(), said)
        wrong: tuple[str, str] | None = None
        if folder not in agencies:
            wrong = f"instansi `{said}` tidak dikenal.", f"Pilih salah satu: {', '.join(agencies)}."
        elif home in agencies and folder != home:
            wrong = f"layanan `{whose}` milik `{home}`, tidak dapat dipindah ke `{folder}` lewat lembar.", _LOOK
        if wrong:
            self._add(self.book.place(sheet.key, number, sheet.columns.index(AGENCY)), *wrong)
            folder = home if home in agencies else next(iter(agencies))
        return (whose, folder, *rest)

    def _wrong_file(self, sheet: Sheet, cells: Cells, file: str) -> tuple[Column, str, str] | None:
        """Why a row stands for no file: the column to blame, what is wrong, what to do."""
        whose, owner, own = cells[0], sheet.owners[0], sheet.columns[0]
        known = whose in self.knowledge.files
        letters = "Hanya huruf kecil, angka, dan tanda hubung, paling banyak 32 huruf, misalnya ktp-hilang."
        deleted = f"`{whose}` sudah dihapus sejak lembar ini dibuat."
        operators = f"instansi `{whose}` tidak dikenal.", "Instansi baru dibuat operator."
        for holds, message, hint in (
            (known and owner_of(file) is not owner, f"id `{whose}` sudah dipakai di {file}.", _LOOK),
            (not known and owner is Owner.AGENCY, *operators),
            (not _ID.fullmatch(whose), f"id `{whose}` tidak dapat dipakai.", letters),
            (file in self.book.files, f"id `{whose}` tertulis di dua baris.", _LOOK),
            (not known and file in self.book.base, deleted, "Hapus barisnya."),
        ):
            if holds:
                return own, message, hint
        return None

    def _wrong_part(self, sheet: Sheet, cells: Cells, file: str) -> tuple[Column, str, str] | None:
        """Why a row belongs to no file of its sheet, or is no sentence."""
        if cells[0] in self.unread and file not in self.book.files:
            return None  # told at its own row
        if owner_of(file) not in sheet.owners or (file != HOLIDAYS and file not in {*self.book.base, *self.book.files}):
            known = [one for one, its in self.knowledge.files.items() if owner_of(its) in sheet.owners]
            near = nearest(cells[0], known)
            hint = f"Mungkin maksudnya `{near}`." if near else "Pilih dari daftar."
            return ID, f"id `{cells[0]}` tidak dikenal di lembar ini.", hint
        if sheet.shape is Shape.PHRASE and cells[1] not in PHRASE_LISTS:
            among = f"Pilih salah satu: {', '.join(PHRASE_LISTS)}."
            return sheet.columns[1], f"jenis `{cells[1]}` tidak dikenal.", among
        return None

    def _add(self, place: str, message: str, hint: str) -> None:
        self.book.problems.append(Problem(place, 0, message, hint))
