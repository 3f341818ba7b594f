"""How many were there: of those expected alone, since a mark outlives the registration that it was made for."""

from collections import Counter, defaultdict

from sqlalchemy import ScalarSelect, func, select

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
    statement = (
        select(func.count(Registration.id.distinct()))
        .join(Presence, Presence.registration_id == Registration.id)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
        .where(Presence.status.in_(rules.COUNTED_PRESENT))
    )
    return statement.scalar_subquery()
