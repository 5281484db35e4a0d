"""How is the knowledge written into a workbook that a clerk can fill in?"""

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from bot.authoring.spreadsheet.layout import (
    AGENCY,
    BASE_SHEET,
    CHOICES,
    HEADING_ROWS,
    ID,
    LISTS_SHEET,
    Column,
    ColumnKind,
    Shape,
    Sheet,
)
from bot.authoring.spreadsheet.rows import Rows, owner_of, rows_of, sheets_for
from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.problems import Problem
from bot.knowledge.reading.document import document_of
from bot.knowledge.reading.folder import Files

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done."""

_SPARE_ROWS = 500  # below the last one, with the same drop-downs
_LETTERS = 32_767  # the most one cell of Excel holds
_PART = 30_000  # letters of the hidden sheet in one cell
_AMOUNT = re.compile(r"0|[1-9][0-9]{0,14}")  # what a cell holds to the last digit
_ISO = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_HELP_LINES, _HELP_WIDTH = 8, 100
_LINE, _HIGHEST = 20, 400  # pixels
_A4 = 9
_OPTIONS = {
    "in_memory": True,
    "default_format_properties": {"locked": False},  # a row can only be deleted when none of its cells is locked
}
_MAY = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)


def quiet(_done: int, _all: int) -> None:
    """No progress is shown."""


def export_sheet(files: Files, knowledge: KnowledgeBase, progress: Progress = quiet) -> bytes:
    """A workbook of those services, agencies, referrals and holidays that the files hold; broken ones are left out.

    Raises:
        KnowledgeError: A text is too long for a cell.
    """
    ours = {file: document_of(raw).data for file, raw in files.items() if isinstance(raw, bytes) and owner_of(file)}
    rows = {file: rows_of(file, data) for file, data in ours.items() if isinstance(data, dict)}
    problems = [
        Problem(file, 1, f"satu isian lebih panjang dari {_LETTERS} huruf, sehingga tidak muat di lembar.")
        for file, sheets in rows.items()
        if any(len(text) > _LETTERS for cells in sheets.values() for row in cells for text in row)
    ]
    if problems:
        raise KnowledgeError(problems)
    stream = io.BytesIO()
    with Workbook(stream, _OPTIONS) as book:
        writer = _Writer(book, knowledge, rows)
        writer.help()
        for done, sheet in enumerate(writer.sheets, 1):
            writer.sheet(sheet)
            progress(done, len(writer.sheets))
        writer.hidden()
    return stream.getvalue()


def _set_lines(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row high enough for wrapped texts: not every program looks for it by itself."""
    pairs = zip(texts, widths, strict=True)
    lines = (sum(len(line) // width + 1 for line in text.split("\n")) for text, width in pairs)
    sheet.set_row_pixels(row, min(_LINE * max(lines), _HIGHEST))


class _Growing(Worksheet):
    """A sheet whose rows grow with what is written into them: no mark forbids a program to change their height.

    XlsxWriter sets that mark wherever a height is given, and has no option for it.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, [one for one in attributes if one[0] != "customHeight"])


class _Writer:
    def __init__(self, book: Workbook, knowledge: KnowledgeBase, rows: Mapping[str, Rows]) -> None:
        self.book, self.knowledge, self.rows, self.sheets = book, knowledge, rows, sheets_for(rows)
        self.say, self.choices = knowledge.phrases.say, self._choices()
        wrapped = {"text_wrap": True, "valign": "top"}
        self.title = self._format(**wrapped, bold=True, font_color="#FFFFFF", bg_color="#1F4E79", locked=True)
        self.key = self._format(italic=True, font_color="#595959", bg_color="#E8EEF4", locked=True)
        self.text = self._format(num_format="@", **wrapped)
        self.kinds = {
            ColumnKind.NUMBER: self._format(num_format="#,##0", **wrapped),
            ColumnKind.DATE: self._format(num_format="yyyy-mm-dd", **wrapped),
        }

    def help(self) -> None:
        """The first sheet: how this workbook is used."""
        sheet = self._sheet("petunjuk")
        sheet.set_column(0, 0, _HELP_WIDTH, self._format(text_wrap=True, valign="top"))
        sheet.write_string(0, 0, self.say("lembar.petunjuk_judul"), self._format(bold=True, font_size=14))
        for number in range(1, _HELP_LINES + 1):
            text = self.say(f"lembar.petunjuk_{number}")
            _set_lines(sheet, number, [text], [_HELP_WIDTH])
            sheet.write_string(number, 0, text)
        sheet.protect()

    def sheet(self, layout: Sheet) -> None:
        """One sheet with its headings, rows and drop-downs."""
        sheet, columns = self._sheet(layout.key), layout.columns
        rows = [row for sheets in self.rows.values() for row in sheets.get(layout.key, [])]
        last = HEADING_ROWS + len(rows) + _SPARE_ROWS
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, self.kinds.get(column.kind, self.text))
            self._heading(sheet, layout, number, column)
            if rule := self._rule(layout, column):
                sheet.data_validation(HEADING_ROWS, number, last, number, rule)
        for index, row in enumerate(rows, HEADING_ROWS):
            _set_lines(sheet, index, row, [column.width for column in columns])
            for number, (column, text) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, index, number, column, text)
        sheet.autofilter(HEADING_ROWS - 1, 0, last, len(columns) - 1)
        sheet.freeze_panes(HEADING_ROWS, 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.protect("", _MAY)

    def hidden(self) -> None:
        """What the drop-downs read, and from which rows a change of them is to be told."""
        lists, base = self.book.add_worksheet(LISTS_SHEET), self.book.add_worksheet(BASE_SHEET)
        for number, texts in enumerate(self.choices.values()):
            lists.write_column(0, number, texts)
        for index, (file, rows) in enumerate(self.rows.items()):
            text = json.dumps(rows, separators=(",", ":"))
            base.write_row(index, 0, [file, *(text[start : start + _PART] for start in range(0, len(text), _PART))])
        lists.very_hidden()
        base.very_hidden()

    def _sheet(self, key: str) -> Worksheet:
        return self.book.add_worksheet(self.say(f"lembar.{key}"), _Growing)

    def _format(self, **properties: Any) -> Format:
        return self.book.add_format(properties)

    def _heading(self, sheet: Worksheet, layout: Sheet, number: int, column: Column) -> None:
        name, remarks = column.name, self.knowledge.phrases.sentences
        sheet.write_string(0, number, self.say(f"lembar_kolom.{name}"), self.title)
        sheet.write_string(1, number, column.key, self.key)
        remark = remarks.get(f"lembar_catatan.{layout.key}_{name}", remarks.get(f"lembar_catatan.{name}"))
        if remark:
            sheet.write_comment(0, number, remark, {"x_scale": 2.2, "y_scale": 1.2, "author": ""})

    def _cell(self, sheet: Worksheet, row: int, number: int, column: Column, text: str) -> None:
        style = self.kinds.get(column.kind, self.text)
        if column.kind is ColumnKind.NUMBER and _AMOUNT.fullmatch(text):
            sheet.write_number(row, number, int(text), style)
        elif column.kind is ColumnKind.DATE and _ISO.fullmatch(text):
            sheet.write_datetime(row, number, datetime.fromisoformat(text), style)
        elif text:
            sheet.write_string(row, number, text, style)

    def _rule(self, layout: Sheet, column: Column) -> dict[str, Any]:
        """What a column's cells may hold; an id that is in no list yet is only asked about."""
        is_id = bool(column.choices) and column.choices == ID.choices
        rule: dict[str, Any] = {"error_type": "warning"} if is_id else {}
        if column.choices:
            number = list(self.choices).index(f"{layout.key}.id" if is_id else column.choices)
            rows = len(list(self.choices.values())[number]) + _SPARE_ROWS
            rule |= {"validate": "list", "source": f"={LISTS_SHEET}!{xl_range_abs(0, number, rows - 1, number)}"}
        elif column.kind is ColumnKind.DATE:
            rule = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        elif column.kind is ColumnKind.NUMBER:
            rule = {"validate": "integer", "criteria": ">=", "value": 0}
        else:
            return {}
        message = self.say("lembar.id_baru" if is_id else "lembar.isian_salah")
        return {**rule, "error_title": column.key[:32], "error_message": message}

    def _choices(self) -> dict[str, Sequence[str]]:
        """The texts of every drop-down: fixed ones, the agencies, and for each sheet the ids its rows may have."""
        lists: dict[str, Sequence[str]] = {**CHOICES, AGENCY.choices: list(self.knowledge.agencies)}
        ids = [(whose, owner_of(file)) for whose, file in self.knowledge.files.items() if file in self.rows]
        for sheet in self.sheets:
            if sheet.shape is not Shape.FILE and ID in sheet.columns:
                lists[f"{sheet.key}.id"] = [whose for whose, owner in ids if owner in sheet.owners]
        return lists
