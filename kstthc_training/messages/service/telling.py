"""The one door through which people are told something, always inside the unit of work of the act that it tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, select

from kstthc_training import clock
from kstthc_training.db import Instant, Key, Line, Prose, db, read_over
from kstthc_training.messages.addresses import CHOICES_PATH, page_address
from kstthc_training.messages.enums import Way
from kstthc_training.messages.kinds import KINDS
from kstthc_training.messages.models import MessageChoice, Notice
from kstthc_training.messages.wording import WHERE_TO_CHANGE
from kstthc_training.outbox.composing import LINK_MARK
from kstthc_training.outbox.service import Letter, post_letters
from kstthc_training.people.models import Account

DIGEST_HOUR = time(7, 15)
_KEYS_AT_ONCE = 10_000


def tell(letter: Letter, *, key: str, now: datetime, run_at: datetime | None = None) -> None:
    """Tell somebody, as `tell_several` does."""
    tell_several([(letter, key)], now=now, run_at=run_at)


def tell_several(letters: Sequence[tuple[Letter, str]], *, now: datetime, run_at: datetime | None = None) -> None:
    """Tell people, each letter under its key; the same key is the same message: a fixed number of statements.

    Whoever has an account finds a notice on the pages. By mail goes what is mandatory, what carries an entry for the
    calendar, and what the reader did not choose to find there alone or in his digest. Letters about an account itself go
    past this, straight by mail.
    """
    ways = _note([(letter, key) for letter, key in letters if _is_noted(letter)], now)
    by_mail = [(_signed(letter, key in ways), key) for letter, key in letters if ways.get(key, Way.MAIL) is Way.MAIL]
    post_letters(by_mail, now=now, run_at=run_at)


def next_digest(now: datetime) -> datetime:
    """When the next digest of any day is written."""
    today = clock.local_date(now)
    at = clock.at_local(today, DIGEST_HOUR)
    return at if at > now else clock.at_local(today + timedelta(days=1), DIGEST_HOUR)


def without_link(body: str) -> str:
    """A letter's text without the paragraphs that hold the link: whoever reads it on the pages needs none."""
    return "\n\n".join(part for part in body.split("\n\n") if LINK_MARK not in part)


def _is_noted(letter: Letter) -> bool:
    return letter.person_id is not None and not KINDS[letter.kind].silent


def _is_chosen(letter: Letter) -> bool:
    return not KINDS[letter.kind].mandatory and letter.calendar is None


def _signed(letter: Letter, has_account: bool) -> Letter:
    """Under what somebody may choose about stands where; whoever has no account has nothing to choose."""
    if not has_account or not _is_chosen(letter):
        return letter
    words = WHERE_TO_CHANGE[letter.locale] % {"address": page_address(CHOICES_PATH)}
    return replace(letter, body=f"{letter.body}\n\n{words}")


def _note(letters: Sequence[tuple[Letter, str]], now: datetime) -> Mapping[str, Way]:
    """Write the notices of those who have an account; the answer is how each of them is told, by key, as it was first."""
    if not letters:
        return {}
    rows = [_values(letter, key, now) for letter, key in letters]
    statement = _write(db.engine.dialect.name)
    if len(rows) == 1:
        told = db.session.execute(statement.returning(Notice.key, Notice.way), rows[0]).all()
        return {row.key: row.way for row in told}
    db.session.execute(statement, rows)
    keys = [key for _letter, key in letters]
    portions = [keys[first : first + _KEYS_AT_ONCE] for first in range(0, len(keys), _KEYS_AT_ONCE)]
    found = (db.session.execute(select(Notice.key, Notice.way).where(Notice.key.in_(part))) for part in portions)
    return {row.key: row.way for part in found for row in part}


def _values(letter: Letter, key: str, now: datetime) -> dict[str, Any]:
    too_late = letter.needed_by is not None and letter.needed_by <= next_digest(now)
    return {
        "told": letter.person_id,
        "about": KINDS[letter.kind].group if _is_chosen(letter) else None,
        "digest": Way.MAIL if too_late else Way.DIGEST,
        "key": key,
        "kind": letter.kind,
        "subject": letter.subject,
        "body": without_link(letter.body),
        "path": letter.path,
        "event_id": letter.event_id,
        "needed_by": letter.needed_by,
        "created_at": now,
    }


@cache
def _write(_dialect: str) -> Any:
    """One row for an account that is open, with the way its holder chose; for one known by its key nothing changes."""
    types: dict[str, Any] = {
        "key": Line(), "kind": Line(), "subject": Line(), "body": Prose(), "path": Line(), "event_id": Key,
        "needed_by": Instant(), "created_at": Instant(),
    }  # fmt: skip
    way, about = MessageChoice.way.type, MessageChoice.about.type
    chosen = case(
        (MessageChoice.way == Way.DIGEST, bindparam("digest", type_=way)),
        else_=func.coalesce(MessageChoice.way, bindparam("usual", Way.MAIL, type_=way)),
    )
    his = (MessageChoice.account_id == Account.id) & (MessageChoice.about == bindparam("about", type_=about))
    values = [bindparam(name, type_=kind) for name, kind in types.items()]
    row = (
        select(Account.id, chosen, *values)
        .outerjoin(MessageChoice, his)
        .where(Account.person_id == bindparam("told", type_=Key), Account.disabled_at.is_(None))
    )
    return read_over(Notice, ["account_id", "way", *types], row)
