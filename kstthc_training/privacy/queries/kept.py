"""What is kept of one person, all of it, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from kstthc_training.attendance.models import AttendanceResult, Mark
from kstthc_training.audit.models import AuditEntry
from kstthc_training.calendars.models import Feed
from kstthc_training.calendars.scopes import Scope
from kstthc_training.db import db
from kstthc_training.events.models import Event, Session
from kstthc_training.files.models import StoredFile
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.invitations.models import Invitation
from kstthc_training.mandates.queries import OwnMandate, own_mandates
from kstthc_training.materials.models import Download, Material
from kstthc_training.messages.models import MessageChoice, Notice
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant, SignIn
from kstthc_training.privacy.queries.persons import rows_that_are
from kstthc_training.privacy.queries.rows import (
    ActCount,
    AnswerRow,
    ChoiceRow,
    DownloadRow,
    FeedRow,
    InvitationRow,
    LetterRow,
    MailRow,
    MarkRow,
    NoticeRow,
    RegistrationRow,
    StepRow,
)
from kstthc_training.refusals import Unknown
from kstthc_training.registrations.models import Answer, GuestEntry, Question, Registration, RegistrationStep

_EVENT = (Event.year, Event.number, Event.title)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Everything that is kept of a person; what needs an account is empty without one."""

    person: Person
    organisation: str
    account: Account | None
    roles: Sequence[tuple[Role, str]]
    registrations: Sequence[RegistrationRow]
    steps: Sequence[StepRow]
    answers: Sequence[AnswerRow]
    marks: Sequence[MarkRow]
    invitations: Sequence[InvitationRow]
    mandates: Sequence[OwnMandate]
    letters: Sequence[LetterRow]
    mail: Sequence[MailRow]
    downloads: Sequence[DownloadRow]
    notices: Sequence[NoticeRow]
    choices: Sequence[ChoiceRow]
    sign_ins: Sequence[SignIn]
    feeds: list[FeedRow]
    log: ActCount


def kept_of(person_id: int, *, today: date, now: datetime) -> Kept:
    """What is kept of a person, the newest first, also of rows that were united with his: seventeen statements whatever
    there is. `Unknown` without one."""
    person, organisation, account = _person(person_id)
    account_id = account.id if account else 0
    return Kept(
        person=person,
        organisation=organisation or "",
        account=account,
        roles=_roles(account_id),
        registrations=_registrations(person_id),
        steps=_steps(person_id),
        answers=_answers(person_id),
        marks=_marks(person_id),
        invitations=_invitations(person_id),
        mandates=own_mandates(today=today, person_id=person_id),
        letters=_letters(person, account),
        mail=_mail(person),
        downloads=_downloads(account_id),
        notices=_notices(account_id),
        choices=_choices(account_id),
        sign_ins=_sign_ins(account_id, now),
        feeds=_feeds(person_id),
        log=_acts(account_id),
    )


def letters_to(person: Person, login: str | None) -> ColumnElement[bool]:
    """The letters that went to somebody: to his login, or to his address under his name, as an address may be shared."""
    by_name = and_(Message.recipient == person.email, Message.recipient_name == person.full_name, Message.recipient != "")
    return by_name if login is None else or_(Message.recipient == login, by_name)


def _person(person_id: int) -> tuple[Person, str | None, Account | None]:
    statement = (
        select(Person, Organisation.name, Account)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person_id, Person.erased_at.is_(None))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise Unknown(person_id=person_id)
    return row[0], row[1], row[2]


def _roles(account_id: int) -> list[tuple[Role, str]]:
    statement = (
        select(RoleGrant.role, func.coalesce(Organisation.name, ""))
        .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(RoleGrant.account_id == account_id)
        .order_by(RoleGrant.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _of_events(statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows whose first three values are an event's year, number and title: the first two become its code."""
    return [(f"{row[0]}-{row[1]}", *row[2:]) for row in db.session.execute(statement)]


def _registrations(person_id: int) -> list[RegistrationRow]:
    statement = (
        select(
            *_EVENT, Event.starts_at, Registration.state, Registration.source, Registration.registered_at,
            Registration.title_then, func.coalesce(Organisation.name, GuestEntry.organisation, ""),
            Registration.credential_number, Registration.ticket_code, AttendanceResult.attended,
            StoredFile.name, StoredFile.key,
        )
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(AttendanceResult, AttendanceResult.registration_id == Registration.id)
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .outerjoin(StoredFile, StoredFile.id == GuestEntry.letter_id)
        .where(Registration.person_id.in_(rows_that_are(person_id)))
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )  # fmt: skip
    return [RegistrationRow(*row) for row in _of_events(statement)]


def _steps(person_id: int) -> list[StepRow]:
    statement = (
        select(*_EVENT, RegistrationStep.at, RegistrationStep.rule, RegistrationStep.reason)
        .join(Registration, Registration.id == RegistrationStep.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.person_id.in_(rows_that_are(person_id)))
        .order_by(RegistrationStep.id.desc())
    )
    return [StepRow(*row) for row in _of_events(statement)]


def _answers(person_id: int) -> list[AnswerRow]:
    statement = (
        select(*_EVENT, Question.label, Answer.value, StoredFile.name, StoredFile.key)
        .join(Question, Question.id == Answer.question_id)
        .join(Registration, Registration.id == Answer.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(StoredFile, StoredFile.id == Answer.file_id)
        .where(Registration.person_id.in_(rows_that_are(person_id)))
        .order_by(Event.starts_at.desc(), Event.id.desc(), Question.position)
    )
    return [AnswerRow(*row) for row in _of_events(statement)]


def _marks(person_id: int) -> list[MarkRow]:
    statement = (
        select(*_EVENT, Session.name, Session.position, Mark.status, Mark.method, Mark.at)
        .join(Session, Session.id == Mark.session_id)
        .join(Registration, Registration.id == Mark.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.person_id.in_(rows_that_are(person_id)))
        .order_by(Mark.id.desc())
    )
    return [MarkRow(*row) for row in _of_events(statement)]


def _invitations(person_id: int) -> list[InvitationRow]:
    statement = (
        select(
            *_EVENT, Event.starts_at, Invitation.made_at, Invitation.opened_at, Invitation.answer, Invitation.answered_at,
            Invitation.reason,
        )
        .join(Event, Event.id == Invitation.event_id)
        .where(Invitation.person_id.in_(rows_that_are(person_id)))
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )  # fmt: skip
    return [InvitationRow(*row) for row in _of_events(statement)]


def _mail(person: Person) -> list[MailRow]:
    """The letters that came from him: found to be his, or from the address that is his alone by now."""
    from_him = and_(
        InboxMessage.sender_key == person.email_key, InboxMessage.person_id.is_(None), InboxMessage.sender_key != ""
    )
    his = or_(InboxMessage.person_id.in_(rows_that_are(person.id)), from_him)
    columns = (InboxMessage.sender, InboxMessage.subject, InboxMessage.taken_at, InboxMessage.raw.is_not(None))
    statement = select(*columns).where(his).order_by(InboxMessage.id.desc())
    return [MailRow(*row) for row in db.session.execute(statement)]


def _letters(person: Person, account: Account | None) -> list[LetterRow]:
    statement = (
        select(
            Message.recipient, Message.subject, Message.created_at, Message.sent_at, Message.state,
            Message.body.is_not(None),
        )
        .where(letters_to(person, account.login if account else None))
        .order_by(Message.id.desc())
    )  # fmt: skip
    return [LetterRow(*row) for row in db.session.execute(statement)]


def _downloads(account_id: int) -> list[DownloadRow]:
    statement = (
        select(*_EVENT, Material.title, Download.at)
        .join(Material, Material.id == Download.material_id)
        .join(Event, Event.id == Material.event_id)
        .where(Download.account_id == account_id)
        .order_by(Download.id.desc())
    )
    return [DownloadRow(*row) for row in _of_events(statement)]


def _notices(account_id: int) -> list[NoticeRow]:
    mine = select(Notice.subject, Notice.body, Notice.created_at, Notice.read_at).where(Notice.account_id == account_id)
    return [NoticeRow(*row) for row in db.session.execute(mine.order_by(Notice.id.desc()))]


def _choices(account_id: int) -> list[ChoiceRow]:
    mine = select(MessageChoice.about, MessageChoice.way, MessageChoice.changed_at)
    rows = db.session.execute(mine.where(MessageChoice.account_id == account_id).order_by(MessageChoice.about))
    return [ChoiceRow(*row) for row in rows]


def _sign_ins(account_id: int, now: datetime) -> Sequence[SignIn]:
    mine = select(SignIn).where(SignIn.account_id == account_id, SignIn.expires_at > now)
    return db.session.scalars(mine.order_by(SignIn.seen_at.desc(), SignIn.id.desc())).all()


def _feeds(person_id: int) -> list[FeedRow]:
    found = select(Feed).where(Feed.person_id == person_id).order_by(Feed.id)
    return [
        FeedRow(Scope(feed.scope, feed.subject).name, feed.created_at, feed.used_at, feed.used_by)
        for feed in db.session.scalars(found)
    ]


def _acts(account_id: int) -> ActCount:
    counted = select(func.count(), func.min(AuditEntry.at)).where(AuditEntry.account_id == account_id)
    return ActCount(*db.session.execute(counted).one())
