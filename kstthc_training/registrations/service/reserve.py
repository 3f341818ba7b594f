"""Places that an organisation holds before it gives names."""

from datetime import datetime

from sqlalchemy import select, update

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.service import plan_job
from kstthc_training.people.actors import SYSTEM, Actor
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import Circle, Vacancy
from kstthc_training.registrations.errors import TooFewSeats
from kstthc_training.registrations.models import Registration, SeatReservation
from kstthc_training.registrations.queries.belonging import is_press
from kstthc_training.registrations.queries.holders import Claim
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.seats import (
    HeldEvent,
    Pool,
    give_back_seats,
    hold_event,
    pools_for,
    somebody_waits,
    take_seats,
)
from kstthc_training.registrations.service.steps import raise_calendar_revisions

FREE_PLACES = "registrations.free_places"


def hold_places(
    *, actor: Actor, held: HeldEvent, organisation_id: int, places: int, until: datetime | None, now: datetime
) -> None:
    """Let an organisation hold `places` seats for people whom it names later, until `until`; the number held before is
    raised or lowered to it, and seats that become free go to those who wait.

    Who waits for a seat that he could have comes first. Raises `TooFewSeats` when there are not as many more, and for more
    places what closes the event to all.
    """
    kept = _places_kept(held.event.id, organisation_id)
    pools = _pools(held, organisation_id)
    if places > kept:
        if refusal := policy.closed_to_all(held.event, now):
            raise refusal
        _take(actor, held, pools, places - kept, now)
    _write(held.event.id, organisation_id, places, until, now)
    if places and until is not None:
        key = f"{FREE_PLACES}:{held.event.id}:{organisation_id}:{until.timestamp():.0f}"
        payload = {"event_id": held.event.id, "organisation_id": organisation_id}
        plan_job(kind=FREE_PLACES, key=key, payload=payload, run_at=until, now=now)
    record(
        actor=actor, action="registration.places_held", subject_type="event", subject_id=held.event.id, now=now,
        organisation=_name(organisation_id), changes={"places": (kept, places)},
    )  # fmt: skip
    if places < kept:
        give_back_seats(pools, each=kept - places)
        promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
        raise_calendar_revisions(r.person_id for r in promoted)


def free_places(*, event_id: int, organisation_id: int, now: datetime) -> list[Registration]:
    """What an organisation still holds once its time is over becomes free; the answer is who moved up."""
    held = hold_event(event_id)
    due = select(SeatReservation.places).where(
        SeatReservation.event_id == event_id, SeatReservation.organisation_id == organisation_id,
        SeatReservation.places > 0, SeatReservation.until <= now,
    )  # fmt: skip
    kept = db.session.execute(due).scalar()
    if kept is None:
        return []
    give_back_seats(_pools(held, organisation_id), each=kept)
    _write(event_id, organisation_id, 0, None, now)
    record(
        actor=SYSTEM, action="registration.places_freed", subject_type="event", subject_id=event_id, now=now,
        organisation=_name(organisation_id), changes={"places": (kept, 0)},
    )  # fmt: skip
    promoted = promote_waiting(actor=SYSTEM, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
    raise_calendar_revisions(r.person_id for r in promoted)
    return promoted


def use_place(held: HeldEvent, claim: Claim) -> bool:
    """Hand one place that the organisation holds over to a person it names, with a seat where he takes part; False when it
    holds none, or there is no room for him there."""
    if claim.organisation_id is None:
        return False
    used = (
        update(SeatReservation)
        .where(
            SeatReservation.event_id == held.event.id, SeatReservation.organisation_id == claim.organisation_id,
            SeatReservation.places > 0,
        )
        .values(places=SeatReservation.places - 1)
        .returning(SeatReservation.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    covered = {pool.id for pool in _pools(held, claim.organisation_id)}
    more = [pool for pool in pools_for(held, claim) if pool.id not in covered]
    if take_seats(more) is not None:
        return False
    if db.session.scalar(used) is None:
        give_back_seats(more)
        return False
    return True


def _take(actor: Actor, held: HeldEvent, pools: tuple[Pool, ...], wanted: int, now: datetime) -> None:
    if somebody_waits(held.event.id):
        promoted = promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
        raise_calendar_revisions(r.person_id for r in promoted)
        if not policy.moves_up(held.event, held.rules, now):
            raise TooFewSeats(wanted=wanted, free=0)
    for taken in range(wanted):
        if take_seats(pools) is not None:
            give_back_seats(pools, each=taken)
            raise TooFewSeats(wanted=wanted, free=taken)


def _pools(held: HeldEvent, organisation_id: int) -> tuple[Pool, ...]:
    circle = Circle.PRESS if is_press(organisation_id) else Circle.OFFICIALS
    return pools_for(held, Claim(circle, organisation_id))


def _name(organisation_id: int) -> str:
    return db.session.get_one(Organisation, organisation_id).name


def _places_kept(event_id: int, organisation_id: int) -> int:
    kept = select(SeatReservation.places).where(
        SeatReservation.event_id == event_id, SeatReservation.organisation_id == organisation_id
    )
    return db.session.execute(kept).scalar() or 0


def _write(event_id: int, organisation_id: int, places: int, until: datetime | None, now: datetime) -> None:
    values = {"event_id": event_id, "organisation_id": organisation_id, "places": 0, "made_at": now}
    db.session.execute(added_once(SeatReservation, values))
    db.session.execute(
        update(SeatReservation)
        .where(SeatReservation.event_id == event_id, SeatReservation.organisation_id == organisation_id)
        .values(places=places, until=until)
        .execution_options(synchronize_session=False)
    )
