"""The figures of a period, each defined once: what a number counts and the rows behind it share one condition.

cuộc: events held, each in the period of its last session's day. lượt người: attendances, person by event, by the event's
attendance rule. số người: distinct persons among them. tỷ lệ có mặt: attendances by expected, where expected are confirmed
registrations and walk-ins, the excused included.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from kstthc_training import clock
from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, EventKind, EventTopic, Venue
from kstthc_training.materials.models import Material
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.plans.models import Topic
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import EventRow, OrganisationRow, Summary, TopicRow, Totals, UnclosedRow


def held_in(period: Period) -> ColumnElement[bool]:
    """Events held in a period: every session closed, the last one on a day of the period."""
    return and_(Event.held_on >= period.first, Event.held_on <= period.last)


def attended_in(period: Period) -> ColumnElement[bool]:
    """Attendances of events held in a period; join events with attendance_results."""
    return and_(held_in(period), AttendanceResult.attended)


def unclosed_in(period: Period, now: datetime) -> ColumnElement[bool]:
    """Released events that ended by now, on a day of the period, and are not closed."""
    begins, ends = clock.day_bounds(period.first, period.last)
    over = and_(Event.ends_at >= begins, Event.ends_at < ends, Event.ends_at <= now)
    return and_(Event.state == EventState.RELEASED, over)


def issued_in(period: Period) -> ColumnElement[bool]:
    """Papers of events held in a period that were not withdrawn; join events with materials."""
    return and_(held_in(period), Material.withdrawn_at.is_(None))


def validator(period: Period) -> tuple[int, int, int]:
    """What changes whenever a figure of the period does: one cheap statement over the events alone."""
    statement = select(func.count(), func.coalesce(func.sum(Event.revision), 0), func.coalesce(func.max(Event.id), 0)).where(
        held_in(period)
    )
    count, revisions, latest = db.session.execute(statement).one()
    return count, revisions, latest


def summary_of(period: Period, *, now: datetime) -> Summary:
    """The figures of a period: six statements, whatever the size."""
    events = held_events(period)
    organisations = organisation_rows(period)
    return Summary(
        period=period,
        totals=_totals(events, organisations, _persons(period)),
        events=events,
        organisations=organisations,
        topics=_topics(period, {row.event_id: row.attended for row in events}),
        materials=_materials(period),
        unclosed=unclosed_events(period, now=now),
    )


def totals_of(period: Period) -> Totals:
    """The compared figures of a period alone: three statements."""
    return _totals(held_events(period), organisation_rows(period), _persons(period))


def held_events(period: Period) -> list[EventRow]:
    """The events held in a period in order of time."""
    tally = (
        select(
            AttendanceResult.event_id,
            func.count().label("expected"),
            func.sum(_one_if_attended()).label("attended"),
        )
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(held_in(period))
        .group_by(AttendanceResult.event_id)
        .subquery()
    )
    statement = (
        select(
            Event.id, Event.year, Event.number, Event.title,
            EventKind.code, EventKind.name_vi, EventKind.name_en, EventKind.family,
            Event.mode, func.coalesce(Venue.name, ""), Event.starts_at, Event.ends_at, Event.held_on, Event.plan_item_id,
            func.coalesce(tally.c.expected, 0), func.coalesce(tally.c.attended, 0),
        )
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(tally, tally.c.event_id == Event.id)
        .where(held_in(period))
        .order_by(Event.starts_at, Event.id)
    )  # fmt: skip
    return [EventRow._make(row) for row in db.session.execute(statement)]


def organisation_rows(period: Period) -> list[OrganisationRow]:
    """The organisations of those expected in a period, by kind and name."""
    tally = (
        select(
            AttendanceResult.organisation_id,
            func.count().label("expected"),
            func.sum(_one_if_attended()).label("attended"),
        )
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(held_in(period), AttendanceResult.organisation_id.is_not(None))
        .group_by(AttendanceResult.organisation_id)
        .subquery()
    )
    statement = (
        select(
            Organisation.id, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en,
            OrganisationKind.position, OrganisationLevel.code, OrganisationKind.is_press, Organisation.sort_key,
            tally.c.expected, tally.c.attended,
        )
        .join(tally, tally.c.organisation_id == Organisation.id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .join(OrganisationLevel, OrganisationLevel.id == Organisation.level_id)
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )  # fmt: skip
    return [OrganisationRow._make(row) for row in db.session.execute(statement)]


def unclosed_events(period: Period, *, now: datetime) -> list[UnclosedRow]:
    """The events that no figure counts yet, named above them."""
    statement = (
        select(Event.id, Event.year, Event.number, Event.title, Event.ends_at)
        .where(unclosed_in(period, now))
        .order_by(Event.ends_at, Event.id)
    )
    return [UnclosedRow._make(row) for row in db.session.execute(statement)]


def _one_if_attended() -> Any:
    return case((AttendanceResult.attended, 1), else_=0)


def _persons(period: Period) -> int:
    statement = (
        select(func.count(AttendanceResult.person_id.distinct()))
        .join(Event, Event.id == AttendanceResult.event_id)
        .where(attended_in(period))
    )
    return db.session.execute(statement).scalar_one()


def _materials(period: Period) -> int:
    statement = select(func.count(Material.id)).join(Event, Event.id == Material.event_id).where(issued_in(period))
    return db.session.execute(statement).scalar_one()


def _topics(period: Period, attended: dict[int, int]) -> list[TopicRow]:
    statement = (
        select(Topic.id, Topic.code, Topic.title, EventTopic.event_id)
        .join(EventTopic, EventTopic.topic_id == Topic.id)
        .join(Event, Event.id == EventTopic.event_id)
        .where(held_in(period))
        .order_by(Topic.position, Topic.id)
    )
    rows: dict[int, TopicRow] = {}
    for topic_id, code, title, event_id in db.session.execute(statement):
        known = rows.get(topic_id, TopicRow(topic_id, code, title, 0, 0))
        rows[topic_id] = known._replace(events=known.events + 1, attended=known.attended + attended.get(event_id, 0))
    return list(rows.values())


def _totals(events: Sequence[EventRow], organisations: Sequence[OrganisationRow], persons: int) -> Totals:
    return Totals(
        events=len(events),
        by_kind=Counter(row.kind_code for row in events),
        expected=sum(row.expected for row in events),
        attended=sum(row.attended for row in events),
        persons=persons,
        press=sum(1 for row in organisations if row.is_press and row.attended),
    )
