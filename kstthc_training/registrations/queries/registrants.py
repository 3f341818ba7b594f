"""Everyone registered for an event as plain rows: a fixed number of statements, however many people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import (
    Circle,
    Credential,
    Place,
    RegistrantOrder,
    RegistrationSource,
    RegistrationState,
)
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.registrations.queries.guests import typed_by_guest
from kstthc_training.registrations.queries.matching import is_about, words_of


class Registrant(NamedTuple):
    """One row of the list; title and organisation are those of the time of registration, phone and e-mail today's.

    `substitute_for` is the name of whom he replaces, `typed_organisation` what a guest without an account wrote, '' for
    everyone else; it stands for his organisation while the directory knows none of his.
    """

    id: int
    person_id: int
    full_name: str
    title: str
    organisation: str
    state: RegistrationState
    source: RegistrationSource
    registered_at: datetime
    registered_by: str
    phone: str
    email: str
    ticket_code: str
    place: Place | None
    circle: Circle
    credential: Credential | None
    credential_number: str
    substitute_for: str
    typed_organisation: str

    @property
    def is_guest(self) -> bool:
        """Whether he has no account and once wrote himself down by the shared link."""
        return bool(self.typed_organisation)

    @property
    def came_by_link(self) -> bool:
        """Whether the shared link is how he came on the list, and nobody put him there anew."""
        return self.is_guest and self.source is RegistrationSource.SELF


@dataclass(frozen=True)
class OrganisationCount:
    """An organisation, and how many of its people are in the list, cancelled ones too."""

    id: int
    name: str
    people: int


@dataclass(frozen=True)
class Registrants:
    """The rows asked for, how many there are of each state without the filter and of guests who await the decision, and
    each waiting one's place."""

    rows: Sequence[Registrant]
    counts: dict[RegistrationState, int]
    guests_pending: int
    organisations: Sequence[OrganisationCount]
    places: dict[int, int]

    @property
    def total(self) -> int:
        """Everyone on the list in whatever state."""
        return sum(self.counts.values())


_FIRST: dict[RegistrationState | None, tuple[Any, ...]] = {
    RegistrationState.WAITING: (Registration.queue_number,),
    RegistrationState.PENDING: (Registration.registered_at, Registration.id),
}
# An organisation and a title that are missing come first, whatever the database would do.
_ORDERS: dict[RegistrantOrder, ColumnElement[Any]] = {
    RegistrantOrder.NAME: Person.sort_key.expression,
    RegistrantOrder.ORGANISATION: func.coalesce(Organisation.sort_key, ""),
    RegistrantOrder.TITLE: func.lower(Registration.title_then),
    RegistrantOrder.TIME: Registration.registered_at.expression,
}


def registrants_of(
    event_id: int,
    *,
    on: date,
    full_names: bool = False,
    state: RegistrationState | None = None,
    organisation_id: int | None = None,
    search: str = "",
    order: RegistrantOrder | None = None,
    is_descending: bool = False,
) -> Registrants:
    """The list of an event in the order asked for, else as Vietnamese lists of names are sorted, those who wait by their
    number, those who await the decision by when they applied: five statements.

    Organisations are called as on the day `on`, by their short names where they have one unless `full_names` are asked.
    Each word of `search` must stand, without regard to accents and case, in name, phone, e-mail, organisation or code.
    """
    statement = _rows().where(*_listed(event_id), *_matching(search))
    if state is not None:
        statement = statement.where(Registration.state == state)
    if organisation_id is not None:
        statement = statement.where(Registration.organisation_id == organisation_id)
    first = _FIRST.get(state, ()) if order is None else (_directed(order, is_descending),)
    rows = db.session.execute(statement.order_by(*first, Person.sort_key, Registration.id))
    people, (counts, guests) = _people_by_organisation(event_id), _counts(event_id)
    names = names_as_of(people, on, short=not full_names)
    return Registrants(
        rows=[Registrant._make((*row[:4], names.get(row[4], row[-1]), *row[5:])) for row in rows],
        counts=counts,
        guests_pending=guests,
        organisations=[OrganisationCount(body, names[body], count) for body, count in people.items()],
        places=_places(event_id),
    )


def _directed(order: RegistrantOrder, is_descending: bool) -> ColumnElement[Any]:
    return _ORDERS[order].desc() if is_descending else _ORDERS[order]


def may_come_back() -> ColumnElement[bool]:
    """Rows that an undo may put on the list again: of nobody who was erased, and not led on to another row of the same
    person; the selection joins `Person`."""
    return and_(Registration.merged_into_id.is_(None), Person.erased_at.is_(None))


def _listed(event_id: int) -> tuple[ColumnElement[bool], ...]:
    """Those of the event, without the second rows of one person, which were united with the first."""
    return Registration.event_id == event_id, Registration.merged_into_id.is_(None)


def _rows() -> Select[*tuple[Any, ...]]:
    registering, replaced, replaced_person = aliased(Person), aliased(Registration), aliased(Person)
    return (
        select(
            Registration.id, Registration.person_id, Person.full_name, Registration.title_then,
            Registration.organisation_id, Registration.state, Registration.source, Registration.registered_at,
            func.coalesce(registering.full_name, ""), Person.phone, Person.email, Registration.ticket_code,
            Registration.place, Registration.circle, Registration.credential, Registration.credential_number,
            func.coalesce(replaced_person.full_name, ""), func.coalesce(GuestEntry.organisation, ""),
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .outerjoin(Account, Account.id == Registration.registered_by_id)
        .outerjoin(registering, registering.id == Account.person_id)
        .outerjoin(replaced, replaced.id == Registration.substitute_for_id)
        .outerjoin(replaced_person, replaced_person.id == replaced.person_id)
    )  # fmt: skip


def _matching(search: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            is_about(word),
            Organisation.search_text.contains(word, autoescape=True),
            typed_by_guest(word),
            func.lower(Registration.ticket_code).contains(word, autoescape=True),
        )
        for word in words_of(search)
    ]


def _counts(event_id: int) -> tuple[dict[RegistrationState, int], int]:
    """How many there are of each state, and how many guests await the decision."""
    counted, guests = dict.fromkeys(RegistrationState, 0), 0
    statement = (
        select(Registration.state, func.count(), func.count(GuestEntry.registration_id))
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .where(*_listed(event_id))
    )
    for state, count, of_guests in db.session.execute(statement.group_by(Registration.state)):
        counted[state] = count
        guests = of_guests if state is RegistrationState.PENDING else guests
    return counted, guests


def _people_by_organisation(event_id: int) -> dict[int, int]:
    """How many people of each organisation are listed, by organisation in the order of their names."""
    rows = db.session.execute(
        select(Organisation.id, func.count())
        .join(Registration, Registration.organisation_id == Organisation.id)
        .where(*_listed(event_id))
        .group_by(Organisation.id, Organisation.sort_key)
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return {body: count for body, count in rows}


def _places(event_id: int) -> dict[int, int]:
    waiting = db.session.scalars(
        select(Registration.id)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
        .order_by(Registration.queue_number)
    )
    return {registration_id: place for place, registration_id in enumerate(waiting, start=1)}


def states_at(event_id: int, *, person_ids: Collection[int]) -> dict[int, RegistrationState]:
    """How people stand with an event, by person; who was never registered is left out: one statement."""
    rows = db.session.execute(
        select(Registration.person_id, Registration.state).where(
            Registration.event_id == event_id, Registration.person_id.in_(person_ids)
        )
    )
    return {person_id: state for person_id, state in rows}
