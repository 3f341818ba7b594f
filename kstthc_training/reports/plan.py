"""The year's plan beside what became of it: events by item, coverage of topics."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import and_, case, func, select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, EventTopic
from kstthc_training.events.queries import NOT_DISCARDED
from kstthc_training.events.standing import Standing, standing_of
from kstthc_training.plans.models import Plan, PlanItem, Topic
from kstthc_training.plans.queries import items_of
from kstthc_training.reports.conditions import held_in
from kstthc_training.reports.periods import before, month, whole_year

MOST_SHOWN = 10


class Progress(StrEnum):
    """How an item of the plan stands: all held, behind its month, due this reporting month or the next, or with time
    left."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    OPEN = "open"


class FulfillingEvent(NamedTuple):
    """An event made for an item of the plan."""

    item_id: int
    year: int
    number: int
    title: str
    state: EventState
    starts_at: datetime
    ends_at: datetime

    @property
    def code(self) -> str:
        """The event's number."""
        return f"{self.year}-{self.number}"


@dataclass(frozen=True)
class EventAt:
    """An event of an item as it stands now."""

    event: FulfillingEvent
    standing: Standing


@dataclass(frozen=True)
class ItemRow:
    """An item of the plan, the latest events made for it in order of time, how many came before those, how many were
    held, and how it stands."""

    item: PlanItem
    events: Sequence[EventAt]
    earlier: int
    held: int
    progress: Progress


class TopicCoverage(NamedTuple):
    """A topic of the plan: how many held events treated it, and how many still to come will."""

    topic_id: int
    code: str
    title: str
    section: str
    held: int
    coming: int


@dataclass(frozen=True)
class PlanView:
    """A plan beside what became of it; `due` counts the events due in reporting months that are over, `extra` those held
    besides."""

    plan: Plan
    items: Sequence[ItemRow]
    topics: Sequence[TopicCoverage]
    due: int
    extra: int

    @property
    def planned(self) -> int:
        """How many events the plan has."""
        return sum(row.item.planned_events for row in self.items)

    @property
    def held(self) -> int:
        """How many events were held for its items."""
        return sum(row.held for row in self.items)

    @property
    def late(self) -> int:
        """How many items are behind their month."""
        return sum(1 for row in self.items if row.progress is Progress.LATE)

    @property
    def uncovered(self) -> int:
        """How many topics no held event treated yet."""
        return sum(1 for topic in self.topics if not topic.held)


def plan_view(plan: Plan, *, now: datetime) -> PlanView:
    """A year's plan: four statements, whatever the size."""
    today, events = clock.local_date(now), _events(plan)
    rows = [_item_row(item, events[item.id], plan.year, today, now) for item in items_of(plan.id)]
    due = sum(row.item.planned_events for row in rows if month(plan.year, row.item.due_month).is_over(today))
    return PlanView(plan, rows, _topics(plan), due, _extra(plan.year))


def progress_of(item: PlanItem, *, year: int, held: int, today: date) -> Progress:
    """How an item stands on a day; it is behind once its reporting month is over: a month ends on its 14th (Decree
    09/2019/NĐ-CP, article 12), and the events of later days belong to the next.
    """
    due = month(year, item.due_month)
    if held >= item.planned_events:
        return Progress.DONE
    if due.is_over(today):
        return Progress.LATE
    return Progress.SOON if before(due).first <= today else Progress.OPEN


def _item_row(item: PlanItem, events: Sequence[FulfillingEvent], year: int, today: date, now: datetime) -> ItemRow:
    held = sum(1 for event in events if event.state is EventState.CLOSED)
    shown = [EventAt(event, standing_of(event, now)) for event in events[-MOST_SHOWN:]]
    return ItemRow(item, shown, len(events) - len(shown), held, progress_of(item, year=year, held=held, today=today))


def _events(plan: Plan) -> dict[int, list[FulfillingEvent]]:
    statement = (
        select(
            Event.plan_item_id, Event.year, Event.number, Event.title, Event.state, Event.starts_at, Event.ends_at
        )
        .join(PlanItem, PlanItem.id == Event.plan_item_id)
        .where(PlanItem.plan_id == plan.id, NOT_DISCARDED)
        .order_by(Event.starts_at, Event.id)
    )  # fmt: skip
    events: dict[int, list[FulfillingEvent]] = defaultdict(list)
    for row in db.session.execute(statement):
        event = FulfillingEvent._make(row)
        events[event.item_id].append(event)
    return events


def _topics(plan: Plan) -> list[TopicCoverage]:
    held = func.coalesce(func.sum(case((Event.state == EventState.CLOSED, 1), else_=0)), 0)
    coming = func.coalesce(func.sum(case((Event.state.in_((EventState.DRAFT, EventState.RELEASED)), 1), else_=0)), 0)
    statement = (
        select(Topic.id, Topic.code, Topic.title, Topic.section, held, coming)
        .outerjoin(EventTopic, EventTopic.topic_id == Topic.id)
        .outerjoin(Event, and_(Event.id == EventTopic.event_id, NOT_DISCARDED))
        .where(Topic.plan_id == plan.id)
        .group_by(Topic.id, Topic.code, Topic.title, Topic.section, Topic.position)
        .order_by(Topic.position, Topic.id)
    )
    return [TopicCoverage._make(row) for row in db.session.execute(statement)]


def _extra(year: int) -> int:
    statement = select(func.count(Event.id)).where(held_in(whole_year(year)), Event.plan_item_id.is_(None))
    return db.session.execute(statement).scalar_one()
