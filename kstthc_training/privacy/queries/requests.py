"""Requests of erasure, the next due first."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased, joinedload

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Account, Person
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.models import ErasureRequest
from kstthc_training.privacy.queries.persons import rows_that_are
from kstthc_training.refusals import Unknown


class RequestRow(NamedTuple):
    """A request in the list: of whom, since when, until when, how it was answered and by whom."""

    id: int
    person_id: int
    full_name: str
    organisation: str
    asked_at: datetime
    due_on: date
    state: RequestState
    answered_at: datetime | None
    answered_by: str
    reason: str


class RequestCounts(NamedTuple):
    """How many requests are open, and how many of these past their day."""

    open: int
    late: int


def find_open_request(person_id: int) -> ErasureRequest | None:
    """A person's request that was not answered yet, also one made by a row that was united with his; the first due."""
    mine = ErasureRequest.person_id.in_(rows_that_are(person_id)) & (ErasureRequest.state == RequestState.OPEN)
    return db.session.scalar(select(ErasureRequest).where(mine).order_by(ErasureRequest.due_on, ErasureRequest.id).limit(1))


def get_request(request_id: int) -> ErasureRequest:
    """A request with its person; `Unknown` when there is none."""
    wanted = select(ErasureRequest).where(ErasureRequest.id == request_id).options(joinedload(ErasureRequest.person))
    found = db.session.scalar(wanted, execution_options={"populate_existing": True})
    if found is None:
        raise Unknown(request_id=request_id)
    return found


def requests(*, offset: int, limit: int) -> tuple[Sequence[RequestRow], int]:
    """A page of the requests, open ones first and the next due first, then the last answered; how many: two statements."""
    author = aliased(Person)
    is_open = case((ErasureRequest.state == RequestState.OPEN, 0), else_=1)
    statement = (
        select(
            ErasureRequest.id, ErasureRequest.person_id, Person.full_name, func.coalesce(short_or_name(Organisation), ""),
            ErasureRequest.asked_at, ErasureRequest.due_on, ErasureRequest.state, ErasureRequest.answered_at,
            func.coalesce(author.full_name, ""), ErasureRequest.reason,
        )
        .join(Person, Person.id == ErasureRequest.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Account, Account.id == ErasureRequest.answered_by_id)
        .outerjoin(author, author.id == Account.person_id)
        .order_by(is_open, case((is_open == 0, ErasureRequest.due_on)), ErasureRequest.id.desc())
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    total = db.session.scalar(select(func.count()).select_from(ErasureRequest)) or 0
    return [RequestRow._make(row) for row in db.session.execute(statement)], total


def count_requests(today: date) -> RequestCounts:
    """How many requests wait, and how many are late: one statement."""
    late = func.count().filter(ErasureRequest.due_on < today)
    row = db.session.execute(select(func.count(), late).where(ErasureRequest.state == RequestState.OPEN)).one()
    return RequestCounts(row[0], row[1])
