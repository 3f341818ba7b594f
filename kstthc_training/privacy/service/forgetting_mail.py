"""Emptying letters that came from somebody: what is left is that one came, so that it is never taken again."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select

from kstthc_training.db import db
from kstthc_training.inbox.enums import MailState, Why
from kstthc_training.inbox.models import InboxMessage
from kstthc_training.privacy.identity import Identity

_KEPT_FACTS = ("uid", "method", "partstat", "sequence", "stamp", "did", "standing", "registration_id", "invitation_id")


def forget_incoming(person_ids: Collection[int], identity: Identity) -> None:
    """Empty the letters that he sent or that are about him alone; one that waits for people waits no more."""
    for row in db.session.scalars(select(InboxMessage).where(his_mail(person_ids, identity))):
        row.sender = row.sender_key = row.sender_name = row.subject = row.search_text = ""
        row.facts = {name: value for name, value in row.facts.items() if name in _KEPT_FACTS}
        row.raw = None
        if row.state is MailState.REVIEW:
            row.state, row.reason = MailState.IGNORED, Why.PUT_ASIDE
    db.session.flush()


def his_mail(person_ids: Collection[int], identity: Identity) -> ColumnElement[bool]:
    """The letters that came from somebody's addresses, or were found to be his."""
    addresses = [contact.lower() for contact in identity.contacts if "@" in contact]
    return or_(InboxMessage.person_id.in_(person_ids), InboxMessage.sender_key.in_(addresses))
