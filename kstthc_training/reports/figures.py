"""The figures of a period, each defined once; see `conditions` for what each counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.models import Event, EventKind, EventTopic, Venue
from kstthc_training.materials.models import Material
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.plans.models import Topic
from kstthc_training.plans.queries import due_events
from kstthc_training.reports.conditions import existed_in, held_in, issued_in, unclosed_in
from kstthc_training.reports.counts import counts_of
from kstthc_training.reports.periods import Period, PeriodKind, compared_with, months_of
from kstthc_training.reports.rows import (
    NOBODY_EXPECTED,
    Compared,
    Counts,
    EventRow,
    GroupRow,
    HeldRow,
    KindRow,
    MonthRow,
    OrganisationRow,
    Summary,
    TopicRow,
    Totals,
    UnclosedRow,
)


def summary_of(period: Period, *, now: datetime) -> Summary:
    """The figures of a period and of those it is compared with: at most 23 statements, whatever the size; eight less for
    each period whose attendances are counted already.
    """
    counts, held = counts_of(period), _held(period)
    organisations, kinds = _organisations(period), _every_kind()
    return Summary(
        period=period,
        totals=_totals(period, held, counts, organisations),
        others=[_compared(other, organisations, kinds) for other in compared_with(period)],
        kinds=_kinds(held, counts, kinds),
        groups=_groups(organisations, counts),
        topics=topic_rows(period, counts),
        months=_months(period, held),
        unclosed=unclosed_events(period, now=now),
        by_plan=sum(1 for row in held if row.plan_item_id is not None),
        today=clock.local_date(now),
        never_came=sum(1 for key, tally in counts.organisations.items() if key is not None and not tally.attended),
        named_nobody=sum(
            1
            for row in organisations
            if row.existed and not row.is_press and row.organisation_id not in counts.organisations
        ),
    )


def _compared(period: Period, organisations: Sequence[OrganisationRow], kinds: Sequence[KindRow]) -> Compared:
    held, counts = _held(period), counts_of(period)
    return Compared(period, _totals(period, held, counts, organisations), _kinds(held, counts, kinds))


def held_events(period: Period, *, limit: int | None = None) -> list[EventRow]:
    """The events held in a period in order of time, the first `limit` of them."""
    tallies = counts_of(period).events
    statement = (
        select(
            Event.id, Event.year, Event.number, Event.title,
            EventKind.code, EventKind.name_vi, EventKind.name_en, EventKind.family,
            Event.mode, func.coalesce(Venue.name, ""), Event.starts_at, Event.ends_at,
        )
        .join(EventKind, EventKind.id == Event.kind_id)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .where(held_in(period))
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )  # fmt: skip
    return [EventRow._make((*row, *tallies.get(row.id, NOBODY_EXPECTED))) for row in db.session.execute(statement)]


def held_years() -> list[int]:
    """The years in which events were held."""
    first, last = db.session.execute(select(func.min(Event.held_on), func.max(Event.held_on))).one()
    return list(range(first.year, last.year + 1)) if first and last else []


def unclosed_events(period: Period, *, now: datetime) -> list[UnclosedRow]:
    """The events that no figure counts yet, named above them."""
    statement = (
        select(Event.id, Event.year, Event.number, Event.title, Event.ends_at)
        .where(unclosed_in(period, now))
        .order_by(Event.ends_at, Event.id)
    )
    return [UnclosedRow._make(row) for row in db.session.execute(statement)]


def topic_codes(events: Iterable[EventRow]) -> dict[int, list[str]]:
    """The codes of the topics that each event treated, in the plan's order."""
    statement = (
        select(EventTopic.event_id, Topic.code)
        .join(Topic, Topic.id == EventTopic.topic_id)
        .where(EventTopic.event_id.in_([row.event_id for row in events]))
        .order_by(Topic.position, Topic.id)
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for event_id, code in db.session.execute(statement):
        codes[event_id].append(code)
    return codes


def _held(period: Period) -> list[HeldRow]:
    statement = (
        select(Event.id, EventKind.code, Event.held_on, Event.plan_item_id)
        .join(EventKind, EventKind.id == Event.kind_id)
        .where(held_in(period))
    )
    return [HeldRow._make(row) for row in db.session.execute(statement)]


def _organisations(period: Period) -> list[OrganisationRow]:
    statement = (
        select(
            Organisation.id, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en,
            OrganisationKind.is_press, existed_in(period),
        )
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .order_by(OrganisationKind.position, OrganisationKind.id)
    )  # fmt: skip
    return [OrganisationRow._make(row) for row in db.session.execute(statement)]


def _totals(period: Period, held: Sequence[HeldRow], counts: Counts, organisations: Iterable[OrganisationRow]) -> Totals:
    came = {key for key, tally in counts.organisations.items() if key is not None and tally.attended}
    return Totals(
        events=len(held),
        expected=sum(tally.expected for tally in counts.events.values()),
        attended=sum(tally.attended for tally in counts.events.values()),
        persons=counts.persons,
        press=sum(1 for row in organisations if row.is_press and row.organisation_id in came),
        organisations=len(came),
        **_issued_and_treated(period),
    )


def _issued_and_treated(period: Period) -> dict[str, int]:
    materials = select(func.count(Material.id)).join(Event, Event.id == Material.event_id).where(issued_in(period))
    topics = select(func.count(EventTopic.topic_id.distinct())).join(Event, Event.id == EventTopic.event_id)
    statement = select(materials.scalar_subquery(), topics.where(held_in(period)).scalar_subquery())
    return dict(zip(("materials", "topics"), db.session.execute(statement).one(), strict=True))


def _every_kind() -> list[KindRow]:
    kind = EventKind
    statement = select(kind.position, kind.code, kind.name_vi, kind.name_en, kind.family).order_by(kind.position, kind.id)
    return [KindRow(*row, 0, 0, 0) for row in db.session.execute(statement)]


def _kinds(held: Iterable[HeldRow], counts: Counts, kinds: Iterable[KindRow]) -> list[KindRow]:
    """The kinds of held events, in the Office's order."""
    by_kind: dict[str, list[HeldRow]] = defaultdict(list)
    for row in held:
        by_kind[row.kind_code].append(row)
    return [KindRow(*kind[:5], *_summed(by_kind[kind.code], counts)) for kind in kinds if kind.code in by_kind]


def _summed(rows: Sequence[HeldRow], counts: Counts) -> tuple[int, int, int]:
    tallies = [counts.events.get(row.event_id, NOBODY_EXPECTED) for row in rows]
    return len(rows), sum(tally.expected for tally in tallies), sum(tally.attended for tally in tallies)


def _groups(organisations: Iterable[OrganisationRow], counts: Counts) -> list[GroupRow]:
    groups: dict[str, GroupRow] = {}
    for row in organisations:
        group = groups.get(row.kind_code) or GroupRow(row.kind_code, row.kind_vi, row.kind_en, row.is_press, 0, 0, 0, 0)
        tally = counts.organisations.get(row.organisation_id, NOBODY_EXPECTED)
        groups[row.kind_code] = group._replace(
            existing=group.existing + row.existed,
            came=group.came + (tally.attended > 0),
            expected=group.expected + tally.expected,
            attended=group.attended + tally.attended,
        )
    stated = [group for group in groups.values() if group.existing or group.expected]
    unstated = counts.organisations.get(None)
    return [*stated, GroupRow("", "", "", False, 0, 0, *unstated)] if unstated else stated


def topic_rows(period: Period, counts: Counts) -> list[TopicRow]:
    """The topics that held events treated, in the plan's order."""
    statement = (
        select(Topic.id, Topic.code, Topic.title, EventTopic.event_id)
        .join(EventTopic, EventTopic.topic_id == Topic.id)
        .join(Event, Event.id == EventTopic.event_id)
        .where(held_in(period))
        .order_by(Topic.plan_id, Topic.position, Topic.id)
    )
    rows: dict[int, TopicRow] = {}
    for topic_id, code, title, event_id in db.session.execute(statement):
        known = rows.get(topic_id) or TopicRow(topic_id, code, title, 0, 0)
        attended = counts.events.get(event_id, NOBODY_EXPECTED).attended
        rows[topic_id] = known._replace(events=known.events + 1, attended=known.attended + attended)
    return list(rows.values())


def _months(period: Period, held: Iterable[HeldRow]) -> list[MonthRow]:
    """Held by reporting month, beside what the plan has due in it; days chosen freely have no plan of their own."""
    if period.kind is PeriodKind.FREE:
        return []
    months = months_of(period)
    days = Counter(row.held_on for row in held)
    due = due_events({month.year for month in months})
    return [
        MonthRow(
            month,
            due.get((month.year, month.number), 0),
            sum(count for day, count in days.items() if month.first <= day <= month.last),
        )
        for month in months
    ]
