"""Letters that came in, with the events and people that they are about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event, Session
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person


@dataclass(frozen=True)
class About:
    """What a letter is about: the event's code and title, the person's name; what is not known is None."""

    code: str | None
    title: str | None
    person_id: int | None
    person: str | None


def abouts(rows: Sequence[Any]) -> list[About]:
    """What each letter is about: two statements."""
    events = _events({row.event_id for row in rows if row.event_id})
    people = _people({row.person_id for row in rows if row.person_id})
    return [
        About(*events.get(row.event_id or 0, (None, None)), *people.get(row.person_id or 0, (None, None))) for row in rows
    ]


def sessions_of(row: InboxMessage) -> Sequence[Session]:
    """The session that an answer is about; none when it is no answer, or the session is no more."""
    uid = row.facts.get("uid")
    if row.event_id is None or uid is None:
        return []
    sessions = db.session.scalars(select(Session).where(Session.event_id == row.event_id))
    return [session for session in sessions if str(session.uid) == uid]


def our_letter(row: InboxMessage) -> Message | None:
    """The letter of ours that this one answers or reports on."""
    letter_id = row.facts.get("letter_id")
    return db.session.get(Message, letter_id) if isinstance(letter_id, int) else None


def _events(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(select(Event.id, Event.year, Event.number, Event.title).where(Event.id.in_(ids)))
    return {row[0]: (f"{row[1]}-{row[2]}", row[3]) for row in rows}


def _people(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    rows = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(ids)))
    return {row[0]: (row[0], row[1]) for row in rows}
