"""People who come without being on the list: registered at the door and marked there, in one unit of work."""

from dataclasses import dataclass
from datetime import datetime

from kstthc_training.attendance.enums import MarkMethod
from kstthc_training.attendance.service.marking import CheckIn, DoorOrder, check_in
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service import NewPerson


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody at the door of a session; `nonce` names the press, so that the same press arriving twice counts once."""

    session_id: int
    nonce: str


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """Who was let in: the registration, and what the door shows."""

    registration_id: int
    check_in: CheckIn


def admit(*, actor: Actor, event: Event, person: Person, arrival: Arrival, now: datetime) -> Admitted:
    """Put somebody of the directory on the list as a walk-in and note him at the door; who is on the list stays so.

    Seats are those of `registrations.service.register_walk_in`: a walk-in takes none, and comes in when all are taken.
    Raises what that and `check_in` raise; then nobody is on the list either.
    """
    registration = registrations.register_walk_in(actor=actor, event=event, person=person, now=now)
    return _noted(actor, event, registration, arrival, now)


def admit_newcomer(
    *, actor: Actor, event: Event, organisation_id: int | None, new: NewPerson, arrival: Arrival, now: datetime
) -> Admitted:
    """The same for somebody whom the directory may not know; by those alone who keep it, else `NotAllowed`."""
    registration = registrations.register_unknown_walk_in(
        actor=actor, event=event, organisation_id=organisation_id, new=new, now=now
    )
    return _noted(actor, event, registration, arrival, now)


def _noted(actor: Actor, event: Event, registration: Registration, arrival: Arrival, now: datetime) -> Admitted:
    order = DoorOrder(
        session_id=arrival.session_id, registration_id=registration.id, method=MarkMethod.NAME, nonce=arrival.nonce
    )
    return Admitted(registration_id=registration.id, check_in=check_in(actor=actor, event=event, order=order, now=now))
