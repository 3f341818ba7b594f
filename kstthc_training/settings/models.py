"""What an office sets, each value from a day on, so that old papers keep their old letterhead."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date
from sqlalchemy.orm import Mapped, mapped_column

from kstthc_training.db import Base, Line


class Setting(Base):
    """The value of one named setting from `valid_from` until a later row of the same name."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(Line, primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
