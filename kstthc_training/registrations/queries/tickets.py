"""One registration, found by its ticket, its typed code, or its event and person; and the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kstthc_training import ids
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Account, Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration, RegistrationStep

TICKET_PURPOSE = "ticket"
_WHOLE = (
    joinedload(Registration.person),
    joinedload(Registration.organisation),
    joinedload(Registration.guest),
    joinedload(Registration.event).options(joinedload(Event.kind), joinedload(Event.venue)),
)


@dataclass(frozen=True)
class StepRow:
    """One move of a registration as it is told: when, to what, by which rule and reason, and who did it ('' nobody)."""

    at: datetime
    from_state: RegistrationState | None
    to_state: RegistrationState
    rule: str
    reason: str
    by: str


@dataclass(frozen=True)
class TicketLetter:
    """The last letter that brought the link to a ticket: to which address, and whether it went out."""

    recipient: str
    state: MessageState


def find_registration(*, event_id: int, person_id: int | None) -> Registration | None:
    """A person's one registration for an event, in whatever state."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.person_id == person_id)
        .execution_options(populate_existing=True)
    )


def find_numbered(*, event_id: int, registration_id: int) -> Registration | None:
    """A registration of an event by its number, as it is now."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.id == registration_id)
        .execution_options(populate_existing=True)
    )


def get_numbered(*, event_id: int, registration_id: int) -> Registration:
    """A registration of an event by its number, with person, organisation, event, kind and venue; raises `Unknown`."""
    one = select(Registration).where(Registration.event_id == event_id, Registration.id == registration_id).options(*_WHOLE)
    registration = db.session.scalar(one.execution_options(populate_existing=True))
    if registration is None:
        raise Unknown(registration_id=registration_id)
    return registration


def get_ticket(*, actor: Actor, code: str) -> Registration:
    """The registration with a ticket code, with person, organisation, event, kind and venue.

    `Unknown` when there is none and when it is not the actor's to see: a code tells a stranger nothing.
    """
    statement = select(Registration).where(Registration.ticket_code == ids.normal_code(code)).options(*_WHOLE)
    registration = _united(db.session.scalar(statement))
    if registration is None or not policy.may_see_ticket(actor, registration):
        raise Unknown(code=code)
    return registration


def find_by_ticket(secret: str, *, key: bytes) -> Registration | None:
    """The registration, in whatever state, whose QR holds `secret`; None for a foreign, revoked or made-up one.

    One that was united with another leads on to it.
    """
    owner = ids.owner_of(secret)
    registration = (
        db.session.scalar(select(Registration).where(Registration.id == owner).options(*_WHOLE)) if owner else None
    )
    if registration is None or not ids.same_secret(ticket_address(registration, key=key), secret):
        return None
    return _united(registration)


def ticket_address(registration: Registration, *, key: bytes) -> str:
    """The long secret that the QR of a ticket holds (160 bits, by HMAC), void once the generation is raised."""
    return ids.address_secret(key, purpose=TICKET_PURPOSE, owner=registration.id, generation=registration.ticket_generation)


def find_by_code(*, event_id: int, typed: str) -> Registration | None:
    """The registration of an event whose ticket code was typed, with or without spaces, in any case."""
    return _united(
        db.session.scalar(
            select(Registration)
            .where(Registration.event_id == event_id, Registration.ticket_code == ids.normal_code(typed))
            .options(*_WHOLE)
        )
    )


def _united(registration: Registration | None) -> Registration | None:
    """The registration with which this one was united when two rows were one person, or itself."""
    while registration is not None and registration.merged_into_id is not None:
        one = select(Registration).where(Registration.id == registration.merged_into_id).options(*_WHOLE)
        registration = db.session.scalar(one)
    return registration


def steps_of(registration_id: int) -> Sequence[StepRow]:
    """Every move of a registration, the first one first: one statement."""
    rows = db.session.execute(
        select(
            RegistrationStep.at, RegistrationStep.from_state, RegistrationStep.to_state,
            RegistrationStep.rule, RegistrationStep.reason, Person.full_name,
        )
        .outerjoin(Account, Account.id == RegistrationStep.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(RegistrationStep.registration_id == registration_id)
        .order_by(RegistrationStep.id)
    )  # fmt: skip
    return [StepRow(at, from_state, to_state, rule, reason, by or "") for at, from_state, to_state, rule, reason, by in rows]


def letter_of(registration: Registration) -> TicketLetter | None:
    """The last letter with the link to this ticket; None without an address."""
    row = db.session.execute(
        select(Message.recipient, Message.state)
        .where(Message.event_id == registration.event_id)
        .where(Message.link_purpose == TICKET_PURPOSE, Message.link_id == registration.id)
        .order_by(Message.id.desc())
        .limit(1)
    ).one_or_none()
    return TicketLetter(*row) if row else None
