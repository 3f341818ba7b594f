"""By what somebody's seat is counted, and how many seats are held so."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, false, func, select, true

from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.registrations.enums import Circle, Place, PoolKind
from kstthc_training.registrations.models import Registration, SeatReservation


@dataclass(frozen=True)
class Claim:
    """What decides in which pools a seat counts: the circle, the organisation whose quota is used, and the place."""

    circle: Circle
    organisation_id: int | None = None
    place: Place | None = None

    def subjects(self) -> Mapping[PoolKind, str]:
        """The subject of the pool of each kind that counts this seat."""
        known = {PoolKind.EVENT: "", PoolKind.AUDIENCE: str(self.circle)}
        if self.organisation_id is not None:
            known[PoolKind.ORGANISATION] = str(self.organisation_id)
        if self.place is not None:
            known[PoolKind.MODE] = str(self.place)
        return known


def claim_of(registration: Registration) -> Claim:
    """How the seat of a registration counts, now or when it gets one."""
    return Claim(registration.circle, registration.seat_organisation_id, registration.place)


def counted_by(event_id: int, kind: PoolKind, subject: str) -> ScalarSelect[int]:
    """How many seats the pool of that kind and subject counts: those held by persons, and places kept for names."""
    persons = select(func.count()).where(
        Registration.event_id == event_id, Registration.holds_seat, _counts_person(kind, subject)
    )
    places = (
        select(func.coalesce(func.sum(SeatReservation.places), 0))
        .join(Organisation, Organisation.id == SeatReservation.organisation_id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(SeatReservation.event_id == event_id, _counts_places(kind, subject))
    )
    return select(persons.scalar_subquery() + places.scalar_subquery()).scalar_subquery()


def _counts_person(kind: PoolKind, subject: str) -> ColumnElement[bool]:
    if kind is PoolKind.AUDIENCE:
        return Registration.circle == Circle(subject)
    if kind is PoolKind.ORGANISATION:
        return Registration.seat_organisation_id == int(subject) if subject else false()
    if kind is PoolKind.MODE:
        return Registration.place == Place(subject)
    return true()


def _counts_places(kind: PoolKind, subject: str) -> ColumnElement[bool]:
    """Places kept for names count everywhere but in a room or online: nobody knows yet where they will take part."""
    if kind is PoolKind.AUDIENCE:
        return OrganisationKind.is_press.is_(Circle(subject) is Circle.PRESS)
    if kind is PoolKind.ORGANISATION:
        return SeatReservation.organisation_id == int(subject) if subject else false()
    return true() if kind is PoolKind.EVENT else false()
