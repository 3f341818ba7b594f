"""The addresses of a person's feeds: noting that one was read, and replacing it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from kstthc_training.audit.service import record
from kstthc_training.calendars.enums import Show
from kstthc_training.calendars.models import Feed
from kstthc_training.calendars.queries import Follower
from kstthc_training.calendars.scopes import MINE, Scope
from kstthc_training.db import added_once, db
from kstthc_training.people.actors import Actor
from kstthc_training.scheduling import service as scheduling

USE_NOTED_EVERY = timedelta(hours=1)
_SECOND = timedelta(seconds=1)


def is_use_worth_noting(follower: Follower, *, tag: str, now: datetime) -> bool:
    """A feed's last use is kept to the hour, and when it changed at once."""
    return follower.tag != tag or follower.used_at is None or now - follower.used_at > USE_NOTED_EVERY


def note_use(*, person_id: int, scope: Scope = MINE, program: str, tag: str, now: datetime) -> datetime:
    """Keep when, by what program and with which validator a feed was last read; since when that validator stands.

    In whole seconds, as Last-Modified is, and later than the one before, so that a reader never takes one for the other.
    """
    feed = own_feed(person_id, scope, now)
    feed.used_at, feed.used_by = now, program[:200]
    if feed.tag != tag or feed.changed_at is None:
        this_second = now.replace(microsecond=0)
        feed.changed_at = max(this_second, feed.changed_at + _SECOND) if feed.changed_at else this_second
        feed.tag = tag
    if scope == MINE and feed.shows_registered:
        scheduling.note_subscribed(person_id, now)
    return feed.changed_at


def renew_address(*, actor: Actor, person_id: int, scope: Scope = MINE, now: datetime) -> None:
    """Give a person's feed a new address; the old one is unknown from now on."""
    _forget_address(person_id, scope, now)
    record(
        actor=actor, action="feed.renewed", subject_type="person", subject_id=person_id, now=now, name=f"{scope.name}.ics"
    )


def stop_feed(*, actor: Actor, person_id: int, scope: Scope, now: datetime) -> None:
    """Let the address of a person's feed die, without thinking of another yet."""
    _forget_address(person_id, scope, now)
    record(
        actor=actor, action="feed.stopped", subject_type="person", subject_id=person_id, now=now, name=f"{scope.name}.ics"
    )


def _forget_address(person_id: int, scope: Scope, now: datetime) -> None:
    feed = own_feed(person_id, scope, now)
    feed.generation += 1
    feed.used_at, feed.used_by = None, ""
    if scope == MINE:
        scheduling.note_unsubscribed(person_id)


def choose_shown(*, person_id: int, shows: Collection[Show], now: datetime) -> None:
    """What a person's own feed shows from now on; whoever does not read what he comes to gets it by mail again."""
    feed = own_feed(person_id, MINE, now)
    for show in Show:
        setattr(feed, f"shows_{show}", show in shows)
    if not feed.shows_registered:
        scheduling.note_unsubscribed(person_id)


def own_feed(person_id: int, scope: Scope, now: datetime) -> Feed:
    """A person's row for a scope, made when there is none yet; held until the transaction ends."""
    key = {"person_id": person_id, "scope": scope.kind, "subject": scope.subject}
    db.session.execute(added_once(Feed, {**key, "created_at": now}))
    statement = select(Feed).filter_by(**key).with_for_update()
    return db.session.execute(statement.execution_options(populate_existing=True)).scalar_one()
