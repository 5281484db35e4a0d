"""How is the knowledge written into a workbook that a clerk can fill in?"""

import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.authoring.spreadsheet.layout import (
    AGENCY,
    BASE_SHEET,
    CHOICES,
    HEADING_ROWS,
    ID,
    LISTS_SHEET,
    SHEETS,
    Column,
    ColumnKind,
    Shape,
    Sheet,
)
from bot.authoring.spreadsheet.rows import Rows, fingerprint, owner_of, rows_of
from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.document import parse
from bot.knowledge.loader import read_files
from bot.knowledge.phrases import Phrases
from bot.knowledge.problems import Problem

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done."""

SPARE_ROWS = 500  # below the last one, with the same drop-downs
_LETTERS = 32_767  # the most one cell of Excel holds
_ISO = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_HELP_LINES = 8
_OPTIONS = {
    "in_memory": True,
    "default_format_properties": {"locked": False},  # a row can only be deleted when none of its cells is locked
}
_MAY = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)


def quiet(_done: int, _all: int) -> None:
    """No progress is shown."""


def export_sheet(files: Mapping[str, bytes | OSError], progress: Progress = quiet) -> bytes:
    """A workbook of every service, agency, referral and holiday.

    Args:
        files: The knowledge, by path below its folder.
        progress: Told after each sheet.

    Raises:
        KnowledgeError: The knowledge has problems, or a text is too long for a cell.
    """
    loaded = read_files(files)
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.problems)
    rows = {file: rows_of(file, parse(raw, file)[0].data) for file, raw in _ours(files).items()}
    _fits(rows)
    stream = io.BytesIO()
    book = Workbook(stream, _OPTIONS)
    writer = _Writer(book, loaded.knowledge, rows)
    writer.help()
    for done, sheet in enumerate(SHEETS, 1):
        writer.sheet(sheet)
        progress(done, len(SHEETS))
    writer.lists()
    writer.base(files)
    book.close()
    return stream.getvalue()


def digest(raw: bytes) -> str:
    """The version of one file."""
    return hashlib.sha256(raw).hexdigest()


def column_key(column: Column) -> str:
    """The name of a column among the sentences of ``lembar_kolom`` and ``lembar_catatan``."""
    return column.key.replace(".", "_").removeprefix("@")


def _ours(files: Mapping[str, bytes | OSError]) -> dict[str, bytes]:
    return {file: raw for file, raw in files.items() if isinstance(raw, bytes) and owner_of(file)}


def _fits(rows: Mapping[str, Rows]) -> None:
    problems = [
        Problem(file, 1, f"satu isian lebih panjang dari {_LETTERS} huruf, sehingga tidak muat di lembar.")
        for file, sheets in rows.items()
        if any(len(text) > _LETTERS for cells in sheets.values() for row in cells for text in row)
    ]
    if problems:
        raise KnowledgeError(problems)


class _Writer:
    def __init__(self, book: Workbook, knowledge: KnowledgeBase, rows: Mapping[str, Rows]) -> None:
        self.book, self.knowledge, self.rows = book, knowledge, rows
        self.choices: dict[str, str] = {}  # list of a drop-down -> its range on the hidden sheet
        wrapped = {"text_wrap": True, "valign": "top"}
        self.title = self._format(**wrapped, bold=True, font_color="#FFFFFF", bg_color="#1F4E79", locked=True)
        self.key = self._format(italic=True, font_color="#595959", bg_color="#E8EEF4", locked=True)
        self.kinds = {
            ColumnKind.NUMBER: self._format(num_format="#,##0", **wrapped),
            ColumnKind.DATE: self._format(num_format="yyyy-mm-dd", **wrapped),
        }
        self.text = self._format(num_format="@", **wrapped)
        self._name_lists()

    @property
    def phrases(self) -> Phrases:
        return self.knowledge.phrases

    def help(self) -> None:
        """The first sheet: how this workbook is used."""
        sheet = self.book.add_worksheet(self.phrases.say("lembar.petunjuk"))
        sheet.set_column(0, 0, 100, self._format(text_wrap=True, valign="top"))
        sheet.write_string(0, 0, self.phrases.say("lembar.petunjuk_judul"), self._format(bold=True, font_size=14))
        for number in range(1, _HELP_LINES + 1):
            sheet.write_string(number, 0, self.phrases.say(f"lembar.petunjuk_{number}"))
        sheet.protect()

    def sheet(self, layout: Sheet) -> None:
        """One sheet with its headings, rows and drop-downs."""
        sheet = self.book.add_worksheet(self.phrases.say(f"lembar.{layout.key}"))
        rows = [row for sheets in self.rows.values() for row in sheets.get(layout.key, [])]
        last = HEADING_ROWS + len(rows) + SPARE_ROWS
        for number, column in enumerate(layout.columns):
            sheet.set_column(number, number, column.width, self.kinds.get(column.kind, self.text))
            self._heading(sheet, number, column)
            self._validation(sheet, layout, column, (HEADING_ROWS, number, last, number))
        for index, row in enumerate(rows, HEADING_ROWS):
            for number, (column, text) in enumerate(zip(layout.columns, row, strict=True)):
                self._cell(sheet, index, number, column, text)
        sheet.autofilter(HEADING_ROWS - 1, 0, last, len(layout.columns) - 1)
        sheet.freeze_panes(HEADING_ROWS, 1)
        sheet.protect("", _MAY)

    def lists(self) -> None:
        """The hidden sheet that the drop-downs read."""
        sheet = self.book.add_worksheet(LISTS_SHEET)
        for number, texts in enumerate(self._lists().values()):
            sheet.write_column(0, number, texts)
        sheet.very_hidden()

    def base(self, files: Mapping[str, bytes | OSError]) -> None:
        """The hidden sheet that says from which version of each file the rows were made."""
        sheet = self.book.add_worksheet(BASE_SHEET)
        sheet.write_row(0, 0, [self.knowledge.version])
        for index, (file, raw) in enumerate(_ours(files).items(), 1):
            sheet.write_row(index, 0, [file, digest(raw), fingerprint(self.rows[file])])
        sheet.very_hidden()

    def _format(self, **properties: Any) -> Format:
        return self.book.add_format(properties)

    def _heading(self, sheet: Worksheet, number: int, column: Column) -> None:
        name = column_key(column)
        sheet.write_string(0, number, self.phrases.say(f"lembar_kolom.{name}"), self.title)
        sheet.write_string(1, number, column.key, self.key)
        remark = self.phrases.sentences.get(f"lembar_catatan.{name}")
        if remark:
            sheet.write_comment(0, number, remark, {"x_scale": 2.2, "y_scale": 1.2, "author": ""})

    def _cell(self, sheet: Worksheet, row: int, number: int, column: Column, text: str) -> None:
        if not text:
            return
        style = self.kinds.get(column.kind, self.text)
        if column.kind is ColumnKind.NUMBER and text.isascii() and text.isdecimal() and text == str(int(text)):
            sheet.write_number(row, number, int(text), style)
        elif column.kind is ColumnKind.DATE and _ISO.fullmatch(text):
            sheet.write_datetime(row, number, datetime.fromisoformat(text), style)
        else:
            sheet.write_string(row, number, text, style)

    def _validation(self, sheet: Worksheet, layout: Sheet, column: Column, area: tuple[int, int, int, int]) -> None:
        rule: dict[str, Any] | None = None
        if column.choices:
            name = f"{layout.key}.id" if column.choices == ID.choices else column.choices
            rule = {"validate": "list", "source": self.choices[name]}
        elif column.kind is ColumnKind.DATE:
            rule = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        elif column.kind is ColumnKind.NUMBER:
            rule = {"validate": "integer", "criteria": ">=", "value": 0}
        if rule:
            message = self.phrases.say("lembar.isian_salah")
            sheet.data_validation(*area, {**rule, "error_title": column.key[:32], "error_message": message})

    def _lists(self) -> dict[str, Sequence[str]]:
        """The texts of every drop-down: fixed ones, the agencies, and for each sheet the ids its rows may have."""
        lists: dict[str, Sequence[str]] = {**CHOICES, AGENCY.choices: list(self.knowledge.agencies)}
        for sheet in SHEETS:
            if sheet.shape is not Shape.FILE and ID in sheet.columns:
                files = self.knowledge.files.items()
                lists[f"{sheet.key}.id"] = [whose for whose, file in files if owner_of(file) in sheet.owners]
        return lists

    def _name_lists(self) -> None:
        for number, (name, texts) in enumerate(self._lists().items()):
            letter = chr(ord("A") + number)
            self.choices[name] = f"={LISTS_SHEET}!${letter}$1:${letter}${len(texts) + SPARE_ROWS}"
