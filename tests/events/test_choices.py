"""What forms offer."""

from datetime import date

from kstthc_training.db import unit_of_work
from kstthc_training.events.choices import (
    event_kinds,
    find_people,
    hosts,
    people_by_id,
    plan_items_of_year,
    topics_of_year,
    venues,
)
from kstthc_training.plans.models import Plan, PlanItem, Topic
from tests.support.factories import make_organisation, make_person, make_venue

DAY = date(2026, 4, 6)


def test_kinds_stand_in_the_offices_order(app):
    assert [kind.code for kind in event_kinds()] == ["hop", "hoi-nghi", "tap-huan", "hop-bao", "giao-ban-bao-chi"]


def test_rooms_out_of_use_are_offered_to_who_has_them(app):
    make_venue("B")
    old = make_venue("A", is_active=False)
    assert [room.name for room in venues()] == ["B"]
    assert [room.name for room in venues(also=old.id)] == ["A", "B"]


def test_hosts_exist_on_the_day(app):
    make_organisation("Sở Tài chính", valid_to=DAY)
    gone = make_organisation("Sở Ngoại vụ", valid_to=date(2026, 4, 5))
    make_organisation("Sở Nội vụ", valid_from=DAY)
    make_organisation("Sở Y tế", valid_from=date(2026, 4, 7))
    assert [host.name for host in hosts(DAY)] == ["Sở Nội vụ", "Sở Tài chính"]
    assert [host.name for host in hosts(DAY, also=gone.id)] == ["Sở Ngoại vụ", "Sở Nội vụ", "Sở Tài chính"]


def test_topics_know_their_depth(app):
    with unit_of_work() as work:
        plan = Plan(year=2026, title="Kế hoạch")
        work.add(plan)
        work.flush()
        parent = Topic(plan_id=plan.id, code="II.1", title="Chung", section="II", position=1)
        work.add(parent)
        work.flush()
        work.add(Topic(plan_id=plan.id, parent_id=parent.id, code="II.1.1", title="Riêng", section="II", position=2))
        work.add(PlanItem(plan_id=plan.id, code="A1", title="Họp báo", due_month=3))
    assert [(topic.code, topic.depth) for topic in topics_of_year(2026)] == [("II.1", 0), ("II.1.1", 1)]
    assert [item.code for item in plan_items_of_year(2026)] == ["A1"]
    assert (topics_of_year(2027), plan_items_of_year(2027)) == ([], [])


def test_people_are_found_without_accents_by_every_word(app):
    office = make_organisation("Văn phòng")
    binh = make_person("Đỗ Mẫu Bình", organisation_id=office.id)
    make_person("Đỗ Mẫu An")
    assert [(p.id, p.organisation) for p in find_people("binh do")] == [(binh.id, "Văn phòng")]
    assert [p.full_name for p in find_people("Mẫu")] == ["Đỗ Mẫu An", "Đỗ Mẫu Bình"]
    assert find_people("đ") == []
    assert find_people("100%") == []


def test_people_by_id_stand_as_in_vietnamese_lists(app):
    people = [make_person("Đỗ Mẫu Bình"), make_person("Lê Mẫu An")]
    assert [p.full_name for p in people_by_id([p.id for p in people])] == ["Lê Mẫu An", "Đỗ Mẫu Bình"]
    assert people_by_id([]) == []
