"""Events still to come at which merging organisations are invited, have people, or hold places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from kstthc_training.db import db
from kstthc_training.directory.merging.drafts import Merger
from kstthc_training.events.models import Event
from kstthc_training.events.queries import still_to_come
from kstthc_training.invitations.models import Invitation
from kstthc_training.registrations.enums import PoolKind
from kstthc_training.registrations.models import Registration, SeatPool, SeatReservation


@dataclass
class Coming:
    """One event still to come, with what the predecessors and the heir have there, by organisation."""

    event: Event
    parties: frozenset[int]
    invitations: dict[int, Invitation] = field(default_factory=dict)
    pools: dict[int, SeatPool] = field(default_factory=dict)
    places: dict[int, SeatReservation] = field(default_factory=dict)
    registrations: list[Registration] = field(default_factory=list)


def _coming_ids(organisation_ids: Collection[int], now: datetime) -> list[int]:
    """The events still to come that know these organisations: one statement."""
    subjects = [str(each) for each in organisation_ids]
    theirs = or_(
        Event.host_id.in_(organisation_ids),
        Event.id.in_(select(Invitation.event_id).where(Invitation.organisation_id.in_(organisation_ids))),
        Event.id.in_(select(SeatReservation.event_id).where(SeatReservation.organisation_id.in_(organisation_ids))),
        Event.id.in_(select(Registration.event_id).where(_theirs(organisation_ids))),
        Event.id.in_(
            select(SeatPool.event_id).where(SeatPool.kind == PoolKind.ORGANISATION, SeatPool.subject.in_(subjects))
        ),
    )
    return list(db.session.scalars(select(Event.id).where(theirs, *still_to_come(now)).order_by(Event.id)))


def coming_events(merger: Merger, now: datetime) -> list[Coming]:
    """The events that predecessors have something at, each with what they and the heir have there: six statements."""
    ids = _coming_ids(merger.predecessor_ids, now)
    parties = (*merger.predecessor_ids, merger.heir_id)
    rows = _fresh(select(Event).where(Event.id.in_(ids)).order_by(Event.starts_at, Event.id))
    events = {event.id: Coming(event, frozenset(parties)) for event in rows}
    here = (Invitation.event_id.in_(ids), Invitation.organisation_id.in_(parties))
    for invitation in _fresh(select(Invitation).where(*here)):
        events[invitation.event_id].invitations[invitation.organisation_id] = invitation
    kept = (SeatReservation.event_id.in_(ids), SeatReservation.organisation_id.in_(parties))
    for places in _fresh(select(SeatReservation).where(*kept)):
        events[places.event_id].places[places.organisation_id] = places
    subjects = [str(each) for each in parties]
    own = (SeatPool.event_id.in_(ids), SeatPool.kind == PoolKind.ORGANISATION, SeatPool.subject.in_(subjects))
    for pool in _fresh(select(SeatPool).where(*own)):
        events[pool.event_id].pools[int(pool.subject)] = pool
    for registration in _fresh(select(Registration).where(Registration.event_id.in_(ids), _theirs(parties))):
        events[registration.event_id].registrations.append(registration)
    return list(events.values())


def _theirs(organisation_ids: Iterable[int]) -> ColumnElement[bool]:
    ids = tuple(organisation_ids)
    return or_(Registration.organisation_id.in_(ids), Registration.seat_organisation_id.in_(ids))


def _fresh(statement: Select[Any]) -> Sequence[Any]:
    return db.session.scalars(statement, execution_options={"populate_existing": True}).all()
