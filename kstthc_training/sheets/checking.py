"""Rows checked one by one, all of them, so that an import is taken whole or refused with every error named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from kstthc_training.sheets.headings import ColumnMap
from kstthc_training.sheets.table import Row, Table

T = TypeVar("T")
V = TypeVar("V")


class RowCode(StrEnum):
    """What any import may find wrong with a cell; features add codes of their own."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RowError:
    """One error: the line in the file, the heading of the column (the field's name when it has none), code and value."""

    line: int
    column: str
    code: str
    value: str
    field: str


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """Either what all rows became, with no errors, or every error and nothing else."""

    drafts: tuple[T, ...]
    errors: tuple[RowError, ...]


@dataclass(slots=True)
class RowCheck:
    """One row under check: reads fields and notes what is wrong with them."""

    row: Row
    columns: ColumnMap
    errors: list[RowError] = field(default_factory=list)

    def text(self, name: str, *, required: bool = False, most: int | None = None) -> str:
        """The field's text, '' when it is blank; noted when blank though required, or of more than `most` characters."""
        value = self._value(name)
        if required and not value:
            self.refuse(name, RowCode.MISSING)
        if most is not None and len(value) > most:
            self.refuse(name, RowCode.TOO_LONG)
        return value

    def read(
        self, name: str, parse: Callable[[str], V | None], *, required: bool = False, code: str = RowCode.UNREADABLE
    ) -> V | None:
        """What `parse` makes of the field; None when blank, and noted with `code` when parse gives None."""
        value = self.text(name, required=required)
        if not value:
            return None
        parsed = parse(value)
        if parsed is None:
            self.refuse(name, code)
        return parsed

    def refuse(self, name: str, code: str) -> None:
        """Note an error of this row in a field."""
        match = self.columns.matches.get(name)
        column = match.header if match and match.header else name
        self.errors.append(RowError(self.row.line, column, str(code), self._value(name), name))

    def _value(self, name: str) -> str:
        column = self.columns.column(name)
        return "" if column is None else self.row.at(column)


def check_rows(table: Table, columns: ColumnMap, read: Callable[[RowCheck], T]) -> Checked[T]:
    """Read every row with `read`; drafts of all rows when none has an error, else the errors of all rows, by line."""
    errors: list[RowError] = []
    drafts = tuple(read(RowCheck(row, columns, errors)) for row in table.rows)
    return Checked((), tuple(errors)) if errors else Checked(drafts, ())
