"""Whose calendar holds what, and whom a mail may tell of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, select, union
from sqlalchemy.orm import joinedload, selectinload

from kstthc_training.db import db
from kstthc_training.events.models import Event, Session
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
    """The event with all that an entry shows of it, read anew: two statements."""
    statement = (
        select(Event)
        .where(Event.id == event_id)
        .options(joinedload(Event.kind), joinedload(Event.venue), joinedload(Event.host), selectinload(Event.sessions))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one()


def sendings_at(event_id: int, person_ids: Collection[int] | None) -> list[CalendarSending]:
    """What these people hold of an event, and what others hold at their addresses; None: everybody. One statement for
    5,000 people."""
    rows = select(CalendarSending).where(CalendarSending.event_id == event_id).execution_options(populate_existing=True)
    if person_ids is None:
        return list(db.session.scalars(rows.order_by(CalendarSending.id)))
    found: dict[int, CalendarSending] = {}
    for ids in portions(person_ids):
        theirs = CalendarSending.person_id.in_(_of_one_mailbox(event_id, ids))
        found |= {row.id: row for row in db.session.scalars(rows.where(theirs))}
    return [found[row_id] for row_id in sorted(found)]


def _of_one_mailbox(event_id: int, person_ids: Sequence[int]) -> CompoundSelect[int]:
    """These people, those reached at the same addresses, and those who were asked there."""
    themselves = select(Person.id).where(Person.id.in_(person_ids))
    reached = select(Person.email_key).where(Person.id.in_(person_ids), Person.email_key != "")
    beside = select(Person.id).where(Person.email_key.in_(reached))
    addresses = select(Person.email).where(Person.id.in_(person_ids), Person.email != "")
    asked = select(CalendarSending.person_id).where(
        CalendarSending.event_id == event_id, CalendarSending.email.in_(addresses)
    )
    return union(themselves, beside, asked)


def readers(person_ids: Collection[int]) -> dict[int, Reader]:
    """People by number: one statement for 5,000. Whoever has no account reads Vietnamese."""
    found = {}
    for ids in portions(person_ids):
        for row in db.session.execute(_readers().where(Person.id.in_(ids))):
            person_id, name, email, locale, mail, subscribed_at, merged_into_id, erased_at = row
            found[person_id] = Reader(
                person_id=person_id,
                full_name=name,
                email=email,
                locale=locale if locale in ("vi", "en") else "vi",
                mail=mail or CalendarMail.AUTO,
                subscribed_at=subscribed_at,
                is_gone=merged_into_id is not None or erased_at is not None,
            )
    return found


def contents(digests: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """What was sent, by its digest: one statement, none when nothing is asked for."""
    if not digests:
        return {}
    rows = select(CalendarContent.digest, CalendarContent.facts).where(CalendarContent.digest.in_(digests))
    return {digest: facts for digest, facts in db.session.execute(rows)}


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


def _readers() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id, Person.full_name, Person.email, Account.locale, CalendarChoice.mail, CalendarChoice.subscribed_at,
            Person.merged_into_id, Person.erased_at,
        )
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(CalendarChoice, CalendarChoice.person_id == Person.id)
    )  # fmt: skip
