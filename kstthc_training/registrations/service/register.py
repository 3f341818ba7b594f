"""Registering: a seat when one is free and nobody waits, else a place in the queue."""

from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import policy
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule, Vacancy
from kstthc_training.registrations.errors import NotOffered
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.policy import Belonging
from kstthc_training.registrations.queries.belonging import belonging_to
from kstthc_training.registrations.queries.tickets import find_registration
from kstthc_training.registrations.service.letters import tell_entered
from kstthc_training.registrations.service.newcomers import NewPerson, known_or_added
from kstthc_training.registrations.service.queue import promote_waiting
from kstthc_training.registrations.service.rows import Standing, write_row
from kstthc_training.registrations.service.seats import (
    HeldEvent,
    give_back_seats,
    hold_event,
    next_queue_number,
    somebody_waits,
    take_seats,
)
from kstthc_training.registrations.service.steps import raise_calendar_revisions


def register(*, actor: Actor, event: Event, person: Person, source: RegistrationSource, now: datetime) -> Registration:
    """Give a person a seat, or a number in the queue when the seats are taken or somebody waits already.

    Whoever is registered stays as he is: a second click answers the same. For whom the event is and the window of
    registration, from its opening instant until before its closing one, bind people and focal points, but not
    organizers; nobody is registered once the event began. Raises `NotAllowed`, `NotOffered`, `AlreadyBegun`,
    `NotInvited`, `NotOpenYet`, `ClosedAlready`.
    """
    if source is RegistrationSource.WALK_IN or not policy.may_register(actor, person, source):
        raise NotAllowed(person_id=person.id, source=source)
    held, belonging = hold_event(event.id), belonging_for(source, person.organisation_id)
    registration, is_new = enter(actor=actor, held=held, person=person, source=source, belonging=belonging, now=now)
    if is_new:
        raise_calendar_revisions([person.id])
    return registration


def register_newcomer(
    *, actor: Actor, event: Event, organisation_id: int | None, new: NewPerson, now: datetime
) -> Registration:
    """Register somebody for the organizer whom the directory may not know yet; refusals as of `register`."""
    if not runs_events(actor):
        raise NotAllowed(event_id=event.id)
    held = hold_event(event.id)
    require_offered(held.event, None, now=now)
    person = known_or_added(actor=actor, organisation_id=organisation_id, new=new, now=now)
    source = RegistrationSource.ORGANIZER
    registration, is_new = enter(actor=actor, held=held, person=person, source=source, belonging=None, now=now)
    if is_new:
        raise_calendar_revisions([person.id])
    return registration


def register_walk_in(*, actor: Actor, event: Event, person: Person, now: datetime) -> Registration:
    """Put somebody on the list who stands at the door of a released event, also when every seat is taken.

    What is seen is noted: a walk-in is confirmed without taking a seat, and one who waited leaves the queue. Who may
    stand at the door is decided by whoever calls. Raises `NotOffered`.
    """
    held = hold_event(event.id)
    if held.event.state is not EventState.RELEASED:
        raise NotOffered(state=held.event.state)
    known = find_registration(event_id=event.id, person_id=person.id)
    if known is not None and known.state is RegistrationState.CONFIRMED:
        return known
    standing = Standing(RegistrationState.CONFIRMED, StepRule.WALKED_IN)
    entry = write_row(
        actor=actor, event=held.event, person=person, source=RegistrationSource.WALK_IN,
        known=known, standing=standing, now=now,
    )  # fmt: skip
    _record(actor, entry.registration, now)
    raise_calendar_revisions([person.id])
    return entry.registration


def belonging_for(source: RegistrationSource, organisation_id: int | None) -> Belonging | None:
    """What decides whether people of an organisation are invited; None when an organizer puts them on the list."""
    return None if source is RegistrationSource.ORGANIZER else belonging_to(organisation_id)


def enter(
    *,
    actor: Actor,
    held: HeldEvent,
    person: Person,
    source: RegistrationSource,
    belonging: Belonging | None,
    now: datetime,
) -> tuple[Registration, bool]:
    """Register one person at an event that is held; the second value says whether that is new."""
    known = find_registration(event_id=held.event.id, person_id=person.id)
    if known is not None and known.state is not RegistrationState.CANCELLED:
        return known, False
    require_offered(held.event, belonging, now=now)
    standing = _standing(held)
    entry = write_row(actor=actor, event=held.event, person=person, source=source, known=known, standing=standing, now=now)
    if entry.step is None:  # somebody who did not wait in the line was faster
        if standing.state is RegistrationState.CONFIRMED:
            give_back_seats(held.applying())
        return entry.registration, False
    _record(actor, entry.registration, now)
    tell_entered(held.event, entry.registration, entry.step, now=now)
    if standing.state is RegistrationState.WAITING:
        # A seat left over from a time when nobody could be promoted goes to the first in the queue.
        promote_waiting(actor=actor, held=held, vacancy=Vacancy.SEAT_GIVEN_BACK, now=now)
    return entry.registration, True


def require_offered(event: Event, belonging: Belonging | None, *, now: datetime) -> None:
    """Raise what speaks against registering now somebody who belongs there; for an organizer `belonging` is None."""
    if refusal := policy.obstacle(event, belonging, now):
        raise refusal


def _standing(held: HeldEvent) -> Standing:
    if not somebody_waits(held.event.id) and take_seats(held.applying()):
        return Standing(RegistrationState.CONFIRMED, StepRule.SEAT_FREE)
    return Standing(RegistrationState.WAITING, StepRule.QUEUED, next_queue_number(held.event.id))


def _record(actor: Actor, registration: Registration, now: datetime) -> None:
    record(
        actor=actor, action="registration.made", subject_type="event", subject_id=registration.event_id, now=now,
        registration_id=registration.id, person_id=registration.person_id,
        state=registration.state, source=registration.source,
    )  # fmt: skip
