"""Looking up actors, accounts and people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select

from kstthc_training.db import db
from kstthc_training.ids import owner_of, same_secret, secret_hash
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import LinkPurpose, Role
from kstthc_training.people.links import link_secret
from kstthc_training.people.models import Account, OneTimeLink, Person, RoleGrant, SignIn
from kstthc_training.refusals import Unknown

# Built once: every request asks this, and building a statement takes longer than asking it.
_ACTOR = (
    select(SignIn, Account, Person, RoleGrant.role, RoleGrant.organisation_id)
    .join(Account, Account.id == SignIn.account_id)
    .join(Person, Person.id == Account.person_id)
    .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
    .where(SignIn.secret_hash == bindparam("hash"), SignIn.expires_at > bindparam("now"), Account.disabled_at.is_(None))
)


def find_actor(*, secret: str, now: datetime) -> tuple[Actor, datetime] | None:
    """The actor of a sign-in that still holds, and when it was last seen; None when ended, expired or disabled.

    One statement, whatever the number of roles.
    """
    rows = db.session.execute(_ACTOR, {"hash": secret_hash(secret), "now": now}).all()
    if not rows:
        return None
    sign_in, account, person = rows[0][:3]
    actor = Actor(
        account_id=account.id,
        person_id=person.id,
        display_name=person.full_name,
        title=person.title,
        organisation_id=person.organisation_id,
        roles=frozenset({Role.MEMBER} | {row.role for row in rows if row.role}),
        focal_of=frozenset(row.organisation_id for row in rows if row.organisation_id),
        locale=account.locale,
        theme=account.theme,
        sign_in_id=sign_in.id,
        sign_in_secret=secret,
    )
    return actor, sign_in.seen_at


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What is needed to check a password."""

    account_id: int
    password_hash: str | None
    disabled: bool


def find_credentials(login: str) -> Credentials | None:
    """The account that a normal login names: its e-mail address, or a phone number that is one person's alone."""
    statement = select(Account.id, Account.password_hash, Account.disabled_at)
    rows = db.session.execute(_named(statement, login).limit(2)).all()
    if len(rows) != 1:
        return None
    row = rows[0]
    return Credentials(account_id=row.id, password_hash=row.password_hash, disabled=row.disabled_at is not None)


def find_account_id(login: str) -> int | None:
    """The number of the account that a normal login names, enabled or not."""
    ids = db.session.scalars(_named(select(Account.id), login).limit(2)).all()
    return ids[0] if len(ids) == 1 else None


def _named(statement: Any, login: str) -> Any:
    if "@" in login:
        return statement.where(Account.login == login)
    return statement.join(Person, Person.id == Account.person_id).where(Person.phone == login, Person.phone != "")


def get_account(account_id: int) -> tuple[Account, Person]:
    """An account and its person; `Unknown` when there is none."""
    statement = select(Account, Person).join(Person, Person.id == Account.person_id).where(Account.id == account_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise Unknown()
    return row[0], row[1]


def find_usable_account(account_id: int) -> tuple[Account, Person] | None:
    """An account that is not disabled, and its person."""
    account, person = get_account(account_id)
    return None if account.disabled_at is not None else (account, person)


@dataclass(frozen=True, kw_only=True)
class OpenLink:
    """A one-time link that works, and whose it is."""

    id: int
    purpose: LinkPurpose
    expires_at: datetime
    account_id: int
    login: str
    name: str
    phone: str


def find_link(secret: str, *, key: bytes, now: datetime) -> OpenLink | None:
    """The one-time link that a secret opens, still unused and in time, of an account that is not disabled.

    Links are found by their number and checked by HMAC in constant time.
    """
    link_id = owner_of(secret)
    if link_id is None:
        return None
    statement = (
        select(
            OneTimeLink.id,
            OneTimeLink.purpose,
            OneTimeLink.expires_at,
            OneTimeLink.account_id,
            Account.login,
            Person.full_name.label("name"),
            Person.phone,
        )
        .join(Account, Account.id == OneTimeLink.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(OneTimeLink.id == link_id, _usable(now))
    )
    row = db.session.execute(statement).mappings().one_or_none()
    if row is None or not same_secret(secret, link_secret(key, link_id=link_id, purpose=row["purpose"])):
        return None
    return OpenLink(**row)


def is_link_usable(link_id: int, *, now: datetime) -> bool:
    """Whether a one-time link would still open."""
    statement = select(OneTimeLink.id).join(Account, Account.id == OneTimeLink.account_id)
    return db.session.scalar(statement.where(OneTimeLink.id == link_id, _usable(now))) is not None


def _usable(now: datetime) -> ColumnElement[bool]:
    return OneTimeLink.used_at.is_(None) & (OneTimeLink.expires_at > now) & Account.disabled_at.is_(None)


def sign_ins_of(account_id: int, *, now: datetime) -> list[SignIn]:
    """The browsers signed in to an account, the last seen first."""
    statement = select(SignIn).where(SignIn.account_id == account_id, SignIn.expires_at > now)
    return list(db.session.scalars(statement.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An account as its holder and administrators see it; `grants` are (role, organisation's id, its name)."""

    account: Account
    person: Person
    organisation_name: str | None
    grants: list[tuple[Role, int | None, str | None]]


def get_profile(account_id: int) -> Profile:
    """An account with its person, their organisation and its roles; `Unknown` without one, or when its person was erased.

    Two statements.
    """
    statement = (
        select(Account, Person, Organisation.name)
        .join(Person, Person.id == Account.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Account.id == account_id, Person.erased_at.is_(None))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise Unknown()
    grants = (
        select(RoleGrant.role, RoleGrant.organisation_id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(RoleGrant.account_id == account_id)
        .order_by(Organisation.sort_key, RoleGrant.id)
    )
    rows = [(each.role, each.organisation_id, each.name) for each in db.session.execute(grants)]
    return Profile(account=row[0], person=row[1], organisation_name=row[2], grants=rows)
