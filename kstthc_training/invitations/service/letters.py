"""Putting letters about invitations into the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.invitations.event_notices import Happened, event_letter
from kstthc_training.invitations.models import Invitation
from kstthc_training.invitations.notices import INVITATION, OVERDUE, REVOKED, Asked, letter
from kstthc_training.invitations.policy import Deadlines
from kstthc_training.invitations.queries.concerned import concerned_at
from kstthc_training.invitations.queries.recipients import Recipient, recipients_of
from kstthc_training.invitations.service.held import name_of
from kstthc_training.messages.service import tell_several
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter
from kstthc_training.registrations.queries.addressees import addressees, event_facts
from kstthc_training.registrations.queries.seats import seated_of
from kstthc_training.registrations.service.letters import Announcement
from kstthc_training.scheduling import service as scheduling


def write_to(
    kind: str, event: Event, invitations: Sequence[Invitation], deadlines: Deadlines, *, reason: str = "", now: datetime
) -> list[Invitation]:
    """Write to all who are concerned by these invitations; the answer is those that have an address to write to."""
    if not invitations:
        return []
    db.session.flush()
    facts, recipients = event_facts(event, now=now), recipients_of([invitation.id for invitation in invitations])
    reached = [invitation for invitation in invitations if recipients.get(invitation.id)]
    asked = {each.id: Asked(each, name_of(each), deadlines.of(each)) for each in reached}
    written = [
        (invitation, to, letter(kind, facts, asked[invitation.id], to, reason=reason))
        for invitation in reached
        for to in recipients[invitation.id]
    ]
    own = {each.person_id: said for each, _to, said in written if each.person_id is not None}
    carried = _with_entries(kind, event, own, now)
    tell_several(
        [
            (carried.get(invitation.person_id or 0, said), f"{kind}:{invitation.id}:{now.timestamp():.0f}:{to.email}")
            for invitation, to, said in written
        ],
        now=now,
    )
    return reached


def _with_entries(kind: str, event: Event, letters: Mapping[int, Letter], now: datetime) -> dict[int, Letter]:
    """Whoever is invited in person holds the sessions in his calendar, and no more when he is not; a seat stays his."""
    if kind == INVITATION:
        return scheduling.move(event.id, coming=letters, leaving=(), letters=letters, now=now)
    if kind == REVOKED:
        leaving = set(letters) - seated_of(event.id, letters)
        return scheduling.move(event.id, coming=(), leaving=leaving, letters=letters, now=now)
    return dict(letters)


def write_to_leaders(
    event: Event, invitations: Sequence[Invitation], deadlines: Deadlines, *, at: datetime, now: datetime
) -> int:
    """Write to the mailbox of each organisation, for its leader, that it has not answered; how many letters are new."""
    facts = event_facts(event, now=now)
    wanted = {f"{OVERDUE}:{i.id}:{at.timestamp():.0f}": i for i in invitations if i.organisation and i.organisation.email}
    known = set(db.session.scalars(select(Message.key).where(Message.key.in_(wanted))))
    letters = []
    for key, invitation in wanted.items():
        asked, body = Asked(invitation, name_of(invitation), deadlines.of(invitation)), invitation.organisation
        to = Recipient(name_of(invitation), body.email if body else "", "vi")
        letters.append((letter(OVERDUE, facts, asked, to), key))
    tell_several(letters, now=now)
    return len(wanted) - len(known)


def letters_to_invitees(event: Event, happened: Happened, *, now: datetime) -> list[Announcement]:
    """The letters to those invited on what became of the event, whoever said no aside, and not to whom it is told as
    registered.

    Each address gets one letter; the key is the event's revision. Only one that goes to the person invited alone is his.
    """
    db.session.flush()
    facts = event_facts(event, now=now)
    return [
        Announcement(
            each.to.person_id if [i.is_person for i in each.invitations] == [True] else None,
            False,
            event_letter(facts, happened, each),
            f"{happened.kind}:invitation:{each.invitations[0].id}:{event.revision}:{each.to.email.lower()}",
        )
        for each in concerned_at(event.id, told=[to.email for to in addressees(event.id) if to.email])
    ]
