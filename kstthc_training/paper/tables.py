"""Tables of figures as data: columns, rows, groups with Roman numbers, a total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kstthc_training.paper.wording import roman


class Align(StrEnum):
    """Where the text of a column stands: words left, figures right, running numbers centred."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Cells(StrEnum):
    """How roomy cells are: text of 12 pt, of 13 pt, or of 13 pt with more space for a sheet people sign."""

    SMALL = "12"
    PLAIN = "13"
    SIGNED = "13 signed"


@dataclass(frozen=True)
class Column:
    """One column: its head, its width, and how far in from its edge the text stands, in millimetres.

    Neighbours with the same `group` share a head above their own.
    """

    title: str
    width_mm: float
    align: Align = Align.LEFT
    inset_mm: float = 0
    group: str = ""


@dataclass(frozen=True)
class Row:
    """A row: one text for each column."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class GroupRow(Row):
    """The bold row that opens a group; with two cells only, the second stands over all the other columns."""


@dataclass(frozen=True)
class TotalRow:
    """The bold last row: its label over the first columns, its figures in the last ones."""

    label: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class DataTable:
    """A table with its caption, the room in its cells, and the least height of its rows in millimetres."""

    columns: tuple[Column, ...]
    rows: tuple[Row | TotalRow, ...]
    caption: str = ""
    cells: Cells = Cells.SMALL
    row_height_mm: float = 0

    def __post_init__(self) -> None:
        """Refuse a row that does not fill the columns."""
        for row in self.rows:
            if not self._fits(row):
                raise ValueError(f"row does not fit {len(self.columns)} columns: {row}")

    def _fits(self, row: Row | TotalRow) -> bool:
        width = len(self.columns)
        if isinstance(row, TotalRow):
            return len(row.figures) < width
        return len(row.cells) == width or (isinstance(row, GroupRow) and len(row.cells) == 2 < width)

    @property
    def has_grouped_heads(self) -> bool:
        """Whether the head takes two rows."""
        return any(column.group for column in self.columns)


@dataclass(frozen=True)
class Group:
    """A group of rows: its title, the figures of its own row, and the cells of its members without their numbers."""

    title: str
    figures: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]


def numbered(rows: Iterable[Sequence[str]], *, start: int = 1) -> tuple[Row, ...]:
    """Rows with a running number before their cells."""
    return tuple(Row((str(number), *cells)) for number, cells in enumerate(rows, start=start))


def grouped(groups: Iterable[Group]) -> tuple[Row, ...]:
    """Rows of groups: a bold row with a Roman number for each, the numbers of the members starting again below it."""
    rows: list[Row] = []
    for place, group in enumerate(groups, start=1):
        rows.append(GroupRow((roman(place), group.title, *group.figures)))
        rows.extend(numbered(group.members))
    return tuple(rows)
