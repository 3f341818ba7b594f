"""Accounts as administrators list them, and people who may get one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant, SignIn
from kstthc_training.text import search_words


class AccountState(StrEnum):
    """Whether somebody can sign in to an account."""

    ACTIVE = "dang-dung"
    INVITED = "chua-dat-mat-khau"
    DISABLED = "da-ngung"


STATE: ColumnElement[str] = case(
    (Account.disabled_at.is_not(None), AccountState.DISABLED.value),
    (Account.password_hash.is_(None), AccountState.INVITED.value),
    else_=AccountState.ACTIVE.value,
)


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """Some accounts by name with their roles, how many match, and how many there are by state."""

    rows: Sequence[Any]
    roles: Mapping[int, list[tuple[Role, int | None, str | None]]]
    total: int
    counts: Mapping[AccountState, int]


def account_page(
    *, words: str, role: Role | None, state: AccountState | None, offset: int, limit: int, now: datetime
) -> AccountPage:
    """Accounts whose person, address or organisation holds each of the words, without diacritics: four statements."""
    wanted: list[ColumnElement[bool]] = [
        Person.erased_at.is_(None),
        *(_holds(word) for word in search_words(words)),
        *_with_role(role),
    ]
    if state is not None:
        wanted.append(STATE.in_([state.value]))
    rows = db.session.execute(_listed(now).where(*wanted).offset(offset).limit(limit)).all()
    total = select(func.count()).select_from(Account).join(Person, Person.id == Account.person_id).where(*wanted)
    return AccountPage(
        rows=rows,
        roles=_roles_of([row.id for row in rows]),
        total=db.session.scalar(total) or 0,
        counts=_counts(),
    )


def _listed(now: datetime) -> Any:
    last_seen = select(func.max(SignIn.seen_at)).where(SignIn.account_id == Account.id, SignIn.expires_at > now)
    return (
        select(
            Account.id,
            Account.login,
            Account.is_sample,
            STATE.label("state"),
            Person.full_name,
            Person.title,
            Organisation.name.label("organisation"),
            last_seen.scalar_subquery().label("seen_at"),
        )
        .join(Person, Person.id == Account.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .order_by(Person.sort_key, Account.id)
    )


def _holds(word: str) -> ColumnElement[bool]:
    own = aliased(Organisation)  # the list itself names the organisation too
    organisations = select(own.id).where(own.search_text.contains(word, autoescape=True))
    return or_(
        Person.search_text.contains(word, autoescape=True),
        Account.login.contains(word, autoescape=True),
        Person.organisation_id.in_(organisations),
    )


def _with_role(role: Role | None) -> list[ColumnElement[bool]]:
    if role is None:
        return []
    held = exists().where(RoleGrant.account_id == Account.id)
    return [~held] if role is Role.MEMBER else [held.where(RoleGrant.role == role)]


def _roles_of(account_ids: Sequence[int]) -> dict[int, list[tuple[Role, int | None, str | None]]]:
    statement = (
        select(RoleGrant.account_id, RoleGrant.role, RoleGrant.organisation_id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(RoleGrant.account_id.in_(account_ids))
        .order_by(RoleGrant.id)
    )
    roles: dict[int, list[tuple[Role, int | None, str | None]]] = {account_id: [] for account_id in account_ids}
    for account_id, role, organisation_id, name in db.session.execute(statement):
        roles[account_id].append((role, organisation_id, name))
    return roles


def _counts() -> dict[AccountState, int]:
    counted = {
        state: count
        for state, count in db.session.execute(
            select(STATE, func.count())
            .join(Person, Person.id == Account.person_id)
            .where(Person.erased_at.is_(None))
            .group_by(STATE)
        )
    }
    return {state: counted.get(state.value, 0) for state in AccountState}


def people_to_invite(*, words: str, limit: int) -> Sequence[Any]:
    """People by name whose name, title, address or number holds each of the words, with their account if they have one."""
    statement = (
        select(
            Person.id,
            Person.full_name,
            Person.title,
            Person.email,
            Organisation.name.label("organisation"),
            Account.id.label("account_id"),
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(
            Person.erased_at.is_(None), *(Person.search_text.contains(word, autoescape=True) for word in search_words(words))
        )
        .order_by(Person.sort_key, Person.id)
        .limit(limit)
    )
    return db.session.execute(statement).all()
