"""Erasure: one act that takes a person out of everything but the figures, once and for good."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update

from kstthc_training.audit.service import record
from kstthc_training.audit.words import ERASED
from kstthc_training.clock import local_date
from kstthc_training.db import added_once, db
from kstthc_training.messages.service import tell
from kstthc_training.outbox.models import Message, Step
from kstthc_training.outbox.service import Letter, plan_job
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person, RoleGrant
from kstthc_training.people.policy import administers
from kstthc_training.people.service.accounts import require_another_administrator
from kstthc_training.privacy import notices
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.errors import AlreadyErased, NotConfirmed, OwnErasure
from kstthc_training.privacy.identity import Identity
from kstthc_training.privacy.models import Erasure, ErasureRequest
from kstthc_training.privacy.queries.erasing import Subject, find_subject, goes, identity_of, rows_of, upcoming_of
from kstthc_training.privacy.service import forgetting
from kstthc_training.privacy.service.forgetting_mail import forget_incoming
from kstthc_training.privacy.service.scrubbing import scrub
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations.service.cancel import cancel_several
from kstthc_training.registrations.service.seats import hold_every_coming
from kstthc_training.scheduling import service as scheduling
from kstthc_training.text import clean_line

DISCARD = "privacy.discard"
FORGET_LAST_LETTER = "privacy.forget_last_letter"
LAST_LETTER_KEPT = timedelta(days=2)


def erase(*, actor: Actor, person_id: int, typed: str, now: datetime) -> None:
    """Take a person out of everything: what he is called and how he is reached, answers, files, letters, the account.

    Registrations to come are taken back first, so that seats go on to the next. Past registrations, marks and results
    stay as numbers: no figure changes. `typed` is the name again. Raises `NotAllowed`, `Unknown`, `OwnErasure`,
    `AlreadyErased`, `NotConfirmed`, `LastAdministrator`.
    """
    hold_every_coming(now)
    subject = _require_erasable(actor, person_id, typed)
    everywhere = rows_of(subject)
    calendars = scheduling.take_leave(person_ids=everywhere[0].rows, now=now)
    for event_id, registration_id in upcoming_of(everywhere[0].rows, now=now):
        cancel_several(actor=actor, event_id=event_id, registration_ids=[registration_id], reason="", now=now)
    erasure_id = _begin(actor, subject, now)
    counts, goodbye = goes(subject, now=now), notices.erased(subject.person, subject.account, today=local_date(now))
    identities = [identity_of(one) for one in everywhere]
    gone = [_forget(one, identity, actor, erasure_id, now) for one, identity in zip(everywhere, identities, strict=True)]
    _answer(actor, everywhere[0].rows, now)
    _end(actor, person_id, erasure_id, counts._asdict(), now)
    payload = {"files": [key for keys, _ in gone for key in keys], "letters": [each for _, sent in gone for each in sent]}
    plan_job(kind=DISCARD, key=f"{DISCARD}:{erasure_id}", payload=payload, run_at=now, now=now)
    for letter, key in [*calendars, (goodbye, f"privacy-erased:{erasure_id}")]:
        _say_goodbye(letter, key, now)


def _forget(
    subject: Subject, identity: Identity, actor: Actor, erasure_id: int, now: datetime
) -> tuple[list[str], list[str]]:
    """Empty all about one row of the directory; the answer is the keys of files and the Message-IDs of letters to him."""
    person_id = subject.person.id
    letters = forgetting.forget_letters(subject, identity)
    forget_incoming(subject.rows, identity)
    files = forgetting.forget_answers(person_id, subject.former.file_ids)
    forgetting.forget_registrations(person_id)
    forgetting.forget_duties(person_id, heir_id=actor.person_id, today=local_date(now), now=now)
    scrub(subject, identity, erasure_id=erasure_id)
    if subject.account is not None:
        forgetting.close_account(subject.account, now=now)
    forgetting.forget_person(subject.person, now=now)
    return files, letters


def _require_erasable(actor: Actor, person_id: int, typed: str) -> Subject:
    if not administers(actor):
        raise NotAllowed(person_id=person_id)
    subject = find_subject(person_id)
    if subject is None or subject.person.merged_into_id is not None:
        raise Unknown(person_id=person_id)
    if subject.person.erased_at is not None:
        raise AlreadyErased(person_id=person_id)
    if person_id == actor.person_id:
        raise OwnErasure(person_id=person_id)
    if clean_line(typed) != subject.person.full_name:
        raise NotConfirmed(full_name=subject.person.full_name)
    held = select(RoleGrant.id).where(RoleGrant.account_id == subject.account_id, RoleGrant.role == Role.ADMINISTRATOR)
    if db.session.scalar(held) is not None:
        require_another_administrator(subject.account_id)
    return subject


def _begin(actor: Actor, subject: Subject, now: datetime) -> int:
    """Open the erasure, which the triggers wait for, and hold the person; of two at once the second is `AlreadyErased`."""
    values: dict[str, object] = {"person_id": subject.person.id, "account_id": actor.account_id, "begun_at": now, "gone": {}}
    erasure_id = db.session.execute(added_once(Erasure, values).returning(Erasure.id)).scalar_one_or_none()
    if erasure_id is None:
        raise AlreadyErased(person_id=subject.person.id)
    locked = select(Person).where(Person.id == subject.person.id).with_for_update()
    db.session.scalars(locked, execution_options={"populate_existing": True}).one()
    return erasure_id


def _answer(actor: Actor, person_ids: Collection[int], now: datetime) -> None:
    opened = ErasureRequest.person_id.in_(person_ids) & (ErasureRequest.state == RequestState.OPEN)
    values = {"state": RequestState.DONE, "answered_at": now, "answered_by_id": actor.account_id}
    db.session.execute(update(ErasureRequest).where(opened).values(**values))
    refused = ErasureRequest.person_id.in_(person_ids) & (ErasureRequest.state == RequestState.REFUSED)
    db.session.execute(update(ErasureRequest).where(refused).values(reason=ERASED))  # it may say who he was


def _end(actor: Actor, person_id: int, erasure_id: int, counts: dict[str, int], now: datetime) -> None:
    db.session.execute(update(Erasure).where(Erasure.id == erasure_id).values(done_at=now, gone=counts))
    record(
        actor=actor, action="erasure.done", subject_type="person", subject_id=person_id, now=now,
    )  # fmt: skip


def _say_goodbye(letter: Letter, key: str, now: datetime) -> None:
    """The last letters tell that it was done and empty his calendar; their address goes some days later, sent or not."""
    tell(letter, key=key, now=now)
    due = now + LAST_LETTER_KEPT
    plan_job(kind=FORGET_LAST_LETTER, key=f"{FORGET_LAST_LETTER}:{key}", payload={"key": key}, run_at=due, now=now)


def forget_last_letter(*, key: str) -> list[str]:
    """Empty the letter that told of an erasure; the answer is its Message-ID, or nothing when there was no such letter."""
    its_path = Step.message_id.in_(select(Message.id).where(Message.key == key))
    db.session.execute(update(Step).where(its_path, Step.said != "").values(said=""))
    statement = update(Message).where(Message.key == key).values(**forgetting.EMPTIED).returning(Message.message_id)
    return list(db.session.scalars(statement))
