"""What tests of accounts have at hand: a password, links, and the addresses of machines."""

from flask import current_app

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.people import passwords
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.links import link_secret
from kstthc_training.people.models import Account
from kstthc_training.people.service.links import ASKED_FOR, LinkKind, make_link

PASSWORD = "ba con trâu cày ruộng"
ANOTHER = "năm chiếc thuyền ra khơi"
_hashed = passwords.hash_password(PASSWORD)


def give_password(account: Account, *, kept: str = _hashed) -> Account:
    """Let an account have `PASSWORD`."""
    with unit_of_work():
        db.session.get_one(Account, account.id).password_hash = kept
    return account


def give_link(
    account: Account, purpose: LinkPurpose = LinkPurpose.SIGN_IN, *, kind: LinkKind | None = None
) -> tuple[int, str]:
    """A one-time link of an account: its number and its path."""
    with unit_of_work():
        link_id = make_link(account_id=account.id, kind=kind or ASKED_FOR[purpose], now=clock.now()).id
    key = current_app.config["SETTINGS"].key
    return link_id, f"/vao/{link_secret(key, link_id=link_id, purpose=purpose)}"
