"""What the desk shows of one event and of all: plain figures and rows in a fixed number of statements."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select

from kstthc_training.attendance.models import AttendanceResult, Mark, SheetStep
from kstthc_training.attendance.queries import people_seen
from kstthc_training.db import db
from kstthc_training.events.models import AgendaItem, Session
from kstthc_training.invitations.models import Invitation
from kstthc_training.materials.models import Download, Material
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration


@dataclass(frozen=True)
class WorkspaceCounts:
    """Figures of one event: persons confirmed, waiting, pending, offered a seat, and of the confirmed those seen at all;
    papers given, fetched; invitations that stand."""

    registered: int
    waiting: int
    pending: int
    offered: int
    present: int
    materials: int
    downloads: int
    invited: int

    @property
    def listed(self) -> int:
        """Everyone on the list who is not gone."""
        return self.registered + self.waiting + self.pending + self.offered


def workspace_counts(event_id: int) -> WorkspaceCounts:
    """The figures of an event: one statement."""
    row = db.session.execute(
        select(
            _registrations(event_id, RegistrationState.CONFIRMED),
            _registrations(event_id, RegistrationState.WAITING),
            _registrations(event_id, RegistrationState.PENDING),
            _registrations(event_id, RegistrationState.OFFERED),
            people_seen(event_id),
            select(func.count()).where(*_given(event_id)).scalar_subquery(),
            select(func.count())
            .select_from(Download)
            .join(Material, Material.id == Download.material_id)
            .where(*_given(event_id))
            .scalar_subquery(),
            select(func.count()).where(Invitation.event_id == event_id, Invitation.revoked_at.is_(None)).scalar_subquery(),
        )
    ).one()
    return WorkspaceCounts(*row)


def _registrations(event_id: int, state: RegistrationState) -> ScalarSelect[int]:
    rows = select(func.count()).where(Registration.event_id == event_id, Registration.state == state)
    return rows.scalar_subquery()


def _given(event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Material.event_id == event_id, Material.withdrawn_at.is_(None)


def marks_by_session(event_id: int) -> dict[int, int]:
    """How many marks and closings each session of an event has; those without any are left out."""
    marks = (
        select(Mark.session_id, func.count())
        .join(Session, Session.id == Mark.session_id)
        .where(Session.event_id == event_id)
        .group_by(Mark.session_id)
    )
    steps = (
        select(SheetStep.session_id, func.count())
        .join(Session, Session.id == SheetStep.session_id)
        .where(Session.event_id == event_id)
        .group_by(SheetStep.session_id)
    )
    counted: dict[int, int] = {}
    for session_id, count in [*db.session.execute(marks), *db.session.execute(steps)]:
        counted[session_id] = counted.get(session_id, 0) + count
    return counted


def attended_at(event_id: int) -> tuple[dict[int, int], set[int]]:
    """How many people of each organisation attended an event that was closed, and who they were: one statement."""
    rows = db.session.execute(
        select(AttendanceResult.organisation_id, AttendanceResult.person_id).where(
            AttendanceResult.event_id == event_id, AttendanceResult.attended
        )
    ).all()
    counts = Counter(organisation_id for organisation_id, _person_id in rows if organisation_id is not None)
    return dict(counts), {person_id for _organisation_id, person_id in rows}


def has_programme(event_id: int) -> bool:
    """Whether anything stands in the event's programme."""
    return bool(db.session.scalar(select(exists().where(AgendaItem.event_id == event_id))))
