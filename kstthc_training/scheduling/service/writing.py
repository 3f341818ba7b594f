"""One object for one person: what it holds, and the row that keeps what was sent."""

from dataclasses import replace
from datetime import datetime, timedelta

from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Session
from kstthc_training.ical import CalendarEntry, EntryStatus, Language, Mailbox, cancel, decline_counter, remove, request
from kstthc_training.scheduling.content import Facts, changes, session_words
from kstthc_training.scheduling.enums import Method, PartStat
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.notices import Sending
from kstthc_training.scheduling.service.book import Book
from kstthc_training.scheduling.wording import CANCEL, HOUR_STAYS, POSTPONE, REQUEST, UPDATE

_SECOND = timedelta(seconds=1)
_SHORT_ANSWERS = (PartStat.ACCEPTED, PartStat.TENTATIVE, PartStat.DECLINED)


def requested(book: Book, row: CalendarSending) -> Sending:
    """Put a session into somebody's calendar, or say there what it is now; the SEQUENCE passes all that his mailbox had."""
    session, reader = book.session(row), book.readers[row.person_id]
    assert session is not None  # noqa: S101 - nobody is asked to a session that was taken out
    is_new, before = row.method is not Method.REQUEST, book.sent(row)
    is_repeated = row.method is not None
    if is_new:
        row.email, row.attendee_name = reader.email, reader.full_name
        row.organizer = row.organizer if before.get("status") else book.organizer("").email
        _pass(row, session, max(row.sequence or -1, book.highest_at(row.uid, reader.email)))
    number = session.sequence + row.raised
    if is_new or number != row.sequence:
        row.partstat = PartStat.NEEDS_ACTION
    row.attendee_name = reader.full_name
    said = "" if is_new and not before.get("status") else changes(before, book.facts(session), locale=reader.locale)
    kind = UPDATE if said or not is_new else REQUEST
    _note(row, Method.REQUEST, number, book, digest=book.digest(session))
    book.note_address(row)
    return _sending(
        book, row, kind, _request(book, row, session), book.facts(session), changes=said, is_repeated=is_repeated
    )


def cancelled(book: Book, row: CalendarSending) -> Sending:
    """Say that nobody comes: the event was called off, or the session taken out of it."""
    session, before = book.session(row), book.sent(row)
    _pass_last(row, session)
    if session is None:
        _note(row, Method.CANCEL, (row.sequence or 0) + 1, book)
        entry, facts, row.wanted = _entry_of_taken(book, row, before), before, False
    else:
        _note(row, Method.CANCEL, session.sequence + row.raised, book, digest=book.digest(session))
        entry, facts = _entry(book, row, session), book.facts(session)
    kind = POSTPONE if entry.status is EntryStatus.POSTPONED else CANCEL
    octets = cancel(entry, attendee=_attendee(row), stamped_at=_stamp(row))
    return _sending(book, row, kind, octets, facts)


def removed(book: Book, row: CalendarSending) -> Sending:
    """Take a session out of one calendar, while it goes on without him: to where it was sent last."""
    session = book.session(row)
    assert session is not None  # noqa: S101 - a session that was taken out is called off to everybody
    _pass_last(row, session)
    _note(row, Method.CANCEL, session.sequence + row.raised, book)
    octets = remove(_entry(book, row, session), attendee=_attendee(row), stamped_at=_stamp(row))
    return _sending(book, row, CANCEL, octets, book.facts(session))


def hour_stays(book: Book, row: CalendarSending, session: Session) -> tuple[Sending, bytes]:
    """That a session stays as it was sent, and the object that says so; nothing of what was sent changes."""
    entry, stamp = _entry(book, row, session), book.now.replace(microsecond=0)
    octets = decline_counter(entry, attendee=_attendee(row), stamped_at=stamp)
    return _sending(book, row, HOUR_STAYS, octets, book.facts(session)), octets


def _pass_last(row: CalendarSending, session: Session | None) -> None:
    """Every CANCEL raises the number (RFC 5546, 2.1.4)."""
    if session is not None:
        _pass(row, session, row.sequence if row.sequence is not None else -1)


def _pass(row: CalendarSending, session: Session, last: int) -> None:
    row.raised += max(0, last + 1 - session.sequence - row.raised)


def _note(row: CalendarSending, method: Method, number: int, book: Book, *, digest: str | None = None) -> None:
    now = book.now.replace(microsecond=0)
    row.stamped_at = now if row.stamped_at is None else max(now, row.stamped_at + _SECOND)
    row.method, row.sequence = method, number
    row.digest = digest or row.digest


def _request(book: Book, row: CalendarSending, session: Session) -> bytes:
    answered = row.partstat if row.partstat in _SHORT_ANSWERS else PartStat.NEEDS_ACTION
    entry = _entry(book, row, session)
    return request(entry, attendee=_attendee(row), stamped_at=_stamp(row), answered=answered.value)


def _entry(book: Book, row: CalendarSending, session: Session) -> CalendarEntry:
    language = _language(book, row)
    entry = book.entry(session, language=language, organizer=book.organizer(row.organizer))
    return replace(entry, sequence=row.sequence or 0)


def _entry_of_taken(book: Book, row: CalendarSending, sent: Facts) -> CalendarEntry:
    """What is known of a session that is no more: what was sent of it."""
    stamp = _stamp(row)
    return CalendarEntry(
        uid=row.uid,
        sequence=row.sequence or 0,
        created_at=stamp,
        changed_at=stamp,
        starts_at=datetime.fromisoformat(sent["starts"]),
        ends_at=datetime.fromisoformat(sent["ends"]),
        summary=" – ".join(filter(None, (sent["title"], session_words(sent, locale=book.readers[row.person_id].locale)))),
        location=sent["place"],
        status=EntryStatus.POSTPONED if book.event.state is EventState.POSTPONED else EntryStatus.CANCELLED,
        organizer=book.organizer(row.organizer),
        language=_language(book, row),
    )


def _attendee(row: CalendarSending) -> Mailbox:
    return Mailbox(row.attendee_name, row.email)


def _stamp(row: CalendarSending) -> datetime:
    assert row.stamped_at is not None  # noqa: S101 - noted just before
    return row.stamped_at


def _language(book: Book, row: CalendarSending) -> Language:
    return Language(book.readers[row.person_id].locale)


def _sending(
    book: Book, row: CalendarSending, kind: str, octets: bytes, facts: Facts, *, changes: str = "", is_repeated: bool = True
) -> Sending:
    assert row.method is not None and row.sequence is not None  # noqa: S101 - noted just before
    return Sending(
        person_id=row.person_id,
        event_id=row.event_id,
        uid=str(row.uid),
        kind=kind,
        method=row.method,
        email=row.email,
        full_name=row.attendee_name,
        locale=book.readers[row.person_id].locale,
        sequence=row.sequence,
        stamped_at=_stamp(row),
        octets=octets,
        facts=facts,
        digest=row.digest,
        changes=changes,
        is_repeated=is_repeated,
    )
