"""The event that goes on today: its open session, with those at the door already noted."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from kstthc_training.attendance import service
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.service import DoorOrder, MarkOrder
from kstthc_training.clock import at_local
from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service import register_walk_in
from kstthc_training.sample.events import Made
from kstthc_training.sample.past_registrations import Past
from kstthc_training.sample.province import Province

_EXCUSED, _STILL_OUT = 2, 14
_OPENS = time(7, 2)
_BETWEEN = timedelta(seconds=47)


def registered(made: Made) -> list[Past]:
    """Everyone registered at an event by now."""
    rows = db.session.execute(
        select(Registration.id, Registration.event_id, Registration.state, Registration.source)
        .where(Registration.event_id == made.event.id)
        .order_by(Registration.id)
    )
    return [Past(*row) for row in rows]


def open_door(province: Province, made: Made) -> None:
    """Two excused, most of the others in by ticket, somebody without a registration, and some who are still to come."""
    expected = [person.id for person in registered(made) if person.is_expected]
    at = at_local(province.today, _OPENS)
    for registration_id in expected[:_EXCUSED]:
        _excuse(province, made, registration_id, at - timedelta(minutes=30))
    for registration_id in expected[_EXCUSED:-_STILL_OUT]:
        at += _BETWEEN
        _check_in(province, made, registration_id, MarkMethod.TICKET, at)
    guest = next(m for m in province.people_of["mass_org"])
    person = db.session.get_one(Person, guest.id)
    walk_in = register_walk_in(actor=province.accounts.door, event=made.event, person=person, now=at)
    _check_in(province, made, walk_in.id, MarkMethod.NAME, at)


def _check_in(province: Province, made: Made, registration_id: int, method: MarkMethod, at: datetime) -> None:
    session_id = made.sessions[-1].id
    order = DoorOrder(
        session_id=session_id, registration_id=registration_id, method=method, nonce=f"sample-door-{registration_id}"
    )
    service.check_in(actor=province.accounts.door, event=made.event, order=order, now=at)


def _excuse(province: Province, made: Made, registration_id: int, at: datetime) -> None:
    order = MarkOrder(
        session_id=made.sessions[-1].id, registration_id=registration_id, status=MarkStatus.EXCUSED,
        method=MarkMethod.ROSTER, nonce=f"sample-excused-{registration_id}",
    )  # fmt: skip
    service.mark(actor=province.accounts.organizer, event=made.event, order=order, now=at)
