"""Those to whom letters about an event go, and what the letters say about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event, Venue
from kstthc_training.messages.texts.filling import Edited
from kstthc_training.messages.texts.queries import edited_texts
from kstthc_training.people.models import Account, Person
from kstthc_training.registrations.enums import GONE, RegistrationState
from kstthc_training.registrations.models import Registration
from kstthc_training.settings.queries import office_on


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Somebody registered: where letters reach him, in which language, and his place in the queue (None: seated)."""

    registration_id: int
    person_id: int
    full_name: str
    email: str
    locale: str
    ticket_code: str
    state: RegistrationState
    place: int | None


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What letters say about an event: when, where, whom to ask, which office writes, and how it words them itself."""

    event_id: int
    code: str
    title: str
    state: EventState
    mode: EventMode
    starts_at: datetime
    ends_at: datetime
    venue: str
    venue_address: str
    online_url: str
    contact: str
    office: str
    texts: Edited = field(default_factory=dict)


def event_facts(event: Event, *, now: datetime) -> EventFacts:
    """The facts of an event as it is now: three statements."""
    venue = db.session.get(Venue, event.venue_id) if event.venue_id else None
    return EventFacts(
        event_id=event.id,
        code=event.code,
        title=event.title,
        state=event.state,
        mode=event.mode,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        venue=venue.name if venue else "",
        venue_address=venue.address if venue else "",
        online_url=event.online_url,
        contact=", ".join(filter(None, (event.contact_name, event.contact_phone))),
        office=office_on(clock.local_date(now)).name,
        texts=edited_texts(),
    )


def addressees(event_id: int, *, registration_ids: Sequence[int] | None = None) -> list[Addressee]:
    """Those confirmed or waiting at an event in the order of their registration; with ids, just these in any state.

    One statement. Whoever has no account reads Vietnamese.
    """
    waiting = Registration.state == RegistrationState.WAITING
    order = func.row_number().over(partition_by=waiting, order_by=Registration.queue_number)
    places = select(Registration.id, order.label("place")).where(Registration.event_id == event_id, waiting).subquery()
    statement = (
        select(
            Registration.id, Registration.person_id, Person.full_name, Person.email, Account.locale,
            Registration.ticket_code, Registration.state, places.c.place,
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(places, places.c.id == Registration.id)
        .where(Registration.event_id == event_id)
        .order_by(Registration.id)
    )  # fmt: skip
    if registration_ids is None:
        statement = statement.where(Registration.state.not_in(GONE))
    else:
        statement = statement.where(Registration.id.in_(registration_ids))
    return [_addressee(*row) for row in db.session.execute(statement)]


def _addressee(
    registration_id: int, person_id: int, full_name: str, email: str, locale: str | None,
    ticket_code: str, state: RegistrationState, place: int | None,
) -> Addressee:  # fmt: skip
    return Addressee(
        registration_id=registration_id,
        person_id=person_id,
        full_name=full_name,
        email=email,
        locale=locale or "vi",
        ticket_code=ticket_code,
        state=state,
        place=place,
    )
