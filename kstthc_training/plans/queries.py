"""Looking up plans: the years that have one, its items and topics, what it has due by month."""

from collections.abc import Collection

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.plans.models import Plan, PlanItem


def plan_years() -> list[int]:
    """The years that have a plan, the first one first."""
    return list(db.session.scalars(select(Plan.year).order_by(Plan.year)))


def find_plan(year: int) -> Plan | None:
    """The plan of a year, or None."""
    return db.session.scalar(select(Plan).where(Plan.year == year))


def items_of(plan_id: int) -> list[PlanItem]:
    """The items of a plan in the plan's order."""
    statement = select(PlanItem).where(PlanItem.plan_id == plan_id).order_by(PlanItem.position, PlanItem.id)
    return list(db.session.scalars(statement))


def find_item(item_id: int | None) -> PlanItem | None:
    """An item of any year's plan, or None."""
    return None if item_id is None else db.session.get(PlanItem, item_id)


def due_events(years: Collection[int]) -> dict[tuple[int, int], int]:
    """How many events the plans of these years have due, by year and month: one statement."""
    statement = (
        select(Plan.year, PlanItem.due_month, func.sum(PlanItem.planned_events))
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(Plan.year.in_(years))
        .group_by(Plan.year, PlanItem.due_month)
    )
    return {(year, month): int(planned) for year, month, planned in db.session.execute(statement)}


def items_due(year: int, months: Collection[int]) -> list[PlanItem]:
    """The items that the plan of a year has due in these months, in the plan's order."""
    statement = select(PlanItem).join(Plan, Plan.id == PlanItem.plan_id)
    statement = statement.where(Plan.year == year, PlanItem.due_month.in_(months))
    return list(db.session.scalars(statement.order_by(PlanItem.due_month, PlanItem.position, PlanItem.id)))
