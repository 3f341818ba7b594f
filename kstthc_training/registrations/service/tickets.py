"""Tickets: the secret in the QR, derived from a key outside the database, and how it is made void."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.config import Config
from kstthc_training.db import db
from kstthc_training.people.actors import Actor
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.errors import TakenBack
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.tickets import ticket_address


def renew_ticket(*, actor: Actor, registration: Registration, now: datetime) -> None:
    """Give a ticket a new QR, and a new link by mail; the old ones are void at once. The typed code stays."""
    if not policy.may_see_ticket(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    registration.ticket_generation += 1
    registration.changed_at = now
    record(
        actor=actor, action="ticket.renewed", subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id,
    )  # fmt: skip
    db.session.flush()


def ticket_link(settings: Config, registration_id: int) -> str:
    """The whole address by which the holder of a letter sees his ticket.

    Raises `Unknown` when there is no such registration, `TakenBack` when it was cancelled: no link goes to the cancelled.
    """
    registration = db.session.get(Registration, registration_id)
    if registration is None:
        raise Unknown(registration_id=registration_id)
    if registration.state is RegistrationState.CANCELLED:
        raise TakenBack(registration_id=registration_id)
    return f"{settings.public_url}/ve/thu/{ticket_address(registration, key=settings.key)}"
