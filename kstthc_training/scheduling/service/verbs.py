"""Who is to hold the sessions of an event, and what became of it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from kstthc_training.outbox.service import Letter
from kstthc_training.scheduling import queries
from kstthc_training.scheduling.service.settling import SETTLES_IN, settle

NO_LETTERS: Mapping[int, Letter] = {}


def ask(
    event_id: int, person_ids: Collection[int], *, letters: Mapping[int, Letter] = NO_LETTERS, now: datetime
) -> dict[int, Letter]:
    """Let people hold the sessions of an event that are to come; asked again they are told what changed, if anything."""
    return settle(event_id, asked=person_ids, letters=letters, now=now)


def withdraw(
    event_id: int, person_ids: Collection[int], *, letters: Mapping[int, Letter] = NO_LETTERS, now: datetime
) -> dict[int, Letter]:
    """Take the sessions of an event out of people's calendars; who holds none is told nothing."""
    return settle(event_id, withdrawn=person_ids, letters=letters, now=now)


def move(
    event_id: int,
    *,
    coming: Collection[int],
    leaving: Collection[int],
    letters: Mapping[int, Letter] = NO_LETTERS,
    now: datetime,
) -> dict[int, Letter]:
    """Both for one act, that some come and others do not."""
    return (
        settle(event_id, asked=coming, withdrawn=leaving, letters=letters, now=now) if coming or leaving else dict(letters)
    )


def follow(
    event_id: int,
    *,
    asked: Collection[int] = (),
    letters: Mapping[int, Letter] = NO_LETTERS,
    now: datetime,
) -> dict[int, Letter]:
    """Tell everybody who holds an event, and those `asked`, what became of it: changed, called off, dated again."""
    return settle(event_id, asked=asked, everyone=True, letters=letters, now=now)


def settle_wording(*, event_id: int, now: datetime) -> None:
    """Tell what is only worded anew, once nobody has changed a word for ten minutes; a later change has a later job."""
    changed_at = queries.last_change(event_id)
    if changed_at is not None and changed_at + SETTLES_IN <= now:
        settle(event_id, everyone=True, with_wording=True, now=now)
