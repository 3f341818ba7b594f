"""How the office words its letters, where it does so otherwise than the product."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Line, Prose
from kstthc_training.people.models import Account


class MessageText(Base):
    """One version of a letter's text in a language, append-only; the latest holds. Without words it is the product's own
    again, so that going back is a version like any other."""

    __tablename__ = "message_texts"

    kind: Mapped[str] = mapped_column(Line, primary_key=True)
    locale: Mapped[str] = mapped_column(Line, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str | None] = mapped_column(Line)
    body: Mapped[str | None] = mapped_column(Prose)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
