"""What is found by words: events that the reader may see, organisations, people."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.events.queries import get_event, visible_to
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import found_by
from kstthc_training.people.actors import Actor
from kstthc_training.people.finding import PersonRow, Sought, count_people, people_found
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


def events_by(actor: Actor, search: str, *, now: datetime, limit: int) -> Found[Event]:
    """Events that hold every word and that the actor may see: those to come by day, then those past, the last first.

    Three statements at most: what cannot be there is not looked for.
    """
    words = [Event.search_text.contains(word, autoescape=True) for word in search_words(search)]
    matching = visible_to(actor, select(Event)).where(*words)
    total = db.session.execute(select(func.count()).select_from(matching.subquery())).scalar_one()
    coming = _events(matching.where(Event.ends_at >= now).order_by(Event.starts_at, Event.id), min(limit, total))
    past = matching.where(Event.ends_at < now).order_by(Event.starts_at.desc(), Event.id.desc())
    return Found([*coming, *_events(past, min(limit, total) - len(coming))], total)


def _events(statement: Select[Event], limit: int) -> list[Event]:
    return list(db.session.scalars(statement.options(joinedload(Event.kind)).limit(limit))) if limit else []


def organisations_by(search: str, *, limit: int) -> Found[Organisation]:
    """Organisations, those that ended too, found by every word: two statements."""
    conditions = found_by(search)
    statement = (
        select(Organisation)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(*conditions)
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
        .options(joinedload(Organisation.kind), joinedload(Organisation.parent))
        .limit(limit)
    )
    total = db.session.execute(select(func.count(Organisation.id)).where(*conditions)).scalar_one()
    return Found(list(db.session.scalars(statement)), total)


def people_by(search: str, *, by_phone: bool, limit: int) -> Found[PersonRow]:
    """People found by every word, by figures only when `by_phone`: two statements, one when there are none."""
    sought = Sought(search=search, by_phone=by_phone)
    total = count_people(sought)
    return Found(people_found(sought, limit=limit) if total else [], total)
