"""Everything that a report says, looked up before a word of it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kstthc_training import clock
from kstthc_training.plans.models import PlanItem
from kstthc_training.plans.queries import items_due
from kstthc_training.reports.figures import held_events, summary_of, topic_codes
from kstthc_training.reports.periods import Period, after, months_of
from kstthc_training.reports.rows import EventRow, Summary
from kstthc_training.reports.shares import OrganisationResult, organisation_results
from kstthc_training.reports.wording import signing_day
from kstthc_training.settings.queries import Office, office_on


@dataclass(frozen=True)
class Material:
    """The figures of a period, the office and the plan, and what comes next."""

    period: Period
    summary: Summary
    events: Sequence[EventRow]
    codes: dict[int, list[str]]
    organisations: Sequence[OrganisationResult]
    office: Office
    plan: str
    following: Period | None
    items: Sequence[PlanItem]
    made_at: datetime

    @property
    def excused(self) -> int:
        """How many were absent with a reason."""
        return sum(row.excused for row in self.organisations)

    @property
    def unexcused(self) -> int:
        """How many were absent without one."""
        return sum(row.absent for row in self.organisations)


def gather(period: Period, *, now: datetime) -> Material:
    """All that the report on a period needs."""
    events, following = held_events(period), after(period)
    return Material(
        period=period,
        summary=summary_of(period, now=now),
        events=events,
        codes=topic_codes(events),
        organisations=organisation_results(period),
        office=office_on(signing_day(period, clock.local_date(now))),
        plan=office_on(period.last).plan_reference,
        following=following,
        items=items_due(following.year, _months(following)) if following else [],
        made_at=now,
    )


def _months(period: Period) -> list[int]:
    return [month.number for month in months_of(period)]
