"""Papers of an event: who may open them, from when on, and who did."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.events.models import Event
from kstthc_training.files.models import StoredFile
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.people.models import Account


class Material(Base):
    """A file given to the people of an event, listed with a lock until `available_at`; `version` refuses a stale change."""

    __tablename__ = "materials"
    __table_args__ = (Index("ix_materials_event", "event_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    file_id: Mapped[int] = mapped_column(ForeignKey(StoredFile.id), unique=True)
    title: Mapped[str] = mapped_column(Line)
    audience: Mapped[MaterialAudience] = mapped_column(choice(MaterialAudience), default=MaterialAudience.SIGNED_IN)
    available_at: Mapped[datetime | None] = mapped_column(Instant)
    position: Mapped[int] = mapped_column(default=0)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    file: Mapped[StoredFile] = relationship(lazy="raise")


class Download(Base):
    """Somebody fetched a material, append-only; ranges of one fetch count once."""

    __tablename__ = "downloads"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey(Material.id), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime] = mapped_column(Instant)
