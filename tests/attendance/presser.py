"""A door in a process of its own: presses one cell several times and prints what it was answered each time."""

import sys
from datetime import datetime

from kstthc_training.application import create_app
from kstthc_training.attendance import service
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.service import MarkOrder
from kstthc_training.db import unit_of_work
from kstthc_training.events.models import Event
from kstthc_training.ids import random_uuid
from kstthc_training.people.actors import SYSTEM


def press(event_id: int, session_id: int, registration_id: int, now: datetime, nonce: str) -> str:
    """Mark somebody present in a unit of work of its own; the status that holds afterwards."""
    order = MarkOrder(
        session_id=session_id,
        registration_id=registration_id,
        status=MarkStatus.PRESENT,
        method=MarkMethod.TICKET,
        nonce=nonce or random_uuid().hex,
    )
    with unit_of_work() as session:
        marked = service.mark(actor=SYSTEM, event=session.get_one(Event, event_id), order=order, now=now)
        return marked.status.value


if __name__ == "__main__":
    event_id, session_id, registration_id, starts_at, times, nonce = sys.argv[1:]
    with create_app().app_context():
        for _ in range(int(times)):
            at = datetime.fromisoformat(starts_at)
            print(press(int(event_id), int(session_id), int(registration_id), at, nonce))
