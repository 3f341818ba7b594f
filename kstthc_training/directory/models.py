"""Files handed in to be taken into the directory: kept between the preview and the import, for one account alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Instant, Key, Line, choice
from kstthc_training.directory.enums import ImportKind
from kstthc_training.files.models import StoredFile
from kstthc_training.people.models import Account


class DirectoryImport(Base):
    """A list on its way into the directory; its file goes when it was taken in, what it did stays."""

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

    file: Mapped[StoredFile | None] = relationship(lazy="raise")
