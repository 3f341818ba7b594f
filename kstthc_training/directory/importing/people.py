"""A list of people held against those on record: the same name with the same organisation, address or number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.columns import Chosen, column_problems, columns_of
from kstthc_training.directory.importing.known import KnownPerson, organisations_not_ended, people_like, place_book
from kstthc_training.directory.importing.person_rows import FIELDS, REQUIRED, PersonRow, read_rows
from kstthc_training.directory.importing.places import Place, PlaceBook
from kstthc_training.directory.importing.plans import Change, ImportPlan, PlannedRow, Problem
from kstthc_training.sheets import ColumnMap, Table
from kstthc_training.text import fold, shown_phone


@dataclass(frozen=True, slots=True)
class PersonValues:
    """A row with the organisation it means, and what is known of the person."""

    row: PersonRow
    organisation_id: int
    version: int = 0

    @property
    def speaks_for(self) -> int | None:
        """The organisation whose focal point the person is to be."""
        return self.organisation_id if self.row.focal_point else None


def plan_people(table: Table, *, chosen: Chosen | None = None, on: date) -> ImportPlan[PersonValues]:
    """What taking a list of people in on a day would do. Two statements. What a row leaves blank stays as it is."""
    columns = columns_of(table, FIELDS, chosen)
    if wrong := column_problems(table, columns, chosen, REQUIRED):
        return ImportPlan(table, columns, problems=wrong)
    rows, problems, restored = read_rows(table, columns)
    matching = _Matching(rows, columns, place_book(organisations_not_ended(on).values()))
    planned = matching.run()
    problems = sorted([*problems, *matching.problems], key=lambda problem: problem.line)
    return ImportPlan(table, columns, rows=() if problems else planned, problems=tuple(problems), restored=restored)


@dataclass
class _Matching:
    """Finds for each row its organisation, and the person on record who is meant."""

    rows: list[PersonRow]
    columns: ColumnMap
    book: PlaceBook
    problems: list[Problem] = field(default_factory=list)
    _rows_of: dict[int, PersonRow] = field(default_factory=dict)
    _refused: set[int] = field(default_factory=set)

    def run(self) -> tuple[PlannedRow[PersonValues], ...]:
        places = {row.line: place for row in self.rows if (place := self._place(row))}
        self._refuse_repeated(places)
        known = _by_name(
            people_like(
                organisation_ids={place.id for place in places.values()},
                emails={row.email.lower() for row in self.rows if row.email},
                phones={row.phone for row in self.rows if row.phone},
            )
        )
        placed = [(row, place, known.get(fold(row.full_name), [])) for row in self.rows if (place := places.get(row.line))]
        surest_first = sorted(placed, key=lambda each: -_most_shared(*each))
        planned = [self._planned(*each) for each in surest_first]
        return tuple(sorted((row for row in planned if row is not None), key=lambda row: row.line))

    def _place(self, row: PersonRow) -> Place | None:
        if not row.organisation:
            return None
        found = self.book.find(row.organisation, row.district)
        if found.place is None:
            code = ProblemCode.AMBIGUOUS_PLACE if found.several else ProblemCode.UNKNOWN_PLACE
            hints = tuple(place.label for place in found.several or found.likely)
            self._refuse(row, "organisation", row.organisation, code, *hints)
        return found.place

    def _refuse_repeated(self, places: Mapping[int, Place]) -> None:
        earlier: dict[tuple[str, int], list[PersonRow]] = defaultdict(list)
        for row in self.rows:
            if row.full_name and (place := places.get(row.line)):
                namesakes = earlier[fold(row.full_name), place.id]
                if same := next((other for other in namesakes if not _are_two(row, other)), None):
                    self._refuse(row, "full_name", row.full_name, ProblemCode.REPEATED, str(same.line))
                namesakes.append(row)

    def _planned(self, row: PersonRow, place: Place, namesakes: list[KnownPerson]) -> PlannedRow[PersonValues] | None:
        known = _likeliest(row, place, namesakes)
        if len(known) > 1:
            hints = tuple(", ".join(filter(None, (person.title, person.email, person.phone))) for person in known)
            self._refuse(row, "full_name", row.full_name, ProblemCode.SEVERAL_PEOPLE, *hints)
            return None
        person = self._claimed(row, known[0]) if known else None
        if person is None:
            return PlannedRow(row.line, row.full_name, place.label, PersonValues(row, place.id), None, ())
        values = PersonValues(row, place.id, person.version)
        return PlannedRow(row.line, row.full_name, place.label, values, person.id, _changes(row, place, person))

    def _claimed(self, row: PersonRow, person: KnownPerson) -> KnownPerson | None:
        """The person, unless another line means them more surely and the numbers say that this is somebody else."""
        first = self._rows_of.setdefault(person.id, row)
        if first is row:
            return person
        if _are_two(row, first):
            return None
        if row.line not in self._refused:
            self._refuse(row, "full_name", row.full_name, ProblemCode.REPEATED, str(first.line))
        return person

    def _refuse(self, row: PersonRow, name: str, value: str, code: ProblemCode, *hints: str) -> None:
        match = self.columns.matches.get(name)
        self._refused.add(row.line)
        self.problems.append(Problem(row.line, match.header if match else "", name, value, code, hints))


def _are_two(one: PersonRow, other: PersonRow) -> bool:
    """Two of one name in one organisation are two people when their numbers say so."""
    return bool(one.phone and other.phone and one.phone != other.phone)


def _by_name(people: Iterable[KnownPerson]) -> dict[str, list[KnownPerson]]:
    named = defaultdict(list)
    for person in people:
        named[fold(person.full_name)].append(person)
    return named


def _likeliest(row: PersonRow, place: Place, namesakes: list[KnownPerson]) -> list[KnownPerson]:
    """Those who share most of organisation, address and number with the row; none when nobody shares any."""
    most = _most_shared(row, place, namesakes)
    return [person for person in namesakes if most and _shared(row, place, person) == most]


def _most_shared(row: PersonRow, place: Place, namesakes: list[KnownPerson]) -> int:
    return max((_shared(row, place, person) for person in namesakes), default=0)


def _shared(row: PersonRow, place: Place, person: KnownPerson) -> int:
    same_email = bool(row.email) and row.email.lower() == person.email.lower()
    same_phone = bool(row.phone) and row.phone == person.phone
    return (person.organisation_id == place.id) + same_email + same_phone


def _changes(row: PersonRow, place: Place, person: KnownPerson) -> tuple[Change, ...]:
    moved = place.id != person.organisation_id
    said = (
        ("full_name", person.full_name, row.full_name),
        ("title", person.title, row.title),
        ("organisation", person.organisation, place.label if moved else ""),
        ("phone", shown_phone(person.phone), shown_phone(row.phone)),
        ("email", person.email, row.email),
    )
    return tuple(Change(name, before, after) for name, before, after in said if after and after != before)
