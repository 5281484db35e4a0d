"""What does a workbook that came back change? The files that differ, or what is wrong in which cell; never both."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.authoring.changing.changes import Proposal
from bot.authoring.changing.difference import shown_apart
from bot.authoring.changing.yaml_edit import EditError, document, edited
from bot.authoring.spreadsheet.book import Book, read_book
from bot.authoring.spreadsheet.layout import SHEETS, Column, Shape
from bot.authoring.spreadsheet.merge import Clash, Merged, merge
from bot.authoring.spreadsheet.rows import Rows, file_of, owner_of, places, rows_of, sheets_of
from bot.authoring.spreadsheet.safety import read_cells
from bot.authoring.spreadsheet.write import Progress, quiet
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import KEY_ORDER
from bot.knowledge.problems import Problem
from bot.knowledge.reading.document import document_of
from bot.knowledge.reading.folder import Files
from bot.knowledge.reading.loader import read_files
from bot.storage.history import How, fingerprint

_LETTERS = 60  # of each of two texts that clash
_NAMED = 3  # missing rows that are each named; a sheet may hold but a few of all


@dataclass(frozen=True)
class Upload:
    """What a file that was sent asks for: new bytes by path, or the problems that keep it from being taken."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)  # fingerprint of the version each was made from, if known
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()  # forbid nothing
    named: Callable[[Iterable[Problem]], tuple[Problem, ...]] = tuple  # problems of the change, as the sender knows it
    how: How = How.UPLOAD

    def told(self, proposal: Proposal) -> Proposal:
        """What the change would do, in the words of who sent it: a sheet's mistakes by its cells."""
        remarks = (str(one) for one in self.remarks)
        return replace(proposal, problems=self.named(proposal.problems), warnings=(*remarks, *proposal.warnings))


def read_sheet(raw: bytes, name: str, files: Files, knowledge: KnowledgeBase, progress: Progress = quiet) -> Upload:
    """Read a workbook that was made by ``export_sheet`` and edited.

    What was changed meanwhile stays where the sheet says what it said when it was made; a cell that both changed is a
    problem that shows both texts.

    Args:
        raw: The workbook, .xlsx or .ods; not trusted.
        name: What it is called in problems; never used as a path.
        files: The knowledge files as they are, by path below their folder.
        knowledge: What answers now.
        progress: Told after each file that was compared.
    """
    tables, problems = read_cells(raw, name)
    if problems:
        return Upload(problems=problems)
    book = read_book(tables, knowledge, name)
    edits = _Edits(book, files, knowledge, remarks=book.remarks)
    if book.is_whole:
        for done, (file, rows) in enumerate(book.files.items(), 1):
            if rows != book.base.get(file):
                edits.take(file, rows)
            progress(done, len(book.files))
        edits.missing()
    if found := edits.found():
        return Upload(problems=found)
    read = ((file, files.get(file)) for file in edits.files)  # so that a change in between is noticed
    bases = {file: fingerprint(old if isinstance(old, bytes) else None) for file, old in read}
    return Upload(edits.files, bases, remarks=tuple(edits.remarks), named=edits.named, how=How.SHEET)


@dataclass
class _Edits:
    """The files that a workbook changes, and which cell each part of them comes from."""

    book: Book
    current: Files
    knowledge: KnowledgeBase
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Problem] = field(default_factory=list)
    before: dict[str, Rows] = field(default_factory=dict)  # by file that changes: the rows it has now
    merged: dict[str, dict[str, Merged]] = field(default_factory=dict)  # by file that changes, by sheet

    def take(self, file: str, asked: Rows) -> None:
        """Note the new bytes of a file whose rows were changed."""
        raw, known = self.current.get(file), file in {*self.current, *self.knowledge.files.values()}
        data = document_of(raw).data if isinstance(raw, bytes) else {}
        if known and not (data and isinstance(data, dict)):
            hint = "Perbaiki dulu berkasnya."
            self.problems.append(Problem(file, 1, "berkas ini sedang rusak, jadi lembarnya belum bisa diterima.", hint))
            return
        sheets = sheets_of(owner_of(file))
        now = self.before[file] = rows_of(file, data) if known else {one.key: [] for one in sheets}
        nothing = {one.key: [("",) * len(one.columns)] if one.shape is Shape.FILE else [] for one in sheets}
        base = self.book.base.get(file, nothing if known else now)
        merged = {one.key: merge(one, base[one.key], now[one.key], asked[one.key]) for one in sheets}
        self.merged[file] = merged
        clashes = [self._clash(file, sheet, clash) for sheet, one in merged.items() for clash in one.clashes]
        if self.book.problems:  # the row that is gone may be one that could not be read
            clashes = [one for one in clashes if "!" in one.file]
        self.problems += clashes
        rows = {sheet: one.rows for sheet, one in merged.items()}
        if not known:
            self._new(file, rows)
        elif rows != now and not clashes:
            self._edited(file, file_of(file, data, rows))

    def found(self) -> tuple[Problem, ...]:
        """All that keeps the workbook from being taken, and then also what the whole knowledge would say to it.

        Of a cell that is wrong by itself nothing else is told: something else stands in for it.
        """
        alone = self.book.problems
        if not alone and not self.problems:
            return ()
        whole = read_files({**self.current, **self.files}).problems if self.files else ()
        ours = self.named(one for one in whole if one.in_one_of(self.files).file in self.files)
        told = {one.file for one in alone}
        return self.book.in_order((*alone, *(one for one in (*self.problems, *ours) if one.file not in told)))

    def missing(self) -> None:
        """Remark on the subjects that have no row any more, unless the bot has none either."""
        gone = [one for one, file in self.knowledge.files.items() if file in self.book.base.keys() - self.book.files]
        if gone:
            names = ", ".join(f"`{one}`" for one in gone[:_NAMED])
            more = f" dan {len(gone) - _NAMED} lagi" if len(gone) > _NAMED else ""
            sheet = sheets_of(owner_of(self.knowledge.files[gone[0]]))[0]
            message = f"tidak ada baris untuk {names}{more}, jadi tetap seperti semula."
            hint = "Layanan tidak dihapus lewat lembar; operator menghapus berkas YAML-nya."
            self.remarks.append(Problem(self.book.titles[sheet.key], 0, message, hint))

    def named(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The same problems in order, each named by the cell that it comes from; of two that clash by the new one."""
        return self.book.in_order(self._at_cell(one) for one in problems)

    def _at_cell(self, problem: Problem) -> Problem:
        sides = [one for one in (problem, problem.twin) if one and one.file in self.files]
        found = [(*self._cell_of(one), one) for one in sides]
        _, cell, column, told = max(found, key=lambda one: one[0], default=(False, "", None, problem))
        if not cell or column is None:
            return problem
        title = self.knowledge.phrases.say(f"lembar_kolom.{column.name}")
        message = told.message
        for key in column.path:
            message = message.replace(f"`{key}`", f"`{title}`")
        return replace(told, file=cell, line=0, message=message)

    def _new(self, file: str, rows: Rows) -> None:
        own = next(one.key for one in sheets_of(owner_of(file)) if one.shape is Shape.FILE)
        whose = rows[own][0][0]
        data = file_of(file, {"id": whose}, rows)
        self.files[file] = document({key: data[key] for key in sorted(data, key=KEY_ORDER.index)}).encode()
        same = [one.id for one in self.knowledge.subjects.values() if one.name == data.get("nama")]
        if same:
            message = f"layanan baru `{whose}` bernama sama dengan `{same[0]}`, dan yang lama tetap ada."
            hint = "Id tidak bisa diganti lewat lembar; tautan dan kode QR memakainya."
            self.remarks.append(Problem(self.book.cell(file, own, 0, 0), 0, message, hint))

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
        ours, theirs = (text and f"`{text}`" for text in shown_apart(clash.ours, clash.theirs, _LETTERS))
        said = f"di bot {ours or 'kosong'}, di lembar {theirs or 'kosong'}"
        return Problem(place, 0, f"sudah diubah juga di bot sejak lembar ini dibuat: {said}.", hint)

    def _cell_of(self, problem: Problem) -> tuple[bool, str, Column | None]:
        """The last cell that begins at or before a problem's line, whether it is new, and its column.

        Of several that begin there one that is new, then one that the problem names.
        """
        file, columns = problem.file, {sheet.key: sheet.columns for sheet in SHEETS}
        found: list[tuple[int, bool, bool, str, Column | None]] = [(0, False, False, "", None)]
        merged, before, written = self.merged[file], self.before[file], document_of(self.files[file])
        for path, sheet, row, index in places(file, {key: one.rows for key, one in merged.items()}):
            line, origin, text = written.line(path), merged[sheet].origins[row], merged[sheet].rows[row][index]
            if line <= problem.line and origin >= 0:
                is_new = text not in {cells[index] for cells in before[sheet]}
                is_named = any(f"`{one}`" in problem.message for one in (path[-1], text.casefold()))
                cell = self.book.cell(file, sheet, origin, index)
                found.append((line, is_new, is_named, cell, columns[sheet][index]))
        _, is_new, _, cell, column = max(found, key=lambda one: one[:3])
        return is_new, cell, column
