"""Letters for the tests of the outbox."""

from typing import Any

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.service import Letter, post_letter


def a_letter(recipient: str = "lan@mau.example", **fields: Any) -> Letter:
    """A letter with every text that is required."""
    values = {
        "kind": "registration-confirmed",
        "recipient_name": "Nguyễn Thị Lan",
        "subject": "Xác nhận đăng ký",
        "body": "Kính gửi chị Lan,\n\nĐã giữ chỗ.\n",
    }
    return Letter(recipient=recipient, **{**values, **fields})


def posted(recipient: str = "lan@mau.example", *, key: str = "", **fields: Any) -> int:
    """The id of a letter put into the outbox now."""
    key = key or recipient
    with unit_of_work():
        post_letter(a_letter(recipient, **fields), key=key, now=clock.now())
    found = db.session.scalars(select(Message.id).where(Message.key == key)).one()
    db.session.rollback()
    return found


def letter(letter_id: int) -> Message:
    """The letter as it now stands in the database, detached."""
    db.session.rollback()
    row = db.session.scalars(select(Message).where(Message.id == letter_id)).one()
    db.session.refresh(row)
    db.session.expunge(row)
    db.session.rollback()
    return row
