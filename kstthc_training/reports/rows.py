"""Rows and totals of a period's figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from kstthc_training.events.enums import EventMode
from kstthc_training.reports.periods import Period


def share_of(part: int, whole: int) -> float | None:
    """A share from 0 to 1; None when there is nothing to take a share of."""
    return part / whole if whole else None


class EventRow(NamedTuple):
    """An event held in the period, with those expected and those who attended."""

    event_id: int
    year: int
    number: int
    title: str
    kind_code: str
    kind_vi: str
    kind_en: str
    family: str
    mode: EventMode
    venue: str
    starts_at: datetime
    ends_at: datetime
    held_on: date
    plan_item_id: int | None
    expected: int
    attended: int

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"

    @property
    def name_vi(self) -> str:
        """The kind in Vietnamese, for the filter `named`."""
        return self.kind_vi

    @property
    def name_en(self) -> str:
        """The kind in English."""
        return self.kind_en

    @property
    def share(self) -> float | None:
        """Attended by expected."""
        return share_of(self.attended, self.expected)


class OrganisationRow(NamedTuple):
    """An organisation that named or sent somebody: how many were expected and how many attended."""

    organisation_id: int
    kind_code: str
    kind_vi: str
    kind_en: str
    kind_position: int
    level_code: str
    is_press: bool
    sort_key: str
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


class TopicRow(NamedTuple):
    """A topic of the plan that held events treated."""

    topic_id: int
    code: str
    title: str
    events: int
    attended: int


class UnclosedRow(NamedTuple):
    """An event that ended in the period but whose attendance is still open, so that no figure counts it."""

    event_id: int
    year: int
    number: int
    title: str
    ends_at: datetime

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


@dataclass(frozen=True)
class Totals:
    """The figures that are compared with other periods."""

    events: int
    by_kind: Counter[str]
    expected: int
    attended: int
    persons: int
    press: int

    @property
    def share(self) -> float | None:
        """Tỷ lệ có mặt."""
        return share_of(self.attended, self.expected)


@dataclass(frozen=True)
class Summary:
    """Everything that a period's page and papers show."""

    period: Period
    totals: Totals
    events: Sequence[EventRow]
    organisations: Sequence[OrganisationRow]
    topics: Sequence[TopicRow]
    materials: int
    unclosed: Sequence[UnclosedRow]

    @property
    def present_organisations(self) -> list[OrganisationRow]:
        """Those from which somebody attended."""
        return [row for row in self.organisations if row.attended]
