"""Who may see an event, run it, and stand at its door."""

from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.policy import runs_events

INSIDERS = (Role.ORGANIZER, Role.LEADER, Role.ADMINISTRATOR)


def may_see_drafts(actor: Actor) -> bool:
    """Organizers, leaders and administrators know of drafts; for everyone else there are none."""
    return actor.has(*INSIDERS)


def may_see(actor: Actor, event: Event) -> bool:
    """Everyone signed in sees what was released, in whatever state it is now; nobody a draft that was discarded."""
    if event.discarded_at is not None:
        return False
    return actor.is_authenticated and (event.state is not EventState.DRAFT or may_see_drafts(actor))


def may_run(actor: Actor, event: Event) -> bool:
    """Whoever runs events runs this one; the owner is whom people ask, not a lock."""
    return runs_events(actor) and may_see(actor, event)
