"""Looking up actors, accounts and people."""

from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.ids import secret_hash
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant, SignIn


def find_actor(*, secret: str, now: datetime) -> tuple[Actor, datetime] | None:
    """The actor of a sign-in that still holds, and when it was last seen; None when ended, expired or disabled.

    One statement, whatever the number of roles.
    """
    statement = (
        select(SignIn, Account, Person, RoleGrant.role, RoleGrant.organisation_id)
        .join(Account, Account.id == SignIn.account_id)
        .join(Person, Person.id == Account.person_id)
        .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
        .where(SignIn.secret_hash == secret_hash(secret), SignIn.expires_at > now, Account.disabled_at.is_(None))
    )
    rows = db.session.execute(statement).all()
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
