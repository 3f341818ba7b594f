"""How many were there: of those expected alone, since a mark outlives the registration that it was made for."""

from collections import Counter, defaultdict

from sqlalchemy import ScalarSelect, exists, func, select

from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import Presence
from kstthc_training.db import db
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration


def status_counts(event_id: int) -> dict[int, Counter[MarkStatus]]:
    """How many confirmed people have which status in each session of an event, by session: one statement."""
    statement = (
        select(Presence.session_id, Presence.status, func.count())
        .join(Registration, Registration.id == Presence.registration_id)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
        .group_by(Presence.session_id, Presence.status)
    )
    counted: dict[int, Counter[MarkStatus]] = defaultdict(Counter)
    for session_id, status, people in db.session.execute(statement):
        counted[session_id][status] = people
    return counted


def people_seen(event_id: int) -> ScalarSelect[int]:
    """How many confirmed people were there in at least one session of an event, as part of a larger statement."""
    seen = exists().where(Presence.registration_id == Registration.id, Presence.status.in_(rules.COUNTED_PRESENT))
    statement = (
        select(func.count())
        .select_from(Registration)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
        .where(seen)
    )
    return statement.scalar_subquery()


def counts_after_press(event_id: int, session_id: int) -> tuple[int, int]:
    """How many confirmed people are in one session, and how many were seen in the event at all: one statement."""
    present = (
        select(func.count())
        .select_from(Presence)
        .join(Registration, Registration.id == Presence.registration_id)
        .where(Presence.session_id == session_id, Presence.status.in_(rules.COUNTED_PRESENT))
        .where(Registration.state == RegistrationState.CONFIRMED)
    )
    row = db.session.execute(select(present.scalar_subquery(), people_seen(event_id))).one()
    return row[0], row[1]
