"""The queue moves by one rule: whoever waits longest gets the next seat, and nobody overtakes."""

from datetime import datetime

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.registrations.enums import RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import has_begun
from kstthc_training.registrations.service.letters import tell_promoted
from kstthc_training.registrations.service.seats import HeldEvent, take_seats
from kstthc_training.registrations.service.steps import move

_MOVING = (EventState.RELEASED, EventState.POSTPONED)


def promote_waiting(*, actor: Actor, held: HeldEvent, vacancy: Vacancy, now: datetime) -> list[Registration]:
    """Give free seats to those who wait, in the order of their numbers; never once the event began.

    Each gets a step with the rule and the reason for the vacancy, a letter and a line of the log that say both; the log
    names whoever caused it, or the product itself. `held` is the event whose pools this unit of work holds.
    """
    if has_begun(held.event, now) or held.event.state not in _MOVING:
        return []
    promoted: list[Registration] = []
    while (first := _first_waiting(held.event.id)) is not None and take_seats(held.applying()):
        step = move(first, RegistrationState.CONFIRMED, StepRule.QUEUE_ORDER, actor=actor, now=now, reason=vacancy)
        tell_promoted(held.event, first, step, vacancy, now=now)
        _record(actor, first, vacancy, now)
        promoted.append(first)
    return promoted


def _first_waiting(event_id: int) -> Registration | None:
    return db.session.scalar(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
        .order_by(Registration.queue_number)
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _record(actor: Actor, registration: Registration, vacancy: Vacancy, now: datetime) -> None:
    record(
        actor=actor if actor.is_authenticated else SYSTEM, action="registration.promoted", subject_type="event",
        subject_id=registration.event_id, now=now, registration_id=registration.id, person_id=registration.person_id,
        rule=StepRule.QUEUE_ORDER, vacancy=vacancy,
    )  # fmt: skip
