"""The rows behind each figure, found by the very condition that counts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.materials.models import Material
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.people.models import Person
from kstthc_training.registrations.models import Registration
from kstthc_training.reports.figures import attended_in, held_in, issued_in
from kstthc_training.reports.periods import Period

ROWS_A_PAGE = 100
Rows: TypeAlias = Select[*tuple[Any, ...]]


class Figure(StrEnum):
    """A figure that opens its rows; the word is that of its address."""

    EVENTS = "cuoc"
    EXPECTED = "dang-ky"
    ATTENDED = "luot-nguoi"
    PERSONS = "so-nguoi"
    PRESS = "co-quan-bao-chi"
    ORGANISATIONS = "don-vi"
    MATERIALS = "tai-lieu"
    UNCLOSED = "chua-chot"


class AttendanceRow(NamedTuple):
    """One person at one event: lượt người."""

    event_id: int
    year: int
    number: int
    title: str
    starts_at: datetime
    full_name: str
    person_title: str
    organisation: str
    sessions_present: int
    sessions_held: int
    attended: bool

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


class PersonRow(NamedTuple):
    """One person and at how many events: số người."""

    person_id: int
    full_name: str
    person_title: str
    organisation: str
    events: int


class OrganisationShare(NamedTuple):
    """One organisation: how many it sent and how many of them came."""

    organisation_id: int
    name: str
    kind_vi: str
    kind_en: str
    expected: int
    attended: int

    @property
    def name_vi(self) -> str:
        """The kind in Vietnamese, for the filter `named`."""
        return self.kind_vi

    @property
    def name_en(self) -> str:
        """The kind in English."""
        return self.kind_en


class MaterialRow(NamedTuple):
    """One paper of a held event."""

    material_id: int
    title: str
    file_name: str
    size: int
    year: int
    number: int
    event_title: str

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


@dataclass(frozen=True)
class Slice:
    """One page of rows: `first` and `last` count from 1; `total` is the figure itself."""

    rows: Sequence[Any]
    first: int
    last: int
    total: int


def attendances(period: Period, *, page: int, attended_only: bool) -> Slice:
    """Attendances of a period, or everyone expected, in order of event and name."""
    wanted = attended_in(period) if attended_only else held_in(period)
    statement = (
        select(
            Event.id, Event.year, Event.number, Event.title, Event.starts_at,
            Person.full_name, Registration.title_then, func.coalesce(Organisation.name, ""),
            AttendanceResult.sessions_present, AttendanceResult.sessions_held, AttendanceResult.attended,
        )
        .select_from(AttendanceResult)
        .join(Event, Event.id == AttendanceResult.event_id)
        .join(Registration, Registration.id == AttendanceResult.registration_id)
        .join(Person, Person.id == AttendanceResult.person_id)
        .outerjoin(Organisation, Organisation.id == AttendanceResult.organisation_id)
        .where(wanted)
        .order_by(Event.starts_at, Event.id, Person.sort_key, AttendanceResult.registration_id)
    )  # fmt: skip
    return _slice(statement, AttendanceRow, _count_results(wanted), page)


def persons(period: Period, *, page: int) -> Slice:
    """The distinct persons who attended, by name."""
    counted = (
        select(AttendanceResult.person_id, func.count().label("events"))
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(attended_in(period))
        .group_by(AttendanceResult.person_id)
        .subquery()
    )
    statement = (
        select(Person.id, Person.full_name, Person.title, func.coalesce(Organisation.name, ""), counted.c.events)
        .join(counted, counted.c.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .order_by(Person.sort_key, Person.id)
    )
    total = db.session.execute(select(func.count()).select_from(counted)).scalar_one()
    return _slice(statement, PersonRow, total, page)


def organisations(period: Period, *, page: int, press_only: bool) -> Slice:
    """The organisations from which somebody attended, by kind and name; the press alone when wanted."""
    attended = func.sum(case((AttendanceResult.attended, 1), else_=0))
    tally = (
        select(AttendanceResult.organisation_id, func.count().label("expected"), attended.label("attended"))
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(held_in(period), AttendanceResult.organisation_id.is_not(None))
        .group_by(AttendanceResult.organisation_id)
        .having(attended > 0)
        .subquery()
    )
    statement = (
        select(
            Organisation.id, Organisation.name, OrganisationKind.name_vi, OrganisationKind.name_en,
            tally.c.expected, tally.c.attended,
        )
        .join(tally, tally.c.organisation_id == Organisation.id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(_press(press_only))
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )  # fmt: skip
    total = db.session.execute(select(func.count()).select_from(statement.order_by(None).subquery())).scalar_one()
    return _slice(statement, OrganisationShare, total, page)


def materials(period: Period, *, page: int) -> Slice:
    """The papers of held events, in order of event."""
    statement = (
        select(
            Material.id, Material.title, StoredFile.name, StoredFile.size, Event.year, Event.number, Event.title,
        )
        .join(StoredFile, StoredFile.id == Material.file_id)
        .join(Event, Event.id == Material.event_id)
        .where(issued_in(period))
        .order_by(Event.starts_at, Event.id, Material.position, Material.id)
    )  # fmt: skip
    total = db.session.execute(
        select(func.count(Material.id)).join(Event, Event.id == Material.event_id).where(issued_in(period))
    ).scalar_one()
    return _slice(statement, MaterialRow, total, page)


def _press(press_only: bool) -> ColumnElement[bool]:
    return and_(OrganisationKind.is_press) if press_only else OrganisationKind.id.is_not(None)


def _count_results(wanted: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(AttendanceResult).join(Event, Event.id == AttendanceResult.event_id)
    return db.session.execute(statement.where(wanted)).scalar_one()


def _slice(statement: Rows, row: Any, total: int, page: int) -> Slice:
    start = max(page - 1, 0) * ROWS_A_PAGE
    rows = [row._make(each) for each in db.session.execute(statement.limit(ROWS_A_PAGE).offset(start))]
    return Slice(rows, start + 1 if rows else 0, start + len(rows), total)
