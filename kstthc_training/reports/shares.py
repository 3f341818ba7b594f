"""What each organisation sent and who of it came, for the annexes."""

from typing import NamedTuple

from sqlalchemy import case, func, select

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.reports.conditions import held_in
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import by_name_in_kind


class OrganisationResult(NamedTuple):
    """An organisation under its name of the time: expected, attended, absent with and without a reason."""

    name: str
    kind_code: str
    name_vi: str
    name_en: str
    expected: int
    attended: int
    excused: int

    @property
    def absent(self) -> int:
        """Those who neither came nor gave a reason."""
        return self.expected - self.attended - self.excused


def organisation_results(period: Period) -> list[OrganisationResult]:
    """The organisations of those expected, by kind and name as of the period's end; last those who stated none.

    Somebody is absent with a reason who did not attend, and was excused from a session.
    """
    result = AttendanceResult
    attended = func.sum(case((result.attended, 1), else_=0))
    excused = func.sum(case(((~result.attended) & (result.sessions_excused > 0), 1), else_=0))
    statement = (
        select(
            result.organisation_id, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en,
            func.count(), attended, excused,
        )
        .select_from(result)
        .join(Event, Event.id == result.event_id)
        .outerjoin(Organisation, Organisation.id == result.organisation_id)
        .outerjoin(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(held_in(period))
        .group_by(
            result.organisation_id, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en,
            OrganisationKind.position,
        )
        .order_by(OrganisationKind.position.asc().nulls_last(), result.organisation_id)
    )  # fmt: skip
    rows = db.session.execute(statement).all()
    names = names_as_of([row[0] for row in rows if row[0] is not None], period.last)
    results = [
        OrganisationResult(names.get(key, ""), code or "", vi or "", en or "", expected, int(came), int(away))
        for key, code, vi, en, expected, came, away in rows
    ]
    return by_name_in_kind(results)
