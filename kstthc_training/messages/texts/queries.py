"""How letters are worded at present, and how they were before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from kstthc_training.db import db
from kstthc_training.messages.texts.filling import Text
from kstthc_training.messages.texts.models import MessageText
from kstthc_training.people.models import Account, Person


@dataclass(frozen=True)
class Version:
    """One version of a text: None for the product's own words; who kept it, and when."""

    kind: str
    locale: str
    number: int
    text: Text | None
    at: datetime
    by: str


def edited_texts() -> dict[tuple[str, str], Text]:
    """The texts that the office words itself, by letter and language: one statement."""
    rows = select(MessageText.kind, MessageText.locale, MessageText.subject, MessageText.body).where(
        _is_latest(), MessageText.body.is_not(None)
    )
    return {(kind, locale): Text(subject or "", body or "") for kind, locale, subject, body in db.session.execute(rows)}


def latest_versions() -> dict[tuple[str, str], Version]:
    """The latest version of every text that was ever changed: one statement."""
    return {(row.kind, row.locale): row for row in _versions(_WITH_NAMES.where(_is_latest()))}


def history(kind: str) -> Sequence[Version]:
    """Every version of a letter's texts, the latest first: one statement."""
    return _versions(_WITH_NAMES.where(MessageText.kind == kind))[::-1]


def own_address(account_id: int) -> str:
    """Where letters reach the person of an account: one statement."""
    address = func.coalesce(func.nullif(Person.email, ""), Account.login)
    found = select(address).select_from(Account).join(Person, Person.id == Account.person_id).where(Account.id == account_id)
    return db.session.execute(found).scalar_one()


_WITH_NAMES = (
    select(
        MessageText.kind, MessageText.locale, MessageText.version, MessageText.subject, MessageText.body,
        MessageText.changed_at, Person.full_name,
    )
    .join(Account, Account.id == MessageText.changed_by_id)
    .join(Person, Person.id == Account.person_id)
    .order_by(MessageText.changed_at, MessageText.version)
)  # fmt: skip


def _versions(rows: Select[str, str, int, str | None, str | None, datetime, str]) -> list[Version]:
    return [
        Version(kind, locale, number, Text(subject or "", body) if body is not None else None, at, by)
        for kind, locale, number, subject, body, at, by in db.session.execute(rows)
    ]


def _is_latest() -> ColumnElement[bool]:
    latest = select(MessageText.kind, MessageText.locale, func.max(MessageText.version)).group_by(
        MessageText.kind, MessageText.locale
    )
    return tuple_(MessageText.kind, MessageText.locale, MessageText.version).in_(latest)
