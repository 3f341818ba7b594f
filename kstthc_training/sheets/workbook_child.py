"""Reads one workbook from its input in a process of its own and prints the cells as JSON.

A small workbook can be built to fill any memory, and the reader then ends its process; here it ends this one alone.
Run by its path, isolated, so it knows nothing but the standard library and the reader.
"""

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MOST_MEMORY = 1 << 30
MOST_SECONDS = 20
MOST_CHARACTERS = 30_000_000
EXACT_BELOW = 10**15


def main() -> None:
    """Answer one question: standard input holds a line of JSON, `sheet` ('' for the first) and `rows`, then the file."""
    bound_resources()
    question = json.loads(sys.stdin.buffer.readline())
    json.dump(read_workbook(sys.stdin.buffer.read(), question["sheet"], question["rows"]), sys.stdout)


def bound_resources() -> None:
    """Give this process no more than a gigabyte and twenty seconds, where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def read_workbook(content: bytes, sheet: str, most_rows: int) -> dict[str, Any]:
    """The visible sheets' names, how many rows of one are filled, and the first of them; or why not, under `refused`."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _read_sheet(book, sheet, most_rows)
    except PasswordError:
        return {"refused": "locked"}
    except CalamineError:
        return {"refused": "broken"}
    except MemoryError:
        return {"refused": "heavy"}


def _read_sheet(book: CalamineWorkbook, sheet: str, most_rows: int) -> dict[str, Any]:
    names = [
        found.name
        for found in book.sheets_metadata
        if found.typ is SheetTypeEnum.WorkSheet and found.visible is SheetVisibleEnum.Visible
    ]
    chosen = sheet or next(iter(names), "")
    if chosen not in names:
        return {"refused": "no sheet", "sheet_names": names}
    answer: dict[str, Any] = {"sheet_names": names, "sheet": chosen}
    rows: list[tuple[int, list[str]]] = []
    count = characters = 0
    for line, cells in _filled_rows(book.get_sheet_by_name(chosen)):
        count += 1
        characters += sum(map(len, cells))
        if characters > MOST_CHARACTERS:
            return {"refused": "heavy"}
        if count <= most_rows:
            rows.append((line, cells))
    return answer | {"rows": rows, "count": count}


def _filled_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        starting.setdefault(top + 1, []).append((bottom + 1, left))
    merged: dict[int, tuple[int, str]] = {}
    # The reader begins with the first row of the sheet, yet with the first filled column.
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for line, values in enumerate(sheet.iter_rows(), start=1):
        cells = [*before, *map(cell_text, values)]
        if any(cell.strip() for cell in cells):
            yield line, _with_merged(line, cells, merged, starting.get(line, []))


def _with_merged(
    line: int, cells: list[str], merged: dict[int, tuple[int, str]], starting: list[tuple[int, int]]
) -> list[str]:
    for column, (bottom, text) in list(merged.items()):
        if line > bottom:
            del merged[column]
        elif not cells[column]:
            cells[column] = text
    merged.update({column: (bottom, cells[column]) for bottom, column in starting if column < len(cells)})
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def cell_text(value: Any) -> str:
    """A cell as the text a person would have typed: 900000018, 1.5, 15/03/2024, 15/03/2024 08:30, 08:30, TRUE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number_text(value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return _moment_text(value)


def _number_text(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_BELOW:
        return str(int(value))
    return repr(value)


def _moment_text(value: date | time) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    day = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, datetime) and value.time() != time.min:
        return f"{day} {_moment_text(value.time())}"
    return day


if __name__ == "__main__":
    main()
