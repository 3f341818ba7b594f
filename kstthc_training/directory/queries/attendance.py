"""Who came, by organisation and by person: results of events held, by their attendance rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True)
class Participation:
    """An organisation's part in events held: events, expected and present attendances (lượt), excused ones, persons."""

    events: int
    expected: int
    present: int
    excused: int
    persons: int

    @property
    def rate(self) -> float | None:
        """Tỷ lệ có mặt: present among the expected, the excused included; None when nobody was expected."""
        return self.present / self.expected if self.expected else None

    @property
    def absent(self) -> int:
        """Those who stayed away without excuse."""
        return self.expected - self.present - self.excused


_PRESENT = func.sum(case((AttendanceResult.attended, 1), else_=0))
_EXCUSED = func.sum(case(((~AttendanceResult.attended) & (AttendanceResult.sessions_excused > 0), 1), else_=0))


def participation_of(organisation_ids: Collection[int], *, first: date, last: date) -> dict[int, Participation]:
    """What organisations came to in events held from `first` to `last`, by id: one statement; those without are left out."""
    present_persons = func.count(case((AttendanceResult.attended, AttendanceResult.person_id)).distinct())
    statement = (
        select(
            AttendanceResult.organisation_id,
            func.count(AttendanceResult.event_id.distinct()),
            func.count(),
            _PRESENT,
            _EXCUSED,
            present_persons,
        )
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(AttendanceResult.organisation_id.in_(organisation_ids), Event.held_on.between(first, last))
        .group_by(AttendanceResult.organisation_id)
    )
    return {row[0]: Participation(*map(int, row[1:])) for row in db.session.execute(statement) if row[0] is not None}


@dataclass(frozen=True)
class HeldEvent:
    """An event held to which an organisation sent people: how many were expected, came, and were excused."""

    code: str
    title: str
    held_on: date
    expected: int
    present: int
    excused: int


def events_held_with(organisation_id: int, *, first: date, last: date, limit: int) -> list[HeldEvent]:
    """Events held in a span with people of an organisation, the latest first."""
    statement = (
        select(Event.year, Event.number, Event.title, Event.held_on, func.count(), _PRESENT, _EXCUSED)
        .join(AttendanceResult, AttendanceResult.event_id == Event.id)
        .where(AttendanceResult.organisation_id == organisation_id, Event.held_on.between(first, last))
        .group_by(Event.id, Event.year, Event.number, Event.title, Event.held_on)
        .order_by(Event.held_on.desc(), Event.id.desc())
        .limit(limit)
    )
    return [
        HeldEvent(f"{year}-{number}", title, held_on, expected, int(present), int(excused))
        for year, number, title, held_on, expected, present, excused in db.session.execute(statement)
    ]


def attended_by(person_ids: Collection[int]) -> dict[int, int]:
    """How many events each of these people attended, by id: one statement; those who attended none are left out."""
    statement = (
        select(AttendanceResult.person_id, func.count())
        .where(AttendanceResult.person_id.in_(person_ids), AttendanceResult.attended)
        .group_by(AttendanceResult.person_id)
    )
    return {person_id: events for person_id, events in db.session.execute(statement)}


@dataclass(frozen=True)
class Attended:
    """A person's registration for an event, and what it came to; the last four are None until the event was held."""

    code: str
    title: str
    starts_at: datetime
    title_then: str
    state: RegistrationState
    sessions_present: int | None
    sessions_held: int | None
    sessions_excused: int | None
    attended: bool | None


def registrations_of(person_id: int, *, limit: int) -> list[Attended]:
    """A person's registrations, the latest event first."""
    statement = (
        select(
            Event.year, Event.number, Event.title, Event.starts_at, Registration.title_then, Registration.state,
            AttendanceResult.sessions_present, AttendanceResult.sessions_held, AttendanceResult.sessions_excused,
            AttendanceResult.attended,
        )
        .join(Registration, Registration.event_id == Event.id)
        .outerjoin(AttendanceResult, AttendanceResult.registration_id == Registration.id)
        .where(Registration.person_id == person_id)
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [Attended(f"{year}-{number}", *rest) for year, number, *rest in db.session.execute(statement)]
