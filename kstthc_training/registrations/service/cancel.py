"""Taking a registration back: the seat becomes free, and the first in the queue gets it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
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
from kstthc_training.registrations.errors import AlreadyBegun, AlreadyHeld
from kstthc_training.registrations.models import Registration, RegistrationStep
from kstthc_training.registrations.queries.registrants import may_come_back
from kstthc_training.registrations.service.letters import tell_calendar, tell_taken_back
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.register import enter
from kstthc_training.registrations.service.seats import HeldEvent, free_seat, hold_event
from kstthc_training.registrations.service.steps import move, raise_calendar_revisions


def cancel(*, actor: Actor, registration: Registration, reason: str, now: datetime) -> list[Registration]:
    """Take one registration back; the answer is who moved up from the queue.

    The person himself, his focal point and organizers may; once the event began organizers alone, and then nobody moves
    up. A cancelled or refused one stays as it is. Raises `NotAllowed`, `AlreadyBegun`, `AlreadyHeld`.
    """
    return cancel_several(
        actor=actor, event_id=registration.event_id, registration_ids=[registration.id], reason=reason, now=now
    )[1]


def cancel_several(
    *, actor: Actor, event_id: int, registration_ids: Sequence[int], reason: str, now: datetime
) -> tuple[list[Registration], list[Registration]]:
    """Take several registrations of one event back, all or none; the answer is who was taken back and who moved up.

    Ids of other events are `Unknown`.
    """
    held = hold_event(event_id)
    chosen = _chosen(event_id, registration_ids)
    taken_back = [r for r in chosen if r.state not in (RegistrationState.CANCELLED, RegistrationState.REFUSED)]
    for registration in taken_back:
        _require_cancellable(actor, held.event, registration, now)
    for registration in taken_back:
        _take_back(actor, held, registration, reason, now)
    promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
    raise_calendar_revisions(r.person_id for r in (*taken_back, *promoted))
    return taken_back, promoted


def restore(*, actor: Actor, event: Event, at: datetime, now: datetime) -> list[Registration]:
    """Register again those whose registrations the actor took back at the instant `at`, as anyone registers.

    Those who moved up meanwhile keep their seats, so that somebody restored may find himself in the queue.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event.id)
    held = hold_event(event.id)
    entered = []
    for registration in _taken_back_at(actor, event.id, at):
        person, source = registration.person, RegistrationSource.ORGANIZER
        entered.append(enter(actor=actor, held=held, person=person, source=source, belonging=None, now=now)[0])
    raise_calendar_revisions(r.person_id for r in entered)
    return entered


def _chosen(event_id: int, registration_ids: Sequence[int]) -> Sequence[Registration]:
    wanted = set(registration_ids)
    rows = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.id.in_(wanted))
        .order_by(Registration.id)
        .execution_options(populate_existing=True)
    ).all()
    if len(rows) != len(wanted):
        raise Unknown(registration_ids=sorted(wanted - {row.id for row in rows}))
    return rows


def _require_cancellable(actor: Actor, event: Event, registration: Registration, now: datetime) -> None:
    if not policy.may_cancel(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    if event.state is EventState.CLOSED:
        raise AlreadyHeld(held_on=event.held_on)
    if policy.has_begun(event, now) and not runs_events(actor):
        raise AlreadyBegun(began_at=event.starts_at)


def _take_back(actor: Actor, held: HeldEvent, registration: Registration, reason: str, now: datetime) -> None:
    rule = _rule(actor, registration)
    free_seat(held, registration)
    step = move(registration, RegistrationState.CANCELLED, rule, actor=actor, now=now, reason=reason)
    if rule is StepRule.BY_PERSON:
        tell_calendar(held.event, registration, step, now=now)
    else:
        tell_taken_back(held.event, registration, step, rule, now=now)
    record(
        actor=actor, action="registration.cancelled", subject_type="event", subject_id=held.event.id, now=now,
        registration_id=registration.id, person_id=registration.person_id, rule=rule, reason=reason,
    )  # fmt: skip


def _rule(actor: Actor, registration: Registration) -> StepRule:
    if policy.is_own(actor, registration):
        return StepRule.BY_PERSON
    return StepRule.BY_ORGANIZER if runs_events(actor) else StepRule.BY_FOCAL_POINT


def _taken_back_at(actor: Actor, event_id: int, at: datetime) -> Sequence[Registration]:
    statement = (
        select(Registration)
        .join(RegistrationStep, RegistrationStep.registration_id == Registration.id)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.event_id == event_id,
            Registration.state == RegistrationState.CANCELLED,
            may_come_back(),
            RegistrationStep.at == at,
            RegistrationStep.account_id == actor.account_id,
            RegistrationStep.to_state == RegistrationState.CANCELLED,
        )
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )
    return db.session.scalars(statement).all()
