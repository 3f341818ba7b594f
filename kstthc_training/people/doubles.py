"""All rows that may be one person: joined by what they share, unless they were told apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from sqlalchemy import Select, case, func, literal, or_, select, union_all

from kstthc_training.db import db
from kstthc_training.organisations.queries import heirs
from kstthc_training.people.enums import Clue
from kstthc_training.people.likeness import OWN, place
from kstthc_training.people.models import Person, ToldApart


@dataclass(frozen=True)
class Double:
    """Rows that may be one person, in the order of Vietnamese lists, and what speaks for it."""

    person_ids: tuple[int, ...]
    clues: frozenset[Clue]


def doubles() -> list[Double]:
    """All rows that may be one person, those of whom most is shared first: two statements, however many people.

    A pair that was told apart is joined by no clue of its own; a third may still speak for both.
    """
    apart = {(low, high) for low, high in db.session.execute(select(ToldApart.low_id, ToldApart.high_id))}
    known: dict[tuple[str, str], list[int]] = defaultdict(list)
    order: dict[int, tuple[str, int]] = {}
    for clue, key, person_id, sort_key in db.session.execute(_shared()):
        known[clue, key].append(person_id)
        order[person_id] = (sort_key, person_id)
    joined = _Joined()
    for (clue, _key), person_ids in known.items():
        for low, high in _pairs(sorted(person_ids), apart):
            joined.join(low, high, Clue(clue))
    found = [Double(tuple(sorted(ids, key=order.__getitem__)), frozenset(clues)) for ids, clues in joined.groups()]
    return sorted(found, key=lambda each: (-len(each.clues), order[each.person_ids[0]]))


def _pairs(person_ids: list[int], apart: set[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Enough pairs to join all of them, or all but those told apart."""
    told = {each for pair in apart for each in pair}
    if told.isdisjoint(person_ids):
        return pairwise(person_ids)
    return (pair for pair in combinations(person_ids, 2) if pair not in apart)


class _Joined:
    """Rows joined by pairs, and what speaks for each of the groups they make."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}
        self._clues: list[tuple[int, Clue]] = []

    def join(self, one: int, other: int, clue: Clue) -> None:
        self._above[self._top(one)] = self._top(other)
        self._clues.append((one, clue))

    def groups(self) -> Iterator[tuple[set[int], set[Clue]]]:
        members, clues = defaultdict(set), defaultdict(set)
        for each in list(self._above):
            members[self._top(each)].add(each)
        for each, clue in self._clues:
            clues[self._top(each)].add(clue)
        return ((members[top], clues[top]) for top in members)

    def _top(self, each: int) -> int:
        while (above := self._above.setdefault(each, each)) != each:
            self._above[each] = self._above[above]
            each = above
        return each


def _shared() -> Select[Any]:
    """Every row that shares something with another: by what, its value, the person and his place in lists."""
    line = heirs()
    where = place(line)
    same = func.count().over(partition_by=(Person.name_key, where))
    names = (
        select(literal(Clue.NAME.value).label("clue"), Person.name_key.concat("|").label("key"), Person.id, Person.sort_key)
        .add_columns(same.label("people"), where.label("place"))
        .outerjoin(line, line.c.id == Person.organisation_id)
        .where(Person.organisation_id.is_not(None), Person.name_key != "")
        .subquery()
    )
    by_name = select(names.c.clue, names.c.key.concat(names.c.place), names.c.id, names.c.sort_key).where(names.c.people > 1)
    reached = (_sharing(Clue.EMAIL, Person.email_key), _sharing(Clue.PHONE, Person.phone))
    statement: Select[Any] = select(union_all(by_name, *reached).subquery())
    return statement


def _sharing(clue: Clue, column: Any) -> Select[Any]:
    """Those who share an address or number: two or three people, or of more those of one name."""
    by_value = func.count().over(partition_by=column)
    by_both = func.count().over(partition_by=(column, Person.name_key))
    rows = (
        select(column.label("value"), Person.name_key, Person.id, Person.sort_key)
        .add_columns(by_value.label("people"), by_both.label("namesakes"))
        .where(column != "", Person.merged_into_id.is_(None))
        .subquery()
    )
    key = case((rows.c.people <= OWN, rows.c.value), else_=rows.c.value.concat("|").concat(rows.c.name_key))
    few = rows.c.people.between(2, OWN)
    return select(literal(clue.value), key, rows.c.id, rows.c.sort_key).where(or_(few, rows.c.namesakes > 1))
