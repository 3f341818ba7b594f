"""Finding people at the door: by some letters of a name, or by a ticket's code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select

from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.ids import normal_code
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.registrations.queries.guests import organisation_on_list, typed_by_guest
from kstthc_training.text import search_words

MOST_COUNTED = 200


@dataclass(frozen=True)
class Hit:
    """One person found at the door, with what holds of him in the session."""

    registration_id: int
    full_name: str
    organisation: str
    status: MarkStatus
    since: datetime | None


def hits(event: Event, session_id: int, *, search: str, limit: int = 12) -> tuple[list[Hit], int]:
    """The first expected people whose name or organisation holds every word, and how many there are; none when empty.

    They are counted up to one more than `MOST_COUNTED`, which says that there are more.
    By their codes nobody is found here: who searches by beginnings of codes would learn them one letter after another.
    """
    words = search_words(search)
    if not words:
        return [], 0
    statement = _expected_at(event, session_id)
    for word in words:
        statement = statement.where(
            or_(
                Person.search_text.contains(word, autoescape=True),
                Organisation.search_text.contains(word, autoescape=True),
                typed_by_guest(word),
            )
        )
    found = [Hit(*row) for row in db.session.execute(statement.limit(MOST_COUNTED + 1))]
    return found[:limit], len(found)


def hit_of(event: Event, session_id: int, registration_id: int) -> Hit:
    """One expected person at the door; `Unknown` when not expected at this event."""
    row = db.session.execute(_expected_at(event, session_id).where(Registration.id == registration_id)).one_or_none()
    if row is None:
        raise Unknown(registration_id=registration_id)
    return Hit(*row)


def find_by_code(event: Event, typed: str) -> tuple[int | None, str | None]:
    """The registration of a typed ticket code, or, when it is of another event, that event's title."""
    statement = (
        select(Registration.id, Registration.event_id, Event.title)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.ticket_code == normal_code(typed))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None, None
    return (row.id, None) if row.event_id == event.id else (None, row.title)


def recent_marks(session_id: int, *, limit: int = 5) -> list[tuple[str, str, datetime, MarkMethod]]:
    """Who came through the door last: name, organisation, when, how."""
    statement = (
        select(Person.full_name, organisation_on_list(), Mark.at, Mark.method)
        .join(Presence, Presence.mark_id == Mark.id)
        .join(Registration, Registration.id == Mark.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .where(Mark.session_id == session_id, Presence.status.in_(rules.COUNTED_PRESENT))
        .where(Registration.state == RegistrationState.CONFIRMED)
        .order_by(Mark.id.desc())
        .limit(limit)
    )
    return [(name, organisation, at, method) for name, organisation, at, method in db.session.execute(statement)]


def expected_count(event: Event) -> int:
    """How many people are expected: confirmed registrations, walk-ins included."""
    statement = (
        select(func.count())
        .select_from(Registration)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED)
    )
    return db.session.execute(statement).scalar_one()


def _expected_at(event: Event, session_id: int) -> Select[int, str, str, MarkStatus, datetime]:
    return (
        select(
            Registration.id,
            Person.full_name,
            organisation_on_list(),
            func.coalesce(Presence.status, MarkStatus.NONE, type_=Presence.status.type),
            Mark.at,
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .outerjoin(Presence, and_(Presence.registration_id == Registration.id, Presence.session_id == session_id))
        .outerjoin(Mark, Mark.id == Presence.mark_id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED)
        .order_by(Person.sort_key, Registration.id)
    )
