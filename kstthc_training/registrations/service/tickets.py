"""Making a ticket void: its secret is derived from a key outside the database and a generation that can be raised."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.models import Registration


def renew_ticket(*, actor: Actor, registration: Registration, now: datetime) -> None:
    """Give a ticket a new QR, and a new link by mail; the old ones are void at once. The typed code stays."""
    if not policy.may_see_ticket(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    registration.ticket_generation += 1
    registration.changed_at = now
    record(
        actor=actor, action="ticket.renewed", subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id, person_id=registration.person_id,
    )  # fmt: skip
    db.session.flush()
