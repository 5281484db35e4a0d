"""What does a workbook that came back change? The files that differ, or what is wrong in which cell; never both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.authoring.changing.yaml_edit import EditError, document, edited
from bot.authoring.spreadsheet.book import Book, read_book
from bot.authoring.spreadsheet.layout import SHEETS, Shape
from bot.authoring.spreadsheet.merge import Clash, Merged, merge, shown_apart
from bot.authoring.spreadsheet.rows import Rows, file_of, owner_of, places, rows_of, sheets_of
from bot.authoring.spreadsheet.safety import read_cells
from bot.authoring.spreadsheet.write import Progress, export_sheet, quiet
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import KEY_ORDER
from bot.knowledge.problems import Problem
from bot.knowledge.reading.document import Document, parse
from bot.knowledge.reading.folder import Files

__all__ = ["SheetResult", "export_sheet", "read_sheet"]

_TAKEN = " sudah ada di "
_PHRASES = next(sheet for sheet in SHEETS if sheet.shape is Shape.PHRASE)


@dataclass(frozen=True)
class SheetResult:
    """What a workbook asks for: new bytes of the files that change, or the problems that keep it from being taken."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()  # that forbid nothing
    edits: "SheetEdits | None" = None

    def named(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """What the whole knowledge says to the change: by sheet and cell where it comes from one."""
        return tuple(self.edits.at_cell(one) if self.edits else one for one in problems)


def read_sheet(
    raw: bytes, name: str, files: Files, knowledge: KnowledgeBase, progress: Progress = quiet
) -> SheetResult:
    """Read a workbook that was made by ``export_sheet`` and edited.

    Args:
        raw: The workbook, .xlsx or .ods; not trusted.
        name: What it is called in problems; never used as a path.
        files: The knowledge files as they are, by path below their folder.
        knowledge: What answers now.
        progress: Told after each file that was compared.

    Returns:
        Only files that change. What was changed meanwhile stays where the sheet says what it said when it was made;
        a cell that both changed is a problem that shows both texts.
    """
    tables, problems = read_cells(raw, name)
    if problems:
        return SheetResult({}, problems)
    book = read_book(tables, knowledge, name)
    edits = SheetEdits(book, files, knowledge, problems=list(book.problems))
    if not book.problems:
        edits.collect(progress)
    if edits.problems:
        return SheetResult({}, tuple(sorted(set(edits.problems))))
    return SheetResult(edits.files, (), tuple(edits.remarks), edits)


@dataclass
class SheetEdits:
    """The files that a workbook changes, and which cell each part of them comes from."""

    book: Book
    current: Files
    knowledge: KnowledgeBase
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    before: dict[str, Rows] = field(default_factory=dict)  # by file that changes: the rows it has now
    merged: dict[str, dict[str, Merged]] = field(default_factory=dict)  # by file that changes, by sheet

    def collect(self, progress: Progress) -> None:
        """The new bytes of every file whose rows were changed."""
        for done, (file, rows) in enumerate(self.book.files.items(), 1):
            if rows.cells != self.book.base.get(file):
                self._file(file, rows.cells)
            progress(done, len(self.book.files))

    def at_cell(self, problem: Problem) -> Problem:
        """The same problem, named by the cell that it comes from."""
        file, cell = self._phrase(problem)
        message = problem.message
        if file not in {"", problem.file} and _TAKEN in message:  # it blames the file that had the phrase before
            message = f"{message.partition(_TAKEN)[0]}{_TAKEN}{problem.file}."
        elif not cell and problem.file in self.files:
            cell = self._cell_of(problem, parse(self.files[problem.file], problem.file)[0])
        return Problem(cell, 0, message, problem.hint) if cell else problem

    def _phrase(self, problem: Problem) -> tuple[str, str]:
        """File and cell of the new phrase that is not the only one of its kind."""
        for file, sheets in self.merged.items():
            found = sheets.get(_PHRASES.key, Merged())
            for cells, origin in zip(found.rows, found.origins, strict=True):
                is_new = origin >= 0 and cells not in self.before[file][_PHRASES.key]
                text = " ".join(cells[-1].casefold().split())
                if is_new and any(f"`{text}`{said}" in problem.message for said in (_TAKEN, " juga ada di ")):
                    return file, self.book.cell(file, _PHRASES.key, origin, len(cells) - 1)
        return "", ""

    def _file(self, file: str, asked: Rows) -> None:
        raw, known = self.current.get(file), file in self.knowledge.files.values()
        data = parse(raw, file)[0].data if isinstance(raw, bytes) else {}
        if known and not (data and isinstance(data, dict)):
            hint = "Perbaiki dulu berkasnya."
            self.problems.append(Problem(file, 1, "berkas ini sedang rusak, jadi lembarnya belum bisa diterima.", hint))
            return
        now = self.before[file] = rows_of(file, data) if known else {key: [] for key in asked}
        base = self.book.base.get(file, _nothing(file) if known else now)
        merged = {one.key: merge(one, base[one.key], now[one.key], asked[one.key]) for one in sheets_of(owner_of(file))}
        self.merged[file] = merged
        clashes = [self._clash(file, sheet, clash) for sheet, one in merged.items() for clash in one.clashes]
        self.problems += clashes
        rows = {sheet: one.rows for sheet, one in merged.items()}
        if not known:
            self._new(file, rows)
        elif rows != now and not clashes:
            self._edited(file, file_of(file, data, rows))

    def _new(self, file: str, rows: Rows) -> None:
        row = next(iter(rows.values()))[0]
        data = file_of(file, {"id": row[0]}, rows)
        self.files[file] = document({key: data[key] for key in sorted(data, key=_rank)}).encode()
        same = [one.id for one in self.knowledge.subjects.values() if one.name == data.get("nama")]
        if same:
            message = f"layanan baru `{row[0]}` bernama sama dengan `{same[0]}`, dan yang lama tetap ada."
            hint = "Id tidak bisa diganti lewat lembar; tautan dan kode QR memakainya."
            self.remarks.append(Problem(self.book.cell(file, next(iter(rows)), 0, 0), 0, message, hint))

    def _edited(self, file: str, data: Mapping[str, object]) -> None:
        raw = self.current[file]
        try:
            new = edited(raw, data, KEY_ORDER) if isinstance(raw, bytes) else raw
        except EditError:
            hint = "Ubah berkas YAML-nya."
            self.problems.append(Problem(file, 1, "berkas ini tidak dapat diubah lewat lembar.", hint))
            return
        if isinstance(new, bytes) and new != raw:  # blank lines in a cell change nothing
            self.files[file] = new

    def _clash(self, file: str, sheet: str, clash: Clash) -> Problem:
        titles, hint = self.book.titles, "Samakan dengan yang di bot, atau ambil lembar baru dan ulangi di situ."
        place = self.book.cell(file, sheet, clash.row, clash.column) if clash.row >= 0 else titles[sheet]
        ours, theirs = (text and f"`{text}`" for text in shown_apart(clash.ours, clash.theirs))
        said = f"di bot {ours or 'kosong'}, di lembar {theirs or 'kosong'}"
        return Problem(place, 0, f"sudah diubah juga di bot sejak lembar ini dibuat: {said}.", hint)

    def _cell_of(self, problem: Problem, written: Document) -> str:
        """The last cell that begins at or before the problem's line; of several one that changed, then one it names."""
        file, found = problem.file, list[tuple[tuple[int, bool, bool], str]]()
        merged, before = self.merged[file], self.before[file]
        for place in places(file, {key: one.rows for key, one in merged.items()}):
            line, sheet, column = written.line(place.path), place.sheet.key, place.column
            origin = merged[sheet].origins[place.row]
            if line <= problem.line and origin >= 0:
                text = merged[sheet].rows[place.row][column]
                changed = text not in {cells[column] for cells in before[sheet]}
                named = f"`{place.path[-1]}`" in problem.message
                found.append(((line, changed, named), self.book.cell(file, sheet, origin, column)))
        return max(found, key=lambda one: one[0])[1] if found else ""


def _nothing(file: str) -> Rows:
    """The rows of a file that did not exist when the workbook was made."""
    sheets = sheets_of(owner_of(file))
    return {one.key: [("",) * len(one.columns)] if one.shape is Shape.FILE else [] for one in sheets}


def _rank(key: str) -> int:
    return KEY_ORDER.index(key) if key in KEY_ORDER else len(KEY_ORDER)
