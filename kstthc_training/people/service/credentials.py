"""Passwords of accounts; hashing is done outside, since it takes its time and a transaction should not."""

from datetime import datetime

from sqlalchemy import update

from kstthc_training.audit.service import record
from kstthc_training.clock import local_date
from kstthc_training.db import db
from kstthc_training.outbox.service import post_letter
from kstthc_training.people import notices
from kstthc_training.people.actors import Actor
from kstthc_training.people.models import Account
from kstthc_training.people.queries import get_account
from kstthc_training.people.service.links import spend_links
from kstthc_training.people.service.sign_ins import end_other_sign_ins


def set_password(*, actor: Actor, account_id: int, password_hash: str, now: datetime) -> None:
    """Keep a new password; all sign-ins end, links still out work no longer, and a letter tells the holder."""
    account, person = get_account(account_id)
    is_first = account.password_hash is None
    account.password_hash = password_hash
    db.session.flush()
    end_other_sign_ins(account_id=account_id, kept_id=None)
    spend_links(account_id=account_id, now=now)
    record(actor=actor, action="account.password_set", subject_type="account", subject_id=account_id, now=now)
    if not is_first:
        letter = notices.password_changed(account, person, local_date(now))
        post_letter(letter, key=f"password-changed:{account_id}:{now.isoformat()}", now=now)


def renew_hash(*, account_id: int, former: str, password_hash: str) -> None:
    """Keep the same password under today's parameters, unless it was changed in the meantime."""
    same = (Account.id == account_id) & (Account.password_hash == former)
    db.session.execute(update(Account).where(same).values(password_hash=password_hash))


def choose_locale(*, account_id: int, locale: str) -> None:
    """The language of an account's pages and letters."""
    db.session.execute(update(Account).where(Account.id == account_id).values(locale=locale))


def choose_theme(*, account_id: int, theme: str) -> None:
    """The look of an account's pages: `auto`, `light` or `dark`."""
    db.session.execute(update(Account).where(Account.id == account_id).values(theme=theme))
