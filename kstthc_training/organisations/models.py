"""Agencies, departments, communes and press: what they are called, since when, and who continues them."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kstthc_training.db import Base, Key, Line, SortKey


class OrganisationKind(Base):
    """A kind of organisation, as data: department, commune, press, ... `is_press` marks those who inform the public."""

    __tablename__ = "organisation_kinds"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(Line, unique=True)
    name_vi: Mapped[str] = mapped_column(Line)
    name_en: Mapped[str] = mapped_column(Line)
    is_press: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class OrganisationLevel(Base):
    """A level of government, as data: central, province, district (until 30/6/2025), commune."""

    __tablename__ = "organisation_levels"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(Line, unique=True)
    name_vi: Mapped[str] = mapped_column(Line)
    name_en: Mapped[str] = mapped_column(Line)
    position: Mapped[int] = mapped_column(default=0)


class Organisation(Base):
    """One body that exists from `valid_from` to `valid_to` (both included, open when NULL), under its latest name.

    Codes of the statistics office are reused over time, so `code` is a handle for imports, never the key.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="valid_span"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str | None] = mapped_column(Line, unique=True)
    name: Mapped[str] = mapped_column(Line)
    short_name: Mapped[str] = mapped_column(Line, default="")
    kind_id: Mapped[int] = mapped_column(ForeignKey(OrganisationKind.id), index=True)
    level_id: Mapped[int] = mapped_column(ForeignKey(OrganisationLevel.id), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    email: Mapped[str] = mapped_column(Line, default="")
    phone: Mapped[str] = mapped_column(Line, default="")
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    search_text: Mapped[str] = mapped_column(Line, default="")
    sort_key: Mapped[str] = mapped_column(SortKey, default="", index=True)
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[OrganisationKind] = relationship(lazy="raise")
    level: Mapped[OrganisationLevel] = relationship(lazy="raise")
    parent: Mapped["Organisation | None"] = relationship(lazy="raise", remote_side="Organisation.id")


class OrganisationName(Base):
    """The name an organisation bore from `valid_from` (open at the start when NULL) until its next name."""

    __tablename__ = "organisation_names"
    __table_args__ = (UniqueConstraint("organisation_id", "valid_from", name="uq_organisation_names_since"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    name: Mapped[str] = mapped_column(Line)
    short_name: Mapped[str] = mapped_column(Line, default="")
    valid_from: Mapped[date | None] = mapped_column(Date)


class Succession(Base):
    """`successor` continues `predecessor`, whole or in part, from a day on, by a stated act; many to many."""

    __tablename__ = "organisation_successions"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id", name="uq_organisation_successions_pair"),
        CheckConstraint("predecessor_id <> successor_id", name="two_organisations"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    effective_on: Mapped[date] = mapped_column(Date)
    whole: Mapped[bool] = mapped_column(default=True)
    legal_basis: Mapped[str] = mapped_column(Line, default="")
