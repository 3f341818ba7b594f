"""Offers of a seat to those who wait: taken, turned down, or over."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.errors import OfferOver
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.tickets import find_numbered
from kstthc_training.registrations.service.letters import tell_calendar, tell_entered, tell_offer_over
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import HeldEvent, free_seat, hold_event
from kstthc_training.registrations.service.steps import move, raise_calendar_revisions


def take_offer(*, actor: Actor, registration: Registration, now: datetime) -> Registration:
    """Take the seat that is kept for somebody; taken twice it is taken once.

    He himself, his focal point and organizers may. Raises `NotAllowed`, `OfferOver` when there is no offer any more,
    `NotOffered` and `AlreadyBegun`.
    """
    held, current = _held(actor, registration)
    if current.state is RegistrationState.CONFIRMED:
        return current
    if current.offer_ends_at is None or now >= current.offer_ends_at:
        raise OfferOver(state=current.state)
    if refusal := policy.ended(held.event, now):
        raise refusal
    return accept_offer(actor=actor, held=held, registration=current, now=now)


def accept_offer(*, actor: Actor, held: HeldEvent, registration: Registration, now: datetime) -> Registration:
    """Confirm somebody to whom a seat is offered; the seat stays his."""
    step = move(registration, RegistrationState.CONFIRMED, StepRule.OFFER_TAKEN, actor=actor, now=now, holds_seat=True)
    tell_entered(held.event, registration, step, now=now)
    _record_answer(actor, registration, "registration.offer_taken", now)
    raise_calendar_revisions([registration.person_id])
    return registration


def turn_offer_down(*, actor: Actor, registration: Registration, now: datetime) -> list[Registration]:
    """Give the offered seat on to the next who waits, and leave the queue; the answer is who moved up.

    Who was offered nothing stays as he is. Raises `NotAllowed`.
    """
    held, current = _held(actor, registration)
    if current.state is not RegistrationState.OFFERED:
        return []
    return _end_offer(actor, held, current, StepRule.OFFER_DECLINED, now)


def expire_offer(*, event_id: int, registration_id: int, now: datetime) -> list[Registration]:
    """Take back an offer that was not answered in time, and offer the seat to the next; one that was answered stays, and
    so does everyone of an event that was cancelled or held."""
    held = hold_event(event_id)
    if not policy.may_resize(held.event):
        return []
    current = find_numbered(event_id=event_id, registration_id=registration_id)
    if current is None or current.offer_ends_at is None or now < current.offer_ends_at:
        return []
    return _end_offer(SYSTEM, held, current, StepRule.OFFER_EXPIRED, now)


def _end_offer(
    actor: Actor, held: HeldEvent, registration: Registration, rule: StepRule, now: datetime
) -> list[Registration]:
    free_seat(held, registration)
    step = move(registration, RegistrationState.CANCELLED, rule, actor=actor, now=now)
    if rule is StepRule.OFFER_EXPIRED:
        tell_offer_over(held.event, registration, step, now=now)
    else:
        tell_calendar(held.event, registration, step, now=now)
    is_over = rule is StepRule.OFFER_EXPIRED
    _record_answer(actor, registration, "registration.offer_expired" if is_over else "registration.offer_declined", now)
    promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
    raise_calendar_revisions(r.person_id for r in (registration, *promoted))
    return promoted


def _held(actor: Actor, registration: Registration) -> tuple[HeldEvent, Registration]:
    if not policy.may_cancel(actor, registration):
        raise NotAllowed(registration_id=registration.id)
    held = hold_event(registration.event_id)
    current = find_numbered(event_id=registration.event_id, registration_id=registration.id)
    assert current is not None  # noqa: S101 - rows of registrations are never removed
    return held, current


def _record_answer(actor: Actor, registration: Registration, action: str, now: datetime) -> None:
    record(
        actor=actor, action=action, subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id, person_id=registration.person_id,
    )  # fmt: skip
