"""How many people organisations have at an event, and how many places they hold without a name."""

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.registrations.enums import GONE, RegistrationSource
from kstthc_training.registrations.models import Registration, SeatReservation


def named_at(event_id: int) -> dict[int, int]:
    """How many people each organisation has on the list of an event, walk-ins aside: one statement."""
    rows = db.session.execute(
        select(Registration.organisation_id, func.count())
        .where(
            Registration.event_id == event_id,
            Registration.organisation_id.is_not(None),
            Registration.state.not_in(GONE),
            Registration.source != RegistrationSource.WALK_IN,
        )
        .group_by(Registration.organisation_id)
    )
    return {organisation_id: count for organisation_id, count in rows if organisation_id is not None}


def places_held(event_id: int) -> dict[int, int]:
    """How many places each organisation holds at an event without a name: one statement."""
    rows = db.session.execute(
        select(SeatReservation.organisation_id, SeatReservation.places).where(
            SeatReservation.event_id == event_id, SeatReservation.places > 0
        )
    )
    return {organisation_id: places for organisation_id, places in rows}
