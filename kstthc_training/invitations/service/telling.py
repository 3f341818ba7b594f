"""Telling a leader how the invitations of an event were answered."""

import hashlib
from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.invitations.queries.leaders import get_leader
from kstthc_training.messages.service import tell
from kstthc_training.messages.texts.filling import unmarked
from kstthc_training.outbox.service import Letter
from kstthc_training.people.actors import Actor
from kstthc_training.people.policy import runs_events
from kstthc_training.refusals import NotAllowed


def tell_leader(*, actor: Actor, event_id: int, account_id: int, subject: str, text: str, now: datetime) -> str:
    """Send a leader what is said of the answers; the same words go to him once. The answer is his name.

    Raises `NotAllowed`, and `Unknown` for whoever is no leader with an address.
    """
    if not runs_events(actor):
        raise NotAllowed(event_id=event_id)
    leader = get_leader(account_id)
    letter = Letter(
        kind="invitation-report", recipient=leader.email, recipient_name=leader.full_name,
        person_id=leader.person_id, subject=subject,
        body=unmarked(f"Kính gửi Ông/Bà {leader.full_name},\n\n{text}"), event_id=event_id,
    )  # fmt: skip
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    tell(letter, key=f"invitation-report:{event_id}:{account_id}:{mark}", now=now)
    record(
        actor=actor,
        action="invitations.reported",
        subject_type="event",
        subject_id=event_id,
        now=now,
        person_id=leader.person_id,
    )
    return leader.full_name
