"""What is found by words: events that the reader may see, organisations, people."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, FromClause, Integer, Select, bindparam, case, func, select
from sqlalchemy.orm import joinedload

from kstthc_training.db import Instant, db
from kstthc_training.events import policy
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event, known
from kstthc_training.nearness import asked_distance, asked_words, holds, values_of
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import found_by, nearest_first
from kstthc_training.people.actors import Actor
from kstthc_training.people.finding import PersonRow, Sought, people_found
from kstthc_training.refusals import Unknown
from kstthc_training.text import search_words

_NUMBER = re.compile(r"\s*([12][0-9]{3})\s*[-/]\s*([1-9][0-9]{0,5})\s*\Z")

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """The first of what was found, and how many there are."""

    rows: list[T]
    total: int


def event_numbered(actor: Actor, search: str) -> str | None:
    """The code of the event whose number was typed, as `2026-118` or `2026/118`, if the actor may see it."""
    match = _NUMBER.match(search)
    if match is None:
        return None
    try:
        return get_event(actor=actor, code=f"{match[1]}-{match[2]}").code
    except Unknown:
        return None


def events_by(actor: Actor, search: str, *, now: datetime, limit: int, offset: int = 0) -> Found[Event]:
    """Events that hold every word and that the actor may see, whose titles are nearest to the words first.

    Of those equally near the ones to come by day, then those past, the last first. One statement that reads the events
    once, however many there are; another one beyond the last page.
    """
    words = search_words(search)
    statement = _events_found(len(words), policy.may_see_drafts(actor))
    rows = db.session.execute(statement, {**values_of(words), "now": now, "limit": limit, "offset": offset}).all()
    if not rows and offset:
        return Found([], events_by(actor, search, now=now, limit=1).total)
    return Found([event for event, _total in rows], rows[0][1] if rows else 0)


@lru_cache
def _events_found(count: int, drafts_too: bool) -> Select[*tuple[Any, ...]]:
    """The statement for so many words; built anew it costs more than it takes to run."""
    past = case((Event.ends_at < bindparam("now", type_=Instant()), 1), else_=0).label("past")
    apart = asked_distance(Event.search_text, count).label("apart")
    # Kept for a moment: what is found is ordered and counted, for which the events would else be read twice.
    found = (
        select(Event.id, Event.starts_at, past, apart)
        .where(known(drafts_too=drafts_too), *(holds(Event.search_text, word) for word in asked_words(count)))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    total = select(func.count()).select_from(found).scalar_subquery()
    page = select(found, total.label("total")).order_by(*_nearest(found))
    first = page.limit(bindparam("limit", type_=Integer())).offset(bindparam("offset", type_=Integer())).subquery("first")
    statement = select(Event, first.c.total).join(first, first.c.id == Event.id).options(joinedload(Event.kind))
    return statement.order_by(*_nearest(first))


def _nearest(found: FromClause) -> tuple[ColumnElement[Any], ...]:
    coming = case((found.c.past == 0, found.c.starts_at))
    return found.c.apart, found.c.past, coming, found.c.starts_at.desc(), found.c.id


def organisations_by(search: str, *, limit: int) -> Found[Organisation]:
    """Organisations, those that ended too, found by every word, nearest first: one statement."""
    statement = (
        select(Organisation, func.count().over())
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(*found_by(search))
        .order_by(*nearest_first(search))
        .options(joinedload(Organisation.kind), joinedload(Organisation.parent))
        .limit(limit)
    )
    rows = db.session.execute(statement).all()
    return Found([organisation for organisation, _total in rows], rows[0][1] if rows else 0)


def people_by(search: str, *, by_phone: bool, limit: int) -> Found[PersonRow]:
    """People found by every word, by figures only when `by_phone`, nearest first: one statement."""
    return Found(*people_found(Sought(search=search, by_phone=by_phone), limit=limit))
