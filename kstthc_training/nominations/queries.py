"""The people of an organisation as their focal point sees them."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select, true

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.nominations.listing import Member
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.matching import is_about, words_of


class Staff(NamedTuple):
    """A person of an organisation: how many events he attended, how many of them of the kind of the event asked about, the
    last one's start, and how he stands with that event (None: not registered)."""

    id: int
    full_name: str
    title: str
    times: int
    alike: int
    last_at: datetime | None
    state: RegistrationState | None
    registration_id: int | None


def staff_of(
    organisation_id: int, *, event_id: int | None = None, search: str = "", kept: Collection[int] = ()
) -> list[Staff]:
    """The people of an organisation with what they attended, and how they stand with one event: one statement.

    An event is attended when it was held and the person was there by its rule. Listed are those whose name or address
    holds every word of `search`, and those with the ids `kept` in any case.
    """
    found = and_(true(), *(is_about(word) for word in words_of(search)))
    kind = select(Event.kind_id).where(Event.id == event_id).scalar_subquery()
    attended = (
        select(
            AttendanceResult.person_id,
            func.count().label("times"),
            func.sum(case((Event.kind_id == kind, 1), else_=0)).label("alike"),
            func.max(Event.starts_at).label("last_at"),
        )
        .join(Event, Event.id == AttendanceResult.event_id)
        .join(Person, Person.id == AttendanceResult.person_id)
        .where(Person.organisation_id == organisation_id, AttendanceResult.attended)
        .group_by(AttendanceResult.person_id)
        .subquery()
    )
    here = select(Registration).where(Registration.event_id == event_id).subquery()
    statement = (
        select(
            Person.id, Person.full_name, Person.title, func.coalesce(attended.c.times, 0),
            func.coalesce(attended.c.alike, 0), attended.c.last_at,
            here.c.state, here.c.id,
        )
        .outerjoin(attended, attended.c.person_id == Person.id)
        .outerjoin(here, here.c.person_id == Person.id)
        .where(Person.organisation_id == organisation_id, Person.merged_into_id.is_(None))
        .where(or_(found, Person.id.in_(kept)))
        .order_by(Person.sort_key, Person.id)
    )  # fmt: skip
    return [Staff._make(row) for row in db.session.execute(statement)]


def events_named(event_ids: Collection[int]) -> dict[int, str]:
    """The titles of events by their ids: one statement."""
    rows = db.session.execute(select(Event.id, Event.title).where(Event.id.in_(event_ids)))
    return {event_id: title for event_id, title in rows}


def members_of(organisation_id: int, *, event_id: int) -> list[Member]:
    """The people of an organisation with what tells them apart, and who is on the list of an event: one statement."""
    here = and_(Registration.person_id == Person.id, Registration.event_id == event_id)
    rows = db.session.execute(
        select(Person.id, Person.full_name, Person.phone, Person.email, Registration.state)
        .outerjoin(Registration, here)
        .where(Person.organisation_id == organisation_id, Person.merged_into_id.is_(None))
        .order_by(Person.id)
    )
    free = (None, RegistrationState.CANCELLED)
    return [Member(number, name, phone, email, state not in free) for number, name, phone, email, state in rows]
