"""What does a workbook that came back change? The files that differ, or what is wrong in which cell; never both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.authoring.changing.yaml_edit import EditError, document, edited
from bot.authoring.spreadsheet.book import Book, read_book
from bot.authoring.spreadsheet.rows import Cells, Rows, file_of, fingerprint, places, rows_of
from bot.authoring.spreadsheet.safety import read_cells
from bot.authoring.spreadsheet.write import Progress, digest, export_sheet, quiet
from bot.knowledge.document import Document, parse
from bot.knowledge.loader import read_files
from bot.knowledge.model import KEY_ORDER
from bot.knowledge.problems import Problem

__all__ = ["SheetResult", "export_sheet", "read_sheet"]

_AGAIN = "Ambil lembar baru dan ulangi perubahannya di situ."
_SHOWN = 60  # letters of a cell in a problem


@dataclass(frozen=True)
class SheetResult:
    """What a workbook asks for: new bytes of the files that change, or the problems that keep it from being taken."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    base_version: str = ""  # of the knowledge the workbook was made from


def read_sheet(
    raw: bytes, name: str, knowledge_files: Mapping[str, bytes | OSError], progress: Progress = quiet
) -> SheetResult:
    """Read a workbook that was made by ``export_sheet`` and edited.

    Args:
        raw: The workbook, .xlsx or .ods; not trusted.
        name: What it is called in problems; never used as a path.
        knowledge_files: The current knowledge, by path below its folder.
        progress: Told after each file that was compared.

    Returns:
        Only files that change. A file whose rows are as they were given out never changes, whatever became of it
        meanwhile; one that was changed in the sheet and elsewhere too is a problem that shows the difference.
    """
    tables, problems = read_cells(raw, name)
    if problems:
        return SheetResult({}, problems)
    loaded = read_files(knowledge_files)
    if loaded.knowledge is None:
        return SheetResult({}, loaded.problems)
    book = read_book(tables, loaded.knowledge, name)
    files = {file: raw for file, raw in knowledge_files.items() if isinstance(raw, bytes)}
    changes = _SheetEdits(book, files)
    if not book.problems:
        changes.collect(progress)
    if not changes.problems and changes.files:
        changes.check(knowledge_files)
    if changes.problems:
        return SheetResult({}, tuple(sorted(set(changes.problems))), book.version)
    return SheetResult(changes.files, (), book.version)


class _SheetEdits:
    def __init__(self, book: Book, current: Mapping[str, bytes]) -> None:
        self.book, self.current = book, current
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = list(book.problems)

    def collect(self, progress: Progress) -> None:
        """The new bytes of every file whose rows were changed."""
        for done, (file, rows) in enumerate(self.book.files.items(), 1):
            base = self.book.base.get(file)
            if base is None or fingerprint(rows.cells) != base.fingerprint:
                self._file(file, rows.cells)
            progress(done, len(self.book.files))

    def check(self, knowledge_files: Mapping[str, bytes | OSError]) -> None:
        """What the whole knowledge would say to the change, named by cell where it comes from one."""
        found = read_files({**knowledge_files, **self.files}).problems
        self.problems += [self._at_cell(problem) if problem.file in self.files else problem for problem in found]

    def _file(self, file: str, rows: Rows) -> None:
        if file not in self.current:
            whose = next(iter(rows.values()))[0][0]
            data = file_of(file, {"id": whose}, rows)
            self.files[file] = document({key: data[key] for key in sorted(data, key=_rank)}).encode()
            return
        raw = self.current[file]
        data = parse(raw, file)[0].data
        if rows == rows_of(file, data):
            return
        base = self.book.base.get(file)
        if base is None or base.digest != digest(raw):
            self.problems += self._stale(file, rows_of(file, data), rows)
            return
        try:
            self.files[file] = edited(raw, file_of(file, data, rows), KEY_ORDER)
        except EditError:
            hint = "Ubah berkas YAML-nya."
            self.problems.append(Problem(file, 1, "berkas ini tidak dapat diubah lewat lembar.", hint))

    def _stale(self, file: str, now: Rows, asked: Rows) -> Iterator[Problem]:
        """The difference between what the bot says now and what an old sheet would make of it."""
        for key, rows in asked.items():
            for _, i1, i2, j1, j2 in SequenceMatcher(None, now[key], rows, autojunk=False).get_opcodes():
                for step in range(max(i2 - i1, j2 - j1)):
                    ours = now[key][i1 + step] if i1 + step < i2 else None
                    theirs = rows[j1 + step] if j1 + step < j2 else None
                    if ours != theirs:
                        yield from self._differing(file, key, min(j1 + step, len(rows) - 1), ours, theirs)

    def _differing(
        self, file: str, sheet: str, row: int, ours: Cells | None, theirs: Cells | None
    ) -> Iterator[Problem]:
        started = f"{file} sudah diubah sejak lembar ini dibuat:"
        if ours is None and theirs is not None:
            yield Problem(
                self.book.cell(file, sheet, row, 0), 0, f"{started} baris {_short(theirs)} tidak ada di bot.", _AGAIN
            )
        elif ours is not None and theirs is None:
            title = self.book.titles[sheet]
            yield Problem(title, 0, f"{started} baris {_short(ours)} ada di bot, tetapi tidak di lembar.", _AGAIN)
        else:
            for column, (old, new) in enumerate(zip(ours or (), theirs or (), strict=True)):
                if old != new:
                    message = f"{started} di bot sekarang {_short((old,))}, di lembar {_short((new,))}."
                    yield Problem(self.book.cell(file, sheet, row, column), 0, message, _AGAIN)

    def _at_cell(self, problem: Problem) -> Problem:
        """The same problem, named by the cell that it comes from."""
        written = parse(self.files[problem.file], problem.file)[0]
        cell = self._cell_of(problem, written)
        return Problem(cell, 0, problem.message, problem.hint) if cell else problem

    def _cell_of(self, problem: Problem, written: Document) -> str:
        """The last cell that begins at or before the problem's line; of several one that changed, then one it names."""
        rows = self.book.files[problem.file].cells
        raw = self.current.get(problem.file)
        before = rows_of(problem.file, parse(raw, problem.file)[0].data) if raw else {}
        found: list[tuple[tuple[int, bool, bool], str]] = []
        for place in places(problem.file, rows):
            line = written.line(place.path)
            if line <= problem.line:
                sheet, column = place.sheet.key, place.column
                changed = rows[sheet][place.row][column] not in {cells[column] for cells in before.get(sheet, ())}
                named = f"`{place.path[-1]}`" in problem.message
                found.append(((line, changed, named), self.book.cell(problem.file, sheet, place.row, column)))
        return max(found, key=lambda one: one[0])[1] if found else ""


def _rank(key: str) -> int:
    return KEY_ORDER.index(key) if key in KEY_ORDER else len(KEY_ORDER)


def _short(cells: Cells) -> str:
    text = " | ".join(" ".join(cell.split()) for cell in cells if cell)
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[: _SHOWN - 1]}…`"
