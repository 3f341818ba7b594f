"""Opening and ending of sign-ins; each is a row, so that it can be ended from anywhere within a second."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.ids import random_secret, secret_hash
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import SignIn

LONGEST = timedelta(hours=12)
STAFF_IDLE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
_STAFF = (Role.ADMINISTRATOR, Role.ORGANIZER)


def open_sign_in(*, account_id: int, address: str, browser: str, now: datetime) -> str:
    """A new sign-in of at most twelve hours; the answer is its secret, which only the cookie keeps."""
    secret = random_secret()
    db.session.add(
        SignIn(
            account_id=account_id,
            secret_hash=secret_hash(secret),
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
            address=address,
            browser=browser[:200],
        )
    )
    db.session.flush()
    return secret


def idle_too_long(*, actor: Actor, seen_at: datetime, now: datetime) -> bool:
    """Staff who did nothing for thirty minutes sign in again."""
    return actor.has(*_STAFF) and now - seen_at > STAFF_IDLE


def note_seen(*, sign_in_id: int, now: datetime) -> None:
    """Keep the time of the last request, to the minute."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def end_sign_in(*, sign_in_id: int) -> None:
    """This browser's next request is refused."""
    db.session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def end_other_sign_ins(*, account_id: int, kept_id: int | None) -> None:
    """All browsers of an account but one: after a new password, and on request."""
    db.session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.id.is_distinct_from(kept_id)))


def end_others(*, actor: Actor, now: datetime) -> None:
    """Sign out all browsers of whoever acts but this one."""
    if actor.account_id is not None:
        end_other_sign_ins(account_id=actor.account_id, kept_id=actor.sign_in_id)
        record(actor=actor, action="sign_in.others_ended", subject_type="account", subject_id=actor.account_id, now=now)


def end_all(*, actor: Actor, account_id: int, now: datetime) -> None:
    """Sign an account out wherever it is signed in."""
    end_other_sign_ins(account_id=account_id, kept_id=None)
    record(actor=actor, action="sign_in.all_ended", subject_type="account", subject_id=account_id, now=now)


def forget_expired(*, now: datetime) -> None:
    """Remove sign-ins that hold no longer."""
    db.session.execute(delete(SignIn).where(SignIn.expires_at <= now))
