"""One person has one account: which one stays, and what becomes of the others and their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from kstthc_training.db import db
from kstthc_training.directory.changes import Change, changed
from kstthc_training.directory.errors import KeptAccountDisabled
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, RoleGrant


@dataclass(frozen=True)
class ClosedAccount:
    """An account that is closed: for whom its focal point's role goes over, and which other roles end with it."""

    account: Account
    focal_of: tuple[str, ...]
    roles_lost: tuple[Role, ...]


@dataclass(frozen=True)
class AccountEffect:
    """The account that stays, whether it comes from a row that is closed, and those that are closed."""

    stays: Account | None = None
    moves: bool = False
    closed: tuple[ClosedAccount, ...] = ()

    @property
    def to_close(self) -> tuple[ClosedAccount, ...]:
        """Those of which somebody could still sign in."""
        return tuple(each for each in self.closed if each.account.disabled_at is None)


def account_changes(uniting: Uniting, now: datetime) -> tuple[AccountEffect, list[Change]]:
    """The account of the row that stays, else the first one open, is the person's; others are disabled, and whom they are
    focal point of goes over to it. Three statements.

    Raises `KeptAccountDisabled` when the account that would stay is disabled and another one is in use.
    """
    accounts = _accounts(uniting)
    if not accounts:
        return AccountEffect(), []
    stays, *others = accounts
    if stays.disabled_at is not None and any(each.disabled_at is None for each in others):
        raise KeptAccountDisabled(login=stays.login)
    changes = [changed(stays, person_id=uniting.kept_id)]
    has = {grant.organisation_id for grant in stays.grants}
    for account in others:
        changes.append(changed(account, disabled_at=account.disabled_at or now))
        for grant in _going_over(account, has):
            changes.append(changed(grant, account_id=stays.id))
    closed = tuple(_closed(account) for account in others)
    effect = AccountEffect(stays, stays.person_id != uniting.kept_id, closed)
    return effect, [change for change in changes if change is not None]


def _going_over(account: Account, has: set[int | None]) -> Sequence[RoleGrant]:
    """Of a disabled account nothing goes over: what it could do was taken from it before."""
    if account.disabled_at is not None:
        return []
    going = [g for g in account.grants if g.role is Role.FOCAL_POINT and g.organisation_id not in has]
    has |= {grant.organisation_id for grant in going}
    return going


def _closed(account: Account) -> ClosedAccount:
    is_open = account.disabled_at is None
    focal_of = tuple(grant.organisation.name for grant in account.grants if grant.organisation and is_open)
    return ClosedAccount(account, focal_of, tuple(g.role for g in account.grants if g.organisation_id is None and is_open))


def _accounts(uniting: Uniting) -> list[Account]:
    """Those of all rows: of the one that stays, then those in use, then the disabled ones."""
    statement = (
        select(Account)
        .where(Account.person_id.in_(uniting.ids))
        .options(selectinload(Account.grants).joinedload(RoleGrant.organisation))
        .order_by(Account.id)
    )
    rows = db.session.scalars(statement, execution_options={"populate_existing": True}).all()
    return sorted(rows, key=lambda each: (each.person_id != uniting.kept_id, each.disabled_at is not None, each.id))
