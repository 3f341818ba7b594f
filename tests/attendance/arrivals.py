"""Walk-ins: where they are let in, and what is stored of them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import Presence
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.registrations.models import Registration
from tests.attendance.doors import sessions_of
from tests.support.factories import make_event

NONCE = "fedcba9876543210fedc"


def running_event(**fields: Any) -> Event:
    """An event whose first session is open for marking."""
    return make_event(starts_at=clock.now() - timedelta(minutes=5), **fields)


def address(event: Event) -> str:
    """Where people not on the list are added to the event's first session."""
    return f"/quet/{event.code}/{sessions_of(event)[0].id}/them"


def stored() -> tuple[list[Any], list[MarkStatus]]:
    """Everyone on a list and how (person, state, source), and every status that holds."""
    db.session.rollback()
    listed = select(Registration.person_id, Registration.state, Registration.source).order_by(Registration.id)
    noted = select(Presence.status).order_by(Presence.registration_id)
    return [tuple(row) for row in db.session.execute(listed)], list(db.session.scalars(noted))


def rows(table: Any) -> int:
    """How many rows a table has."""
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(table)).scalar_one())
