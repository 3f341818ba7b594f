"""Answering somebody's calendar: the same once more, because it asks, or that the hour stays (RFC 5546, 3.2.6 and 3.2.8)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kstthc_training.db import db
from kstthc_training.messages.service import tell
from kstthc_training.scheduling import queries
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.notices import own_letter
from kstthc_training.scheduling.service.book import Book
from kstthc_training.scheduling.service.posting import post
from kstthc_training.scheduling.service.writing import hour_stays, requested
from kstthc_training.scheduling.wording import REQUEST


def send_anew(*, event_id: int, person_id: int, uid: UUID, now: datetime) -> bool:
    """Send a session to whoever holds it as it now is, its SEQUENCE not raised; whether there was anything."""
    db.session.flush()
    rows, readers = queries.sendings_at(event_id, [person_id], everyone=False)
    book = Book(queries.event_in_calendars(event_id), rows, readers, now)
    row = next((each for each in book.rows if each.person_id == person_id and each.uid == uid), None)
    if row is None or row.method is not Method.REQUEST or book.session(row) is None or book.is_over(row):
        return False
    post(book, [replace(requested(book, row), kind=REQUEST)], {})
    return True


def say_hour_stays(*, event_id: int, person_id: int, uid: UUID, now: datetime) -> bool:
    """Write to whoever proposed another hour that the session stays as it was sent; whether he holds it."""
    db.session.flush()
    rows, readers = queries.sendings_at(event_id, [person_id], everyone=False)
    book = Book(queries.event_in_calendars(event_id), rows, readers, now)
    row = next((each for each in book.rows if each.person_id == person_id and each.uid == uid), None)
    session = book.session(row) if row is not None else None
    if row is None or row.method is not Method.REQUEST or session is None:
        return False
    sending, octets = hour_stays(book, row, session)
    letter = own_letter(sending, office=book.office, edited=book.edited)
    carried = replace(letter, calendar=octets.decode(), calendar_method="DECLINECOUNTER", calendar_uid=None)
    tell(carried, key=f"hour-stays:{person_id}:{uid}:{now:%Y%m%d%H%M%S}", now=now)
    return True
