"""One-time links by mail: posted, asked for, used once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from kstthc_training.audit.service import record
from kstthc_training.db import db
from kstthc_training.ids import random_uuid
from kstthc_training.outbox.service import Letter, plan_job, post_letter
from kstthc_training.people import notices
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.errors import LinkSpent
from kstthc_training.people.models import Account, OneTimeLink, Person
from kstthc_training.people.queries import find_account_id, find_usable_account

REQUESTED = "people.link_requested"
KEPT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class LinkKind:
    """What a link is for, how long it works, and the letter that brings it."""

    purpose: LinkPurpose
    valid_for: timedelta
    letter: Callable[[Account, Person, OneTimeLink], Letter]


INVITATION = LinkKind(purpose=LinkPurpose.SET_PASSWORD, valid_for=timedelta(days=7), letter=notices.invitation)
# Those asked for at the sign-in page are used at once (ASVS 5.0, 6.5.5).
ASKED_FOR = {
    LinkPurpose.SET_PASSWORD: LinkKind(
        purpose=LinkPurpose.SET_PASSWORD, valid_for=timedelta(hours=1), letter=notices.new_password
    ),
    LinkPurpose.SIGN_IN: LinkKind(purpose=LinkPurpose.SIGN_IN, valid_for=timedelta(minutes=10), letter=notices.sign_in),
}


def make_link(*, account_id: int, kind: LinkKind, now: datetime) -> OneTimeLink:
    """A new link, which works until `kind.valid_for` is over; the row holds nothing that opens it."""
    link = OneTimeLink(account_id=account_id, purpose=kind.purpose, created_at=now, expires_at=now + kind.valid_for)
    db.session.add(link)
    db.session.flush()
    return link


def post_link(*, account: Account, person: Person, kind: LinkKind, key: str = "", now: datetime) -> None:
    """A new link and the letter that brings it to the account's own address; the same `key` brings no second letter."""
    link = make_link(account_id=account.id, kind=kind, now=now)
    post_letter(kind.letter(account, person, link), key=key or f"one-time-link:{link.id}", now=now)


def request_link(*, actor: Actor, login: str, purpose: LinkPurpose, now: datetime) -> None:
    """Have the worker post a link if somebody signs in with `login`.

    The same statements run, and the same rows are written, for known, disabled and unknown names, so that neither the
    answer nor its time tells them apart.
    """
    account_id = find_account_id(login)
    key = f"{REQUESTED}:{random_uuid()}"
    payload = {"account_id": account_id, "purpose": purpose.value, "key": key}
    plan_job(kind=REQUESTED, key=key, payload=payload, run_at=now, now=now)
    record(
        actor=actor, action="link.requested", subject_type="account", subject_id=account_id, now=now, purpose=purpose.value
    )


def answer_request(*, account_id: int | None, purpose: LinkPurpose, key: str, now: datetime) -> None:
    """Post the link that was asked for; to nobody when the name was unknown or the account is disabled."""
    found = find_usable_account(account_id) if account_id is not None else None
    if found is not None:
        account, person = found
        post_link(account=account, person=person, kind=ASKED_FOR[purpose], key=key, now=now)


def use_link(*, link_id: int, now: datetime) -> None:
    """Use a link up; of two who press the button at one time only one gets in, the other meets `LinkSpent`."""
    usable = (OneTimeLink.id == link_id) & OneTimeLink.used_at.is_(None) & (OneTimeLink.expires_at > now)
    used = db.session.execute(update(OneTimeLink).where(usable).values(used_at=now).returning(OneTimeLink.id))
    if used.scalar_one_or_none() is None:
        raise LinkSpent()


def spend_links(*, account_id: int, now: datetime) -> None:
    """All links of an account that are still out work no longer."""
    unused = (OneTimeLink.account_id == account_id) & OneTimeLink.used_at.is_(None)
    db.session.execute(update(OneTimeLink).where(unused).values(used_at=now))


def forget_old_links(*, now: datetime) -> None:
    """Remove links that have been of no use for a month."""
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < now - KEPT))
