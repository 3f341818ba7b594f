"""What becomes of somebody's calendar when he is reached elsewhere, was there twice, or is no more."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from kstthc_training.db import db
from kstthc_training.outbox.service import Letter
from kstthc_training.people.models import Person
from kstthc_training.scheduling import queries
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarChoice, CalendarSending
from kstthc_training.scheduling.notices import own_letter
from kstthc_training.scheduling.service.posting import keep
from kstthc_training.scheduling.service.settling import settle, settled

_SENT = (
    "email", "attendee_name", "organizer", "method", "sequence", "raised", "digest", "stamped_at", "partstat",
    "reply_sequence", "reply_stamped_at",
)  # fmt: skip
_NEVER_SENT = {
    "email": "", "attendee_name": "", "organizer": "", "method": None, "sequence": None, "raised": 0, "digest": None,
    "stamped_at": None, "partstat": PartStat.NEEDS_ACTION, "reply_sequence": None, "reply_stamped_at": None,
}  # fmt: skip


def reach_elsewhere(*, person_id: int, now: datetime) -> None:
    """What somebody holds goes to the address that he has now, and out of the calendar that it was in."""
    for event_id in queries.events_wanted_by(person_id, now):
        settle(event_id, asked=[person_id], now=now)


def hand_over(*, kept_id: int, closed_ids: Collection[int]) -> None:
    """What rows of one person hold is the kept row's: in one mailbox nothing changes, and nobody is told of it.

    What they hold in other mailboxes leaves them when the events are settled.
    """
    db.session.flush()
    people = (kept_id, *closed_ids)
    rows = db.session.scalars(
        select(CalendarSending).where(CalendarSending.person_id.in_(people)).order_by(CalendarSending.id)
    )
    kept, closed = {}, []
    for row in rows:
        if row.person_id == kept_id:
            kept[row.uid] = row
        else:
            closed.append(row)
    email = db.session.get_one(Person, kept_id).email
    for row in closed:
        _hand_over(row, kept, kept_id, email)
    db.session.flush()
    _hand_choice_over(kept_id, closed_ids)


def _hand_over(row: CalendarSending, kept: dict[UUID, CalendarSending], kept_id: int, email: str) -> None:
    if row.method is not Method.REQUEST or row.email.casefold() != email.casefold():
        return
    own = kept.get(row.uid)
    if own is None:
        row.person_id, kept[row.uid] = kept_id, row
    elif own.method is not Method.REQUEST:
        own.wanted = own.wanted or row.wanted
        for name in _SENT:
            setattr(own, name, getattr(row, name))
        for name, value in _NEVER_SENT.items():
            setattr(row, name, value)


def _hand_choice_over(kept_id: int, closed_ids: Collection[int]) -> None:
    own = select(CalendarChoice.person_id).where(CalendarChoice.person_id == kept_id)
    if db.session.scalar(own) is None:
        last = select(CalendarChoice.person_id).where(CalendarChoice.person_id.in_(closed_ids))
        chosen = db.session.scalar(last.order_by(CalendarChoice.subscribed_at.desc(), CalendarChoice.person_id).limit(1))
        statement = update(CalendarChoice).where(CalendarChoice.person_id == chosen).values(person_id=kept_id)
        db.session.execute(statement.execution_options(synchronize_session=False))


def take_leave(*, person_ids: Sequence[int], now: datetime) -> list[tuple[Letter, str]]:
    """Forget what was sent to rows of one person; the answer are the letters, with their keys, that take it out of his
    calendar, to be told once nothing else of him is left."""
    letters = []
    for event_id in queries.events_held_by(person_ids, now):
        book, sendings = settled(event_id, withdrawn=person_ids, now=now)
        keep(book, sendings)
        letters += [(own_letter(each, office=book.office, edited=book.edited), each.key) for each in sendings]
    for table in (CalendarSending, CalendarChoice):
        gone = delete(table).where(table.person_id.in_(person_ids))
        db.session.execute(gone.execution_options(synchronize_session=False))
    return letters
