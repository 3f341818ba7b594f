"""The leaders to whom the answers of invitees are told."""

from typing import NamedTuple

from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.refusals import Unknown


class Leader(NamedTuple):
    """Somebody who leads the office: his account, person, name, title, and where letters reach him."""

    account_id: int
    person_id: int
    full_name: str
    title: str
    email: str


def leaders() -> list[Leader]:
    """Everybody with the role of a leader who can sign in, by name: one statement."""
    address = func.coalesce(func.nullif(Person.email, ""), Account.login)
    rows = db.session.execute(
        select(Account.id, Person.id, Person.full_name, Person.title, address)
        .join(Person, Person.id == Account.person_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == Role.LEADER, Account.disabled_at.is_(None))
        .order_by(Person.sort_key, Account.id)
    )
    return [Leader(*row) for row in rows]


def get_leader(account_id: int) -> Leader:
    """One of them; `Unknown` for anybody else."""
    found = next((leader for leader in leaders() if leader.account_id == account_id), None)
    if found is None:
        raise Unknown(account_id=account_id)
    return found
