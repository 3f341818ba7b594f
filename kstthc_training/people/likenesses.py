"""Who on record may be each of many described: the same clues as for one, read all at once."""

from collections.abc import Mapping, Sequence
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
    places = _places([one.organisation_id for one in described.values() if one.organisation_id is not None])
    rows = _rows(list(described.values()), set(places.values()))
    return {key: _likely(one, places.get(one.organisation_id or 0), rows) for key, one in described.items()}


def _places(organisation_ids: Sequence[int]) -> dict[int, int]:
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
        .add_columns(Person.name_key, Person.email_key, place)
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
        .limit(_READ)
    )
    return db.session.execute(statement).all()


def _keys(one: Described) -> tuple[str, str, str]:
    return fold(one.full_name), one.email.strip().lower(), phone_digits(one.phone)


def _likely(one: Described, place: int | None, rows: Sequence[Any]) -> list[Likeness]:
    name, email, phone = _keys(one)
    shared: list[tuple[Any, set[Clue]]] = []
    for row in rows:
        clues = {
            Clue.NAME: place is not None and (row[-3], row[-1]) == (name, place),
            Clue.EMAIL: bool(email) and row[-2] == email,
            Clue.PHONE: bool(phone) and row.phone == phone,
        }
        held = {clue for clue, holds in clues.items() if holds}
        if held and row.id != one.but:
            shared.append((row, held))
    return _without_offices(shared, name)


def _without_offices(shared: Sequence[tuple[Any, set[Clue]]], name: str) -> list[Likeness]:
    office = {clue for clue in (Clue.EMAIL, Clue.PHONE) if sum(clue in held for _row, held in shared) >= OWN}
    own = [(row, held - office if row[-3] != name else held) for row, held in shared]
    return [Likeness(PersonRow(*row[:-3]), frozenset(held)) for row, held in own if held]
