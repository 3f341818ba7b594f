"""Sending once more what somebody's calendar was sent, because it asks (RFC 5546, 3.2.6)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kstthc_training.db import db
from kstthc_training.scheduling import queries
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.service.book import Book
from kstthc_training.scheduling.service.posting import post
from kstthc_training.scheduling.service.writing import requested
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
