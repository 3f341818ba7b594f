"""Figures of made data with known answers, and the rows behind each."""

from datetime import date

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.people.models import Person
from kstthc_training.plans.queries import items_of
from kstthc_training.reports import periods
from kstthc_training.reports.counts import counts_of
from kstthc_training.reports.figures import held_events, summary_of
from kstthc_training.reports.lists import Figure, Narrowing, Scope, rows_of
from kstthc_training.reports.rows import Summary, Tally, Totals
from kstthc_training.reports.shares import organisation_results
from tests.attendance.doors import close, put_mark, reopen, sessions_of
from tests.reports.made import ABSENT, EXCUSED, PRESENT, at, hold, make_plan, make_quarter, totals_of
from tests.support.factories import make_event, make_organisation, make_person, make_registration

QUARTER = periods.quarter(2026, 1)


def figures_of(summary: Summary) -> dict[Figure, int]:
    """What the summary says of each figure that opens rows."""
    totals = summary.totals
    return {
        Figure.EVENTS: totals.events,
        Figure.BY_PLAN: summary.by_plan,
        Figure.EXPECTED: totals.expected,
        Figure.ATTENDED: totals.attended,
        Figure.PRESS_ATTENDED: summary.press_attended,
        Figure.OTHERS_ATTENDED: summary.others_attended,
        Figure.ABSENT: summary.absent,
        Figure.PERSONS: totals.persons,
        Figure.ORGANISATIONS: totals.organisations,
        Figure.PRESS: totals.press,
        Figure.OFFICES: summary.offices,
        Figure.NEVER_CAME: summary.never_came,
        Figure.NAMED_NOBODY: summary.named_nobody,
        Figure.MATERIALS: totals.materials,
        Figure.TOPICS: len(summary.topics),
        Figure.UNCLOSED: len(summary.unclosed),
    }


def test_figures_of_a_quarter(app, now):
    quarter = make_quarter()
    summary = summary_of(QUARTER, now=now)
    assert summary.totals == Totals(
        events=2, expected=8, attended=5, persons=4, press=1, organisations=2, materials=2, topics=2
    )
    assert summary.totals.share == 5 / 8
    assert [(k.code, k.events, k.expected, k.attended) for k in summary.kinds] == [
        ("tap-huan", 1, 5, 3),
        ("hop-bao", 1, 3, 2),
    ]
    assert [(g.code, g.existing, g.came, g.expected, g.attended) for g in summary.groups] == [
        ("department", 1, 1, 3, 3), ("commune", 3, 0, 2, 0), ("press", 1, 1, 2, 1), ("", 0, 0, 1, 1),
    ]  # fmt: skip
    assert [(t.code, t.events, t.attended) for t in summary.topics] == [("II.1", 1, 3), ("II.2", 2, 5)]
    assert [(m.period.number, m.planned, m.held) for m in summary.months] == [(1, 2, 1), (2, 0, 0), (3, 1, 1)]
    assert [event.title for event in summary.unclosed] == ["Mở lại", "Chưa chốt"]
    assert (summary.planned, summary.by_plan, summary.existing) == (3, 1, 5)
    assert (summary.never_came, summary.named_nobody) == (2, 1)
    assert [row.event_id for row in held_events(QUARTER)] == [quarter.training.id, quarter.briefing.id]


@pytest.mark.parametrize(
    ("period", "events"),
    [
        (periods.quarter(2025, 4), 1),
        (periods.whole_year(2025), 1),
        (periods.quarter(2026, 2), 2),
        (periods.whole_year(2026), 4),
        (periods.month(2026, 1), 1),
        (periods.month(2026, 3), 1),
        (periods.free(date(2025, 12, 14), date(2025, 12, 14)), 1),
        (periods.free(date(2026, 3, 14), date(2026, 3, 15)), 3),
        (periods.free(date(2026, 3, 16), date(2026, 3, 17)), 0),
    ],
)
def test_an_event_counts_in_the_period_of_its_last_day(app, period, events):
    make_quarter()
    assert totals_of(period).events == events


@pytest.mark.parametrize("period", [QUARTER, periods.whole_year(2026), periods.free(date(2025, 1, 1), date(2026, 12, 31))])
def test_every_figure_is_the_number_of_its_rows(app, now, period):
    make_quarter()
    summary = summary_of(period, now=now)
    figures = figures_of(summary)
    assert figures.keys() == set(Figure)
    for figure, count in figures.items():
        found = rows_of(figure, Scope(period, now))
        assert (figure, found.total, len(found.rows)) == (figure, count, count)


def test_kinds_groups_and_topics_open_their_own_rows(app, now):
    make_quarter()
    summary = summary_of(QUARTER, now=now)
    for kind in summary.kinds:
        assert rows_of(Figure.EVENTS, Scope(QUARTER, now, narrowing=Narrowing(kind_code=kind.code))).total == kind.events
    for group in summary.groups:
        narrowing = Narrowing(group_code=group.code)
        assert rows_of(Figure.ATTENDED, Scope(QUARTER, now, narrowing=narrowing)).total == group.attended
    for topic in summary.topics:
        narrowing = Narrowing(topic_id=topic.topic_id)
        assert rows_of(Figure.EVENTS, Scope(QUARTER, now, narrowing=narrowing)).total == topic.events


def test_a_hundred_rows_a_page(app, now):
    event = make_event(starts_at=at(10, 2))
    for _ in range(101):
        make_registration(event)
    close(event)
    first = rows_of(Figure.EXPECTED, Scope(QUARTER, now))
    second = rows_of(Figure.EXPECTED, Scope(QUARTER, now, 2))
    beyond = rows_of(Figure.EXPECTED, Scope(QUARTER, now, 3))
    assert (len(first.rows), first.first, first.last, first.total) == (100, 1, 100, 101)
    assert (len(second.rows), second.first, second.last, second.total) == (1, 101, 101, 101)
    assert (len(beyond.rows), beyond.first, beyond.last, beyond.total) == (1, 101, 101, 101)
    assert first.rows[-1].full_name != second.rows[0].full_name


def renamed(body, name, since):
    """An organisation that bears a new name from a day on; a reorganised one keeps what it was called before."""
    with unit_of_work() as session:
        session.add(OrganisationName(organisation_id=body.id, name=body.name, valid_from=None))
        session.add(OrganisationName(organisation_id=body.id, name=name, valid_from=since))
        session.get_one(Organisation, body.id).name = name


def test_rows_name_organisations_and_titles_as_of_the_events_day(app, now):
    body, person = make_organisation("Sở Cũ"), make_person("Nguyễn Mẫu An", title="Chuyên viên")
    hold(at(9, 2), [(person, body, PRESENT)])
    hold(at(10, 2), [(make_person("Nguyễn Mẫu Bình"), body, PRESENT)])
    renamed(body, "Sở Mới", date(2026, 2, 10))
    with unit_of_work() as session:
        session.get_one(Person, person.id).title = "Trưởng phòng"
    found = rows_of(Figure.ATTENDED, Scope(QUARTER, now)).rows
    assert [(row.full_name, row.title_then, row.organisation) for row in found] == [
        ("Nguyễn Mẫu An", "Chuyên viên", "Sở Cũ"),
        ("Nguyễn Mẫu Bình", "", "Sở Mới"),
    ]
    found = rows_of(Figure.PERSONS, Scope(QUARTER, now)).rows
    assert [(row.full_name, row.title_then, row.organisation, row.events) for row in found] == [
        ("Nguyễn Mẫu An", "Chuyên viên", "Sở Cũ", 1),
        ("Nguyễn Mẫu Bình", "", "Sở Mới", 1),
    ]


def test_a_person_stands_under_the_last_event_of_the_period(app, now):
    first, second, person = make_organisation("Sở A"), make_organisation("Sở B"), make_person()
    for day, body, mark in ((9, first, PRESENT), (10, second, PRESENT), (11, first, ABSENT)):
        hold(at(day, 2), [(person, body, mark)])
    hold(at(15, 3), [(person, first, PRESENT)])
    (row,) = rows_of(Figure.PERSONS, Scope(QUARTER, now)).rows
    assert (row.organisation, row.events) == ("Sở B", 2)


def test_rows_of_organisations_bear_their_names_at_the_periods_end_and_stand_in_their_order(app, now):
    one, other = make_organisation("Sở Xây dựng"), make_organisation("Sở Nội vụ")
    hold(at(10, 2), [(make_person(), one, PRESENT), (make_person(), other, PRESENT)])
    hold(at(16, 3), [(make_person(), one, PRESENT), (make_person(), other, PRESENT)])
    renamed(one, "Sở Giao thông", date(2026, 3, 15))
    for period, names in (
        (QUARTER, ["Sở Nội vụ", "Sở Xây dựng"]),
        (periods.quarter(2026, 2), ["Sở Giao thông", "Sở Nội vụ"]),
    ):
        assert [row.name for row in rows_of(Figure.ORGANISATIONS, Scope(period, now)).rows] == names
        assert [row.name for row in organisation_results(period)] == names


@pytest.mark.parametrize("figure", list(Figure))
def test_rows_take_as_many_statements_for_many_as_for_few(app, now, statements, figure):
    make_quarter()
    counts = []
    for more in (0, 5):
        for day in range(1, more + 1):
            hold(at(day, 2), [(make_person(), make_organisation(), PRESENT)])
        counts_of(QUARTER)
        with statements() as seen:
            rows_of(figure, Scope(QUARTER, now))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5


def test_half_of_the_sessions_make_an_attendance(app):
    event, person = make_event(starts_at=at(10, 2), sessions=2), make_person()
    registration = make_registration(event, person)
    second = sessions_of(event)[1]
    put_mark(event, registration.id, PRESENT, session_id=second.id, now=second.starts_at)
    close(event, 0)
    assert totals_of(QUARTER).events == 0
    close(event, 1)
    assert (totals_of(QUARTER).expected, totals_of(QUARTER).attended) == (1, 1)


def test_reopening_and_closing_again_change_the_figures_at_once(app):
    quarter = make_quarter()
    before = totals_of(QUARTER)
    reopen(quarter.training, "nhầm người")
    assert totals_of(QUARTER) == Totals(
        events=1, expected=3, attended=2, persons=2, press=0, organisations=1, materials=1, topics=1
    )  # fmt: skip
    close(quarter.training)
    assert totals_of(QUARTER) == before


def test_marks_changed_while_it_was_open_change_the_figures(app):
    quarter = make_quarter()
    assert totals_of(QUARTER).attended == 5
    reopen(quarter.training, "nhầm người")
    came = make_registration(quarter.training, organisation_id=quarter.department.id)
    put_mark(quarter.training, came.id)
    close(quarter.training)
    assert (totals_of(QUARTER).expected, totals_of(QUARTER).attended) == (9, 6)


def test_attendances_are_counted_once_until_something_is_closed(app, statements):
    quarter = make_quarter()
    with statements() as first:
        counted = counts_of(QUARTER)
    with statements() as again:
        assert counts_of(QUARTER) is counted
    assert (len(first), len(again)) == (4, 1)
    assert counted.events == {quarter.training.id: Tally(5, 3), quarter.briefing.id: Tally(3, 2)}


@pytest.mark.parametrize(
    ("today", "behind"),
    [(at(14, 4), 0), (at(15, 4), 2), (at(14, 6), 2), (at(15, 6), 3), (at(1, 1, 2027), 3)],
)
def test_the_plan_is_behind_by_what_was_due_in_months_that_are_over(app, today, behind):
    plan = make_plan(items=[("1", "Tập huấn", 4, 3), ("2", "Họp báo", 6, 1)])
    hold(at(20, 3), plan_item_id=items_of(plan.id)[0].id)
    assert summary_of(periods.quarter(2026, 2), now=today).behind == behind


def test_more_than_the_plan_wants_is_not_behind(app, now):
    item_id = items_of(make_plan(items=[("1", "Tập huấn", 2, 1)]).id)[0].id
    for day in (10, 11):
        hold(at(day, 2), plan_item_id=item_id)
    assert summary_of(QUARTER, now=now).behind == 0


def test_a_body_that_becomes_press_is_press_in_the_figures(app):
    quarter = make_quarter()
    assert totals_of(QUARTER).press == 1
    other = make_organisation(kind="broadcast")
    with unit_of_work() as session:
        session.get_one(Organisation, quarter.department.id).kind_id = other.kind_id
    assert totals_of(QUARTER).press == 2


def test_statements_do_not_grow_with_what_was_held(app, now, statements):
    make_quarter()
    summary_of(QUARTER, now=now)
    with statements() as few:
        summary_of(QUARTER, now=now)
    for day in range(1, 6):
        hold(at(day, 2), [(make_person(), make_organisation(), PRESENT)])
    summary_of(QUARTER, now=now)
    with statements() as many:
        summary_of(QUARTER, now=now)
    assert len(few) == len(many) <= 17


def test_absences_with_and_without_a_reason_by_organisation(app):
    body = make_organisation("Sở Tư pháp")
    marks = [(make_person(), body, mark) for mark in (PRESENT, EXCUSED, ABSENT, ABSENT)]
    hold(at(10, 2), [*marks, (make_person(), None, EXCUSED)])
    named, unstated = organisation_results(QUARTER)
    assert (named.name, named.expected, named.attended, named.excused, named.absent) == ("Sở Tư pháp", 4, 1, 1, 2)
    assert (unstated.name, unstated.expected, unstated.attended, unstated.excused, unstated.absent) == ("", 1, 0, 1, 0)


def test_a_period_without_events_has_no_share(app, now):
    summary = summary_of(periods.quarter(2020, 1), now=now)
    assert summary.totals == Totals(
        events=0, expected=0, attended=0, persons=0, press=0, organisations=0, materials=0, topics=0
    )
    assert (summary.totals.share, summary.kinds, summary.topics, summary.groups) == (None, [], [], [])
