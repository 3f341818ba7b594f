"""Whose calendar holds what, and whom a mail may tell of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, func, select, union
from sqlalchemy.orm import joinedload

from kstthc_training.db import db
from kstthc_training.events.models import Event, Session
from kstthc_training.messages.texts.filling import locale_of
from kstthc_training.outbox.enums import PathStep
from kstthc_training.outbox.models import Message, Step
from kstthc_training.people.models import Account, Person
from kstthc_training.scheduling.enums import CalendarMail
from kstthc_training.scheduling.models import CalendarChoice, CalendarContent, CalendarSending

AT_ONCE = 5_000


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody whose calendar is told: where letters reach him, in which language, and whether he wants them so."""

    person_id: int
    full_name: str
    email: str
    locale: str
    mail: CalendarMail
    subscribed_at: datetime | None
    is_gone: bool


def event_in_calendars(event_id: int) -> Event:
    """The event with all that an entry shows of it, read anew: one statement."""
    statement = (
        select(Event)
        .where(Event.id == event_id)
        .options(*(joinedload(part) for part in (Event.kind, Event.venue, Event.host, Event.sessions)))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).unique().one()


def sendings_at(
    event_id: int, person_ids: Collection[int], *, everyone: bool
) -> tuple[list[CalendarSending], dict[int, Reader]]:
    """What these people hold of an event, with what others hold at their addresses, or everybody; and who they all are.

    One statement for 5,000 people. Whoever has no account reads Vietnamese.
    """
    rows: dict[int, CalendarSending] = {}
    found: dict[int, Reader] = {}
    wanted: list[tuple[Any, dict[str, Any]]] = [(_THEIRS, {"ids": ids}) for ids in portions(person_ids)]
    wanted += [(_ALL, {})] if everyone else []
    for statement, values in wanted:
        for row in db.session.execute(statement, {"event": event_id, **values}):
            found[row[1]] = _reader(*row[1:])
            if row[0] is not None:
                rows[row[0].id] = row[0]
    return [rows[row_id] for row_id in sorted(rows)], found


def _reader(
    person_id: int, full_name: str, email: str, locale: str | None, mail: CalendarMail | None,
    subscribed_at: datetime | None, merged_into_id: int | None, erased_at: datetime | None,
) -> Reader:  # fmt: skip
    return Reader(
        person_id=person_id,
        full_name=full_name,
        email=email,
        locale=locale_of(locale or ""),
        mail=mail or CalendarMail.AUTO,
        subscribed_at=subscribed_at,
        is_gone=merged_into_id is not None or erased_at is not None,
    )


def contents(digests: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """What was sent, by its digest: one statement, none when nothing is asked for."""
    if not digests:
        return {}
    rows = select(CalendarContent.digest, CalendarContent.facts).where(CalendarContent.digest.in_(digests))
    return {digest: facts for digest, facts in db.session.execute(rows)}


def events_wanted_by(person_id: int, now: datetime) -> list[int]:
    """The events to come whose sessions somebody is to hold, in order: one statement."""
    wanted = (CalendarSending.person_id == person_id) & CalendarSending.wanted & (Session.ends_at > now)
    rows = select(CalendarSending.event_id).join(Session, Session.id == CalendarSending.session_id).where(wanted)
    return sorted(set(db.session.scalars(rows)))


def events_held_by(person_ids: Collection[int], now: datetime) -> list[int]:
    """The events not over of which anything was sent to some people, in order: one statement."""
    rows = select(CalendarSending.event_id).join(Event, Event.id == CalendarSending.event_id)
    return sorted(set(db.session.scalars(rows.where(CalendarSending.person_id.in_(person_ids), Event.ends_at > now))))


def raised_for(person_id: int) -> dict[int, int]:
    """How far a person's SEQUENCE is above that of the session, by session, where it is: one statement."""
    rows = select(CalendarSending.session_id, CalendarSending.raised).where(
        CalendarSending.person_id == person_id, CalendarSending.raised > 0, CalendarSending.session_id.is_not(None)
    )
    return {session_id: raised for session_id, raised in db.session.execute(rows) if session_id is not None}


def last_change(event_id: int) -> datetime | None:
    """When an entry of an event last changed; None when there is no such event."""
    return db.session.scalar(select(func.max(Session.changed_at)).where(Session.event_id == event_id))


def choice_of(person_id: int) -> CalendarMail:
    """How somebody wants his calendar to be told; the usual when he never said."""
    mail = db.session.scalar(select(CalendarChoice.mail).where(CalendarChoice.person_id == person_id))
    return mail or CalendarMail.AUTO


def portions(numbers: Collection[int]) -> Sequence[Sequence[int]]:
    """Numbers in order, no more together than a statement takes."""
    ordered = sorted(set(numbers))
    return [ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE)]


def _of_one_mailbox() -> CompoundSelect[int]:
    """Some people, those reached at the same addresses, and those who were asked there."""
    themselves = Person.id.in_(bindparam("ids", expanding=True))
    reached = select(Person.email_key).where(themselves, Person.email_key != "")
    beside = select(Person.id).where(Person.email_key.in_(reached))
    addresses = select(Person.email).where(themselves, Person.email != "")
    asked = select(CalendarSending.person_id).where(
        CalendarSending.event_id == bindparam("event"), CalendarSending.email.in_(addresses)
    )
    return union(select(Person.id).where(themselves), beside, asked)


# Built once: whoever registers asks, and building such a statement takes longer than asking it.
_HELD = (
    select(
        CalendarSending, Person.id, Person.full_name, Person.email, Account.locale, CalendarChoice.mail,
        CalendarChoice.subscribed_at, Person.merged_into_id, Person.erased_at,
    )
    .select_from(Person)
    .outerjoin(Account, Account.person_id == Person.id)
    .outerjoin(CalendarChoice, CalendarChoice.person_id == Person.id)
    .outerjoin(
        CalendarSending, (CalendarSending.person_id == Person.id) & (CalendarSending.event_id == bindparam("event"))
    )
    .execution_options(populate_existing=True)
)  # fmt: skip
_THEIRS = _HELD.where(Person.id.in_(_of_one_mailbox()))
_ALL = _HELD.where(CalendarSending.id.is_not(None))


def sent_on(event_id: int) -> set[tuple[int, str, str]]:
    """Whose letters of an event somebody sent on by hand, each with the address before and the one that it goes to: one
    statement."""
    rows = db.session.execute(
        select(Message.person_id, func.lower(Step.said), func.lower(Message.recipient))
        .join(Step, Step.message_id == Message.id)
        .where(Message.event_id == event_id, Message.person_id.is_not(None), Step.what == PathStep.READDRESSED)
    )
    return {(person_id, old, new) for person_id, old, new in rows if person_id is not None}
