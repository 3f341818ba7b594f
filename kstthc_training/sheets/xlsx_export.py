"""Tables written as XLSX."""

import io
from collections.abc import Sequence, Sized
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from kstthc_training.sheets.columns import Cell, CellKind, Column, Share, Sheet, shown_date, wall_clock
from kstthc_training.sheets.refusals import TooManyRows
from kstthc_training.sheets.sheet_names import usable_names
from kstthc_training.text import clean

# Two writings of the same rows must be the same octets, so no file says when it was made.
_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zones
_FORMATS: dict[CellKind, dict[str, Any]] = {
    CellKind.TEXT: {"num_format": "@", "text_wrap": True},
    CellKind.INTEGER: {"num_format": "#,##0"},
    CellKind.PERCENT: {"num_format": "0.0%"},
    CellKind.DATE: {"num_format": "dd/mm/yyyy"},
    CellKind.DATETIME: {"num_format": "dd/mm/yyyy hh:mm"},
}
_WIDTHS = {CellKind.INTEGER: 9.0, CellKind.PERCENT: 9.0, CellKind.DATE: 12.0, CellKind.DATETIME: 17.0}
_WIDEST = 60.0
_SAMPLED_ROWS = 100
_ROWS_IN_MEMORY = 5_000
MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_766
_FIRST_YEAR = 1900
_EXACT_BELOW = 10**15


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a bold heading row that stays in sight and filters, typed cells, the same octets for the same rows.

    Text stays text, whatever it begins with, and so do empty cells of text columns (`+84…`, leading zeros). Ratios go
    into percent columns or are a `Share`, dates and instants (aware) go into date columns; a string in any column is
    written as text.
    Cells are cut at the 32,766 characters a sheet can hold; more rows than it can hold are refused.
    """
    # Only who asks for a workbook pays for the library that makes it.
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {_mode(sheets): True, "strings_to_formulas": False, "strings_to_urls": False})
    try:
        book.set_properties({"created": _MADE_AT})
        formats = {kind: book.add_format({"valign": "top", **style}) for kind, style in _FORMATS.items()}
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for name, sheet in zip(usable_names([sheet.name for sheet in sheets]), sheets, strict=True):
            _write_sheet(book.add_worksheet(name), sheet, formats, heading)
    finally:
        book.close()
    return out.getvalue()


def _mode(sheets: Sequence[Sheet]) -> str:
    # Small tables never touch the disk; large ones, or of unknown length, never fill the memory.
    sized = [len(sheet.rows) if isinstance(sheet.rows, Sized) else _ROWS_IN_MEMORY + 1 for sheet in sheets]
    return "in_memory" if sum(sized) <= _ROWS_IN_MEMORY else "constant_memory"


def _write_sheet(page: Any, sheet: Sheet, formats: dict[CellKind, Any], heading: Any) -> None:
    rows = iter(sheet.rows)
    sample = list(islice(rows, _SAMPLED_ROWS))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(column, place, sample), formats[column.kind])
        page.write_string(0, place, _text(column.title), heading)
    page.freeze_panes(1, 0)
    line = 0
    styles = [formats[column.kind] for column in sheet.columns]
    for line, row in enumerate(chain(sample, rows), start=1):
        if line > MOST_ROWS:
            raise TooManyRows(rows=line, limit=MOST_ROWS)
        _write_row(page, line, row, styles, formats[CellKind.PERCENT])
    if sheet.columns:
        page.autofilter(0, 0, line, len(sheet.columns) - 1)


def _write_row(page: Any, line: int, row: Sequence[Cell], styles: Sequence[Any], percent: Any) -> None:
    for place, (cell, style) in enumerate(zip(row, styles, strict=True)):
        if isinstance(cell, str):
            if text := _text(cell):
                page.write_string(line, place, text, style)
        elif isinstance(cell, date):
            _write_date(page, line, place, cell, style)
        elif cell is not None:
            _write_number(page, line, place, cell, percent if isinstance(cell, Share) else style)


def _write_date(page: Any, line: int, place: int, day: date, style: Any) -> None:
    if day.year < _FIRST_YEAR:
        page.write_string(line, place, shown_date(day), style)
    else:
        page.write_datetime(line, place, wall_clock(day) if isinstance(day, datetime) else day, style)


def _write_number(page: Any, line: int, place: int, number: float | Decimal, style: Any) -> None:
    # Beyond fifteen digits Excel rounds what it shows.
    if -_EXACT_BELOW < number < _EXACT_BELOW:
        page.write_number(line, place, number, style)
    else:
        page.write_string(line, place, str(number), style)


def _text(value: str) -> str:
    text = clean(value)[:_MOST_CHARACTERS]
    # The writing library copies such text into the file as markup.
    return f"{text} " if text[:3] == "<r>" and text.endswith("</r>") else text


def _width(column: Column, place: int, sample: Sequence[Sequence[Cell]]) -> float:
    if column.width is not None:
        return column.width
    if column.kind is not CellKind.TEXT:
        return max(_WIDTHS[column.kind], min(len(column.title) + 3.0, 23.0))
    longest = max((len(str(row[place])) for row in sample if row[place] is not None), default=0)
    return min(max(longest, len(column.title)) + 3.0, _WIDEST)
