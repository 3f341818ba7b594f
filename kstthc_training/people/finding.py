"""Finding people of the directory: by some letters of a name, an address, a number, or the organisation's words."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.text import fold, is_digits, phone_digits, search_words


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


def people_found(sought: Sought, *, limit: int, offset: int = 0) -> list[PersonRow]:
    """A page of those sought, in the order of Vietnamese lists: one statement."""
    statement = _rows().where(*_conditions(sought)).order_by(Person.sort_key, Person.id)
    return [PersonRow(*row) for row in db.session.execute(statement.limit(limit).offset(offset))]


def count_people(sought: Sought) -> int:
    """How many are sought."""
    return db.session.execute(select(func.count(Person.id)).where(*_conditions(sought))).scalar_one()


@dataclass(frozen=True)
class Likeness:
    """Somebody on record who may be the one described, and what the two share."""

    person: PersonRow
    name: bool
    email: bool
    phone: bool


def likely_same(
    *, full_name: str, organisation_id: int | None, email: str, phone: str, but: int | None = None, limit: int = 5
) -> list[Likeness]:
    """People who may be the one described: same name in the same organisation, same address, or same number.

    `but` is the one described, when on record already. At most one statement.
    """
    number = phone_digits(phone)
    same: list[ColumnElement[bool]] = []
    if organisation_id is not None:
        words = [Person.search_text.contains(word, autoescape=True) for word in search_words(full_name)]
        same.append(and_(Person.organisation_id == organisation_id, *words))
    if email:
        same.append(func.lower(Person.email) == email.lower())
    if number:
        same.append(Person.phone == number)
    if not same:
        return []
    statement = _rows().where(or_(*same), Person.id.is_distinct_from(but)).order_by(Person.sort_key, Person.id)
    found = []
    for row in (PersonRow(*each) for each in db.session.execute(statement)):
        likeness = Likeness(
            row,
            # The words of a name may also stand in a title or address; a namesake's name is made of them.
            name=row.organisation_id is not None
            and row.organisation_id == organisation_id
            and fold(row.full_name) == fold(full_name),
            email=bool(email) and row.email.lower() == email.lower(),
            phone=bool(number) and row.phone == number,
        )
        if likeness.name or likeness.email or likeness.phone:
            found.append(likeness)
    return found[:limit]


def get_person(person_id: int) -> Person:
    """A person with their organisation and where that belongs; `Unknown` when there is none."""
    whole = joinedload(Person.organisation).joinedload(Organisation.parent)
    statement = select(Person).where(Person.id == person_id).options(whole)
    person = db.session.scalar(statement, execution_options={"populate_existing": True})
    if person is None:
        raise Unknown(person_id=person_id)
    return person


def _rows() -> Select[int, str, str, int | None, str, str, str, str]:
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


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    number = phone_digits(sought.search)
    words = [number] if number else search_words(sought.search)
    conditions = [_found_by(word, sought.by_phone) for word in words]
    if sought.organisation_id is not None:
        conditions.append(Person.organisation_id == sought.organisation_id)
    return conditions


def _found_by(word: str, by_phone: bool) -> ColumnElement[bool]:
    organisations = select(Organisation.id).where(Organisation.search_text.contains(word, autoescape=True))
    theirs = Person.organisation_id.in_(organisations)
    if is_digits(word) and not by_phone:
        return theirs
    return or_(Person.search_text.contains(word, autoescape=True), theirs)
