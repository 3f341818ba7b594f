"""What importing a file would do, row by row, before anything is done."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.sheets import ColumnMap, RowError, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: line of the file, heading of the column (the field's name when none), value.

    `hints` are what a cure needs: names to choose from, or the line that has it already.
    """

    line: int
    column: str
    field: str
    value: str
    code: ProblemCode
    hints: tuple[str, ...] = ()


class Effect(StrEnum):
    """What a row does to the directory."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """A field of something known that a row would change, as people read it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow(Generic[T]):
    """One row of a file: what it is about, where that belongs, its values, and what would change of what is known."""

    line: int
    name: str
    place: str
    values: T
    known_id: int | None
    changes: tuple[Change, ...]

    @property
    def effect(self) -> Effect:
        """New when nothing known is meant."""
        if self.known_id is None:
            return Effect.NEW
        return Effect.CHANGED if self.changes else Effect.UNCHANGED


@dataclass(frozen=True, slots=True)
class ImportPlan(Generic[T]):
    """All rows of a file, or all its problems; `restored` counts telephone numbers given their lost zero back."""

    table: Table
    columns: ColumnMap
    rows: tuple[PlannedRow[T], ...] = ()
    problems: tuple[Problem, ...] = ()
    restored: int = 0

    def count(self, effect: Effect) -> int:
        """How many rows have this effect."""
        return sum(row.effect is effect for row in self.rows)

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.count(Effect.NEW) + self.count(Effect.CHANGED)

    @property
    def lines_in_error(self) -> int:
        """How many lines of the file have problems."""
        return len({problem.line for problem in self.problems})


def problem_of(error: RowError, hints: tuple[str, ...] = ()) -> Problem:
    """What a check of cells found, as a problem."""
    return Problem(error.line, error.column, error.field, error.value, ProblemCode(error.code), hints)
