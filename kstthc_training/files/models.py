"""Bytes that people gave us, by the key under which the store keeps them."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Instant, Key, Line


class StoredFile(Base):
    """A file in the store: written, synced and hashed before this row is committed; the key is random."""

    __tablename__ = "stored_files"
    __table_args__ = (CheckConstraint("size >= 0", name="size_not_negative"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(Line, unique=True)
    name: Mapped[str] = mapped_column(Line)
    media_type: Mapped[str] = mapped_column(Line)
    size: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str] = mapped_column(Line)
    stored_at: Mapped[datetime] = mapped_column(Instant)
