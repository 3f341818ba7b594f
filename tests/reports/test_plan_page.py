"""The year's plan beside what became of it."""

from datetime import date

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.service import discard
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.plans.models import PlanItem
from kstthc_training.plans.queries import find_plan, items_of
from kstthc_training.reports import periods
from kstthc_training.reports.figures import summary_of
from kstthc_training.reports.plan import MOST_SHOWN, Progress, plan_view, progress_of
from tests.reports.made import at, hold, make_plan, topics_of, treat
from tests.support.factories import make_account, make_event


@pytest.fixture
def organizer(app, client_for):
    return client_for(make_account(Role.ORGANIZER))


def words(element):
    return " ".join(element.text_content().split())


def made_plan():
    """A plan of which a training was held, a briefing is behind, a conference is to come; and one event besides."""
    plan = make_plan(
        items=[("1", "Tập huấn", 2, 1), ("2", "Họp báo", 2, 2), ("3", "Hội nghị", 4, 1), ("4", "Tổng kết", 12, 1)],
        topics=["II.1", "II.2"],
    )
    items, topics = items_of(plan.id), topics_of(plan.id)
    training = hold(at(10, 2), title="Tập huấn tháng 2", plan_item_id=items[0].id)
    hold(at(11, 2), title="Họp báo tháng 2", plan_item_id=items[1].id)
    coming = make_event("Họp báo bù", starts_at=at(20, 3), plan_item_id=items[1].id)
    make_event("Hội nghị hoãn", starts_at=at(21, 3), plan_item_id=items[2].id, state=EventState.CANCELLED)
    hold(at(12, 2), title="Đột xuất")
    treat(training, topics[0].id)
    treat(coming, topics[0].id, topics[1].id)
    return items


def test_plan_beside_what_was_held(app, now):
    made_plan()
    view = plan_view(find_plan(2026), now=now)
    assert [(row.held, row.progress, [at.event.title for at in row.events]) for row in view.items] == [
        (1, Progress.DONE, ["Tập huấn tháng 2"]),
        (1, Progress.LATE, ["Họp báo tháng 2", "Họp báo bù"]),
        (0, Progress.SOON, ["Hội nghị hoãn"]),
        (0, Progress.OPEN, []),
    ]
    assert (view.planned, view.held, view.due, view.late, view.extra, view.uncovered) == (5, 2, 3, 1, 1, 1)
    assert [(topic.code, topic.held, topic.coming) for topic in view.topics] == [("II.1", 1, 1), ("II.2", 0, 1)]


@pytest.mark.parametrize(
    ("today", "held", "progress"),
    [
        (date(2026, 12, 31), 2, Progress.DONE),
        (date(2026, 4, 14), 1, Progress.SOON),
        (date(2026, 4, 15), 1, Progress.LATE),
        (date(2026, 2, 15), 0, Progress.SOON),
        (date(2026, 2, 14), 0, Progress.OPEN),
        (date(2025, 12, 15), 0, Progress.OPEN),
        (date(2027, 1, 1), 1, Progress.LATE),
    ],
)
def test_an_item_is_behind_once_its_reporting_month_is_over(today, held, progress):
    item = PlanItem(due_month=4, planned_events=2)
    assert progress_of(item, year=2026, held=held, today=today) is progress


@pytest.mark.parametrize(
    ("today", "progress"),
    [
        (date(2025, 10, 14), Progress.OPEN),
        (date(2025, 11, 15), Progress.SOON),
        (date(2026, 1, 14), Progress.SOON),
        (date(2026, 1, 15), Progress.LATE),
    ],
)
def test_january_runs_from_15_december(today, progress):
    assert progress_of(PlanItem(due_month=1, planned_events=1), year=2026, held=0, today=today) is progress


@pytest.mark.parametrize("today", [at(14, 2), at(15, 2), at(14, 4), at(15, 4)])
def test_plan_and_report_call_the_same_events_late(app, today):
    """The items behind on the plan's page are what the year's report is behind by."""
    make_plan(items=[("1", "Tập huấn", 2, 3), ("2", "Họp báo", 4, 2)])
    view = plan_view(find_plan(2026), now=today)
    late = sum(row.item.planned_events for row in view.items if row.progress is Progress.LATE)
    assert summary_of(periods.whole_year(2026), now=today).behind == late


@pytest.mark.parametrize(("today", "due"), [(at(14, 2), 0), (at(15, 2), 3), (at(14, 4), 3), (at(15, 4), 5)])
def test_events_fall_due_with_the_end_of_their_reporting_month(app, today, due):
    make_plan(items=[("1", "Tập huấn", 2, 3), ("2", "Họp báo", 4, 2)])
    assert plan_view(find_plan(2026), now=today).due == due


def test_plan_page_lists_items_and_topics(organizer):
    items = made_plan()
    page = organizer.page("/ke-hoach")
    assert words(page.xpath("//h1")[0]) == "Kế hoạch năm 2026"
    rows = page.xpath("//section[@aria-labelledby='cac-muc']//tbody/tr")
    second = [words(cell) for cell in rows[1]]
    assert second[:3] == ["2", "Họp báo", "tháng 2"]
    assert second[3] == "11/02 Họp báo tháng 2 Đã kết thúc20/03 Họp báo bù Đã phát hành"
    assert second[4] == "1/2"
    assert page.xpath("//a[contains(@href, '/hop/tao?muc=')]/@href") == [f"/hop/tao?muc={item.id}" for item in items[1:]]
    topics = page.xpath("//section[@aria-labelledby='chu-de']//tbody/tr")
    assert [[words(cell) for cell in row] for row in topics] == [
        ["II.1", "Chủ đề II.1", "1", "1"],
        ["II.2", "Chủ đề II.2", "chưa có", "1"],
    ]


def test_leaders_read_the_plan_and_make_no_events(app, client_for):
    made_plan()
    page = client_for(make_account(Role.LEADER)).page("/ke-hoach/2026")
    assert page.xpath("//main//a[contains(@href, '/hop/tao')]") == []


def test_a_year_without_a_plan_says_so(organizer):
    page = organizer.page("/ke-hoach/2031")
    assert words(page.xpath("//main//h2")[0]) == "Chưa có kế hoạch năm 2031"


def test_an_item_begins_its_event(organizer):
    item = made_plan()[1]
    page = organizer.page(f"/hop/tao?muc={item.id}")
    assert page.xpath("//*[@name='title']/@value") == ["Họp báo"]
    assert page.xpath("//select[@name='plan_item_id']/option[@selected]/@value") == [str(item.id)]
    assert organizer.page("/hop/tao?muc=999999").xpath("//select[@name='plan_item_id']/option[@selected]/@value") == [""]


def test_an_item_of_many_events_shows_the_latest(app, now):
    item = make_plan(items=[("1", "Giao ban", 12, 20)])
    item_id = items_of(item.id)[0].id
    for day in range(1, MOST_SHOWN + 3):
        make_event(f"Giao ban {day}", starts_at=at(day, 5), plan_item_id=item_id)
    row = plan_view(find_plan(2026), now=now).items[0]
    assert (row.earlier, row.events[0].event.title, len(row.events)) == (2, "Giao ban 3", MOST_SHOWN)


def test_a_discarded_draft_leaves_the_plan_and_its_counts(organizer, app, now):
    plan = make_plan(items=[("1", "Tập huấn", 5, 2)], topics=["II.1"])
    (item,), (topic,) = items_of(plan.id), topics_of(plan.id)
    kept, dropped = (
        make_event(title, starts_at=at(20, 4), plan_item_id=item.id, state=EventState.DRAFT) for title in ("Giữ", "Bỏ")
    )
    treat(kept, topic.id)
    treat(dropped, topic.id)
    row = plan_view(find_plan(2026), now=now).items[0]
    assert {each.event.title for each in row.events} == {"Giữ", "Bỏ"}
    assert plan_view(find_plan(2026), now=now).topics[0].coming == 2
    with unit_of_work():
        discard(actor=SYSTEM, event=dropped, now=now)
    view = plan_view(find_plan(2026), now=now)
    assert [each.event.title for each in view.items[0].events] == ["Giữ"]
    assert (view.items[0].earlier, view.topics[0].coming) == (0, 1)
    page = organizer.page("/ke-hoach/2026")
    assert words(page.xpath("//section[@aria-labelledby='cac-muc']//tbody/tr/td[4]")[0]) == "20/04 Giữ Dự thảo"


def test_plan_sends_as_many_statements_however_much_was_held(organizer, statements):
    items = made_plan()
    organizer.get("/ke-hoach")
    with statements() as few:
        organizer.get("/ke-hoach")
    for day in range(1, 6):
        make_event(starts_at=at(day, 5), plan_item_id=items[3].id)
    with statements() as many:
        organizer.get("/ke-hoach")
    assert len(few) == len(many)
