"""What people are told on the pages themselves, how they want to be told, and the days on which a digest went."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Key, Line, Prose, choice
from kstthc_training.messages.enums import Group, Way
from kstthc_training.people.models import Account


class Notice(Base):
    """A letter as its reader finds it on the pages: the same subject and text without links that open by themselves.

    `path` leads to the page concerned, for whoever is signed in. `way` is how he was told besides: one for the digest waits
    for it until `digest_at`; after `needed_by` it would come too late.
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_account", "account_id", "created_at"),
        Index(
            "ix_notices_unread", "account_id",
            sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notices_for_digest", "account_id",
            sqlite_where=text("way = 'digest' AND digest_at IS NULL"),
            postgresql_where=text("way = 'digest' AND digest_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(Line, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    kind: Mapped[str] = mapped_column(Line)
    subject: Mapped[str] = mapped_column(Line)
    body: Mapped[str] = mapped_column(Prose)
    path: Mapped[str] = mapped_column(Line, default="")
    event_id: Mapped[int | None] = mapped_column(Key, index=True)
    way: Mapped[Way] = mapped_column(choice(Way))
    needed_by: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    digest_at: Mapped[datetime | None] = mapped_column(Instant)


class MessageChoice(Base):
    """How somebody wants to be told of one group of letters; without a row by mail."""

    __tablename__ = "message_choices"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True, autoincrement=False)
    about: Mapped[Group] = mapped_column(choice(Group, name="about"), primary_key=True)
    way: Mapped[Way] = mapped_column(choice(Way))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class DigestDay(Base):
    """The digest of a day was written for somebody: there is no second one."""

    __tablename__ = "message_digests"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
