"""The plan of 2019, moved to the years of the sample."""

from dataclasses import dataclass
from datetime import date

from kstthc_training.db import db
from kstthc_training.plans.models import Plan, PlanItem, Topic
from kstthc_training.sample.tables import read_table

_TITLE = (
    "Kế hoạch thông tin, truyền thông về kiểm soát thủ tục hành chính, thực hiện cơ chế một cửa, một cửa liên thông trong "
    "giải quyết thủ tục hành chính trên địa bàn tỉnh Kiên Giang năm {year}"
)


@dataclass(frozen=True)
class YearPlan:
    """The numbers of a year's topics and items, by their codes."""

    topics: dict[str, int]
    items: dict[str, int]


def add_plan(year: int) -> YearPlan:
    """The plan of a year, signed in its January."""
    plan = Plan(year=year, number="21/KH-UBND", title=_TITLE.format(year=year), signed_on=date(year, 1, 26))
    db.session.add(plan)
    db.session.flush()
    topics = _topics(plan.id)
    items = {
        line["code"]: PlanItem(
            plan_id=plan.id, code=line["code"], title=line["title"], due_month=int(line["due_month"]),
            planned_events=int(line["planned_events"]), position=position,
        )
        for position, line in enumerate(read_table("plan_items_2019"), start=1)
    }  # fmt: skip
    db.session.add_all(items.values())
    db.session.flush()
    return YearPlan({code: topic.id for code, topic in topics.items()}, {code: item.id for code, item in items.items()})


def _topics(plan_id: int) -> dict[str, Topic]:
    lines = read_table("topics_2019")
    topics = {
        line["code"]: Topic(
            plan_id=plan_id, code=line["code"], title=line["title"], section=line["section"], position=position
        )
        for position, line in enumerate(lines, start=1)
    }
    db.session.add_all(topics.values())
    db.session.flush()
    for line in lines:
        if line["parent"]:
            topics[line["code"]].parent_id = topics[line["parent"]].id
    return topics
