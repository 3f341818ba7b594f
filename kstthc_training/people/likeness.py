"""Who on record may be somebody described: by e-mail, by phone, by folded name and organisation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, or_, select

from kstthc_training.db import db
from kstthc_training.organisations.queries import heirs
from kstthc_training.people.enums import Clue
from kstthc_training.people.finding import PersonRow, person_rows
from kstthc_training.people.models import Person, ToldApart
from kstthc_training.text import fold, phone_digits

OWN = 3  # an address or number that more people share is an office's, and speaks only for those of one name
_READ = 500

_Shared = tuple[Clue, str, int | None]  # what speaks for somebody: its value, and of a name the organisation


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
    """The first of those who may be the one described, as `alike_all` finds them."""
    return alike_all({0: one})[0][:limit]


def alike_all(described: Mapping[int, Described]) -> dict[int, list[Likeness]]:
    """The people who may be each of those described, by the given numbers, in the order of Vietnamese lists: who has the
    same folded name in the same organisation or in one that continues it, the same address, or the same number.

    Whom a keeper told apart from him, and who shares nothing but what a whole office shares, is not among them. Three
    statements at most, however many are described.
    """
    places = _places({one.organisation_id for one in described.values() if one.organisation_id is not None})
    asked = {key: _asked(one, places) for key, one in described.items()}
    sharing = _sharing(_rows(asked.values()))
    apart = _apart({one.but for one in described.values() if one.but is not None})
    return {
        key: _likely(asked[key], sharing, name=fold(one.full_name), without=apart[one.but] | {one.but})
        for key, one in described.items()
    }


def place(line: CTE) -> ColumnElement[int]:
    """The organisation that somebody belongs to today; `line` is `heirs()`, joined to his organisation."""
    return func.coalesce(line.c.heir_id, Person.organisation_id)


def _places(organisation_ids: Collection[int]) -> dict[int, int]:
    """Each organisation with the one that continues it, itself when none does."""
    if not organisation_ids:
        return {}
    line = heirs()
    rows = db.session.execute(select(line.c.id, line.c.heir_id).where(line.c.id.in_(organisation_ids)))
    return {key: key for key in organisation_ids} | {key: heir for key, heir in rows}


def _asked(one: Described, places: Mapping[int, int]) -> list[_Shared]:
    """What of somebody described can be looked for."""
    name, where = fold(one.full_name), places.get(one.organisation_id or 0)
    email, phone = one.email.strip().lower(), phone_digits(one.phone)
    asked: list[_Shared] = [(Clue.NAME, name, where)] if name and where else []
    return asked + [(clue, value, None) for clue, value in ((Clue.EMAIL, email), (Clue.PHONE, phone)) if value]


def _rows(asked: Collection[Sequence[_Shared]]) -> Sequence[Any]:
    """Everybody who shares any of it, in the order of Vietnamese lists; his keys stand behind what `PersonRow` holds."""
    wanted = {shared for each in asked for shared in each}
    if not wanted:
        return []
    values = {clue: {value for kind, value, _where in wanted if kind is clue} for clue in Clue}
    line = heirs()
    there = place(line)
    named = Person.name_key.in_(values[Clue.NAME]) & there.in_({where for _clue, _value, where in wanted if where})
    statement = (
        person_rows()
        .add_columns(Person.sort_key, Person.name_key, Person.email_key, there.label("place"))
        .outerjoin(line, line.c.id == Person.organisation_id)
        .where(or_(named, Person.email_key.in_(values[Clue.EMAIL]), Person.phone.in_(values[Clue.PHONE])))
        .where(Person.merged_into_id.is_(None))
        .order_by(Person.sort_key, Person.id)
        .limit(max(_READ, 4 * len(asked)))
    )
    return db.session.execute(statement).all()


def _sharing(rows: Iterable[Any]) -> dict[_Shared, list[Any]]:
    sharing: dict[_Shared, list[Any]] = defaultdict(list)
    for row in rows:
        sharing[Clue.NAME, row.name_key, row.place].append(row)
        sharing[Clue.EMAIL, row.email_key, None].append(row)
        sharing[Clue.PHONE, row.phone, None].append(row)
    return sharing


def _apart(person_ids: Collection[int]) -> dict[int | None, set[int]]:
    """Whom keepers told apart from each of these."""
    apart: dict[int | None, set[int]] = defaultdict(set)
    if person_ids:
        theirs = or_(ToldApart.low_id.in_(person_ids), ToldApart.high_id.in_(person_ids))
        for low, high in db.session.execute(select(ToldApart.low_id, ToldApart.high_id).where(theirs)):
            apart[low].add(high)
            apart[high].add(low)
    return apart


def _likely(
    asked: Iterable[_Shared], sharing: Mapping[_Shared, Sequence[Any]], *, name: str, without: AbstractSet[int | None]
) -> list[Likeness]:
    held: dict[Any, set[Clue]] = defaultdict(set)
    for shared in asked:
        for row in sharing.get(shared, ()):
            if row.id not in without:
                held[row].add(shared[0])
    offices = {clue for clue in (Clue.EMAIL, Clue.PHONE) if sum(clue in clues for clues in held.values()) >= OWN}
    own = {row: clues if row.name_key == name else clues - offices for row, clues in held.items()}
    in_order = sorted(own, key=lambda row: (row.sort_key, row.id))
    return [Likeness(PersonRow(*row[:-4]), frozenset(own[row])) for row in in_order if own[row]]
