"""Finding people of the directory: by some letters of a name, an address, a number, or the organisation's words."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from kstthc_training.db import db
from kstthc_training.nearness import asked_distance, asked_words, holds, longest_first, values_of
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.text import is_digits, phone_digits, search_words


@dataclass(frozen=True)
class PersonRow:
    """A person in a list; `above` is where the organisation belongs unless right below the top, to tell communes apart."""

    id: int
    full_name: str
    title: str
    organisation_id: int | None
    organisation: str
    above: str
    email: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Who is sought: every word must be found, with the person or with the organisation.

    Without `by_phone` figures alone find nobody, for readers who see telephone numbers masked.
    """

    search: str = ""
    organisation_id: int | None = None
    by_phone: bool = True


class PeopleFound(NamedTuple):
    """A page of those sought, and how many there are."""

    rows: list[PersonRow]
    total: int


def people_found(sought: Sought, *, limit: int, offset: int = 0) -> PeopleFound:
    """A page of those sought, whose names are nearest to the words first, then in the order of Vietnamese lists.

    One statement that reads the people once, however many there are; another one without words or beyond the last page.
    """
    if words := _words(sought):
        found = _nearest(sought, words, limit=limit, offset=offset)
        return found if found.rows or not offset else PeopleFound([], _nearest(sought, words, limit=1, offset=0).total)
    statement = person_rows().where(*_of(sought)).order_by(Person.sort_key, Person.id).limit(limit).offset(offset)
    return PeopleFound([PersonRow(*row) for row in db.session.execute(statement)], count_people(sought))


def _nearest(sought: Sought, words: list[str], *, limit: int, offset: int) -> PeopleFound:
    statement = _nearest_first(_by_person(sought, words), sought.organisation_id is not None)
    values = {**values_of(words), "organisation": sought.organisation_id, "limit": limit, "offset": offset}
    rows = db.session.execute(statement, values).all()
    return PeopleFound([PersonRow(*row[:-1]) for row in rows], rows[0][-1] if rows else 0)


@lru_cache
def _nearest_first(by_person: tuple[bool, ...], in_one: bool) -> Select[*tuple[Any, ...]]:
    """The statement for so many words, each sought `by_person` or by organisations alone; built anew it costs more than
    it takes to run."""
    found_by = _found_by_all(by_person)
    if in_one:
        found_by.append(Person.organisation_id == bindparam("organisation"))
    apart = asked_distance(Person.search_text, len(by_person)).label("apart")
    # Kept for a moment: who is found is ordered and counted, for which the people would else be read twice.
    found = select(Person.id, Person.sort_key, apart).where(*found_by).cte("found").prefix_with("MATERIALIZED")
    total = select(func.count()).select_from(found).scalar_subquery()
    page = select(found, total.label("total")).order_by(found.c.apart, found.c.sort_key, found.c.id)
    first = page.limit(bindparam("limit", type_=Integer())).offset(bindparam("offset", type_=Integer())).subquery("first")
    return (
        person_rows()
        .add_columns(first.c.total)
        .join(first, first.c.id == Person.id)
        .order_by(first.c.apart, first.c.sort_key, first.c.id)
    )


def people_by_id(person_ids: Collection[int]) -> list[PersonRow]:
    """People by their numbers, in the order of Vietnamese lists: one statement."""
    statement = person_rows().where(Person.id.in_(person_ids)).order_by(Person.sort_key, Person.id)
    return [PersonRow(*row) for row in db.session.execute(statement)]


def count_people(sought: Sought) -> int:
    """How many are sought."""
    words = _words(sought)
    statement = select(func.count(Person.id)).where(*_of(sought), *_found_by_all(_by_person(sought, words)))
    return db.session.execute(statement, values_of(words)).scalar_one()


def get_person(person_id: int) -> Person:
    """A person with their organisation and where that belongs; `Unknown` when there is none."""
    whole = joinedload(Person.organisation).joinedload(Organisation.parent)
    statement = select(Person).where(Person.id == person_id).options(whole)
    person = db.session.scalar(statement, execution_options={"populate_existing": True})
    if person is None:
        raise Unknown(person_id=person_id)
    return person


def person_rows() -> Select[int, str, str, int | None, str, str, str, str]:
    """The statement for people as `PersonRow` holds them."""
    parent = aliased(Organisation)
    return (
        select(
            Person.id,
            Person.full_name,
            Person.title,
            Person.organisation_id,
            func.coalesce(short_or_name(Organisation), ""),
            case((parent.parent_id.is_not(None), short_or_name(parent)), else_=""),
            Person.email,
            Person.phone,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(parent, parent.id == Organisation.parent_id)
    )


def _of(sought: Sought) -> list[ColumnElement[bool]]:
    if sought.organisation_id is not None:
        return [Person.organisation_id == sought.organisation_id]
    # Who was united with another, or erased, holds no word and no organisation: only among all people he would be.
    return [] if _words(sought) else [Person.merged_into_id.is_(None), Person.erased_at.is_(None)]


def _words(sought: Sought) -> list[str]:
    number = phone_digits(sought.search)
    return [number] if number else search_words(sought.search)


def _by_person(sought: Sought, words: list[str]) -> tuple[bool, ...]:
    return tuple(sought.by_phone or not is_digits(word) for word in longest_first(words))


def _found_by_all(by_person: tuple[bool, ...]) -> list[ColumnElement[bool]]:
    return [_found_by(word, person) for word, person in zip(asked_words(len(by_person)), by_person, strict=True)]


def _found_by(word: BindParameter[str], by_person: bool) -> ColumnElement[bool]:
    organisations = select(Organisation.id).where(holds(Organisation.search_text, word))
    theirs = Person.organisation_id.in_(organisations)
    if not by_person:
        return theirs
    # Asked first, and once, whether there is any such organisation: most words are of names.
    return or_(holds(Person.search_text, word), and_(organisations.exists(), theirs))
