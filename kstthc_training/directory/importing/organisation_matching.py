"""Which organisation on record, or which other row, each row of a list of organisations means."""

from dataclasses import dataclass, field

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.lineage import is_beneath_itself, parents_first
from kstthc_training.directory.importing.organisation_rows import OrganisationRow
from kstthc_training.directory.importing.places import Place, PlaceBook, plain
from kstthc_training.directory.importing.plans import Problem
from kstthc_training.organisations.models import Organisation
from kstthc_training.sheets import ColumnMap

Node = tuple[str, int]


@dataclass
class Matching:
    """The rows of a file by line, each with the organisation it means and with its parent, as far as they are found."""

    rows: dict[int, OrganisationRow]
    known: dict[int, Organisation]
    book: PlaceBook
    columns: ColumnMap
    problems: list[Problem] = field(default_factory=list)
    meant: dict[int, int] = field(default_factory=dict)
    parent_line: dict[int, int] = field(default_factory=dict)
    _parent_id: dict[int, int] = field(default_factory=dict)
    _line_by_code: dict[str, int] = field(default_factory=dict)
    _lines_by_name: dict[str, list[int]] = field(default_factory=dict)
    _taken: set[int] = field(default_factory=set)
    _line_of: dict[int, int] = field(default_factory=dict)

    def run(self) -> None:
        """Find parents, then organisations on record, parents first; note what is repeated or beneath itself."""
        for line, row in self.rows.items():
            self._note(line, row)
        for line, row in self.rows.items():
            if row.parent:
                self._find_parent(line, row)
        self._taken = {self.book.by_code[code].id for code in self._line_by_code if code in self.book.by_code}
        for line in self.order():
            self._match(line, self.rows[line])
        self._line_of = {meant: line for line, meant in self.meant.items()}
        self._refuse_repeated()
        for line, row in self.rows.items():
            if is_beneath_itself(self._node(line), self._above):
                self._refuse(line, "parent", row.parent, ProblemCode.PARENT_BENEATH)

    def order(self) -> list[int]:
        """The lines, parents first."""
        return parents_first(self.rows, self.parent_line)

    def parent_id(self, line: int) -> int | None:
        """The parent on record of a row; None when it has none, or one that is new in this file."""
        above = self.parent_line.get(line)
        return self._parent_id.get(line) if above is None else self.meant.get(above)

    def _note(self, line: int, row: OrganisationRow) -> None:
        self._lines_by_name.setdefault(plain(row.name), []).append(line)
        if not row.code:
            return
        first = self._line_by_code.setdefault(row.code.casefold(), line)
        if first != line:
            self._refuse(line, "code", row.code, ProblemCode.REPEATED, str(first))

    def _find_parent(self, line: int, row: OrganisationRow) -> None:
        in_file = self._line_by_code.get(row.parent.casefold())
        found = self.book.find(row.parent)
        if in_file is None and found.place is None:
            lines = [other for other in self._lines_by_name.get(plain(row.parent), []) if other != line]
            in_file = lines[0] if len(lines) == 1 else None
        if in_file is not None:
            self.parent_line[line] = in_file
        elif found.place is not None:
            self._parent_id[line] = found.place.id
        else:
            code = ProblemCode.AMBIGUOUS_PLACE if found.several else ProblemCode.UNKNOWN_PLACE
            self._refuse(line, "parent", row.parent, code, *_labels(found.several or found.likely))

    def _match(self, line: int, row: OrganisationRow) -> None:
        place = self.book.by_code.get(row.code.casefold()) if row.code else None
        candidates = [place] if place else self._of_the_name(line, row)
        if len(candidates) == 1:
            self.meant[line] = candidates[0].id
        elif candidates:
            self._refuse(line, "name", row.name, ProblemCode.AMBIGUOUS_PLACE, *_labels(candidates))

    def _of_the_name(self, line: int, row: OrganisationRow) -> list[Place]:
        candidates = [place for place in self.book.named(row.name) if place.id not in self._taken]
        if not row.parent:
            return candidates
        parent_id = self.parent_id(line)
        return [place for place in candidates if parent_id is not None and self.known[place.id].parent_id == parent_id]

    def _refuse_repeated(self) -> None:
        first_lines: dict[object, int] = {}
        in_error = {problem.line for problem in self.problems}
        for line, row in self.rows.items():
            place = (self.parent_id(line), self.parent_line.get(line))
            meant: object = self.meant.get(line) or (plain(row.name), place)
            first = first_lines.setdefault(meant, line)
            if first != line and row.name and line not in in_error:
                self._refuse(line, "name", row.name, ProblemCode.REPEATED, str(first))

    def _node(self, line: int) -> Node:
        meant = self.meant.get(line)
        return ("line", line) if meant is None else ("known", meant)

    def _above(self, node: Node) -> Node | None:
        kind, number = node
        line = number if kind == "line" else self._line_of.get(number)
        if line is not None and line in self.parent_line:
            return self._node(self.parent_line[line])
        parent_id = self._parent_id.get(line) if line is not None else None
        if parent_id is None and kind == "known":
            parent_id = self.known[number].parent_id
        return None if parent_id is None else ("known", parent_id)

    def _refuse(self, line: int, name: str, value: str, code: ProblemCode, *hints: str) -> None:
        match = self.columns.matches.get(name)
        self.problems.append(Problem(line, match.header if match else "", name, value, code, hints))


def _labels(places: list[Place] | tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(place.label for place in places)
