"""Feeds by secret address, and calendar entries rendered once per change."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.calendars.enums import FeedScope
from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.events.models import Session
from kstthc_training.people.models import Person


class Feed(Base):
    """A person's subscription to one scope; its address is derived from a key outside the database and dies when
    `generation` rises. `subject` is the number of the organisation, kind or room, or the audience, that it is about.

    `tag` is the validator it last went out with, `changed_at` since when that is so, in whole seconds. What one's own
    feed shows is switched by `shows_…`. A row arises at the first use or choice; until then all is as by default.
    """

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("person_id", "scope", "subject", name="uq_feeds_scope"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    scope: Mapped[FeedScope] = mapped_column(choice(FeedScope), default=FeedScope.MINE)
    subject: Mapped[str] = mapped_column(Line, default="")
    generation: Mapped[int] = mapped_column(default=1)
    shows_registered: Mapped[bool] = mapped_column(default=True)
    shows_waiting: Mapped[bool] = mapped_column(default=False)
    shows_invited: Mapped[bool] = mapped_column(default=False)
    shows_organised: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    used_by: Mapped[str] = mapped_column(Line, default="")
    tag: Mapped[str] = mapped_column(Line, default="")
    changed_at: Mapped[datetime | None] = mapped_column(Instant)


class CalendarEntry(Base):
    """A session's VEVENT as last rendered, for one circle of readers, good while `revision` is its event's and `made_of`
    stands for the names and the way of rendering of now."""

    __tablename__ = "calendar_entries"

    session_id: Mapped[int] = mapped_column(ForeignKey(Session.id, ondelete="CASCADE"), primary_key=True)
    circle: Mapped[str] = mapped_column(Line, primary_key=True)
    revision: Mapped[int] = mapped_column()
    made_of: Mapped[str] = mapped_column(Line)
    body: Mapped[str] = mapped_column(Text)
