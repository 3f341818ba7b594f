"""The queue moves by one rule: whoever waits longest gets the next seat he could sit on, and nobody overtakes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.registrations.enums import PoolKind, Promotion, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import moves_up, offer_end
from kstthc_training.registrations.queries.holders import claim_of
from kstthc_training.registrations.service.letters import tell_offered, tell_promoted
from kstthc_training.registrations.service.seats import HeldEvent, pools_for, take_seats
from kstthc_training.registrations.service.steps import move

EXPIRE_OFFER = "registrations.expire_offer"
_AT_ONCE = 50


def promote_waiting(*, actor: Actor, held: HeldEvent, vacancy: Vacancy, now: datetime) -> list[Registration]:
    """Give free seats to those who wait, in the order of their numbers: directly or as an offer, by the event's rules.

    Nobody is passed over who could sit there: one stays behind only while a pool of his own (his organisation, the room)
    is full. Never in the cut-off before the event, nor once it began. Each gets a step with the rule and the reason for
    the vacancy, a letter and a line of the log that say both; the log names whoever caused it, or the product itself.
    `held` is the event whose pools this unit of work holds.
    """
    promoted: list[Registration] = []
    if not moves_up(held.event, held.rules, now):
        return promoted
    full: set[int] = set()
    for registration in _waiting(held.event.id):
        pools = pools_for(held, claim_of(registration))
        if not full.isdisjoint(pool.id for pool in pools):
            continue
        blocking = take_seats(pools)
        if blocking is None:
            _move_up(actor, held, registration, vacancy, now)
            promoted.append(registration)
        elif blocking.kind is PoolKind.EVENT:
            break
        else:
            full.add(blocking.id)
    return promoted


def _move_up(actor: Actor, held: HeldEvent, registration: Registration, vacancy: Vacancy, now: datetime) -> None:
    """Give somebody the seat that was taken for him, or keep it for him until the offer ends."""
    if held.rules.promotion is Promotion.SEAT or held.event.state is EventState.POSTPONED:
        rule = StepRule.QUEUE_ORDER
        step = move(registration, RegistrationState.CONFIRMED, rule, actor=actor, now=now, holds_seat=True, reason=vacancy)
        tell_promoted(held.event, registration, step, vacancy, now=now)
    else:
        rule, ends_at = StepRule.OFFERED, offer_end(held.event, held.rules, now)
        step = move(
            registration, RegistrationState.OFFERED, rule,
            actor=actor, now=now, holds_seat=True, offer_ends_at=ends_at, reason=vacancy,
        )  # fmt: skip
        tell_offered(held.event, registration, step, vacancy, now=now)
        plan_expiry(registration, step.id, ends_at, now=now)
    _record(actor, registration, rule, vacancy, now)


def plan_expiry(registration: Registration, step_id: int, ends_at: datetime, *, now: datetime) -> None:
    """The offer that a registration got by that step ends when nobody answered it."""
    db.session.flush()
    key = f"{EXPIRE_OFFER}:{registration.id}:{step_id}"
    payload = {"registration_id": registration.id, "event_id": registration.event_id}
    plan_job(kind=EXPIRE_OFFER, key=key, payload=payload, run_at=ends_at, now=now)


def _waiting(event_id: int) -> Iterator[Registration]:
    """Those who wait, in the order of their numbers, read only as far as they are asked for."""
    last, at_once = 0, 1  # mostly the first cannot be seated, and nobody after him needs to be read
    while rows := _next_waiting(event_id, last, at_once):
        last, at_once = rows[-1].queue_number or last, _AT_ONCE
        yield from rows


def _next_waiting(event_id: int, last: int, most: int) -> Sequence[Registration]:
    # Who has a number waits, by a constraint of the table; by the number alone an index gives the order.
    return db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.queue_number > last)
        .order_by(Registration.queue_number)
        .limit(most)
        .execution_options(populate_existing=True)
    ).all()


def _record(actor: Actor, registration: Registration, rule: StepRule, vacancy: Vacancy, now: datetime) -> None:
    record(
        actor=actor if actor.is_authenticated else SYSTEM, action="registration.promoted", subject_type="event",
        subject_id=registration.event_id, now=now, registration_id=registration.id, person_id=registration.person_id,
        rule=rule, vacancy=vacancy,
    )  # fmt: skip
