"""Tables written as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from kstthc_training.sheets.columns import Cell, CellKind, Column, Share, shown_date, wall_clock
from kstthc_training.sheets.guard import guarded
from kstthc_training.text import clean

_BOM = "\ufeff"


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as Excel in Vietnamese opens it: UTF-8 with BOM, `;` between cells, CRLF after rows, headings first.

    Text that would be taken for a formula, that is beginning with = + - @ tab or CR (phones like +84 912… too), gets
    an apostrophe before it; numbers do not. Dates are dd/mm/yyyy, instants (aware) the province's dd/mm/yyyy hh:mm,
    ratios in a percent column, and every `Share`, 89,6%, decimal commas, no grouping.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_text(column.title) for column in columns])
    kinds = [column.kind for column in columns]
    writer.writerows([_shown(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows)
    return (_BOM + out.getvalue()).encode()


def _shown(cell: Cell, kind: CellKind) -> str:
    if isinstance(cell, str):
        return _text(cell)
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        at = wall_clock(cell)
        return f"{shown_date(at)} {at.hour:02d}:{at.minute:02d}"
    if isinstance(cell, date):
        return shown_date(cell)
    if kind is CellKind.PERCENT or isinstance(cell, Share):
        return f"{cell * 100:.1f}%".replace(".", ",")
    return str(cell).replace(".", ",")


def _text(value: str) -> str:
    return guarded(clean(value))
