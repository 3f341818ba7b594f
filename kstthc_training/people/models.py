"""Persons, with or without an account; accounts, their roles, sign-ins and one-time links."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from kstthc_training.db import Base, Instant, Key, Line, SortKey, choice, held_for_search
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.enums import LinkPurpose, Role
from kstthc_training.text import clean_line, fold, phone_digits


class PhoneNumber(TypeDecorator[str]):
    """A phone number in one form, digits with a leading zero, so that it can be found; others as they were typed."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else (phone_digits(value) or clean_line(value))


def _name_key(context: Any) -> str:
    return fold(context.get_current_parameters()["full_name"])


def _email_key(context: Any) -> str:
    return str(context.get_current_parameters().get("email") or "").lower()


class Person(Base):
    """Somebody who is invited, comes, speaks or signs: the name in one field, as Vietnamese names are written.

    Two rows of one person are told by `name_key` (the folded name), `email_key` (in small letters) and the phone. One
    that was united with another is closed: it leads on to it by `merged_into_id`, and holds nothing to be found by.
    Of one who was `erased_at` an instant nothing is left but the number, which the figures of past events count.
    """

    __tablename__ = "people"
    __table_args__ = (
        held_for_search("ix_people_search", "search_text", "sort_key", "organisation_id"),
        Index("ix_people_name_key", "name_key", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    full_name: Mapped[str] = mapped_column(Line)
    title: Mapped[str] = mapped_column(Line, default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    email: Mapped[str] = mapped_column(Line, default="")
    phone: Mapped[str] = mapped_column(PhoneNumber, default="", index=True)
    name_key: Mapped[str] = mapped_column(Line, default=_name_key)
    email_key: Mapped[str] = mapped_column(Line, default=_email_key, index=True)
    search_text: Mapped[str] = mapped_column(Line, default="")
    sort_key: Mapped[str] = mapped_column(SortKey, default="", index=True)
    calendar_revision: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Instant)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class Account(Base):
    """A way to sign in for one person; arises by an administrator's or importer's one-time link only."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), unique=True)
    login: Mapped[str] = mapped_column(Line, unique=True)
    password_hash: Mapped[str | None] = mapped_column(Line)
    locale: Mapped[str] = mapped_column(Line, default="vi")
    theme: Mapped[str] = mapped_column(Line, default="auto")
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(lazy="raise")
    grants: Mapped[list["RoleGrant"]] = relationship(lazy="raise", back_populates="account", cascade="all, delete-orphan")


class ToldApart(Base):
    """Two rows of the directory that look like one person and are two: somebody who keeps it said so."""

    __tablename__ = "people_told_apart"
    __table_args__ = (CheckConstraint("low_id < high_id", name="one_row_a_pair"),)

    low_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    high_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    told_at: Mapped[datetime] = mapped_column(Instant)
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class RoleGrant(Base):
    """A role given to an account; a focal point is one for exactly one organisation per grant, others for none."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("(role = 'focal_point') = (organisation_id IS NOT NULL)", name="focal_point_of_an_organisation"),
        Index(
            "uq_role_grants_plain", "account_id", "role", unique=True,
            sqlite_where=text("organisation_id IS NULL"), postgresql_where=text("organisation_id IS NULL"),
        ),
        Index(
            "uq_role_grants_focal_point", "account_id", "role", "organisation_id", unique=True,
            sqlite_where=text("organisation_id IS NOT NULL"), postgresql_where=text("organisation_id IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(choice(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    granted_at: Mapped[datetime] = mapped_column(Instant)

    account: Mapped[Account] = relationship(lazy="raise", back_populates="grants")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class SignIn(Base):
    """One browser that is signed in: the cookie holds the secret, this row its hash; deleting the row signs it out."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(Line, unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    address: Mapped[str] = mapped_column(Line, default="")
    browser: Mapped[str] = mapped_column(Line, default="")


class OneTimeLink(Base):
    """A link by mail that works once and for a while; its secret is derived from a key outside the database."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class AttemptCount(Base):
    """How often something that takes a secret was tried from one account or address in one window; outlives restarts."""

    __tablename__ = "attempt_counts"

    subject: Mapped[str] = mapped_column(Line, primary_key=True)
    window_start: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    attempts: Mapped[int] = mapped_column(default=0)
