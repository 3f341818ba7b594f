"""What each organisation sent and who of it came, for the annexes."""

from typing import NamedTuple

from sqlalchemy import false, func, select

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.reports.conditions import held_in
from kstthc_training.reports.counts import counts_of
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
    tallies, excused = counts_of(period).organisations, _excused(period)
    statement = (
        select(Organisation.id, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .order_by(OrganisationKind.position, OrganisationKind.id)
    )
    known = [row for row in db.session.execute(statement) if row[0] in tallies]
    names = names_as_of([row[0] for row in known], period.last)
    results = [
        OrganisationResult(names[key], code, vi, en, *tallies[key], excused.get(key, 0)) for key, code, vi, en in known
    ]
    unstated = [OrganisationResult("", "", "", "", *tallies[None], excused.get(None, 0))] if None in tallies else []
    return by_name_in_kind([*results, *unstated])


def _excused(period: Period) -> dict[int | None, int]:
    result = AttendanceResult
    statement = (
        select(result.organisation_id, func.count())
        .join(Event, Event.id == result.event_id)
        .where(held_in(period), result.attended == false(), result.sessions_excused > 0)
        .group_by(result.organisation_id)
    )
    return {organisation_id: count for organisation_id, count in db.session.execute(statement)}
