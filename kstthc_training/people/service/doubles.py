"""Rows that look like one person and are not: said once, remembered, and taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import delete, select, tuple_

from kstthc_training.audit.service import record
from kstthc_training.db import added_once, db
from kstthc_training.people.actors import Actor
from kstthc_training.people.errors import TooManyApart
from kstthc_training.people.models import Person, ToldApart
from kstthc_training.people.policy import keeps_directory
from kstthc_training.refusals import NotAllowed, Unknown

MOST_APART = 40  # each from each: 780 pairs, which are written while everybody else waits


def tell_apart(*, actor: Actor, person_ids: Collection[int], now: datetime) -> None:
    """Each of these is another person than the rest; said again it changes nothing. Raises `NotAllowed`,
    `Unknown`, `TooManyApart`."""
    names = _names(actor, person_ids)
    new = False
    for low, high in combinations(sorted(names), 2):
        values = {"low_id": low, "high_id": high, "told_at": now, "told_by_id": actor.account_id}
        new |= db.session.scalar(added_once(ToldApart, values).returning(ToldApart.low_id)) is not None
    if new:
        first, *others = sorted(names)
        record(
            actor=actor, action="person.told_apart", subject_type="person", subject_id=first, now=now,
            others=[names[other] for other in others],
        )  # fmt: skip


def doubt_again(*, actor: Actor, person_ids: Collection[int], now: datetime) -> None:
    """Take back that these are different people. Raises `NotAllowed`, `Unknown`, `TooManyApart`."""
    names = _names(actor, person_ids)
    pairs: Sequence[tuple[int, int]] = list(combinations(sorted(names), 2))
    gone = delete(ToldApart).where(tuple_(ToldApart.low_id, ToldApart.high_id).in_(pairs)).returning(ToldApart.low_id)
    if db.session.scalars(gone).all():
        first, *others = sorted(names)
        record(
            actor=actor, action="person.doubted_again", subject_type="person", subject_id=first, now=now,
            others=[names[other] for other in others],
        )  # fmt: skip


def _names(actor: Actor, person_ids: Collection[int]) -> dict[int, str]:
    if not keeps_directory(actor):
        raise NotAllowed()
    if len(person_ids) > MOST_APART:
        raise TooManyApart(most=MOST_APART)
    rows = db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(person_ids)))
    names = {person_id: name for person_id, name in rows}
    if len(names) < 2 or set(person_ids) - set(names):
        raise Unknown(person_ids=sorted(person_ids))
    return names
