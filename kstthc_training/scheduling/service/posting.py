"""Sending objects: along with the human letter of the act, or in letters of their own, each after what is older."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import insert, select, tuple_, update

from kstthc_training.db import added_once, db
from kstthc_training.messages.service import tell_several
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter
from kstthc_training.people.models import Person
from kstthc_training.scheduling.models import CalendarContent, CalendarSending
from kstthc_training.scheduling.notices import Sending, carrying, own_letter
from kstthc_training.scheduling.queries import AT_ONCE, portions
from kstthc_training.scheduling.service.book import Book

_ON_ITS_WAY = (MessageState.HELD, MessageState.WAITING)


def post(book: Book, sendings: Sequence[Sending], letters: Mapping[int, Letter]) -> dict[int, Letter]:
    """Keep what was said, and send each object; the answer are the `letters`, with the first object that goes to whom each
    is addressed, for whoever calls to tell."""
    carried = dict(letters)
    keep(book, sendings)
    laden, alone = set[int](), []
    for sending in sendings:
        letter = carried.get(sending.person_id)
        if letter and sending.person_id not in laden and letter.recipient.casefold() == sending.email.casefold():
            carried[sending.person_id] = carrying(letter, sending)
            laden.add(sending.person_id)
        else:
            alone.append((own_letter(sending, office=book.office, edited=book.edited), sending.key))
    tell_several(alone, now=book.now)
    return carried


def keep(book: Book, sendings: Sequence[Sending]) -> None:
    """Keep what was said; what is older and still waits goes without its object."""
    _keep_contents(sendings)
    _open(book.opened)
    db.session.flush()
    _supersede(book, sendings)


def _open(rows: Sequence[CalendarSending]) -> None:
    """Write new rows by one statement, for which SQLite needs them without their numbers."""
    names = [column.key for column in CalendarSending.__table__.columns if column.key != "id"]
    if rows:
        db.session.execute(insert(CalendarSending), [{name: getattr(row, name) for name in names} for row in rows])


def _keep_contents(sendings: Sequence[Sending]) -> None:
    """Rows name what was sent by its digest, so it must stand first."""
    for digest, facts in {each.digest: each.facts for each in sendings if each.digest}.items():
        db.session.execute(added_once(CalendarContent, {"digest": digest, "facts": dict(facts)}))


def _supersede(book: Book, sendings: Sequence[Sending]) -> None:
    """An older object for the same calendar that still waits does not go: its letter does, without it.

    Also one that a worker has in hand: if the mail server puts it off, it comes after the newer one.
    """
    again = [each for each in sendings if each.is_repeated]
    if not again:
        return
    bare = {"calendar": None, "calendar_method": None, "calendar_uid": None}
    for first in range(0, len(again), AT_ONCE):
        some = again[first : first + AT_ONCE]
        those = tuple_(Message.person_id, Message.calendar_uid).in_([(each.person_id, each.uid) for each in some])
        older = (Message.event_id == book.event.id) & those & Message.recipient.in_({each.email for each in some})
        waiting = older & Message.state.in_(_ON_ITS_WAY)
        db.session.execute(update(Message).where(waiting).values(**bare).execution_options(synchronize_session=False))


def note_feeds_changed(person_ids: Collection[int]) -> None:
    """What these people's feeds show has changed: numbers that were sent to them; locked in the order of their ids."""
    for ids in portions(person_ids):
        theirs = Person.id.in_(ids)
        db.session.execute(select(Person.id).where(theirs).order_by(Person.id).with_for_update())
        raised = update(Person).where(theirs).values(calendar_revision=Person.calendar_revision + 1)
        db.session.execute(raised.execution_options(synchronize_session=False))
