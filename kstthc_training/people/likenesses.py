"""Who on record may be each of many described: the same clues as for one, read all at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from kstthc_training.db import db
from kstthc_training.organisations.queries import heirs
from kstthc_training.people.enums import Clue
from kstthc_training.people.finding import PersonRow, person_rows
from kstthc_training.people.likeness import OWN, Described, Likeness
from kstthc_training.people.models import Person
from kstthc_training.text import fold, phone_digits

_READ = 500


def alike_all(described: Mapping[int, Described]) -> dict[int, list[Likeness]]:
    """The people who may be each of those described, by the given numbers, in the order of Vietnamese lists: two
    statements however many. Who shares nothing but what a whole office shares is left out."""
    if not described:
        return {}
    places = _places({one.organisation_id for one in described.values() if one.organisation_id is not None})
    sharing = _sharing(_rows(list(described.values()), set(places.values())))
    return {key: _likely(one, places.get(one.organisation_id or 0), sharing) for key, one in described.items()}


def _places(organisation_ids: Collection[int]) -> dict[int, int]:
    """Each organisation with the one that continues it, itself when none does."""
    line = heirs()
    rows = db.session.execute(select(line.c.id, line.c.heir_id).where(line.c.id.in_(organisation_ids)))
    return {key: key for key in organisation_ids} | {key: heir for key, heir in rows}


def _rows(described: Sequence[Described], places: set[int]) -> Sequence[Any]:
    line = heirs()
    place = func.coalesce(line.c.heir_id, Person.organisation_id)
    names, emails, phones = ({_keys(one)[index] for one in described} - {""} for index in range(3))
    statement = (
        person_rows()
        .add_columns(Person.sort_key, Person.name_key, Person.email_key, place)
        .outerjoin(line, line.c.id == Person.organisation_id)
        .where(Person.merged_into_id.is_(None))
        .where(
            or_(
                Person.email_key.in_(emails),
                Person.phone.in_(phones),
                Person.name_key.in_(names) & place.in_(places),
            )
        )
        .order_by(Person.sort_key, Person.id)
        .limit(max(_READ, 4 * len(described)))
    )
    return db.session.execute(statement).all()


def _keys(one: Described) -> tuple[str, str, str]:
    return fold(one.full_name), one.email.strip().lower(), phone_digits(one.phone)


def _sharing(rows: Sequence[Any]) -> dict[tuple[Any, ...], list[Any]]:
    """The rows by each thing that somebody described may share with them, in their order."""
    sharing: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        sharing[Clue.NAME, row[-3], row[-1]].append(row)
        sharing[Clue.EMAIL, row[-2]].append(row)
        sharing[Clue.PHONE, row.phone].append(row)
    return sharing


def _likely(one: Described, place: int | None, sharing: Mapping[tuple[Any, ...], list[Any]]) -> list[Likeness]:
    name, email, phone = _keys(one)
    asked: dict[Clue, tuple[Any, ...] | None] = {
        Clue.NAME: (Clue.NAME, name, place) if place is not None else None,
        Clue.EMAIL: (Clue.EMAIL, email) if email else None,
        Clue.PHONE: (Clue.PHONE, phone) if phone else None,
    }
    held: dict[int, set[Clue]] = defaultdict(set)
    rows: dict[int, Any] = {}
    for clue, key in asked.items():
        for row in sharing.get(key, ()) if key else ():
            if row.id != one.but:
                held[row.id].add(clue)
                rows[row.id] = row
    in_order = sorted(rows.values(), key=lambda row: (row.sort_key, row.id))
    return _without_offices([(row, held[row.id]) for row in in_order], name)


def _without_offices(shared: Sequence[tuple[Any, set[Clue]]], name: str) -> list[Likeness]:
    office = {clue for clue in (Clue.EMAIL, Clue.PHONE) if sum(clue in held for _row, held in shared) >= OWN}
    own = [(row, held - office if row[-3] != name else held) for row, held in shared]
    return [Likeness(PersonRow(*row[:-4]), frozenset(held)) for row, held in own if held]
