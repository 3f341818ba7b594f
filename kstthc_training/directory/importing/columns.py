"""Which column is which: found by the headings, or chosen; what is missing or chosen twice."""

from collections.abc import Mapping

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.plans import Problem
from kstthc_training.sheets import ColumnMap, Fields, Table, choose_columns, map_columns

Chosen = Mapping[int, str]


def columns_of(table: Table, fields: Fields, chosen: Chosen | None) -> ColumnMap:
    """The columns of the fields: by the headings, or as chosen by column number ('' for a column left out)."""
    if chosen is None:
        return map_columns(table, fields)
    places: dict[str, int | None] = {}
    for column, field in sorted(chosen.items()):
        if field in fields and column < len(table.header):
            places.setdefault(field, column)
    return choose_columns(table, fields, places)


def column_problems(
    table: Table, columns: ColumnMap, chosen: Chosen | None, required: tuple[str, ...]
) -> tuple[Problem, ...]:
    """Required fields without a column, and columns chosen for a field that an earlier one has."""
    problems = [
        Problem(table.header_line, "", name, "", ProblemCode.COLUMN_MISSING)
        for name in required
        if columns.column(name) is None
    ]
    for column, name in sorted((chosen or {}).items()):
        first = columns.column(name) if name else None
        if first is not None and first != column and column < len(table.header):
            header = table.header[column]
            problems.append(Problem(table.header_line, header, name, header, ProblemCode.COLUMN_TWICE))
    return tuple(problems)
