"""The rows behind lượt người and số người: people at events, and people."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.reports.conditions import attended_in, held_in
from kstthc_training.reports.lists.slices import Scope, Slice, sliced


class AttendanceRow(NamedTuple):
    """One person at one event: lượt người."""

    year: int
    number: int
    event_title: str
    starts_at: datetime
    full_name: str
    title_then: str
    organisation: str
    sessions_present: int
    sessions_held: int
    sessions_excused: int
    attended: bool

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


class PersonRow(NamedTuple):
    """One person and at how many events: số người."""

    person_id: int
    full_name: str
    title: str
    organisation: str
    events: int


def expected(scope: Scope) -> Slice:
    """Everyone expected in a period: confirmed registrations and walk-ins, the excused included."""
    return _attendances(scope, held_in(scope.period))


def attended(scope: Scope) -> Slice:
    """Attendances of a period, perhaps of one kind of organisation alone."""
    return _attendances(scope, attended_in(scope.period))


def attended_of_press(scope: Scope) -> Slice:
    """Attendances of people of the press."""
    return _attendances(scope, and_(attended_in(scope.period), OrganisationKind.is_press))


def attended_of_others(scope: Scope) -> Slice:
    """Attendances of everyone but the press."""
    others = or_(OrganisationKind.id.is_(None), not_(OrganisationKind.is_press))
    return _attendances(scope, and_(attended_in(scope.period), others))


def absent(scope: Scope) -> Slice:
    """Those expected who did not attend."""
    return _attendances(scope, and_(held_in(scope.period), AttendanceResult.attended == false()))


def persons(scope: Scope) -> Slice:
    """The distinct persons who attended, by name."""
    counted = (
        select(AttendanceResult.person_id, func.count().label("events"))
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(attended_in(scope.period))
        .group_by(AttendanceResult.person_id)
        .subquery()
    )
    statement = (
        select(Person.id, Person.full_name, Person.title, func.coalesce(Organisation.name, "").label("organisation"),
               counted.c.events)
        .join(counted, counted.c.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .order_by(Person.sort_key, Person.id)
    )  # fmt: skip
    return sliced(statement, PersonRow, scope.page)


def _attendances(scope: Scope, wanted: ColumnElement[bool]) -> Slice:
    """Attendances in order of event and name."""
    statement = (
        select(
            Event.year, Event.number, Event.title, Event.starts_at,
            Person.full_name, Registration.title_then, func.coalesce(Organisation.name, "").label("organisation"),
            AttendanceResult.sessions_present, AttendanceResult.sessions_held, AttendanceResult.sessions_excused,
            AttendanceResult.attended,
        )
        .select_from(AttendanceResult)
        .join(Event, Event.id == AttendanceResult.event_id)
        .join(Registration, Registration.id == AttendanceResult.registration_id)
        .join(Person, Person.id == AttendanceResult.person_id)
        .outerjoin(Organisation, Organisation.id == AttendanceResult.organisation_id)
        .outerjoin(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(wanted, _of_group(scope.narrowing.group_code))
        .order_by(Event.starts_at, Event.id, Person.sort_key, AttendanceResult.registration_id)
    )  # fmt: skip
    return sliced(statement, AttendanceRow, scope.page)


def _of_group(code: str | None) -> ColumnElement[bool]:
    if code is None:
        return true()
    return OrganisationKind.code == code if code else AttendanceResult.organisation_id.is_(None)
