"""The year's plan: its topics and the items that events fulfil."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Key, Line


class Plan(Base):
    """The plan of one year, as the province issued it."""

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(Line, default="")
    title: Mapped[str] = mapped_column(Line)
    signed_on: Mapped[date | None] = mapped_column(Date)


class Topic(Base):
    """A topic of a plan, in the plan's own numbering (`II.1.6.1`)."""

    __tablename__ = "plan_topics"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan_topics.id"))
    code: Mapped[str] = mapped_column(Line)
    title: Mapped[str] = mapped_column(Line)
    section: Mapped[str] = mapped_column(Line)
    position: Mapped[int] = mapped_column(default=0)


class PlanItem(Base):
    """What the plan promises to hold, how often, and by which month."""

    __tablename__ = "plan_items"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        CheckConstraint("due_month BETWEEN 1 AND 12", name="due_month_of_the_year"),
        CheckConstraint("planned_events > 0", name="planned_events_positive"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), index=True)
    code: Mapped[str] = mapped_column(Line)
    title: Mapped[str] = mapped_column(Line)
    due_month: Mapped[int] = mapped_column()
    planned_events: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
