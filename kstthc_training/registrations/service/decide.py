"""What the organizer decides of those who applied: a seat or the queue, or a refusal with its reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.errors import AlreadyHeld, NotOffered, NotPending
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.queries.holders import claim_of
from kstthc_training.registrations.queries.registrants import may_come_back
from kstthc_training.registrations.service.guests import settle_organisations
from kstthc_training.registrations.service.letters import tell_entered, tell_refused, tell_reopened
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.register import enter, seat_or_queue
from kstthc_training.registrations.service.seats import HeldEvent, free_seat, hold_event
from kstthc_training.registrations.service.steps import move, raise_calendar_revisions

_OPEN = (RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.WAITING)

_APPROVALS = (StepRule.APPROVED, StepRule.QUEUED)


def approve(*, actor: Actor, event_id: int, registration_ids: Sequence[int], now: datetime) -> list[Registration]:
    """Give each who awaits the decision a seat, or a number in the queue, in the order in which they applied.

    All or none; those decided already stay as they are. Raises `NotAllowed`, `Unknown` for ids of other events, and
    `NotPending` for somebody who was refused or withdrew.
    """
    held, chosen = _held(actor, event_id, registration_ids)
    if gone := next((r for r in chosen if r.state not in _OPEN), None):
        raise NotPending(registration_id=gone.id, state=gone.state)
    if chosen and (refusal := policy.closed_to_all(held.event, now)):
        raise refusal
    approved = [r for r in chosen if r.state is RegistrationState.PENDING]
    settle_organisations(actor=actor, registrations=approved, now=now)
    for registration in approved:
        _admit(actor, held, registration, now)
    raise_calendar_revisions(r.person_id for r in approved)
    return approved


def refuse(
    *, actor: Actor, event_id: int, registration_ids: Sequence[int], reason: str, now: datetime
) -> tuple[list[Registration], list[Registration]]:
    """Refuse several who applied, wait, or hold a seat, with the reason that each is told; who was refused, who moved up.

    All or none; those refused already or withdrawn stay as they are. Raises `NotAllowed`, `Unknown`, `AlreadyHeld`, and
    `NotOffered` for an event that was cancelled.
    """
    held, chosen = _held(actor, event_id, registration_ids)
    _require_undecided(held.event)
    refused = [r for r in chosen if r.state in _OPEN]
    for registration in refused:
        free_seat(held, registration)
        step = move(registration, RegistrationState.REFUSED, StepRule.REFUSED, actor=actor, now=now, reason=reason)
        tell_refused(held.event, registration, step, now=now)
        _record_decision(actor, registration, "registration.refused", now, reason=reason)
    promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
    raise_calendar_revisions(r.person_id for r in (*refused, *promoted))
    return refused, promoted


def _require_undecided(event: Event) -> None:
    if event.state is EventState.CLOSED:
        raise AlreadyHeld(held_on=event.held_on)
    if event.state is EventState.CANCELLED:
        raise NotOffered(state=event.state)


def reconsider(*, actor: Actor, event_id: int, at: datetime, now: datetime) -> list[Registration]:
    """Take back what the actor decided at the instant `at`: who awaited the decision awaits it again, also one approved,
    whose seat goes to the next; all others are registered as an organizer registers them, perhaps in the queue.

    Raises `NotAllowed`, and what closes the event to all.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    if refusal := policy.closed_to_all(held.event, now):
        raise refusal
    rows = db.session.execute(_decided_at(actor, event_id, at)).all()
    back = [_reconsidered(actor, held, registration, before, now) for registration, before in rows]
    promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
    raise_calendar_revisions(r.person_id for r in (*back, *promoted))
    return back


def _reconsidered(
    actor: Actor, held: HeldEvent, registration: Registration, before: RegistrationState | None, now: datetime
) -> Registration:
    if before is not RegistrationState.PENDING:
        source = RegistrationSource.ORGANIZER
        return enter(actor=actor, held=held, person=registration.person, source=source, belonging=None, now=now)[0]
    tell = tell_entered if registration.state is RegistrationState.REFUSED else tell_reopened
    free_seat(held, registration)
    step = move(registration, RegistrationState.PENDING, StepRule.AWAITS_DECISION, actor=actor, now=now)
    tell(held.event, registration, step, now=now)
    _record_decision(actor, registration, "registration.made", now, state=registration.state, source=registration.source)
    return registration


def _decided_at(actor: Actor, event_id: int, at: datetime) -> Select[Registration, RegistrationState | None]:
    step = RegistrationStep
    approved = and_(step.from_state == RegistrationState.PENDING, step.rule.in_(_APPROVALS))
    return (
        select(Registration, step.from_state)
        .join(step, step.registration_id == Registration.id)
        .join(Person, Person.id == Registration.person_id)
        .where(may_come_back(), Registration.event_id == event_id, Registration.state == step.to_state, step.at == at)
        .where(step.account_id == actor.account_id, or_(step.to_state == RegistrationState.REFUSED, approved))
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )


def _admit(actor: Actor, held: HeldEvent, registration: Registration, now: datetime) -> None:
    standing = seat_or_queue(actor, held, claim_of(registration), now)
    rule = StepRule.APPROVED if standing.holds_seat else standing.rule
    step = move(
        registration, standing.state, rule,
        actor=actor, now=now, holds_seat=standing.holds_seat, queue_number=standing.queue_number,
    )  # fmt: skip
    tell_entered(held.event, registration, step, now=now)
    _record_decision(actor, registration, "registration.approved", now, state=standing.state)


def _held(actor: Actor, event_id: int, registration_ids: Sequence[int]) -> tuple[HeldEvent, Sequence[Registration]]:
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held, wanted = hold_event(event_id), set(registration_ids)
    rows = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.id.in_(wanted))
        .order_by(Registration.registered_at, Registration.id)
        .execution_options(populate_existing=True)
    ).all()
    if len(rows) != len(wanted):
        raise Unknown(registration_ids=sorted(wanted - {row.id for row in rows}))
    return held, rows


def _record_decision(actor: Actor, registration: Registration, action: str, now: datetime, **facts: str) -> None:
    record(
        actor=actor, action=action, subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id, person_id=registration.person_id, **facts,
    )  # fmt: skip
