"""What clients of the races over limits and offers do: the verbs themselves, and the same done by reading first."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.ids import typed_code
from kstthc_training.people.models import Person
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Circle, PoolKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.registrations.queries.holders import Claim
from kstthc_training.registrations.service.offers import expire_offer

READING_TAKES = 0.2  # seconds between reading and writing, in which everyone else reads too
CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING
OFFERED, CANCELLED = RegistrationState.OFFERED, RegistrationState.CANCELLED

Act = Callable[[], str]


def _take(_product: Flask, actor: Any, registration_id: int) -> Act:
    return _verb(
        lambda session: service.take_offer(
            actor=actor, registration=session.get_one(Registration, registration_id), now=clock.now()
        )
    )


def _decline(_product: Flask, actor: Any, registration_id: int) -> Act:
    return _verb(
        lambda session: service.turn_offer_down(
            actor=actor, registration=session.get_one(Registration, registration_id), now=clock.now()
        )
    )


def _expire(_product: Flask, event_id: int, registration_id: int, at: datetime) -> Act:
    return _verb(lambda _session: expire_offer(event_id=event_id, registration_id=registration_id, now=at))


def _limit(_product: Flask, actor: Any, event_id: int, limits: Any) -> Act:
    return _verb(lambda _session: service.set_limits(actor=actor, event_id=event_id, limits=limits, now=clock.now()))


def _verb(do: Callable[[Any], object]) -> Act:
    """A verb in a unit of work of its own; a refusal is an answer like others."""

    def act() -> str:
        try:
            with unit_of_work() as session:
                do(session)
        except Refusal as refusal:
            return f"refused: {type(refusal).__name__}"
        return "done"

    return act


def _unguarded_seat(_product: Flask, event_id: int, person_id: int) -> Act:
    """Read how full each pool is, decide, then write what was reckoned."""

    def act() -> str:
        organisation = db.session.execute(select(Person.organisation_id).where(Person.id == person_id)).scalar_one()
        pools = _applying(event_id, Claim(Circle.OFFICIALS, organisation))
        last = max(pool[3] for pool in pools)
        full = any(capacity is not None and taken >= capacity for _id, taken, capacity, _last in pools)
        db.session.rollback()
        time.sleep(READING_TAKES)
        with unit_of_work() as session:
            session.execute(
                insert(Registration).values(
                    event_id=event_id, person_id=person_id, source=RegistrationSource.SELF, circle=Circle.OFFICIALS,
                    organisation_id=organisation, seat_organisation_id=organisation, state=WAITING if full else CONFIRMED,
                    holds_seat=not full, queue_number=last + 1 if full else None,
                    registered_at=clock.now(), changed_at=clock.now(), ticket_code=typed_code(),
                )
            )  # fmt: skip
            for pool_id, taken, _capacity, _last in pools:
                written = {"queue_last": last + 1} if full else {"taken": taken + 1}
                session.execute(update(SeatPool).where(SeatPool.id == pool_id).values(**written))
        return "done"

    return act


def _applying(event_id: int, claim: Claim) -> list[Any]:
    rows = db.session.execute(
        select(SeatPool.id, SeatPool.taken, SeatPool.capacity, SeatPool.queue_last, SeatPool.kind, SeatPool.subject)
        .where(SeatPool.event_id == event_id)
        .order_by(SeatPool.id)
    )
    return [row[:4] for row in rows if claim.subjects().get(row.kind) == row.subject]


def _unguarded_take(_product: Flask, registration_id: int, reading: float = 3 * READING_TAKES) -> Act:
    """Read that there is an offer, then write that it was taken."""

    def act() -> str:
        state = select(Registration.state).where(Registration.id == registration_id)
        is_offered = db.session.execute(state).scalar_one() is OFFERED
        db.session.rollback()
        time.sleep(reading)
        if is_offered:
            with unit_of_work() as session:
                _write(session, registration_id, CONFIRMED)
        return "done"

    return act


def _unguarded_expire(_product: Flask, event_id: int, registration_id: int) -> Act:
    """Read that there is an offer and who comes next, then write that it is over and offered on."""

    def act() -> str:
        queue = select(Registration.id).where(Registration.event_id == event_id, Registration.state == WAITING)
        following = db.session.scalars(queue.order_by(Registration.queue_number).limit(1)).first()
        db.session.rollback()
        time.sleep(READING_TAKES)
        with unit_of_work() as session:
            _write(session, registration_id, CANCELLED)
            _write(session, following, OFFERED, clock.now())
        return "done"

    return act


def _unguarded_limit(_product: Flask, event_id: int, capacity: int) -> Act:
    """Read how many seats are taken and who waits, then give the seats out and write how many are taken now."""

    def act() -> str:
        pool = (SeatPool.event_id == event_id, SeatPool.kind == PoolKind.EVENT)
        taken = db.session.execute(select(SeatPool.taken).where(*pool)).scalar_one()
        queue = select(Registration.id).where(Registration.event_id == event_id, Registration.state == WAITING)
        rows = db.session.scalars(queue.order_by(Registration.queue_number).limit(capacity - taken)).all()
        db.session.rollback()
        time.sleep(READING_TAKES)
        with unit_of_work() as session:
            for row in rows:
                _write(session, row, CONFIRMED)
            session.execute(update(SeatPool).where(*pool).values(capacity=capacity, taken=taken + len(rows)))
        return "done"

    return act


def _write(session: Any, registration_id: int | None, state: RegistrationState, ends_at: datetime | None = None) -> None:
    row = update(Registration).where(Registration.id == registration_id)
    values = {"state": state, "holds_seat": state is not CANCELLED, "queue_number": None, "offer_ends_at": ends_at}
    session.execute(row.values(changed_at=clock.now(), **values))


FAIR_ACTS: dict[str, Callable[..., Act]] = {
    "take": _take,
    "decline": _decline,
    "expire": _expire,
    "limit": _limit,
    "unguarded seat": _unguarded_seat,
    "unguarded take": _unguarded_take,
    "unguarded expire": _unguarded_expire,
    "unguarded limit": _unguarded_limit,
}
