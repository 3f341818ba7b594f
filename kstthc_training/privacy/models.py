"""Who asked that what is kept of him be erased, and what was erased."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.people.models import Account, Person
from kstthc_training.privacy.enums import RequestState

_OPEN = text("state = 'open'")


class ErasureRequest(Base):
    """A person's request that his data be erased, with the last day by law; of one person one at most is open."""

    __tablename__ = "erasure_requests"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="open_until_answered"),
        CheckConstraint("state <> 'refused' OR reason <> ''", name="refused_with_reason"),
        Index("uq_erasure_requests_open", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_erasure_requests_state", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[RequestState] = mapped_column(choice(RequestState), default=RequestState.OPEN)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    reason: Mapped[str] = mapped_column(Line, default="")

    person: Mapped[Person] = relationship(lazy="raise")


class Erasure(Base):
    """One erasure, once for a person: while `done_at` is empty, inside its own transaction, the triggers of append-only
    tables let names and reasons go; after that it is never changed. `gone` counts what went."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    gone: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
