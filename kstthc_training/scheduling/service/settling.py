"""Bringing what people's calendars were told in line with how things stand: every verb of this room ends here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from kstthc_training.db import db
from kstthc_training.events.models import Session
from kstthc_training.ical import Mailbox
from kstthc_training.ical.errors import UnusableAddress
from kstthc_training.outbox.service import Letter, plan_job
from kstthc_training.scheduling import queries
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.notices import Sending
from kstthc_training.scheduling.policy import Due, Held, due, takes_mail
from kstthc_training.scheduling.service.book import Book
from kstthc_training.scheduling.service.posting import note_feeds_changed, post
from kstthc_training.scheduling.service.writing import cancelled, removed, requested

SETTLE_WORDING = "scheduling.settle_wording"
SETTLES_IN = timedelta(minutes=10)


def settle(
    event_id: int,
    *,
    asked: Collection[int] = (),
    withdrawn: Collection[int] = (),
    everyone: bool = False,
    with_wording: bool = False,
    letters: Mapping[int, Letter] = {},
    now: datetime,
) -> dict[int, Letter]:
    """Let those `asked` hold the sessions of an event and those `withdrawn` no more, and tell each what is due to him.

    The answer are the `letters`, by person, which whoever calls tells: the first object for somebody goes along with his.
    What is only worded anew waits ten minutes for more of the kind, unless it comes `with_wording`.
    """
    book, sendings = settled(
        event_id, asked=asked, withdrawn=withdrawn, everyone=everyone, with_wording=with_wording, now=now
    )
    return post(book, sendings, letters)


def settled(
    event_id: int,
    *,
    asked: Collection[int] = (),
    withdrawn: Collection[int] = (),
    everyone: bool = False,
    with_wording: bool = False,
    now: datetime,
) -> tuple[Book, list[Sending]]:
    """The same without the letters: what is due is noted as sent."""
    db.session.flush()
    event = queries.event_in_calendars(event_id)
    rows, readers = queries.sendings_at(event_id, {*asked, *withdrawn}, everyone=everyone)
    for row in rows:
        row.wanted = (row.wanted or row.person_id in asked) and row.person_id not in withdrawn
    holding = {row.person_id for row in rows if row.wanted} if everyone else set()
    opened = _opened(event.sessions, rows, {*asked, *holding}, event_id, now)
    rows += opened
    book = Book(event, rows, readers, now)
    book.opened = opened
    numbers = {row: row.raised for row in rows}
    sendings = list(_due_to_all(book, with_wording))
    note_feeds_changed({row.person_id for row, raised in numbers.items() if row.raised != raised})
    _plan_wording(book, with_wording)
    return book, sendings


def _opened(
    sessions: Sequence[Session],
    rows: Sequence[CalendarSending],
    person_ids: Collection[int],
    event_id: int,
    now: datetime,
) -> list[CalendarSending]:
    """Rows for the sessions to come of which these people have none yet; `posting.keep` writes them, all at once."""
    known = {(row.person_id, row.uid) for row in rows}
    return [
        _opened_row(person_id, event_id, session)
        for person_id in sorted(person_ids)
        for session in sessions
        if (person_id, session.uid) not in known and session.ends_at > now
    ]


def _opened_row(person_id: int, event_id: int, session: Session) -> CalendarSending:
    return CalendarSending(
        person_id=person_id, event_id=event_id, session_id=session.id, uid=session.uid, wanted=True, email="",
        attendee_name="", organizer="", raised=0, partstat=PartStat.NEEDS_ACTION,
    )  # fmt: skip


def _due_to_all(book: Book, with_wording: bool) -> Iterator[Sending]:
    """What leaves a calendar first, so that a mailbox is free for whoever else is reached there."""
    moved = set()
    for row in book.in_order():
        if row.method is Method.REQUEST:
            wanted = _due(book, row, takes_entries=True)
            moved |= {row} if wanted is Due.MOVE else set()
            yield from _told(book, row, wanted, with_wording)
    for row in book.in_order():
        if row.method is not Method.REQUEST:
            reader = book.readers[row.person_id]
            takes = row in moved or takes_mail(reader.mail, reader.subscribed_at, book.now)
            yield from _told(book, row, _due(book, row, takes_entries=takes), with_wording)


def _due(book: Book, row: CalendarSending, *, takes_entries: bool) -> Due:
    if book.is_over(row):
        return Due.NOTHING
    session, reader, sent = book.session(row), book.readers[row.person_id], book.sent(row)
    held = Held(
        method=row.method,
        wanted=row.wanted and not reader.is_gone,
        called_off=sent.get("status", "") if row.method is Method.CANCEL else "",
        is_behind=session is not None and row.sequence is not None and session.sequence + row.raised > row.sequence,
        says_other=session is not None and row.digest != book.digest(session),
        has_moved=book.has_moved(row),
    )
    return due(held, book.event.state if session else None, takes_entries=takes_entries)


def _told(book: Book, row: CalendarSending, wanted: Due, with_wording: bool) -> Iterable[Sending]:
    if wanted is Due.ENTRY:
        return [requested(book, row)] if book.is_ahead(row) and _reachable(book, row) else []
    if wanted is Due.UPDATE or (wanted is Due.WORDING and with_wording):
        return [requested(book, row)]
    if wanted is Due.WORDING:
        book.has_wording_due = True
    if wanted is Due.CALL_OFF:
        return [cancelled(book, row)]
    return [removed(book, row)] if wanted in (Due.REMOVAL, Due.MOVE) else []


def _reachable(book: Book, row: CalendarSending) -> bool:
    """Whether an entry can go to the person's address: a plain one, at which nobody else holds the same entry."""
    email = book.readers[row.person_id].email
    try:
        Mailbox("", email)
    except UnusableAddress:
        return False
    return bool(email) and not book.is_held_at(row.uid, email)


def _plan_wording(book: Book, with_wording: bool) -> None:
    if book.has_wording_due and not with_wording:
        key = f"{SETTLE_WORDING}:{book.event.id}:{book.event.revision}"
        payload = {"event_id": book.event.id}
        plan_job(kind=SETTLE_WORDING, key=key, payload=payload, run_at=book.now + SETTLES_IN, now=book.now)
