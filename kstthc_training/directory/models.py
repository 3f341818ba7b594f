"""Files handed in to be taken into the directory, kept between preview and import for one account alone; and acts that
moved many rows at once, which can be undone whole."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.directory.enums import ActKind, ImportKind
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.people.models import Account


class DirectoryImport(Base):
    """A list on its way into the directory; its file goes when it was taken in, what it did stays.

    With an event its people are registered there too: `registered` holds the registrations that it made, which an undo
    takes back.
    """

    __tablename__ = "directory_imports"
    __table_args__ = (CheckConstraint("(imported_at IS NULL) = (file_id IS NOT NULL)", name="file_until_imported"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    kind: Mapped[ImportKind] = mapped_column(choice(ImportKind))
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id), index=True)
    file_name: Mapped[str] = mapped_column(Line)
    uploaded_at: Mapped[datetime] = mapped_column(Instant, index=True)
    imported_at: Mapped[datetime | None] = mapped_column(Instant)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id), index=True)
    registered: Mapped[list[int]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)

    file: Mapped[StoredFile | None] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")


class DirectoryAct(Base):
    """A merger of organisations, or the uniting of rows that are one person: what was said of it, and every row it changed
    as it was before and after, so that it can be undone whole."""

    __tablename__ = "directory_acts"
    __table_args__ = (CheckConstraint("undone_at IS NOT NULL OR undone_by_id IS NULL", name="undone_at_an_instant"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[ActKind] = mapped_column(choice(ActKind))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    done_at: Mapped[datetime] = mapped_column(Instant, index=True)
    facts: Mapped[dict[str, object]] = mapped_column(JSON)
    changes: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
