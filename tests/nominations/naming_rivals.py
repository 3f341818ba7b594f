"""What clients of the races over an organisation's places do when they read first and then write."""

import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, insert, select, update

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.ids import typed_code
from kstthc_training.invitations.models import Invitation
from kstthc_training.registrations.enums import PoolKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool, SeatReservation
from tests.registrations.fair_rivals import READING_TAKES, Act


def _unguarded_name(_product: Flask, invitation_id: int, person_id: int) -> Act:
    """Read how many are named of how many places, then write one more."""

    def act() -> str:
        asked = select(Invitation.event_id, Invitation.organisation_id, Invitation.places)
        event_id, body, places = db.session.execute(asked.where(Invitation.id == invitation_id)).one()
        named = select(func.count()).where(Registration.event_id == event_id, Registration.organisation_id == body)
        count = db.session.execute(named).scalar_one()
        db.session.rollback()
        time.sleep(READING_TAKES)
        if count >= places:
            return "full"
        with unit_of_work() as session:
            session.execute(
                insert(Registration).values(
                    event_id=event_id, person_id=person_id, organisation_id=body, source=RegistrationSource.NOMINATION,
                    state=RegistrationState.CONFIRMED, registered_at=clock.now(), changed_at=clock.now(),
                    ticket_code=typed_code(),
                )
            )  # fmt: skip
        return "done"

    return act


def _unguarded_hold(_product: Flask, event_id: int, organisation_id: int) -> Act:
    """Read how many seats are taken, then hold one more."""

    def act() -> str:
        pool = select(SeatPool.capacity, SeatPool.taken).where(SeatPool.event_id == event_id, _OF_EVENT)
        capacity, taken = db.session.execute(pool).one()
        db.session.rollback()
        time.sleep(READING_TAKES)
        if taken >= capacity:
            return "full"
        with unit_of_work() as session:
            session.execute(
                insert(SeatReservation).values(
                    event_id=event_id, organisation_id=organisation_id, places=1, made_at=clock.now()
                )
            )
            session.execute(update(SeatPool).where(SeatPool.event_id == event_id, _OF_EVENT).values(taken=taken + 1))
        return "done"

    return act


_OF_EVENT = SeatPool.kind == PoolKind.EVENT
NAMING_ACTS: dict[str, Callable[..., Act]] = {
    "unguarded name": _unguarded_name,
    "unguarded hold": _unguarded_hold,
}
