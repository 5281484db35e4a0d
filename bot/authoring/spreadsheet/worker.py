"""What stands in the cells of a workbook? Run as a process of its own, with little memory and time.

A workbook comes from outside, and the parser builds a table of everything between its first and its last cell: two
cells far apart are enough to ask for all memory there is. Here that ends this process and nothing else.

Standard input: the workbook. Standard output: a JSON object, by sheet name a list of rows of texts.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

MEMORY = 400_000_000  # bytes of addresses; Python and the parser themselves take half
SECONDS = 10  # of the processor
MAX_ROWS, MAX_COLUMNS = 50_000, 200  # of one sheet
TOO_LARGE, UNREADABLE = 3, 4  # exit codes

Value = float | str | bool | time | date | datetime | timedelta | int


def main() -> int:
    """Read the cells."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        cells = {name: _rows(book, name) for name in book.sheet_names}
    except CalamineError:
        return UNREADABLE
    except (MemoryError, OverflowError):
        return TOO_LARGE
    sys.stdout.write(json.dumps(cells))
    return 0


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise OverflowError
    return [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.strftime("%H.%M")
    return value.isoformat() if isinstance(value, date) else str(value)


if __name__ == "__main__":
    sys.exit(main())
