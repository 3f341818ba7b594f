"""What an erasure finds: who is meant, by which words, and how much there is of what goes and of what stays."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import AgendaItem, Event
from kstthc_training.invitations.models import Invitation
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Account, Person
from kstthc_training.privacy.identity import Identity, contacts_of
from kstthc_training.privacy.queries.kept import letters_to
from kstthc_training.privacy.queries.united import Former, former_of
from kstthc_training.registrations.enums import GONE
from kstthc_training.registrations.models import Answer, Registration


@dataclass(frozen=True)
class Subject:
    """Whom an erasure is about: one row of the directory, of the `rows` that are this person, and what they held before
    they were united."""

    person: Person
    account: Account | None
    rows: tuple[int, ...]
    former: Former = field(default_factory=Former)

    @property
    def account_id(self) -> int:
        """The number of the account; 0, which is nobody's, without one."""
        return self.account.id if self.account else 0

    @property
    def login(self) -> str | None:
        """The name he signs in with."""
        return self.account.login if self.account else None


class Goes(NamedTuple):
    """How much of each an erasure takes away."""

    answers: int
    files: int
    letters: int
    invitations: int
    upcoming: int
    acts: int


class Stays(NamedTuple):
    """How much of each stays, without his name or, in papers that were issued, with it."""

    registrations: int
    owned_events: int
    named_events: int


def find_subject(person_id: int) -> Subject | None:
    """The person with the account, also one already erased; None when there is none: one statement."""
    statement = select(Person, Account).outerjoin(Account, Account.person_id == Person.id).where(Person.id == person_id)
    row = db.session.execute(statement, execution_options={"populate_existing": True}).one_or_none()
    return Subject(row[0], row[1], (row[0].id,)) if row else None


def rows_of(subject: Subject) -> list[Subject]:
    """The row itself and the closed ones that lead on to it, near and far, with their accounts: a statement a step,
    and one for the acts that united them."""
    found, ends = [(subject.person, subject.account)], [subject.person.id]
    while ends:
        closed = select(Person, Account).outerjoin(Account, Account.person_id == Person.id)
        pairs = db.session.execute(closed.where(Person.merged_into_id.in_(ends)).order_by(Person.id)).all()
        found += [(row[0], row[1]) for row in pairs]
        ends = [row[0].id for row in pairs]
    rows = tuple(person.id for person, _account in found)
    former = former_of(rows)
    return [Subject(person, account, rows, former) for person, account in found]


def identity_of(subject: Subject) -> Identity:
    """The words that mean this person alone, who has other rows of the directory too: three statements."""
    name, former = subject.person.full_name, subject.former
    other = Person.id.not_in(subject.rows)
    is_shared = db.session.scalar(
        select(select(Person.id).where(other, Person.full_name.contains(name, autoescape=True)).exists())
    )
    emails = {email.lower(): email for email in (subject.person.email, *sorted(former.emails)) if email}
    phones = {phone: phone for phone in (subject.person.phone, *sorted(former.phones)) if phone}
    for email in db.session.scalars(select(func.lower(Person.email)).where(other, func.lower(Person.email).in_(emails))):
        emails.pop(email, None)
    for phone in db.session.scalars(select(Person.phone).where(other, Person.phone.in_(phones))):
        phones.pop(phone, None)
    return Identity(
        full_name=name,
        names=() if is_shared else (name,),
        contacts=contacts_of(phones.values(), [*emails.values(), subject.login or ""]),
    )


def letters_of(subject: Subject, identity: Identity) -> ColumnElement[bool]:
    """The letters that went to him, also under a name or to an address that he had before."""
    person, former = subject.person, subject.former
    return or_(
        letters_to(person, subject.login),
        Message.person_id.in_(subject.rows),
        and_(Message.recipient.in_(former.emails), Message.recipient_name == person.full_name),
        Message.recipient_name.in_(identity.names),
        func.lower(Message.recipient).in_([contact.lower() for contact in identity.contacts if "@" in contact]),
    )


def upcoming_of(person_ids: Collection[int], *, now: datetime) -> list[tuple[int, int]]:
    """His registrations that still hold at events that did not begin: event's and registration's ids, by event."""
    statement = (
        select(Registration.event_id, Registration.id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.person_id.in_(person_ids), Registration.state.not_in(GONE))
        .where(Event.starts_at > now, Event.state != EventState.CLOSED)
        .order_by(Registration.event_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def goes(subject: Subject, *, now: datetime) -> Goes:
    """What an erasure would take away: one statement."""
    person_id = subject.person.id
    his = Registration.person_id == person_id
    answers = select(func.count()).select_from(Answer).join(Registration, Registration.id == Answer.registration_id)
    to_come = and_(his, Registration.state.not_in(GONE), Event.starts_at > now, Event.state != EventState.CLOSED)
    upcoming = select(func.count()).select_from(Registration).join(Event, Event.id == Registration.event_id).where(to_come)
    row = db.session.execute(
        select(
            answers.where(his).scalar_subquery(),
            answers.where(his, Answer.file_id.is_not(None)).scalar_subquery(),
            select(func.count()).select_from(Message).where(letters_to(subject.person, subject.login)).scalar_subquery(),
            select(func.count()).select_from(Invitation).where(Invitation.person_id == person_id).scalar_subquery(),
            upcoming.scalar_subquery(),
            select(func.count())
            .select_from(AuditEntry)
            .where(AuditEntry.account_id == subject.account_id)
            .scalar_subquery(),
        )
    ).one()
    return Goes(*row)


def stays(subject: Subject, *, now: datetime) -> Stays:
    """What would stay: one statement."""
    person = subject.person
    speaks = select(AgendaItem.event_id).where(AgendaItem.speakers.contains(person.full_name, autoescape=True))
    named = or_(Event.contact_name == person.full_name, Event.chair == person.full_name, Event.id.in_(speaks))
    events = select(func.count()).select_from(Event)
    row = db.session.execute(
        select(
            select(func.count()).select_from(Registration).where(Registration.person_id == person.id).scalar_subquery(),
            events.where(Event.owner_id == person.id, Event.ends_at > now).scalar_subquery(),
            events.where(named).scalar_subquery(),
        )
    ).one()
    return Stays(*row)


def entries_about(subject: Subject, identity: Identity) -> list[AuditEntry]:
    """The entries of the log whose facts may speak of him: those about him, and those that hold one of his words."""
    text = cast(AuditEntry.facts, Text)
    invited = and_(AuditEntry.subject_type == "event", AuditEntry.subject_id.in_(events_asked(subject.person.id)))
    numbers = [f'"person_id": {number}{end}' for number in subject.rows for end in (",", "}")]
    conditions = [
        and_(invited, text.contains(as_json((identity.full_name,))[0], autoescape=True)),
        and_(AuditEntry.subject_type == "person", AuditEntry.subject_id.in_(subject.rows)),
        and_(AuditEntry.subject_type == "account", AuditEntry.subject_id == subject.account_id),
        *(text.contains(words, autoescape=True) for words in (*numbers, *as_json(identity.words))),
    ]
    return list(db.session.scalars(select(AuditEntry).where(or_(*conditions)).order_by(AuditEntry.id)))


def events_asked(person_id: int) -> Select[int]:
    """The ids of the events to which he was invited in person."""
    return select(Invitation.event_id).where(Invitation.person_id == person_id)


def as_json(words: tuple[str, ...]) -> list[str]:
    """Words as they stand in JSON in the database, in ASCII alone."""
    return [json.dumps(word)[1:-1] for word in words]
