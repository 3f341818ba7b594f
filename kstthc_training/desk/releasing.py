"""Making an event known, together with the invitations that wait for it."""

from datetime import datetime

from kstthc_training.events import service as events
from kstthc_training.events.models import Event
from kstthc_training.invitations import service as invitations
from kstthc_training.people.actors import Actor


def release(*, actor: Actor, event: Event, now: datetime) -> None:
    """Release a draft and send the letters to those who are invited to it. Raises what `events.service.release` raises."""
    events.release(actor=actor, event=event, now=now)
    invitations.send(actor=actor, event_id=event.id, now=now)
