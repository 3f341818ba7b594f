"""Accounts arise by an invitation, carry roles, are disabled and enabled; the last administrator always stays."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from kstthc_training.audit.service import record
from kstthc_training.clock import local_date
from kstthc_training.db import added_once, db
from kstthc_training.outbox.service import post_letter
from kstthc_training.people import notices
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.errors import AccountDisabled, HasAccount, LastAdministrator, LoginTaken, NoAddress
from kstthc_training.people.logins import normal_login
from kstthc_training.people.models import Account, Person, RoleGrant, SignIn
from kstthc_training.people.queries import get_account
from kstthc_training.people.service.links import INVITATION, post_link, spend_links
from kstthc_training.refusals import Refusal, Unknown
from kstthc_training.text import is_address

# A role, with the organisation when it is that of a focal point.
Grant = tuple[Role, int | None]


def invite(
    *,
    actor: Actor,
    person: Person,
    roles: Collection[Role] = (),
    focal_of: Collection[int] = (),
    now: datetime,
) -> Account:
    """An account without a password for `person`, and the letter with the link to set one within seven days.

    The name to sign in with is the person's e-mail address. Raises `NoAddress`, `HasAccount`, `LoginTaken`.
    """
    account = open_account(actor=actor, person=person, roles=roles, focal_of=focal_of, now=now)
    post_link(account=account, person=person, kind=INVITATION, now=now)
    return account


def open_account(
    *, actor: Actor, person: Person, roles: Collection[Role], focal_of: Collection[int], now: datetime
) -> Account:
    """An account without a password, of which no letter tells yet. Raises `NoAddress`, `HasAccount`, `LoginTaken`."""
    login = normal_login(person.email)
    if not is_address(login):
        raise NoAddress()
    values = {"person_id": person.id, "login": login, "created_at": now}
    account_id = db.session.execute(added_once(Account, values).returning(Account.id)).scalar_one_or_none()
    if account_id is None:
        raise _second_account(person.id)
    record(actor=actor, action="account.invited", subject_type="account", subject_id=account_id, now=now)
    account, _person = get_account(account_id)
    for role in roles:
        grant(actor=actor, account_id=account.id, role=role, now=now)
    for organisation_id in focal_of:
        grant(actor=actor, account_id=account.id, role=Role.FOCAL_POINT, organisation_id=organisation_id, now=now)
    return account


def _second_account(person_id: int) -> Refusal:
    account_id = db.session.scalar(select(Account.id).where(Account.person_id == person_id))
    return HasAccount(account_id=account_id) if account_id else LoginTaken()


def resend(*, actor: Actor, account_id: int, now: datetime) -> None:
    """A new link to set a password, valid for seven days; the former ones work no longer. Raises `AccountDisabled`."""
    account, person = get_account(account_id)
    if account.disabled_at is not None:
        raise AccountDisabled()
    spend_links(account_id=account_id, now=now)
    post_link(account=account, person=person, kind=INVITATION, now=now)
    record(actor=actor, action="account.link_resent", subject_type="account", subject_id=account_id, now=now)


def grant(*, actor: Actor, account_id: int, role: Role, organisation_id: int | None = None, now: datetime) -> None:
    """Give a role, for one organisation when it is that of a focal point; what is there already stays as it is."""
    if role is Role.MEMBER:
        return
    values = {"account_id": account_id, "role": role, "organisation_id": organisation_id, "granted_at": now}
    added = db.session.execute(added_once(RoleGrant, values).returning(RoleGrant.id)).scalar_one_or_none()
    if added is not None:
        _record_role("account.role_granted", actor, account_id, role, organisation_id, now)


def revoke(*, actor: Actor, account_id: int, role: Role, organisation_id: int | None = None, now: datetime) -> None:
    """Take a role away, from the next request on. Raises `LastAdministrator`."""
    if role is Role.ADMINISTRATOR:
        require_another_administrator(account_id)
    gone = delete(RoleGrant).where(
        RoleGrant.account_id == account_id,
        RoleGrant.role == role,
        RoleGrant.organisation_id.is_not_distinct_from(organisation_id),
    )
    if db.session.execute(gone.returning(RoleGrant.id)).scalar_one_or_none() is not None:
        _record_role("account.role_revoked", actor, account_id, role, organisation_id, now)


def change_roles(
    *, actor: Actor, account_id: int, shown: Collection[Grant], wanted: Collection[Grant], now: datetime
) -> None:
    """Give what is wanted and was not shown, take what was shown and is not wanted.

    What somebody else gave or took meanwhile stays as they left it. Raises `LastAdministrator`.
    """
    get_account(account_id)
    for role, organisation_id in sorted(set(wanted) - set(shown), key=str):
        grant(actor=actor, account_id=account_id, role=role, organisation_id=organisation_id, now=now)
    for role, organisation_id in sorted(set(shown) - set(wanted), key=str):
        revoke(actor=actor, account_id=account_id, role=role, organisation_id=organisation_id, now=now)


def _record_role(action: str, actor: Actor, account_id: int, role: Role, organisation_id: int | None, now: datetime) -> None:
    record(
        actor=actor, action=action, subject_type="account", subject_id=account_id, now=now,
        role=role.value, organisation_id=organisation_id,
    )  # fmt: skip


def require_another_administrator(account_id: int) -> None:
    """Refuse with `LastAdministrator` when no enabled administrator but this one would be left.

    Locks all grants of the role first, so that two administrators who remove each other at one time wait in line.
    """
    is_administrator = RoleGrant.role == Role.ADMINISTRATOR
    db.session.execute(select(RoleGrant.id).where(is_administrator).order_by(RoleGrant.id).with_for_update()).all()
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(is_administrator, Account.disabled_at.is_(None), RoleGrant.account_id != account_id)
    )
    if db.session.scalar(others) == 0:
        raise LastAdministrator()


def disable(*, actor: Actor, account_id: int, now: datetime) -> None:
    """End an account's sign-ins and links at once and refuse new ones. Raises `LastAdministrator`."""
    if _is_administrator(account_id):
        require_another_administrator(account_id)
    changed = update(Account).where(Account.id == account_id, Account.disabled_at.is_(None)).values(disabled_at=now)
    if db.session.execute(changed.returning(Account.id)).scalar_one_or_none() is None:
        return
    db.session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    spend_links(account_id=account_id, now=now)
    record(actor=actor, action="account.disabled", subject_type="account", subject_id=account_id, now=now)


def _is_administrator(account_id: int) -> bool:
    held = select(RoleGrant.id).where(RoleGrant.account_id == account_id, RoleGrant.role == Role.ADMINISTRATOR)
    return db.session.scalar(held) is not None


def enable(*, actor: Actor, account_id: int, now: datetime) -> None:
    """Let a disabled account in again, with the password and roles it had."""
    changed = update(Account).where(Account.id == account_id, Account.disabled_at.is_not(None)).values(disabled_at=None)
    if db.session.execute(changed.returning(Account.id)).scalar_one_or_none() is not None:
        record(actor=actor, action="account.enabled", subject_type="account", subject_id=account_id, now=now)


def change_login(*, actor: Actor, account_id: int, login: str, now: datetime) -> None:
    """Let the account sign in with another e-mail address, and tell the old one; links still out work no longer.

    Raises `NoAddress`, `LoginTaken`.
    """
    account, person = get_account(account_id)
    former, wanted = account.login, normal_login(login)
    if person.erased_at is not None:
        raise Unknown(account_id=account_id)
    if not is_address(wanted):
        raise NoAddress()
    if wanted == former:
        return
    account.login = wanted
    try:
        db.session.flush()
    except IntegrityError as error:
        raise LoginTaken() from error
    spend_links(account_id=account_id, now=now)
    letter = notices.login_changed(account, person, former, local_date(now))
    post_letter(letter, key=f"login-changed:{account_id}:{now.isoformat()}", now=now)
    record(actor=actor, action="account.login_changed", subject_type="account", subject_id=account_id, now=now)
