"""A file handed in, read as a table."""

import re
from collections.abc import Sequence

from kstthc_training.sheets.delimited import Line, read_delimited
from kstthc_training.sheets.formats import Format, format_of
from kstthc_training.sheets.guard import unguarded
from kstthc_training.sheets.headings import Fields, match_headings
from kstthc_training.sheets.limits import LIMITS, Limits
from kstthc_training.sheets.refusals import EmptyTable, TooManyColumns, TooManyRows
from kstthc_training.sheets.table import Row, Table
from kstthc_training.sheets.workbook import WorkbookLines, read_workbook
from kstthc_training.text import clean, clean_line, whole_number

HEADER_LINES = 10
_NUMBERED = re.compile(r"\(?([0-9]+|[A-Z])\)?")
_NO_FIELDS: Fields = {}


def read_table(
    filename: str, content: bytes, *, fields: Fields = _NO_FIELDS, sheet: str | None = None, limits: Limits = LIMITS
) -> Table:
    """The table in a CSV, XLSX, XLS or ODS file: cleaned text cells under a heading, blank lines left out.

    `fields` maps each field to the headings it goes by; the heading is that of the first ten filled lines on which most
    fields are found, the surest, the last of those alike; else the first line about as full as any of them. A line under
    it that only numbers the columns is skipped. `sheet` names a sheet of a workbook (default: the first visible). Numbers,
    dates and times become text (900000018, 15/03/2024); apostrophes put before formula signs come off. Refuses with
    SheetRefused.
    """
    kind = format_of(filename, content, limits)
    if kind is Format.DELIMITED:
        read = WorkbookLines((), "", read_delimited(filename, content, fields), 0)
    else:
        read = read_workbook(filename, content, sheet=sheet, most_rows=limits.rows + HEADER_LINES)
    lines = _filled(read.lines, limits)
    if not lines:
        raise EmptyTable(filename=filename)
    place = _header_place(lines, fields)
    rows = lines[place + 1 :]
    if rows and _numbers_columns(rows[0]):
        rows = rows[1:]
    if (count := len(rows) + read.further) > limits.rows:
        raise TooManyRows(rows=count, limit=limits.rows)
    header = tuple(clean_line(cell) for cell in lines[place].cells)
    return Table(filename, lines[place].line, header, tuple(rows), read.sheet or None, read.sheet_names)


def _filled(lines: Sequence[Line], limits: Limits) -> list[Row]:
    rows = []
    for line, raw in lines:
        cells = [unguarded(clean(cell)) if cell else "" for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.columns:
            raise TooManyColumns(columns=len(cells), limit=limits.columns, line=line)
        if cells:
            rows.append(Row(line, tuple(cells)))
    return rows


def _header_place(lines: Sequence[Row], fields: Fields) -> int:
    first = lines[:HEADER_LINES]
    found = [[match.confidence for match in match_headings(line.cells, fields)] for line in first]
    if any(found):
        return max(range(len(first)), key=lambda place: (len(found[place]), sum(found[place]), place))
    filled = [sum(map(bool, line.cells)) for line in first]
    return next(place for place, count in enumerate(filled) if 2 * count > max(filled))


def _numbers_columns(row: Row) -> bool:
    marks = [_NUMBERED.fullmatch(cell) for cell in row.cells if cell]
    values = [mark.group(1) for mark in marks if mark]
    numbers = [number for value in values if (number := whole_number(value)) is not None]
    return len(values) == len(marks) > 2 and numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
