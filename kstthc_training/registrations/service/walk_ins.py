"""Those who stand at the door and whom the directory may not know yet."""

from datetime import datetime

from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import keeps_directory
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.errors import NotOffered
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.service.newcomers import NewPerson, known_or_added
from kstthc_training.registrations.service.register import register_walk_in
from kstthc_training.registrations.service.seats import hold_event


def register_unknown_walk_in(
    *, actor: Actor, event: Event, organisation_id: int | None, new: NewPerson, now: datetime
) -> Registration:
    """Put somebody on the list who stands at the door and whom the directory may not know; sent twice it makes one person.

    Those who keep the directory alone add to it: `NotAllowed` for others. Other refusals as of `register_walk_in`.
    """
    if not keeps_directory(actor):
        raise NotAllowed(event_id=event.id)
    held = hold_event(event.id)
    if held.event.state is not EventState.RELEASED:
        raise NotOffered(state=held.event.state)
    person = known_or_added(actor=actor, organisation_id=organisation_id, new=new, now=now)
    return register_walk_in(actor=actor, event=event, person=person, now=now)
