"""The one row that a person has at an event, written with the step that says how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kstthc_training import ids
from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.queries.holders import Claim
from kstthc_training.registrations.queries.tickets import find_registration
from kstthc_training.registrations.service.steps import move, new_step

_CODE_TRIES = 5


@dataclass(frozen=True)
class Standing:
    """What somebody gets and by which rule; only who waits has a number, and a walk-in is confirmed without a seat."""

    state: RegistrationState
    rule: StepRule
    queue_number: int | None = None
    holds_seat: bool = False


@dataclass(frozen=True)
class Entry:
    """The row and its new step; without one the person had been registered meanwhile."""

    registration: Registration
    step: RegistrationStep | None


def write_row(
    *,
    actor: Actor,
    event: Event,
    person: Person,
    source: RegistrationSource,
    known: Registration | None,
    standing: Standing,
    claim: Claim,
    now: datetime,
) -> Entry:
    """Write the person's row at the event: a new one, or `known`, which was cancelled or waits, brought to life again.

    Title and organisation are kept as they are at this time; the claim says how the seat is counted.
    """
    if known is None:
        return _add_row(actor, event, person, source, standing, claim, now)
    known.source, known.registered_at, known.registered_by_id = source, now, actor.account_id
    known.organisation_id, known.title_then = person.organisation_id, person.title
    known.substitute_for_id = None
    known.circle, known.seat_organisation_id, known.place = claim.circle, claim.organisation_id, claim.place
    step = move(
        known, standing.state, standing.rule,
        actor=actor, now=now, holds_seat=standing.holds_seat, queue_number=standing.queue_number,
    )  # fmt: skip
    return Entry(known, step)


def record_made(actor: Actor, registration: Registration, now: datetime) -> None:
    """Note in the log that somebody came on the list, how, and where he stands."""
    record(
        actor=actor, action="registration.made", subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id, person_id=registration.person_id,
        state=registration.state, source=registration.source,
    )  # fmt: skip


def add_seated_rows(
    *, actor: Actor, event: Event, source: RegistrationSource, claims: Mapping[Person, Claim], now: datetime
) -> list[Entry]:
    """Write a row with a seat for each of many people who have none at the event, which is held, in a few statements."""
    standing = Standing(RegistrationState.CONFIRMED, StepRule.SEAT_FREE, holds_seat=True)
    codes = _free_codes(len(claims))
    rows = [
        Registration(**_values(actor, event, person, source, standing, claim, now), ticket_code=code)
        for (person, claim), code in zip(claims.items(), codes, strict=True)
    ]
    db.session.add_all(rows)
    db.session.flush()
    entries = [Entry(row, new_step(row, None, standing.state, standing.rule, actor=actor, now=now)) for row in rows]
    db.session.flush()
    return entries


def _free_codes(count: int) -> list[str]:
    """Codes that no ticket has yet."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {ids.typed_code() for _ in range(count - len(codes))}
        codes |= drawn - set(db.session.scalars(select(Registration.ticket_code).where(Registration.ticket_code.in_(drawn))))
    return list(codes)


def _add_row(
    actor: Actor,
    event: Event,
    person: Person,
    source: RegistrationSource,
    standing: Standing,
    claim: Claim,
    now: datetime,
) -> Entry:
    registration = _inserted(_values(actor, event, person, source, standing, claim, now))
    if registration is None:
        known = find_registration(event_id=event.id, person_id=person.id)
        if known is not None:
            return Entry(known, None)
        raise RuntimeError("no free ticket code found")
    step = new_step(registration, None, standing.state, standing.rule, actor=actor, now=now)
    db.session.flush()
    return Entry(registration, step)


def _values(
    actor: Actor,
    event: Event,
    person: Person,
    source: RegistrationSource,
    standing: Standing,
    claim: Claim,
    now: datetime,
) -> dict[str, Any]:
    return {
        "event_id": event.id,
        "person_id": person.id,
        "organisation_id": person.organisation_id,
        "title_then": person.title,
        "state": standing.state,
        "source": source,
        "queue_number": standing.queue_number,
        "holds_seat": standing.holds_seat,
        "circle": claim.circle,
        "seat_organisation_id": claim.organisation_id,
        "place": claim.place,
        "registered_at": now,
        "registered_by_id": actor.account_id,
        "changed_at": now,
    }


def _inserted(values: Mapping[str, object]) -> Registration | None:
    """The row that was added; a code that is taken is drawn again, a person who has a row already gets no other."""
    for _ in range(_CODE_TRIES):
        adding = added_once(Registration, {**values, "ticket_code": ids.typed_code()}).returning(Registration)
        row: Registration | None = db.session.scalar(adding)
        if row is not None:
            return row
    return None
