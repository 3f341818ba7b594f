"""A table read from a file: a heading, and rows that remember which line of the file they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LOST_ZERO = re.compile(r"[35789]\d{8}|2\d{9}")
_LOST_DIGITS = re.compile(r"-?\d(\.\d+)?e\+\d+", re.IGNORECASE)


class Doubt(StrEnum):
    """What a spreadsheet program may have done to a cell before it came to us."""

    ZERO_LOST = "zero_lost"
    DIGITS_LOST = "digits_lost"


@dataclass(frozen=True, slots=True)
class CellDoubt:
    """A cell to look at: its line, its column from 0, why, what stands there, and what was likely meant ('' unknown)."""

    line: int
    column: int
    doubt: Doubt
    value: str
    likely: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its line in the file, from 1, and its cells, ends not padded."""

    line: int
    cells: tuple[str, ...]

    def at(self, column: int) -> str:
        """The cell of a column counted from 0, '' where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the filled rows below it; sheet names are those of a workbook, none for text files."""

    filename: str
    header_line: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str | None = None
    sheet_names: tuple[str, ...] = ()

    def doubts(self, columns: Iterable[int]) -> tuple[CellDoubt, ...]:
        """Cells of these columns that look like a phone number without its zero, or a number shown rounded.

        Ask for columns of phones and codes only: an amount may well be 900000018.
        """
        asked = list(columns)
        found = (_doubt(row, column) for row in self.rows for column in asked)
        return tuple(doubt for doubt in found if doubt)


def _doubt(row: Row, column: int) -> CellDoubt | None:
    value = row.at(column)
    if _LOST_ZERO.fullmatch(value):
        return CellDoubt(row.line, column, Doubt.ZERO_LOST, value, f"0{value}")
    if _LOST_DIGITS.fullmatch(value):
        return CellDoubt(row.line, column, Doubt.DIGITS_LOST, value, "")
    return None
