"""The roster of an event as plain rows: a fixed number of statements, however many people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import Mark, Presence, Sheet
from kstthc_training.attendance.queries.counts import status_counts
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Account, Person
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.registrations.queries.guests import organisation_on_list
from kstthc_training.registrations.queries.replaced import replaced_name
from kstthc_training.text import fold, search_words


@dataclass(frozen=True)
class Column:
    """One session of the roster: whether it may be marked now, and how many of those expected have each status."""

    session_id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closed_at: datetime | None
    is_open: bool
    takes_excuses: bool
    may_close: bool
    may_reopen: bool
    counts: Counter[MarkStatus]

    @property
    def present(self) -> int:
        """Present, late and left early together."""
        return sum(self.counts[status] for status in rules.COUNTED_PRESENT)

    @property
    def takes_marks(self) -> bool:
        """Whether anything at all may be marked in it now."""
        return self.is_open or self.takes_excuses

    def is_markable(self, status: MarkStatus) -> bool:
        """Whether the cell of somebody with this status may be pressed now."""
        return self.is_open or (self.takes_excuses and status in rules.SEEN_BEFORE_OPENING)


@dataclass(frozen=True)
class LastMark:
    """The latest mark of a person in the event: when, how, and by whom."""

    at: datetime
    method: MarkMethod
    by: str


@dataclass(frozen=True)
class RosterRow:
    """One expected person: a status per column, in the columns' order; `walked_in` who came without being registered,
    `replaces` the name of whom a substitute replaces."""

    registration_id: int
    full_name: str
    title: str
    organisation: str
    ticket_code: str
    walked_in: bool
    statuses: tuple[MarkStatus, ...]
    present: int
    last: LastMark | None
    replaces: str = ""


@dataclass(frozen=True)
class Roster:
    """Everyone expected at an event, sorted as Vietnamese lists are, and its sessions."""

    columns: tuple[Column, ...]
    rows: tuple[RosterRow, ...]
    expected: int

    @property
    def current(self) -> Column | None:
        """The session being marked: the first that is open, in order."""
        return next((column for column in self.columns if column.is_open), None)


def roster_of(event: Event, *, now: datetime) -> Roster:
    """The whole roster in four statements."""
    sessions = _sessions(event)
    people = _people(event)
    statuses, last = _presences(sessions)
    rows = tuple(_row(person, sessions, statuses, last) for person in people)
    return Roster(_columns(event, sessions, now), rows, len(rows))


def narrowed(
    rows: Sequence[RosterRow], *, search: str, status: MarkStatus | None, column: int, walked_in: bool | None = None
) -> list[RosterRow]:
    """The rows whose name, organisation or code holds every word of `search`, with `status` in the given column.

    With `walked_in` given those alone who came without being registered, or those who did register.
    """
    words = search_words(search)
    found = []
    for row in rows:
        if status is not None and row.statuses[column] is not status:
            continue
        if walked_in is not None and row.walked_in is not walked_in:
            continue
        text = fold(f"{row.full_name} {row.organisation} {row.ticket_code}") if words else ""
        if all(word in text for word in words):
            found.append(row)
    return found


def get_session_columns(event: Event, *, now: datetime) -> tuple[Column, ...]:
    """The sessions of an event with their counts, without the people: two statements."""
    return _columns(event, _sessions(event), now)


def _sessions(event: Event) -> list[tuple[Session, datetime | None]]:
    statement = (
        select(Session, Sheet.closed_at)
        .outerjoin(Sheet, Sheet.session_id == Session.id)
        .where(Session.event_id == event.id)
        .order_by(Session.position)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _people(event: Event) -> Sequence[tuple[int, str, str, str | None, str, RegistrationSource, str]]:
    statement = (
        select(
            Registration.id, Person.full_name, Registration.title_then, organisation_on_list(), Registration.ticket_code,
            Registration.source, replaced_name(),
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED)
        .order_by(Person.sort_key, Registration.id)
    )  # fmt: skip
    return [
        (key, name, title, body, code, by, whom) for key, name, title, body, code, by, whom in db.session.execute(statement)
    ]


def _presences(
    sessions: Sequence[tuple[Session, datetime | None]],
) -> tuple[dict[tuple[int, int], MarkStatus], dict[int, LastMark]]:
    marker = aliased(Person)
    statement = (
        select(Presence.session_id, Presence.registration_id, Presence.status, Mark.at, Mark.method, marker.full_name)
        .join(Mark, Mark.id == Presence.mark_id)
        .outerjoin(Account, Account.id == Mark.account_id)
        .outerjoin(marker, marker.id == Account.person_id)
        .where(Presence.session_id.in_([session.id for session, _closed in sessions]))
        .order_by(Presence.mark_id)
    )
    statuses: dict[tuple[int, int], MarkStatus] = {}
    last: dict[int, LastMark] = {}
    for session_id, registration_id, status, at, method, by in db.session.execute(statement):
        statuses[session_id, registration_id] = status
        if method is not MarkMethod.CLOSING:
            last[registration_id] = LastMark(at, method, by or "")
    return statuses, last


def _row(
    person: tuple[int, str, str, str | None, str, RegistrationSource, str],
    sessions: Sequence[tuple[Session, datetime | None]],
    statuses: dict[tuple[int, int], MarkStatus],
    last: dict[int, LastMark],
) -> RosterRow:
    registration_id, full_name, title, organisation, code, source, replaces = person
    walked_in = source is RegistrationSource.WALK_IN
    marks = tuple(statuses.get((session.id, registration_id), MarkStatus.NONE) for session, _closed in sessions)
    present = sum(status in rules.COUNTED_PRESENT for status in marks)
    return RosterRow(
        registration_id, full_name, title, organisation or "", code, walked_in, marks, present, last.get(registration_id),
        replaces,
    )  # fmt: skip


def _columns(event: Event, sessions: Sequence[tuple[Session, datetime | None]], now: datetime) -> tuple[Column, ...]:
    counts = status_counts(event.id)
    return tuple(_column(event, session, closed_at, counts[session.id], now) for session, closed_at in sessions)


def _column(
    event: Event, session: Session, closed_at: datetime | None, counts: Counter[MarkStatus], now: datetime
) -> Column:
    takes_place = event.state is EventState.RELEASED and closed_at is None
    opens_at = rules.opens_at(session.starts_at)
    return Column(
        session.id,
        session.name,
        session.starts_at,
        session.ends_at,
        opens_at,
        closed_at,
        is_open=takes_place and now >= opens_at,
        takes_excuses=takes_place and now < opens_at,
        may_close=takes_place and now >= session.starts_at,
        may_reopen=closed_at is not None and event.state in rules.TAKING_PLACE,
        counts=counts,
    )


def get_session(event: Event, session_id: int) -> Session:
    """A session of this very event; `Unknown` when it has none such."""
    session = db.session.scalar(select(Session).where(Session.id == session_id, Session.event_id == event.id))
    if session is None:
        raise Unknown(session_id=session_id)
    return session
