"""Which rows of the directory may be one person: by e-mail, by phone, by folded name and organisation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, false, func, literal, or_, select, union_all

from kstthc_training.db import db
from kstthc_training.organisations.queries import heirs
from kstthc_training.people.enums import Clue
from kstthc_training.people.finding import PersonRow, person_rows
from kstthc_training.people.models import Person, ToldApart
from kstthc_training.text import fold, phone_digits

OWN = 3  # an address or number that more people share is an office's, and speaks only for those of one name
_READ = 200


@dataclass(frozen=True)
class Likeness:
    """Somebody on record who may be the one described, and what the two share."""

    person: PersonRow
    clues: frozenset[Clue]


@dataclass(frozen=True)
class Described:
    """Somebody of whom this is known; `but` is his own row when he is on record already."""

    full_name: str
    organisation_id: int | None = None
    email: str = ""
    phone: str = ""
    but: int | None = None


def described(person: Person) -> Described:
    """What is known of somebody on record."""
    return Described(person.full_name, person.organisation_id, person.email, person.phone, but=person.id)


def alike(one: Described, *, limit: int = 5) -> list[Likeness]:
    """People who may be the one described: same folded name in the same organisation or in one that continues it, same
    address, same number. Those whom a keeper told apart from him are not among them. At most one statement.
    """
    line = heirs()
    asked = _asked(line, one)
    if not asked:
        return []
    told = [case((asked.get(clue, false()), 1), else_=0) for clue in Clue]
    statement = (
        person_rows()
        .add_columns(*told, Person.name_key)
        .outerjoin(line, line.c.id == Person.organisation_id)
        .where(or_(*asked.values()), Person.merged_into_id.is_(None), Person.id.is_distinct_from(one.but))
        .order_by(Person.sort_key, Person.id)
        .limit(_READ)
    )
    if one.but is not None:
        statement = statement.where(~_told_apart_from(one.but))
    return _likely(db.session.execute(statement).all(), fold(one.full_name))[:limit]


def _asked(line: CTE, one: Described) -> dict[Clue, ColumnElement[bool]]:
    """What of somebody described can be looked for."""
    name, email, number = fold(one.full_name), one.email.strip().lower(), phone_digits(one.phone)
    asked: dict[Clue, ColumnElement[bool]] = {}
    if name and one.organisation_id is not None:
        theirs = line.alias("theirs")
        heir = select(theirs.c.heir_id).where(theirs.c.id == one.organisation_id).scalar_subquery()
        asked[Clue.NAME] = and_(Person.name_key == name, _place(line) == func.coalesce(heir, one.organisation_id))
    if email:
        asked[Clue.EMAIL] = Person.email_key == email
    if number:
        asked[Clue.PHONE] = Person.phone == number
    return asked


def _likely(rows: Sequence[Any], name: str) -> list[Likeness]:
    """Without those who share nothing but what a whole office shares."""
    shared = {Clue.EMAIL: sum(row[-3] for row in rows), Clue.PHONE: sum(row[-2] for row in rows)}
    found = []
    for row in rows:
        clues = {clue for clue, holds in zip(Clue, row[-4:-1], strict=True) if holds}
        offices = {clue for clue in clues & shared.keys() if shared[clue] >= OWN and row[-1] != name}
        if clues - offices:
            found.append(Likeness(PersonRow(*row[:-4]), frozenset(clues - offices)))
    return found


def _place(line: CTE) -> ColumnElement[int]:
    return func.coalesce(line.c.heir_id, Person.organisation_id)


def _told_apart_from(person_id: int) -> ColumnElement[bool]:
    pair = or_(
        and_(ToldApart.low_id == person_id, ToldApart.high_id == Person.id),
        and_(ToldApart.high_id == person_id, ToldApart.low_id == Person.id),
    )
    return select(ToldApart.low_id).where(pair).exists()


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
    place = _place(line)
    same = func.count().over(partition_by=(Person.name_key, place))
    names = (
        select(literal(Clue.NAME.value).label("clue"), Person.name_key.concat("|").label("key"), Person.id, Person.sort_key)
        .add_columns(same.label("people"), place.label("place"))
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
