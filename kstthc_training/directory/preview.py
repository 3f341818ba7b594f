"""What the preview of an import shows: columns to choose, figures, problems with their cures, what will change."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.importing.columns import Chosen
from kstthc_training.directory.importing.focal_points import FocalPoints
from kstthc_training.directory.importing.people import PersonValues
from kstthc_training.directory.importing.plans import Effect, ImportPlan, PlannedRow, Problem
from kstthc_training.directory.wording import FIELD_WORDS, problem_words
from kstthc_training.people.finding import PersonRow
from kstthc_training.people.likeness import Described, alike_all
from kstthc_training.people.words import clue_words
from kstthc_training.sheets import Table

MOST_PROBLEMS = 200
MOST_CHANGED = 100
MOST_NEW = 20
_COLUMN = re.compile(r"c([0-9]{1,3})\Z")
_NAME_FIELD = {ImportKind.ORGANISATIONS: "name", ImportKind.PEOPLE: "full_name", ImportKind.MERGERS: "old_name"}


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the file: its number, letters, heading, an example, and the field it is taken for ('' for none)."""

    number: int
    letters: str
    heading: str
    example: str
    field: str


@dataclass(frozen=True)
class ShownProblem:
    """A problem with the name of what its line is about, in words."""

    problem: Problem
    name: str
    column: str
    what: str
    cure: str


@dataclass(frozen=True)
class Likely:
    """A row that adds somebody who may be on record already: who that may be, and what speaks for it in words."""

    row: PlannedRow[PersonValues]
    people: tuple[tuple[PersonRow, str], ...]


@dataclass(frozen=True)
class Preview:
    """The plan of one file as the page shows it; `problems` and `changed` and `new` are cut to what a page holds.

    `registers` counts the rows whose people go on the list of an event, `likely` are those of whom somebody is known.
    """

    kind: ImportKind
    table: Table
    columns: list[ColumnChoice]
    counts: dict[str, int]
    problems: list[ShownProblem]
    all_problems: int
    lines_in_error: int
    changed: list[PlannedRow[Any]]
    new: list[PlannedRow[Any]]
    writes: int
    restored: int
    focal_points: FocalPoints
    send_links: bool
    registers: int = 0
    likely: Sequence[Likely] = ()

    @property
    def may_import(self) -> bool:
        """Whether there is something to take in and nothing against it."""
        lets_in = self.send_links and self.focal_points.count
        return not self.all_problems and bool(self.writes or lets_in or self.registers)


def chosen_columns(values: Mapping[str, str]) -> Chosen | None:
    """The fields chosen by column number; None when no column was chosen yet."""
    chosen = {int(found.group(1)): values[name] for name in values if (found := _COLUMN.match(name))}
    return chosen or None


def preview_of(
    kind: ImportKind, plan: ImportPlan[Any], focal_points: FocalPoints, *, send_links: bool, is_for_event: bool = False
) -> Preview:
    """What a page shows of a plan."""
    problems = [*plan.problems, *(focal_points.problems if send_links else ())]
    return Preview(
        kind=kind,
        table=plan.table,
        columns=_columns(plan),
        counts={effect.value: plan.count(effect) for effect in Effect},
        problems=shown_problems(kind, plan, problems[:MOST_PROBLEMS]),
        all_problems=len(problems),
        lines_in_error=len({problem.line for problem in problems}),
        changed=_rows(plan, Effect.CHANGED, MOST_CHANGED),
        new=_rows(plan, Effect.NEW, MOST_NEW),
        writes=plan.writes,
        restored=plan.restored,
        focal_points=focal_points,
        send_links=send_links,
        registers=len(plan.rows) if is_for_event else 0,
        likely=_likely(plan) if kind is ImportKind.PEOPLE else (),
    )


def _likely(plan: ImportPlan[PersonValues]) -> list[Likely]:
    new = {row.line: row for row in plan.rows if row.effect is Effect.NEW}
    alike = alike_all({line: _described(row.values) for line, row in new.items()})
    return [
        Likely(new[line], tuple((each.person, ", ".join(clue_words(each.clues))) for each in found))
        for line, found in sorted(alike.items())
        if found
    ]


def _described(values: PersonValues) -> Described:
    row = values.row
    return Described(row.full_name, values.organisation_id, row.email, row.phone)


def shown_problems(kind: ImportKind, plan: ImportPlan[Any], problems: Sequence[Problem]) -> list[ShownProblem]:
    """Problems in words, each with what its line is about."""
    column = plan.columns.column(_NAME_FIELD[kind])
    names = {} if column is None else {row.line: row.at(column) for row in plan.table.rows}
    shown = []
    for problem in problems:
        what, cure = problem_words(problem, kind)
        heading = problem.column or str(FIELD_WORDS[kind].get(problem.field, problem.field))
        shown.append(ShownProblem(problem, names.get(problem.line, ""), heading, what, cure))
    return shown


def _rows(plan: ImportPlan[Any], effect: Effect, most: int) -> list[PlannedRow[Any]]:
    return list(islice((row for row in plan.rows if row.effect is effect), most))


def _columns(plan: ImportPlan[Any]) -> list[ColumnChoice]:
    fields = {match.column: field for field, match in plan.columns.matches.items()}
    return [
        ColumnChoice(number, _letters(number), heading, _example(plan.table, number), fields.get(number, ""))
        for number, heading in enumerate(plan.table.header)
        if heading or _example(plan.table, number)
    ]


def _example(table: Table, column: int) -> str:
    return next((row.at(column)[:60] for row in table.rows[:50] if row.at(column)), "")


def _letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
