"""Putting many people on the list of one event at once, as an organizer does from a file."""

from collections.abc import Sequence
from datetime import datetime

from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Person
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service.letters import tell_several
from kstthc_training.registrations.service.register import enter_untold, require_offered
from kstthc_training.registrations.service.seats import hold_event
from kstthc_training.registrations.service.steps import raise_calendar_revisions


def register_several(*, actor: Actor, event_id: int, people: Sequence[Person], now: datetime) -> list[Registration]:
    """Register people for the organizer in the order given, each with a seat or in the queue; the answer is who is new.

    Whoever is registered stays as he is. All or none. Raises `NotAllowed`, `NotOffered`, `AlreadyBegun`.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    held = hold_event(event_id)
    require_offered(held.event, None, now=now)
    entered = [
        enter_untold(actor=actor, held=held, person=person, source=RegistrationSource.ORGANIZER, belonging=None, now=now)
        for person in dict.fromkeys(people)
    ]
    new = [(registration, step) for registration, step in entered if step is not None]
    tell_several(held.event, new, now=now)
    raise_calendar_revisions(registration.person_id for registration, _step in new)
    return [registration for registration, _step in new]
