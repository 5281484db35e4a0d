"""Workbooks as clerks send them back: cells changed, saved as .xlsx or as .ods."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from bot.authoring.spreadsheet.read import Upload, read_sheet
from bot.authoring.spreadsheet.safety import read_cells
from bot.authoring.spreadsheet.write import export_sheet
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.folder import files_of
from bot.knowledge.reading.loader import load, read_files

Tables = dict[str, list[list[str]]]
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def exported(folder: Path) -> Tables:
    """The cells of a fresh workbook."""
    tables, problems = read_cells(export_sheet(files_of(folder), load(folder)), "lembar.xlsx")
    assert problems == ()
    return {name: [list(row) for row in rows] for name, rows in tables.items()}


def put(tables: Tables, sheet: str, cell: str, text: str) -> None:
    """Write into a cell: ``put(tables, "Layanan", "B7", "…")``."""
    name, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - ord("A") + 1
    rows = tables[sheet]
    while len(rows) < int(digits):
        rows.append([])
    row = rows[int(digits) - 1]
    row += [""] * (column - len(row))
    row[column - 1] = text


def cell_of(tables: Tables, sheet: str, whose: str, key: str) -> str:
    """The cell of a key (second row) in the first row of an id."""
    rows = tables[sheet]
    column = rows[1].index(key)
    number = next(index for index, row in enumerate(rows) if index > 1 and row[0] == whose)
    return f"{xl_col_to_name(column)}{number + 1}"


def as_xlsx(tables: Tables) -> bytes:
    """A workbook of texts only."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(index, column, text)
    return stream.getvalue()


def as_ods(tables: Tables) -> bytes:
    """The same as LibreOffice lays it out: a paragraph for each line of a cell."""
    return ods("".join(_ods_table(*one) for one in tables.items()))


def ods(tables: str) -> bytes:
    """An .ods file around some tables."""
    manifest = f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3"/>'
    return zipped({"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest, "content.xml": _ods_content(tables)})


def _ods_content(tables: str) -> str:
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0"?><office:document-content {spaces}>{body}</office:document-content>'


def zipped(entries: dict[str, str | bytes]) -> bytes:
    """A zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_entry(raw: bytes, name: str, content: bytes) -> bytes:
    """The same zip file with one more file inside, or another one under a name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**entries, name: content})


def with_xml(raw: bytes, sheet: str, old: str, new: str) -> bytes:
    """The same workbook with a piece of a sheet's XML replaced, as no program for making workbooks would."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = re.findall(r'<sheet name="(.*?)"', archive.read("xl/workbook.xml").decode())
        entry = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        xml = archive.read(entry).decode()
    assert old in xml
    return with_entry(raw, entry, xml.replace(old, new, 1).encode())


def with_cell(raw: bytes, sheet: str, cell: str, xml: str) -> bytes:
    """The same workbook with a cell written anew."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = re.findall(r'<sheet name="(.*?)"', archive.read("xl/workbook.xml").decode())
        content = archive.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml").decode()
    found = re.search(rf'<c r="{cell}"(?:[^>]*/>|.*?</c>)', content)
    assert found, cell
    return with_xml(raw, sheet, found[0], xml)


def sent_back(folder: Path, tables: Tables, save: Callable[[Tables], bytes] = as_xlsx) -> Upload:
    """What the workbook changes in the folder as it stands; by cell, what the whole knowledge would say to it."""
    return read_back(folder, save(tables))


def read_back(folder: Path, raw: bytes, knowledge: KnowledgeBase | None = None) -> Upload:
    """The same of a workbook's bytes; ``knowledge`` answers when the folder is broken."""
    files = files_of(folder)
    result = read_sheet(raw, "lembar.xlsx", files, knowledge or load(folder))
    problems = result.named(read_files({**files, **result.files}).problems) if result.files else ()
    return replace(result, files={}, problems=problems) if problems else result


def _ods_table(name: str, rows: list[list[str]]) -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}">{lines}</table:table>'


def _ods_cell(text: str) -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>' if text else _EMPTY


_EMPTY = "<table:table-cell/>"
