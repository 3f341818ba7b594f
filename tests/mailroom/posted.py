"""Letters for the tests of their pages."""

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter, post_letter


def make_letter(name="Bùi Mẫu Lệ", *, subject="Giấy mời tập huấn", body="Kính gửi,\n\nMời dự.", state=None, **fields):
    """A letter, by default one that waits; its id."""
    number = len(db.session.scalars(select(Message.id)).all()) + 1
    given = {each: fields.pop(each) for each in ("kind", "event_id", "person_id", "calendar") if each in fields}
    more = {"calendar_method": "REQUEST"} if "calendar" in given else {}
    address = fields.pop("recipient", f"nhan{number}@mau.example")
    with unit_of_work():
        letter = Letter(
            **{
                "kind": "test",
                "recipient": address,
                "recipient_name": name,
                "subject": subject,
                "body": body,
                **given,
                **more,
            }
        )
        post_letter(letter, key=f"thu-{number}", now=clock.now())
        message = db.session.scalars(select(Message).where(Message.key == f"thu-{number}")).one()
        message.state = state or MessageState.WAITING
        if message.state is MessageState.SENT:
            message.sent_at = clock.now()
        for field, value in fields.items():
            setattr(message, field, value)
        return message.id


def kept(message_id):
    """The letter as it stands in the database."""
    db.session.rollback()
    return db.session.get_one(Message, message_id, populate_existing=True)


def recorded():
    """What the log holds besides readings."""
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [entry.action for entry in entries if not entry.action.endswith(".read")]
