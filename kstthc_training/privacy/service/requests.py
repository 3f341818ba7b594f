"""Requests of erasure: made and taken back by the person, refused by an administrator with a reason."""

from datetime import datetime

from sqlalchemy import select, update

from kstthc_training.audit.service import record
from kstthc_training.clock import local_date
from kstthc_training.db import added_once, db
from kstthc_training.messages.service import tell
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Account, Person
from kstthc_training.people.policy import administers
from kstthc_training.privacy import notices
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.errors import AlreadyAnswered, AlreadyAsked, NeedsReason
from kstthc_training.privacy.models import ErasureRequest
from kstthc_training.privacy.queries import find_open_request
from kstthc_training.privacy.queries.persons import end_of, rows_that_are
from kstthc_training.privacy.rules import due_day
from kstthc_training.refusals import NotAllowed


def ask(*, actor: Actor, now: datetime) -> int:
    """Ask that what is kept of oneself be erased, due by law, acknowledged by letter at once. Raises `AlreadyAsked`."""
    person, account = _holder(actor.person_id)
    if find_open_request(person.id) is not None:  # made by a row that was united with this one
        raise AlreadyAsked()
    values = {
        "person_id": person.id, "asked_at": now, "due_on": due_day(now), "state": RequestState.OPEN, "reason": "",
    }  # fmt: skip
    request_id = db.session.execute(added_once(ErasureRequest, values).returning(ErasureRequest.id)).scalar_one_or_none()
    if request_id is None:
        raise AlreadyAsked()
    letter = notices.received(person, account, due_on=due_day(now), today=local_date(now))
    tell(letter, key=f"privacy-received:{request_id}", now=now)
    record(
        actor=actor, action="erasure.asked", subject_type="person", subject_id=person.id, now=now,
        due_on=due_day(now).isoformat(),
    )  # fmt: skip
    return request_id


def withdraw(*, actor: Actor, now: datetime) -> None:
    """Take one's own open request back. Raises `AlreadyAnswered`."""
    mine = ErasureRequest.person_id.in_(rows_that_are(actor.person_id)) & (ErasureRequest.state == RequestState.OPEN)
    values = {"state": RequestState.WITHDRAWN, "answered_at": now, "answered_by_id": actor.account_id}
    changed = update(ErasureRequest).where(mine).values(**values).returning(ErasureRequest.id)
    if not db.session.scalars(changed.execution_options(synchronize_session=False)).all():
        raise AlreadyAnswered()
    record(actor=actor, action="erasure.withdrawn", subject_type="person", subject_id=actor.person_id, now=now)


def refuse(*, actor: Actor, request_id: int, reason: str, now: datetime) -> None:
    """Refuse an open request and tell the person why. Raises `NeedsReason`, `AlreadyAnswered`."""
    if not administers(actor):
        raise NotAllowed(request_id=request_id)
    if not reason:
        raise NeedsReason()
    opened = (ErasureRequest.id == request_id) & (ErasureRequest.state == RequestState.OPEN)
    values = {"state": RequestState.REFUSED, "answered_at": now, "answered_by_id": actor.account_id, "reason": reason}
    changed = update(ErasureRequest).where(opened).values(**values).returning(ErasureRequest.person_id)
    person_id = db.session.execute(changed).scalar_one_or_none()
    if person_id is None:
        raise AlreadyAnswered()
    person, account = _holder(end_of(person_id))
    letter = notices.refused(person, account, reason=reason, today=local_date(now))
    tell(letter, key=f"privacy-refused:{request_id}", now=now)
    record(actor=actor, action="erasure.refused", subject_type="person", subject_id=person.id, now=now, reason=reason)


def _holder(person_id: int | None) -> tuple[Person, Account | None]:
    statement = select(Person, Account).outerjoin(Account, Account.person_id == Person.id).where(Person.id == person_id)
    row = db.session.execute(statement).one()
    return row[0], row[1]
