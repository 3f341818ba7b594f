"""What a plan has due, and when."""

from kstthc_training.plans.queries import due_events, find_item, find_plan, items_due, items_of, plan_years
from tests.reports.made import make_plan


def made():
    make_plan(2025, items=[("1", "Năm trước", 12, 7)])
    return make_plan(2026, items=[("1", "A", 3, 2), ("2", "B", 3, 1), ("3", "C", 1, 4)])


def test_plans_are_found_by_year(app):
    plan = made()
    assert plan_years() == [2025, 2026]
    assert find_plan(2026).id == plan.id
    assert find_plan(2027) is None


def test_items_in_the_plans_order(app):
    plan = made()
    items = items_of(plan.id)
    assert [item.code for item in items] == ["1", "2", "3"]
    assert find_item(items[1].id).title == "B"
    assert (find_item(None), find_item(0)) == (None, None)


def test_due_events_by_year_and_month(app):
    made()
    assert due_events({2026}) == {(2026, 3): 3, (2026, 1): 4}
    assert due_events({2025, 2026}) == {(2025, 12): 7, (2026, 3): 3, (2026, 1): 4}
    assert due_events({2024}) == {}


def test_items_due_in_months(app):
    made()
    assert [item.code for item in items_due(2026, [1, 3])] == ["3", "1", "2"]
    assert items_due(2026, [2]) == []
