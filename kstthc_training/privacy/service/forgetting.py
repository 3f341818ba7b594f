"""Emptying what is kept of somebody row by row: the person, the account, answers, files, invitations, letters."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, delete, or_, select, update

from kstthc_training.audit.words import ERASED
from kstthc_training.calendars.models import Feed
from kstthc_training.db import db
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.invitations.models import Invitation
from kstthc_training.mandates.enums import MandateStanding
from kstthc_training.mandates.models import MandatePerson
from kstthc_training.mandates.queries import own_mandates
from kstthc_training.messages.models import DigestDay, MessageChoice, Notice
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message, Step
from kstthc_training.people.models import Account, OneTimeLink, Person, RoleGrant, SignIn
from kstthc_training.privacy.identity import Identity
from kstthc_training.privacy.queries.erasing import Subject, letters_of
from kstthc_training.registrations.models import Answer, GuestEntry, Registration
from kstthc_training.registrations.service.answers import let_go_of

# What an erasure leaves of a letter: that there was one, when, and of which kind.
EMPTIED = {
    "recipient": "", "host": "", "recipient_name": "", "search_text": "", "body": None, "calendar": None, "last_error": None,
}  # fmt: skip


def forget_letters(subject: Subject, identity: Identity) -> list[str]:
    """Empty the letters to him; those that wait do not go. The answer is their Message-IDs, by which copies are kept."""
    his = letters_of(subject, identity)
    said = [Step.said.contains(contact, autoescape=True) for contact in identity.contacts]
    of_his = Step.message_id.in_(select(Message.id).where(his))
    silenced = update(Step).where(Step.said != "", or_(of_his, *said)).values(said="")
    db.session.execute(silenced.execution_options(synchronize_session=False))
    waiting = his & Message.state.in_((MessageState.WAITING, MessageState.HELD))
    given_up = update(Message).where(waiting).values(state=MessageState.DISCARDED)
    db.session.execute(given_up.execution_options(synchronize_session=False))
    statement = update(Message).where(his).values(**EMPTIED).returning(Message.message_id)
    return list(db.session.scalars(statement.execution_options(synchronize_session=False)))


def forget_answers(person_id: int, left_over: Collection[int]) -> list[str]:
    """Remove his answers, what he wrote as a guest, and the rows of his files, also those that were `left_over` when rows
    of his were united; the answer is the keys of their bytes."""
    his = select(Registration.id).where(Registration.person_id == person_id)
    gone = delete(Answer).where(Answer.registration_id.in_(his)).returning(Answer.file_id)
    file_ids = {file_id for file_id in db.session.scalars(gone) if file_id is not None}
    return let_go_of({*file_ids, *_forget_guest(his), *left_over})


def _forget_guest(his: Select[int]) -> set[int]:
    """Empty what he wrote on the page for guests; the answer is his letters that no other guest brought too."""
    own = GuestEntry.registration_id.in_(his)
    brought = db.session.scalars(select(GuestEntry.letter_id).where(own, GuestEntry.letter_id.is_not(None)))
    letters = {letter_id for letter_id in brought if letter_id is not None}
    emptied = update(GuestEntry).where(own).values(organisation="", search_text="", letter_id=None)
    db.session.execute(emptied.execution_options(synchronize_session=False))
    return letters - set(db.session.scalars(select(GuestEntry.letter_id).where(GuestEntry.letter_id.in_(letters))))


def forget_registrations(person_id: int) -> None:
    """Empty titles and papers of his registrations; tickets and links that were sent open nothing any more."""
    db.session.execute(
        update(Registration)
        .where(Registration.person_id == person_id)
        .values(
            title_then="", credential_number="", ticket_generation=Registration.ticket_generation + 1
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    db.session.execute(
        update(Invitation)
        .where(Invitation.person_id == person_id)
        .values(reason="", generation=Invitation.generation + 1)
        .execution_options(synchronize_session=False)
    )


def forget_duties(person_id: int, *, heir_id: int | None, today: date, now: datetime) -> None:
    """Take him off doors and off lists of trainings he has still to do; events to come go over to `heir_id`."""
    db.session.execute(delete(DoorStaff).where(DoorStaff.person_id == person_id))
    still_due = (MandateStanding.DUE, MandateStanding.OVERDUE)
    due = [m.mandate_id for m in own_mandates(today=today, person_id=person_id) if m.standing in still_due]
    listed = (MandatePerson.person_id == person_id) & MandatePerson.mandate_id.in_(due)
    db.session.execute(delete(MandatePerson).where(listed))
    if heir_id is not None:
        to_come = (Event.owner_id == person_id) & (Event.ends_at > now)
        db.session.execute(
            update(Event).where(to_come).values(owner_id=heir_id).execution_options(synchronize_session=False)
        )


def close_account(account: Account, *, now: datetime) -> None:
    """End every way in: sign-ins, links, roles, the password and the name to sign in with; what stood on the pages goes."""
    for table in (SignIn, OneTimeLink, RoleGrant, Notice, MessageChoice, DigestDay):
        db.session.execute(delete(table).where(table.account_id == account.id))
    account.login, account.password_hash = f"da-xoa-{account.id}", None
    account.disabled_at = account.disabled_at or now
    db.session.flush()


def forget_person(person: Person, *, now: datetime) -> None:
    """Empty the row of the directory and the calendar's address; what is left is a number that figures count."""
    db.session.execute(delete(Feed).where(Feed.person_id == person.id))
    person.full_name, person.title, person.email, person.phone = ERASED, "", "", ""
    person.organisation_id, person.search_text, person.sort_key = None, "", ""
    person.name_key, person.email_key = "", ""
    person.erased_at = now
    person.version += 1
    person.calendar_revision += 1
    db.session.flush()
