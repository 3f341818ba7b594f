"""A list of organisations held against those on record: by code, else by name and where they belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.columns import Chosen, column_problems, columns_of
from kstthc_training.directory.importing.known import ended_bearers, organisations_not_ended, place_book
from kstthc_training.directory.importing.organisation_matching import Matching
from kstthc_training.directory.importing.organisation_rows import FIELDS, REQUIRED, OrganisationRow, read_rows
from kstthc_training.directory.importing.plans import Change, ImportPlan, PlannedRow, Problem
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.organisations.queries import kinds, levels
from kstthc_training.sheets import Table
from kstthc_training.text import shown_phone

_LEVEL_OF_KIND = {"central": "central", "district": "district", "commune": "commune"}
_LEVEL_OF_OTHERS = "province"


@dataclass(frozen=True, slots=True)
class OrganisationValues:
    """A row with what it means: its level, and its parent, on record or in another line of the file."""

    row: OrganisationRow
    level_id: int
    parent_id: int | None
    parent_line: int | None


def plan_organisations(table: Table, *, chosen: Chosen | None = None, on: date) -> ImportPlan[OrganisationValues]:
    """What taking a list of organisations in on a day would do; rows come parents first. Five statements at most.

    Without a column of levels, districts and communes are of their own level, central agencies are central, and others
    are of their parent's level, at the top of the province's. What a row leaves blank stays as it is.
    """
    columns = columns_of(table, FIELDS, chosen)
    if wrong := column_problems(table, columns, chosen, REQUIRED):
        return ImportPlan(table, columns, problems=wrong)
    all_kinds, all_levels = kinds(), levels()
    rows, problems, restored = read_rows(table, columns, all_kinds, all_levels)
    known = organisations_not_ended(on)
    matching = Matching({row.line: row for row in rows}, known, place_book(known.values()), columns)
    matching.run()
    problems += matching.problems + _codes_taken(matching, on)
    if problems:
        return ImportPlan(table, columns, problems=tuple(sorted(problems, key=lambda problem: problem.line)))
    planning = _Planning(matching, {kind.id: kind for kind in all_kinds}, {level.id: level for level in all_levels})
    return ImportPlan(table, columns, rows=tuple(planning.rows()), restored=restored)


def _codes_taken(matching: Matching, on: date) -> list[Problem]:
    """Codes of organisations that ended, but not before the row's begins."""
    new = [row for line, row in matching.rows.items() if line not in matching.meant and row.code]
    bearers = ended_bearers([row.code for row in new], matching.known)
    taken = []
    for row in new:
        bearer = bearers.get(row.code)
        if bearer is not None and bearer.valid_to is not None and bearer.valid_to >= (row.valid_from or on):
            header = matching.columns.matches["code"].header
            taken.append(Problem(row.line, header, "code", row.code, ProblemCode.CODE_TAKEN, (bearer.name,)))
    return taken


@dataclass
class _Planning:
    """Makes planned rows, parents first, since a level may be that of the parent."""

    matching: Matching
    kinds: Mapping[int, OrganisationKind]
    levels: Mapping[int, OrganisationLevel]

    def rows(self) -> list[PlannedRow[OrganisationValues]]:
        planned: dict[int, PlannedRow[OrganisationValues]] = {}
        for line in self.matching.order():
            above = planned.get(self.matching.parent_line.get(line, 0))
            planned[line] = self._row(self.matching.rows[line], above)
        return list(planned.values())

    def _row(self, row: OrganisationRow, above: PlannedRow[OrganisationValues] | None) -> PlannedRow[OrganisationValues]:
        known = self.matching.known.get(self.matching.meant.get(row.line, 0))
        parent = self.matching.known.get(self.matching.parent_id(row.line) or 0)
        values = OrganisationValues(
            row=row,
            level_id=row.level_id or (known.level_id if known else self._level_id(row, parent, above)),
            parent_id=parent.id if parent else None,
            parent_line=above.line if above else None,
        )
        place = above.name if above else (parent.name if parent else "")
        changes = self._changes(known, values, place) if known else ()
        return PlannedRow(row.line, row.name, place, values, known.id if known else None, changes)

    def _level_id(
        self, row: OrganisationRow, parent: Organisation | None, above: PlannedRow[OrganisationValues] | None
    ) -> int:
        ids = {level.code: level.id for level in self.levels.values()}
        of_kind = _LEVEL_OF_KIND.get(self.kinds[row.kind_id].code)
        if of_kind is not None:
            return ids[of_kind]
        if above is not None:
            return above.values.level_id
        return parent.level_id if parent else ids[_LEVEL_OF_OTHERS]

    def _changes(self, known: Organisation, values: OrganisationValues, place: str) -> tuple[Change, ...]:
        row, parent = values.row, self.matching.known.get(known.parent_id or 0)
        moved = row.parent and values.parent_id != known.parent_id
        said = (
            ("code", known.code or "", row.code),
            ("name", known.name, row.name),
            ("short_name", known.short_name, row.short_name),
            ("kind", self.kinds[known.kind_id].name_vi, self.kinds[row.kind_id].name_vi),
            ("level", self.levels[known.level_id].name_vi, self.levels[values.level_id].name_vi),
            ("parent", parent.name if parent else "", place if moved else ""),
            ("email", known.email, row.email),
            ("phone", shown_phone(known.phone), shown_phone(row.phone)),
        )
        return tuple(Change(name, before, after) for name, before, after in said if after and after != before)
