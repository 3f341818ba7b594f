"""Every move of a registration: its new state, the step that says why, and the person's calendar that shows it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from kstthc_training.db import db
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationStep


def move(
    registration: Registration,
    to_state: RegistrationState,
    rule: StepRule,
    *,
    actor: Actor,
    now: datetime,
    holds_seat: bool = False,
    queue_number: int | None = None,
    offer_ends_at: datetime | None = None,
    reason: str = "",
) -> RegistrationStep:
    """Bring a registration into a state and add the step; only a waiting one keeps a number in the queue, and only one
    confirmed or offered may hold a seat, which whoever calls has taken."""
    step = new_step(registration, registration.state, to_state, rule, actor=actor, now=now, reason=reason)
    registration.state = to_state
    registration.holds_seat = holds_seat
    registration.queue_number = queue_number
    registration.offer_ends_at = offer_ends_at
    registration.changed_at = now
    db.session.flush()
    return step


def new_step(
    registration: Registration,
    from_state: RegistrationState | None,
    to_state: RegistrationState,
    rule: StepRule,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> RegistrationStep:
    """The row that says how a registration came from one state (None: from nothing) to another."""
    step = RegistrationStep(
        registration_id=registration.id,
        at=now,
        account_id=actor.account_id,
        from_state=from_state,
        to_state=to_state,
        rule=rule,
        reason=reason,
    )
    db.session.add(step)
    return step


def raise_calendar_revisions(person_ids: Iterable[int]) -> None:
    """What these people's calendars show has changed; locked in the order of their ids, so that no two acts deadlock.

    `Unknown` when one of them was united with another row meanwhile: nobody is moved on the list by a closed row.
    """
    wanted = sorted(set(person_ids))
    if not wanted:
        return
    rows = select(Person.id, Person.merged_into_id).where(Person.id.in_(wanted)).order_by(Person.id).with_for_update()
    if closed := [person_id for person_id, merged_into_id in db.session.execute(rows) if merged_into_id is not None]:
        raise Unknown(person_ids=closed)
    db.session.execute(
        update(Person)
        .where(Person.id.in_(wanted))
        .values(calendar_revision=Person.calendar_revision + 1)
        .execution_options(synchronize_session=False)
    )
