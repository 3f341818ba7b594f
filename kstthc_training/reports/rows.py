"""Rows and totals of a period's figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar

from kstthc_training.events.enums import EventMode
from kstthc_training.reports.periods import Period
from kstthc_training.text import sort_key


def share_of(part: int, whole: int) -> float | None:
    """A share from 0 to 1; None when there is nothing to take a share of."""
    return part / whole if whole else None


class OfOrganisation(Protocol):
    """What stands for one organisation."""

    @property
    def kind_code(self) -> str:
        """Its kind."""

    @property
    def name(self) -> str:
        """What it is called."""


OneOfMany = TypeVar("OneOfMany", bound=OfOrganisation)


def by_name_in_kind(rows: Sequence[OneOfMany]) -> list[OneOfMany]:
    """Rows whose kinds stand in the Office's order already: the same order of kinds, within each by name."""
    places = {code: place for place, code in enumerate(dict.fromkeys(row.kind_code for row in rows))}
    return sorted(rows, key=lambda row: (places[row.kind_code], sort_key(row.name)))


class Tally(NamedTuple):
    """How many were expected and how many of them attended."""

    expected: int
    attended: int


NOBODY_EXPECTED = Tally(0, 0)


@dataclass(frozen=True)
class Counts:
    """What the attendances of a period come to: by event, by organisation (None: none stated), and distinct persons."""

    events: dict[int, Tally]
    organisations: dict[int | None, Tally]
    persons: int


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


class HeldRow(NamedTuple):
    """What the figures need to know of a held event."""

    event_id: int
    kind_code: str
    held_on: date
    plan_item_id: int | None


class KindRow(NamedTuple):
    """A kind of event in the Office's order: how many were held, expected and attended."""

    position: int
    code: str
    name_vi: str
    name_en: str
    family: str
    events: int
    expected: int
    attended: int


class OrganisationRow(NamedTuple):
    """An organisation, its kind, and whether it existed on a day of the period."""

    organisation_id: int
    kind_code: str
    kind_vi: str
    kind_en: str
    is_press: bool
    existed: bool


class GroupRow(NamedTuple):
    """The organisations of one kind: how many existed, how many came, and their people. `code` is '' for people who
    stated no organisation."""

    code: str
    name_vi: str
    name_en: str
    is_press: bool
    existing: int
    came: int
    expected: int
    attended: int


class TopicRow(NamedTuple):
    """A topic of the plan that held events treated."""

    topic_id: int
    code: str
    title: str
    events: int
    attended: int


class MonthRow(NamedTuple):
    """A reporting month: how many events the plan has due in it, and how many were held."""

    period: Period
    planned: int
    held: int


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
    expected: int
    attended: int
    persons: int
    press: int
    organisations: int
    materials: int
    topics: int

    @property
    def share(self) -> float | None:
        """Tỷ lệ có mặt."""
        return share_of(self.attended, self.expected)


@dataclass(frozen=True)
class Compared:
    """Another period, whose figures stand beside a period's own."""

    period: Period
    totals: Totals
    kinds: Sequence[KindRow]


@dataclass(frozen=True)
class Summary:
    """Everything that a period's page and papers show; `planned` counts what the plan has due, `by_plan` the held events
    that fulfil an item of a plan, `others` are the period before and the same one last year."""

    period: Period
    totals: Totals
    others: Sequence[Compared]
    kinds: Sequence[KindRow]
    groups: Sequence[GroupRow]
    topics: Sequence[TopicRow]
    months: Sequence[MonthRow]
    unclosed: Sequence[UnclosedRow]
    by_plan: int
    today: date
    never_came: int
    named_nobody: int

    @property
    def planned(self) -> int:
        """How many events the plan has due in the period."""
        return sum(month.planned for month in self.months)

    @property
    def behind(self) -> int:
        """By how many events those held for the plan fall short of what was due in the months that are over."""
        due = sum(month.planned for month in self.months if month.period.is_over(self.today))
        return max(0, due - self.by_plan)

    @property
    def existing(self) -> int:
        """How many organisations existed on a day of the period."""
        return sum(group.existing for group in self.groups)

    @property
    def absent(self) -> int:
        """How many of those expected did not attend."""
        return self.totals.expected - self.totals.attended

    @property
    def press_attended(self) -> int:
        """Attendances of people of the press."""
        return sum(group.attended for group in self.groups if group.is_press)

    @property
    def others_attended(self) -> int:
        """Attendances of everyone else."""
        return self.totals.attended - self.press_attended

    @property
    def offices(self) -> int:
        """Organisations other than the press from which somebody attended."""
        return self.totals.organisations - self.totals.press
