"""What is known of those who answer by mail."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select

from kstthc_training.calendars.replies.enums import ReplyReason
from kstthc_training.db import db
from kstthc_training.events.models import Session
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.invitations.models import Invitation
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarSending


class MailAnswer(NamedTuple):
    """What somebody answered by mail about the sessions of an event, and when last; `of` of how many he was asked about."""

    partstat: PartStat
    at: datetime
    of: int
    answered: int


def event_of(uid: UUID) -> int | None:
    """The event in which an entry was sent; None for one that is not ours."""
    return db.session.scalar(select(CalendarSending.event_id).where(CalendarSending.uid == uid).limit(1))


def asked_at(uid: UUID, email: str) -> CalendarSending | None:
    """Who was sent an entry at an address: whoever holds it there, else who was told last."""
    at_address = select(CalendarSending).where(
        CalendarSending.uid == uid, func.lower(CalendarSending.email) == email.lower()
    )
    rows = db.session.scalars(at_address.execution_options(populate_existing=True)).all()
    sent = [row for row in rows if row.stamped_at is not None and email]
    return max(sent, key=lambda row: (row.method is Method.REQUEST, row.stamped_at), default=None)


def sending_of(sending_id: int) -> CalendarSending:
    """A row as it is now."""
    return db.session.get_one(CalendarSending, sending_id, populate_existing=True)


def sendings_to(person_id: int, event_id: int) -> Sequence[CalendarSending]:
    """What one person was sent of an event."""
    theirs = (CalendarSending.person_id == person_id) & (CalendarSending.event_id == event_id)
    return db.session.scalars(select(CalendarSending).where(theirs).execution_options(populate_existing=True)).all()


def others_not_declined(sending: CalendarSending, *, now: datetime) -> int:
    """How many other sessions to come of the same event the same person holds and did not decline."""
    statement = (
        select(func.count())
        .select_from(CalendarSending)
        .join(Session, Session.id == CalendarSending.session_id)
        .where(CalendarSending.person_id == sending.person_id, CalendarSending.event_id == sending.event_id)
        .where(CalendarSending.id != sending.id, CalendarSending.method == Method.REQUEST)
        .where(CalendarSending.partstat != PartStat.DECLINED, Session.starts_at > now)
    )
    return db.session.scalar(statement) or 0


def registration_of(event_id: int, person_id: int) -> Registration | None:
    """A person's registration at an event, as it is now."""
    one = select(Registration).where(Registration.event_id == event_id, Registration.person_id == person_id)
    return db.session.scalar(one.execution_options(populate_existing=True))


def invitation_of(event_id: int, person_id: int) -> Invitation | None:
    """A person's own invitation to an event, unless it was taken back."""
    one = select(Invitation).where(Invitation.event_id == event_id, Invitation.person_id == person_id)
    return db.session.scalar(one.where(Invitation.revoked_at.is_(None)).execution_options(populate_existing=True))


def person_of(person_id: int) -> Person:
    """A person as he is now."""
    return db.session.get_one(Person, person_id, populate_existing=True)


def sent_anew_since(since: datetime, *, person_id: int, uid: UUID) -> bool:
    """Whether an entry was sent to somebody once more after `since`, because his program asked."""
    facts = db.session.scalars(
        select(InboxMessage.facts).where(
            InboxMessage.person_id == person_id,
            InboxMessage.reason == ReplyReason.SENT_ANEW,
            InboxMessage.settled_at > since,
        )
    )
    return any(each.get("uid") == str(uid) for each in facts)


def answers_at(event_id: int) -> dict[int, MailAnswer]:
    """What each answered by mail of an event, by person: one statement.

    Of several sessions that which says most: that he declined one, then that he is not sure, then that he comes.
    """
    rows = db.session.execute(
        select(CalendarSending.person_id, CalendarSending.partstat, CalendarSending.reply_stamped_at).where(
            CalendarSending.event_id == event_id,
            or_(CalendarSending.method == Method.REQUEST, CalendarSending.reply_stamped_at.is_not(None)),
        )
    )
    found: dict[int, list[tuple[PartStat, datetime | None]]] = {}
    for person_id, partstat, at in rows:
        found.setdefault(person_id, []).append((partstat, at))
    return {person_id: answer for person_id, said in found.items() if (answer := _together(said)) is not None}


def registrations_of(event_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """The registrations of people at an event, by person: one statement."""
    theirs = (Registration.event_id == event_id) & Registration.person_id.in_(person_ids)
    return {row[0]: row[1] for row in db.session.execute(select(Registration.person_id, Registration.id).where(theirs))}


_SAYS_MOST = (PartStat.DECLINED, PartStat.DELEGATED, PartStat.TENTATIVE, PartStat.ACCEPTED)


def _together(said: Sequence[tuple[PartStat, datetime | None]]) -> MailAnswer | None:
    answered = [(partstat, at) for partstat, at in said if partstat in _SAYS_MOST and at is not None]
    if not answered:
        return None
    most = min((partstat for partstat, _at in answered), key=_SAYS_MOST.index)
    count = sum(partstat is most for partstat, _at in answered)
    return MailAnswer(most, max(at for _partstat, at in answered), len(said), count)
