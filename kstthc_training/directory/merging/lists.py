"""A list of mergers from a file: one line for each old organisation and the new one that continues it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.columns import column_problems, columns_of
from kstthc_training.directory.importing.known import organisations_not_ended, place_book
from kstthc_training.directory.importing.places import Found, Place, PlaceBook
from kstthc_training.directory.importing.plans import Problem, problem_of
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.sheets import ColumnMap, Fields, RowCheck, Table, check_rows
from kstthc_training.text import fold

FIELDS: Fields = {
    "old_name": ("tên cũ", "nơi cũ", "đơn vị cũ", "xã cũ", "old_name", "old name"),
    "old_district": ("huyện cũ", "thuộc huyện", "huyện", "old_district_name", "district"),
    "new_name": ("tên mới", "nơi mới", "đơn vị mới", "xã mới", "new_name", "new name"),
    "extent": ("phạm vi", "toàn bộ hay một phần", "mức độ", "extent"),
}
REQUIRED = ("old_name", "new_name")
_PART = {"part", "partial", "mot phan"}
_WHOLE = {"whole", "toan bo", "nguyen trang", ""}


@dataclass(frozen=True, slots=True)
class MergerRow:
    """What one line says."""

    line: int
    old_name: str
    old_district: str
    new_name: str
    in_part: bool


@dataclass(frozen=True, slots=True)
class ListedMerger:
    """One merger of the list, with the names its line shows."""

    merger: Merger
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergerList:
    """All mergers of a file, or all its problems."""

    table: Table
    mergers: tuple[ListedMerger, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def organisations(self) -> int:
        """How many organisations end or give a part."""
        return len({each for listed in self.mergers for each in listed.merger.predecessor_ids})


def read_mergers(table: Table, *, on: date, legal_basis: str) -> MergerList:
    """The mergers of a file that take effect on a day, in the order of the lines. Two statements.

    Old organisations are those of the day before, new ones first those that begin on the day. Several lines with one old
    organisation are a split, whose first line names the heir; several old ones with one new are one merger.
    """
    columns = columns_of(table, FIELDS, None)
    if wrong := column_problems(table, columns, None, REQUIRED):
        return MergerList(table, problems=wrong)
    rows: list[MergerRow] = []
    errors = check_rows(table, columns, lambda check: rows.append(_read(check))).errors
    matching = _Matching(columns, on)
    pairs = [(row, *matching.places(row)) for row in rows if row.old_name and row.new_name]
    if problems := [*(problem_of(error) for error in errors), *matching.problems]:
        return MergerList(table, problems=tuple(sorted(problems, key=lambda problem: problem.line)))
    known = [(row, old, new) for row, old, new in pairs if old and new]
    return MergerList(table, mergers=tuple(_mergers(known, on, legal_basis)))


def _read(check: RowCheck) -> MergerRow:
    return MergerRow(
        line=check.row.line,
        old_name=check.text("old_name", required=True, most=300),
        old_district=check.text("old_district", most=200),
        new_name=check.text("new_name", required=True, most=300),
        in_part=check.read("extent", _is_part) or False,
    )


def _is_part(value: str) -> bool | None:
    word = fold(value)
    return True if word in _PART else (False if word in _WHOLE else None)


@dataclass
class _Matching:
    """Finds which organisations a line means."""

    columns: ColumnMap
    on: date
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        there = organisations_not_ended(self.on - timedelta(days=1)).values()
        self.old = place_book(each for each in there if each.valid_from is None or each.valid_from < self.on)
        self.beginning = place_book(each for each in there if each.valid_from == self.on)
        self.lasting = place_book(each for each in there if each.valid_to is None or each.valid_to >= self.on)
        self._seen: dict[tuple[int, int], int] = {}

    def places(self, row: MergerRow) -> tuple[Place | None, Place | None]:
        """The old and the new organisation of a line; what is not found is noted."""
        old = self._one(row, "old_name", row.old_name, _by_name(self.old, row.old_name, row.old_district))
        beginning = _by_name(self.beginning, row.new_name, "")
        new = self._one(
            row, "new_name", row.new_name, beginning if beginning.place else _by_name(self.lasting, row.new_name, "")
        )
        if old and new:
            first = self._seen.setdefault((old.id, new.id), row.line)
            if first != row.line:
                self._refuse(row, "old_name", row.old_name, ProblemCode.REPEATED, str(first))
        return old, new

    def _one(self, row: MergerRow, name: str, value: str, found: Found) -> Place | None:
        if found.place is None:
            code = ProblemCode.AMBIGUOUS_PLACE if found.several else ProblemCode.UNKNOWN_PLACE
            self._refuse(row, name, value, code, *(place.label for place in found.several or found.likely))
        return found.place

    def _refuse(self, row: MergerRow, name: str, value: str, code: ProblemCode, *hints: str) -> None:
        match = self.columns.matches.get(name)
        self.problems.append(Problem(row.line, match.header if match else "", name, value, code, hints))


def _by_name(book: PlaceBook, name: str, district: str) -> Found:
    """Codes of the statistics office are reused, so the name alone says who is meant, with the district where it helps."""
    found = book.find(name, district)
    return book.find(name) if district and found.place is None and not found.several else found


def _mergers(rows: Iterable[tuple[MergerRow, Place, Place]], on: date, legal_basis: str) -> list[ListedMerger]:
    successors: dict[int, dict[int, Place]] = defaultdict(dict)
    old_ones: dict[int, Place] = {}
    parts: set[int] = set()
    for row, old, new in rows:
        successors[old.id][new.id] = new
        old_ones[old.id] = old
        if row.in_part:
            parts.add(old.id)
    together: dict[tuple[tuple[int, ...], bool], list[int]] = defaultdict(list)
    for old_id, after in successors.items():
        together[tuple(after), old_id not in parts or len(after) > 1].append(old_id)
    return [
        ListedMerger(
            Merger(predecessor_ids=tuple(before), successor_ids=after, effective_on=on, legal_basis=legal_basis, ends=ends),
            tuple(old_ones[each].label for each in before),
            tuple(successors[before[0]][each].label for each in after),
        )
        for (after, ends), before in together.items()
    ]
