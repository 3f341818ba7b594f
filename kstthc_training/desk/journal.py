"""Nhật ký of one event: who did what, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import action_words, author_words
from kstthc_training.db import db
from kstthc_training.desk.journal_words import Known, detail_words, people_in, session_words
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person

PAGE = 50


class Theme(StrEnum):
    """What an entry is about, by the word in addresses."""

    ALL = "tat-ca"
    CONTENT = "thong-tin"
    REGISTRATIONS = "dang-ky"
    ATTENDANCE = "diem-danh"
    MATERIALS = "tai-lieu"


_PREFIXES = {
    Theme.CONTENT: ("event.",),
    Theme.REGISTRATIONS: ("registration.", "registrations.", "ticket.", "invitation.", "invitations."),
    Theme.ATTENDANCE: ("session.", "roster."),
    Theme.MATERIALS: ("material.", "materials."),
}


@dataclass(frozen=True)
class LogRow:
    """One act: when, by whom, what, and what it changed."""

    at: datetime
    actor: str
    action: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class LogPage:
    """Some acts, latest first; `total` counts those of the theme."""

    rows: list[LogRow]
    number: int
    total: int


def log_page(event: Event, *, theme: Theme, number: int) -> LogPage:
    """Page `number` (from 1) of an event's acts: three statements. The event comes with its sessions."""
    wanted = [AuditEntry.subject_type == "event", AuditEntry.subject_id == event.id, *_about(theme)]
    total = db.session.execute(select(func.count()).select_from(AuditEntry).where(*wanted)).scalar_one()
    number = max(1, min(number, -(-total // PAGE)))
    listed = select(AuditEntry).where(*wanted).order_by(AuditEntry.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    entries = list(db.session.scalars(listed))
    known = Known(_names(entries), {s.id: session_words(s.name, n) for n, s in enumerate(event.sessions, start=1)})
    rows = [_row(entry, known) for entry in entries]
    return LogPage(rows, number, total)


def _row(entry: AuditEntry, known: Known) -> LogRow:
    author, act = author_words(entry.actor_name), action_words(entry.action)
    return LogRow(entry.at, author, act, detail_words(entry.facts, known))


def _about(theme: Theme) -> list[ColumnElement[bool]]:
    prefixes = _PREFIXES.get(theme)
    return [or_(*(AuditEntry.action.startswith(prefix, autoescape=True) for prefix in prefixes))] if prefixes else []


def _names(entries: list[AuditEntry]) -> Mapping[int, str]:
    ids = set().union(*(people_in(entry.facts) for entry in entries))
    rows = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(ids)))
    return {person: name for person, name in rows}
