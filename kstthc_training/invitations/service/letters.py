"""Putting letters about invitations into the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.invitations.event_notices import Happened, event_letter
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.notices import OVERDUE, Asked, letter
from kstthc_training.invitations.policy import Deadlines
from kstthc_training.invitations.queries.concerned import concerned_at
from kstthc_training.invitations.queries.recipients import Recipient, recipients_of
from kstthc_training.invitations.service.held import name_of
from kstthc_training.messages.service import tell
from kstthc_training.outbox.models import Message
from kstthc_training.registrations.queries.addressees import addressees, event_facts


def write_to(
    kind: str, event: Event, invitations: Sequence[Invitation], deadlines: Deadlines, *, reason: str = "", now: datetime
) -> list[Invitation]:
    """Write to all who are concerned by these invitations; the answer is those that have an address to write to."""
    if not invitations:
        return []
    db.session.flush()
    facts, recipients = event_facts(event, now=now), recipients_of([invitation.id for invitation in invitations])
    reached = [invitation for invitation in invitations if recipients.get(invitation.id)]
    for invitation in reached:
        asked = Asked(invitation, name_of(invitation), deadlines.of(invitation))
        for to in recipients[invitation.id]:
            key = f"{kind}:{invitation.id}:{now.timestamp():.0f}:{to.email}"
            tell(letter(kind, facts, asked, to, reason=reason), key=key, now=now)
    return reached


def write_to_leaders(
    event: Event, invitations: Sequence[Invitation], deadlines: Deadlines, *, at: datetime, now: datetime
) -> int:
    """Write to the mailbox of each organisation, for its leader, that it has not answered; how many letters are new."""
    facts = event_facts(event, now=now)
    wanted = {f"{OVERDUE}:{i.id}:{at.timestamp():.0f}": i for i in invitations if i.organisation and i.organisation.email}
    known = set(db.session.scalars(select(Message.key).where(Message.key.in_(wanted))))
    for key, invitation in wanted.items():
        asked, body = Asked(invitation, name_of(invitation), deadlines.of(invitation)), invitation.organisation
        to = Recipient(name_of(invitation), body.email if body else "", "vi")
        tell(letter(OVERDUE, facts, asked, to), key=key, now=now)
    return len(wanted) - len(known)


def tell_invitees(event: Event, happened: Happened, *, now: datetime) -> int:
    """Write to those invited what became of the event, whoever said no aside, and not to whom it is told as registered.

    Each address gets one letter; the key is the event's revision. The answer is how many letters go out.
    """
    db.session.flush()
    facts = event_facts(event, now=now)
    concerned = concerned_at(event.id, told=[to.email for to in addressees(event.id) if to.email])
    for each in concerned:
        key = f"{happened.kind}:invitation:{each.invitations[0].id}:{event.revision}:{each.to.email.lower()}"
        tell(event_letter(facts, happened, each), key=key, now=now)
    return len(concerned)
