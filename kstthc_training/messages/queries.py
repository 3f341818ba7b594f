"""What somebody was told on the pages, how he wants to be told, and for whom a digest is due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, select

from kstthc_training.db import db
from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.models import MessageChoice, Notice
from kstthc_training.people.models import Account

MOST_COUNTED = 100  # beyond it the bell says 99+

# Built once: every page of those who are signed in asks this.
_SOME = select(literal(1)).where(Notice.account_id == bindparam("account"), Notice.read_at.is_(None)).limit(MOST_COUNTED)
_UNREAD = select(func.count()).select_from(_SOME.subquery())


def unread_count(account_id: int | None) -> int:
    """How many notices an account has not read, at most `MOST_COUNTED`: one statement."""
    return db.session.execute(_UNREAD, {"account": account_id or 0}).scalar_one()


def notices_of(account_id: int, *, unread_only: bool, skip: int, limit: int) -> tuple[Sequence[Notice], int]:
    """A page of an account's notices, the newest first, and how many there are: two statements."""
    mine = Notice.account_id == account_id
    wanted = mine & Notice.read_at.is_(None) if unread_only else mine
    rows = select(Notice).where(wanted).order_by(Notice.created_at.desc(), Notice.id.desc()).offset(skip).limit(limit)
    total = db.session.execute(select(func.count()).select_from(Notice).where(wanted)).scalar_one()
    return db.session.scalars(rows).all(), total


def ways_of(account_id: int) -> Mapping[Group, Way]:
    """What an account chose, by group; by mail where nothing was chosen."""
    rows = db.session.execute(select(MessageChoice.about, MessageChoice.way).where(MessageChoice.account_id == account_id))
    return {group: Way.MAIL for group in Group} | {group: way for group, way in rows}


def for_digest() -> Any:
    """The condition of notices that wait for a digest."""
    return (Notice.way == Way.DIGEST) & Notice.digest_at.is_(None)


def accounts_due(*, needed_before: datetime | None = None) -> Sequence[int]:
    """The accounts for which notices wait for the digest; with an instant, only what would be too late after it."""
    waiting = (
        select(Notice.account_id)
        .join(Account, Account.id == Notice.account_id)
        .where(for_digest(), Account.disabled_at.is_(None))
        .group_by(Notice.account_id)
        .order_by(Notice.account_id)
    )
    return db.session.scalars(waiting.where(Notice.needed_by <= needed_before) if needed_before else waiting).all()
