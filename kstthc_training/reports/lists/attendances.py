"""The rows behind lượt người and số người: people at events, and people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import names_on
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.reports.conditions import attended_in, held_in
from kstthc_training.reports.counts import counts_of
from kstthc_training.reports.lists.slices import ROWS_A_PAGE, Scope, Slice, first_of, slice_of, sliced

_IN_TIME = (Event.starts_at, Event.id)


class AttendanceRow(NamedTuple):
    """One person at one event: lượt người; title and organisation are those of the event's day."""

    year: int
    number: int
    event_title: str
    starts_at: datetime
    full_name: str
    title_then: str
    sessions_present: int
    sessions_held: int
    sessions_excused: int
    attended: bool
    organisation: str

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


class PersonRow(NamedTuple):
    """One person and at how many events: số người; title and organisation are those of the last of them."""

    person_id: int
    full_name: str
    title_then: str
    organisation: str
    events: int


class _LastSeen(NamedTuple):
    person_id: int
    title_then: str
    organisation_id: int | None
    day: date


def expected(scope: Scope) -> Slice:
    """Everyone expected in a period: confirmed registrations and walk-ins, the excused included."""
    return _attendances(scope, true())


def attended(scope: Scope) -> Slice:
    """Attendances of a period, perhaps of one kind of organisation alone."""
    return _attendances(scope, AttendanceResult.attended == true())


def attended_of_press(scope: Scope) -> Slice:
    """Attendances of people of the press."""
    return _attendances(scope, and_(AttendanceResult.attended == true(), _of_organisations(and_(OrganisationKind.is_press))))


def attended_of_others(scope: Scope) -> Slice:
    """Attendances of everyone but the press."""
    others = or_(AttendanceResult.organisation_id.is_(None), _of_organisations(not_(OrganisationKind.is_press)))
    return _attendances(scope, and_(AttendanceResult.attended == true(), others))


def absent(scope: Scope) -> Slice:
    """Those expected who did not attend."""
    return _attendances(scope, AttendanceResult.attended == false())


def persons(scope: Scope) -> Slice:
    """The distinct persons who attended, by name."""
    theirs = and_(AttendanceResult.person_id == Person.id, attended_in(scope.period))
    result = select(func.count()).select_from(AttendanceResult).join(Event, Event.id == AttendanceResult.event_id)
    events = result.where(theirs).correlate(Person).scalar_subquery()
    came = select(AttendanceResult.person_id).join(Event, Event.id == AttendanceResult.event_id).where(theirs)
    statement = (
        select(Person.id, Person.full_name, events)
        .where(came.correlate(Person).exists())
        .order_by(Person.sort_key, Person.id)
    )
    found = sliced(statement, tuple, scope.page, total=counts_of(scope.period).persons)
    last = {row.person_id: row for row in _last_seen(scope, [row[0] for row in found.rows])}
    names = _names([(row.organisation_id, row.day) for row in last.values()])
    rows = []
    for person_id, full_name, events_attended in found.rows:
        _id, title_then, organisation_id, day = last[person_id]
        rows.append(PersonRow(person_id, full_name, title_then, names.get((organisation_id, day), ""), events_attended))
    return replace(found, rows=rows)


def _last_seen(scope: Scope, person_ids: Sequence[int]) -> list[_LastSeen]:
    """What persons were at each event they attended in the period, the last event last."""
    result = AttendanceResult
    statement = (
        select(result.person_id, Registration.title_then, result.organisation_id, Event.held_on)
        .join(Event, Event.id == result.event_id)
        .join(Registration, Registration.id == result.registration_id)
        .where(result.person_id.in_(person_ids), attended_in(scope.period))
        .order_by(*_IN_TIME)
    )
    return [_LastSeen._make(row) for row in db.session.execute(statement)]


def _names(asked: Iterable[tuple[int | None, date]]) -> Mapping[Any, str]:
    """The names that organisations bore on days; where none was stated there is none."""
    return names_on({(organisation_id, day) for organisation_id, day in asked if organisation_id is not None})


def _attendances(scope: Scope, wanted: ColumnElement[bool]) -> Slice:
    """Attendances in order of event and name: first counted by event, so that only a page's own events are sorted."""
    wanted = and_(wanted, _of_group(scope.narrowing.group_code))
    by_event = _counted_by_event(scope, wanted)
    total = sum(count for _event_id, count in by_event)
    start = first_of(scope.page, total)
    event_ids, before = _covering(by_event, start)
    statement = (
        select(
            Event.year, Event.number, Event.title, Event.starts_at,
            Person.full_name, Registration.title_then, AttendanceResult.sessions_present, AttendanceResult.sessions_held,
            AttendanceResult.sessions_excused, AttendanceResult.attended, AttendanceResult.organisation_id, Event.held_on,
        )
        .select_from(AttendanceResult)
        .join(Event, Event.id == AttendanceResult.event_id)
        .join(Registration, Registration.id == AttendanceResult.registration_id)
        .join(Person, Person.id == AttendanceResult.person_id)
        .where(wanted, Event.id.in_(event_ids))
        .order_by(*_IN_TIME, Person.sort_key, AttendanceResult.registration_id)
        .limit(ROWS_A_PAGE)
        .offset(start - before)
    )  # fmt: skip
    rows = db.session.execute(statement).all()
    names = _names([(row.organisation_id, row.held_on) for row in rows])
    return slice_of([AttendanceRow(*row[:10], names.get((row[10], row[11]), "")) for row in rows], start, total)


def _counted_by_event(scope: Scope, wanted: ColumnElement[bool]) -> list[tuple[int, int]]:
    counted = select(func.count()).select_from(AttendanceResult).where(AttendanceResult.event_id == Event.id, wanted)
    statement = select(Event.id, counted.correlate(Event).scalar_subquery()).where(held_in(scope.period))
    return [(event_id, count) for event_id, count in db.session.execute(statement.order_by(*_IN_TIME))]


def _covering(by_event: Iterable[tuple[int, int]], start: int) -> tuple[list[int], int]:
    """The events whose rows make up the page from place `start`, and how many rows stand before the first of them."""
    event_ids: list[int] = []
    before = seen = 0
    for event_id, count in by_event:
        if seen + count <= start:
            before = seen + count
        elif seen < start + ROWS_A_PAGE:
            event_ids.append(event_id)
        seen += count
    return event_ids, before


def _of_group(code: str | None) -> ColumnElement[bool]:
    if code is None:
        return true()
    return _of_organisations(OrganisationKind.code == code) if code else AttendanceResult.organisation_id.is_(None)


def _of_organisations(which: ColumnElement[bool]) -> ColumnElement[bool]:
    ids = select(Organisation.id).join(OrganisationKind, OrganisationKind.id == Organisation.kind_id).where(which)
    return AttendanceResult.organisation_id.in_(ids)
