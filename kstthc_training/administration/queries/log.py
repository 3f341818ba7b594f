"""The audit log: filtered, paged, with the names of what its rows are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.text import search_words, whole_number


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """What is looked for: whole groups of acts, one account's, within a span, and words."""

    actions: Collection[str] | None
    account_id: int | None
    since: datetime | None
    until: datetime | None
    words: str


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """Some entries, newest first, and how many match of how many."""

    entries: Sequence[AuditEntry]
    matching: int
    total: int


def log_page(wanted: LogFilter, *, labels: Mapping[str, str], offset: int, limit: int) -> LogPage:
    """One page of the log; `labels` are the words for actions, folded, in which words are looked for too.

    Three statements, whatever the size.
    """
    conditions = _conditions(wanted, labels)
    listed = select(AuditEntry).where(*conditions).order_by(AuditEntry.id.desc()).offset(offset).limit(limit)
    entries = db.session.scalars(listed).all()
    counted = select(func.count()).select_from(AuditEntry)
    return LogPage(
        entries=entries,
        matching=db.session.scalar(counted.where(*conditions)) or 0,
        total=db.session.scalar(counted) or 0,
    )


def _conditions(wanted: LogFilter, labels: Mapping[str, str]) -> list[ColumnElement[bool]]:
    conditions = [_holds(word, labels) for word in search_words(wanted.words)]
    if wanted.actions is not None:
        conditions.append(AuditEntry.action.in_(wanted.actions))
    if wanted.account_id is not None:
        conditions.append(AuditEntry.account_id == wanted.account_id)
    if wanted.since is not None:
        conditions.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEntry.at < wanted.until)
    return conditions


def _holds(word: str, labels: Mapping[str, str]) -> ColumnElement[bool]:
    """Whether an entry tells of `word`: its author, its act, the machine, its number, or who or what it is about."""
    authors = select(Account.id).join(Person, Person.id == Account.person_id)
    accounts = authors.where(Person.search_text.contains(word, autoescape=True))
    events = select(Event.id).where(Event.search_text.contains(word, autoescape=True))
    about_account = (AuditEntry.subject_type == "account") & AuditEntry.subject_id.in_(accounts)
    about_event = (AuditEntry.subject_type == "event") & AuditEntry.subject_id.in_(events)
    meant = [action for action, label in labels.items() if word in label]
    conditions = [
        AuditEntry.account_id.in_(accounts),
        AuditEntry.action.in_(meant),
        AuditEntry.address.contains(word, autoescape=True),
        about_account,
        about_event,
    ]
    if number := whole_number(word):
        conditions.append(AuditEntry.id == number)
    return or_(*conditions)


def authors(*, also: int | None) -> Sequence[Any]:
    """Whom the log can be filtered by: id and name of those with a staff role, and of the account `also`."""
    staff = select(RoleGrant.account_id).where(RoleGrant.role.in_((Role.ADMINISTRATOR, Role.ORGANIZER, Role.LEADER)))
    statement = select(Account.id, Person.full_name).join(Person, Person.id == Account.person_id)
    wanted = or_(Account.id.in_(staff), Account.id == also)
    return db.session.execute(statement.where(wanted).order_by(Person.sort_key, Account.id)).all()
