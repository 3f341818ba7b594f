"""An event with people at its door, for the tests of attendance."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from werkzeug.test import TestResponse

from kstthc_training import clock
from kstthc_training.attendance import service
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.service import Marked, MarkOrder
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import Event, Session
from kstthc_training.ids import random_uuid
from kstthc_training.people.actors import SYSTEM
from kstthc_training.registrations.models import Registration
from tests.support.browser import CheckingClient

PRESS = "0123456789abcdef0123"


def sessions_of(event: Event) -> list[Session]:
    """The sessions of an event in order, loaded afresh."""
    db.session.rollback()
    return list(db.session.query(Session).filter_by(event_id=event.id).order_by(Session.position))


def put_mark(
    event: Event,
    registration_id: int,
    status: MarkStatus = MarkStatus.PRESENT,
    *,
    session_id: int | None = None,
    nonce: str = "",
    now: datetime | None = None,
) -> Marked:
    """Mark a person in the event's first session unless another is given, at its start unless told when."""
    first = sessions_of(event)[0]
    order = MarkOrder(
        session_id=session_id or first.id,
        registration_id=registration_id,
        status=status,
        method=MarkMethod.ROSTER,
        nonce=nonce or random_uuid().hex,
    )
    return in_unit(event, lambda fresh: service.mark(actor=SYSTEM, event=fresh, order=order, now=now or first.starts_at))


def press(
    client: CheckingClient,
    event: Event,
    registration: Registration,
    status: str = "present",
    *,
    script: bool = False,
    nonce: str = PRESS,
    session_id: int | None = None,
    **more: str,
) -> TestResponse:
    """Press a cell of the roster in a browser, in the event's first session unless another is given."""
    session_id = session_id or sessions_of(event)[0].id
    headers = {"Accept": "application/json"} if script else {}
    data = {"o": f"{session_id}-{registration.id}", "status": status, "nonce": nonce, **more}
    return client.post(f"/hop/{event.code}/diem-danh", data=data, headers=headers)


def close(event: Event, position: int = 0, *, now: datetime | None = None) -> int:
    """Close one session of an event, at its end unless told when."""

    def act(fresh: Event) -> int:
        session = sessions_in_unit(fresh)[position]
        return service.close_session(actor=SYSTEM, event=fresh, session=session, now=now or session.ends_at)

    return in_unit(event, act)


def reopen(event: Event, reason: str, position: int = 0) -> None:
    """Reopen one session of an event."""

    def act(fresh: Event) -> None:
        session = sessions_in_unit(fresh)[position]
        service.reopen_session(actor=SYSTEM, event=fresh, session=session, reason=reason, now=clock.now())

    in_unit(event, act)


def sessions_in_unit(event: Event) -> list[Session]:
    """The sessions of an event inside the running unit of work."""
    return list(db.session.query(Session).filter_by(event_id=event.id).order_by(Session.position))


def in_unit(event: Event, act: Callable[[Event], Any]) -> Any:
    """Run a verb on the event in a unit of work of its own."""
    with unit_of_work() as session:
        return act(session.get_one(Event, event.id))
