"""Who may register whom, take a registration back, and see a ticket."""

from datetime import datetime

from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events, speaks_for
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.models import Registration


def may_register(actor: Actor, person: Person, source: RegistrationSource) -> bool:
    """Everyone registers himself, a focal point the people of his organisations, an organizer anyone."""
    if source is RegistrationSource.SELF:
        return actor.person_id is not None and actor.person_id == person.id
    if source is RegistrationSource.NOMINATION:
        return speaks_for(actor, person.organisation_id)
    return runs_events(actor)


def is_own(actor: Actor, registration: Registration) -> bool:
    """The registration is the actor's own."""
    return actor.person_id is not None and actor.person_id == registration.person_id


def may_cancel(actor: Actor, registration: Registration) -> bool:
    """The person himself, the focal point of the organisation he was registered for, and organizers."""
    return is_own(actor, registration) or speaks_for(actor, registration.organisation_id) or runs_events(actor)


def may_see_ticket(actor: Actor, registration: Registration) -> bool:
    """The person himself, organizers, and the focal point of the organisation that named him."""
    named = registration.source is RegistrationSource.NOMINATION and speaks_for(actor, registration.organisation_id)
    return named or is_own(actor, registration) or runs_events(actor)


def has_begun(event: Event, now: datetime) -> bool:
    """Whether an event goes on or is over; a postponed one has not begun, whatever its old date."""
    return event.state in (EventState.RELEASED, EventState.CLOSED) and now >= event.starts_at


def is_open(event: Event, now: datetime) -> bool:
    """Whether people register now: released, not begun, from the opening instant until before the closing one."""
    opens_at, closes_at = event.registration_opens_at, event.registration_closes_at
    return (
        event.state is EventState.RELEASED
        and now < event.starts_at
        and (opens_at is None or opens_at <= now)
        and (closes_at is None or now < closes_at)
    )
