"""Whose feed lies at an address, and as whom its program reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, literal, select

from kstthc_training import ids
from kstthc_training.calendars.enums import FeedScope, Show
from kstthc_training.calendars.errors import NoSuchFeed
from kstthc_training.calendars.models import Feed
from kstthc_training.calendars.policy import may_follow
from kstthc_training.calendars.scopes import MINE, Scope
from kstthc_training.db import db, glance
from kstthc_training.events.models import EventKind, Venue
from kstthc_training.ical import Language
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.settings.models import Setting
from kstthc_training.settings.queries import Office


@dataclass(frozen=True, kw_only=True)
class Follower:
    """Who follows a scope, as what he is now; how his feed stands, and the names that it bears."""

    actor: Actor
    scope: Scope
    shows: frozenset[Show]
    calendar_revision: int
    generation: int
    used_at: datetime | None
    used_by: str
    tag: str
    changed_at: datetime | None
    office: str
    subject_name: str

    @property
    def person_id(self) -> int:
        """Whose feed it is."""
        return self.actor.person_id or 0

    @property
    def language(self) -> Language:
        """The language of the account."""
        return Language.ENGLISH if self.actor.locale == Language.ENGLISH else Language.VIETNAMESE


def feed_secret(key: bytes, *, person_id: int, generation: int, scope: Scope = MINE) -> str:
    """The part of a feed's address that is secret: derived, shown again at will, dead once `generation` rises."""
    return ids.address_secret(key, purpose=scope.purpose, owner=person_id, generation=generation)


def get_follower(*, secret: str, scope: Scope, key: bytes, today: date) -> Follower:
    """Whose feed of a scope lies at a secret address: one statement, unless the address is of a row that was united with
    another; `NoSuchFeed` for all that is wrong, or was allowed once and is not now, alike."""
    owner = ids.owner_of(secret)
    follower = find_follower(owner, scope=scope, today=today) if owner is not None else None
    if follower is None:
        return _follower_led_to(owner, secret=secret, scope=scope, key=key, today=today)
    right = feed_secret(key, person_id=follower.person_id, generation=follower.generation, scope=scope)
    if not ids.same_secret(right, secret):
        raise NoSuchFeed()
    return follower


def _follower_led_to(owner: int | None, *, secret: str, scope: Scope, key: bytes, today: date) -> Follower:
    """Whose feed lies at the address of a row that was united with another, and whose account went over to it."""
    led = (
        select(Person.merged_into_id, func.coalesce(Feed.generation, 1))
        .outerjoin(Feed, and_(Feed.person_id == Person.id, Feed.scope == scope.kind, Feed.subject == scope.subject))
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == owner, Account.id.is_(None))
    )
    to, generation = next(iter(db.session.execute(led)), (None, 0))
    right = feed_secret(key, person_id=owner or 0, generation=generation, scope=scope)
    while to is not None and ids.same_secret(right, secret):
        if follower := find_follower(to, scope=scope, today=today):
            return follower
        to = db.session.scalar(select(Person.merged_into_id).where(Person.id == to))
    raise NoSuchFeed()


def find_follower(person_id: int, *, scope: Scope, today: date) -> Follower | None:
    """A person with an account that is not disabled who may follow a scope that there is, and the state of that feed:
    one statement, whatever the number of roles. Generation 1 until it is renewed."""
    values = {"person": person_id, "scope": scope.kind, "subject": scope.subject, "subject_id": scope.subject_id}
    rows = glance(_followers(scope.kind), {**values, "day": today})
    if not rows or rows[0].subject_name is None:
        return None
    follower = _follower(rows, scope)
    return follower if may_follow(follower.actor, scope) else None


def _follower(rows: Sequence[Row[*tuple[Any, ...]]], scope: Scope) -> Follower:
    first = rows[0]
    return Follower(
        actor=Actor(
            account_id=first.account_id,
            person_id=first.person_id,
            display_name=first.full_name,
            organisation_id=first.organisation_id,
            roles=frozenset({Role.MEMBER} | {row.role for row in rows if row.role}),
            focal_of=frozenset(row.focal_of for row in rows if row.focal_of),
            locale=first.locale,
        ),
        scope=scope,
        shows=frozenset(show for show in Show if getattr(first, f"shows_{show}")),
        calendar_revision=first.calendar_revision,
        generation=first.generation,
        used_at=first.used_at,
        used_by=first.used_by,
        tag=first.tag,
        changed_at=first.changed_at,
        office=str(first.office or Office().short_name),
        subject_name=first.subject_name,
    )


_SUBJECTS: dict[FeedScope, tuple[Any, Any]] = {
    FeedScope.ORGANISATION: (Organisation.name, Organisation.id),
    FeedScope.HOST: (Organisation.name, Organisation.id),
    FeedScope.KIND: (case((Account.locale == Language.ENGLISH, EventKind.name_en), else_=EventKind.name_vi), EventKind.id),
    FeedScope.ROOM: (Venue.name, Venue.id),
}
_OFFICE = (
    select(Setting.value)
    .where(Setting.name == "short_name", Setting.valid_from <= bindparam("day"))
    .order_by(Setting.valid_from.desc())
    .limit(1)
)


@cache
def _followers(kind: FeedScope) -> Select[*tuple[Any, ...]]:
    """Built once for a kind of scope: building a statement takes longer than asking it."""
    feed = and_(Feed.person_id == Person.id, Feed.scope == bindparam("scope"), Feed.subject == bindparam("subject"))
    return (
        select(
            Account.id.label("account_id"), Account.locale, Person.id.label("person_id"), Person.full_name,
            Person.calendar_revision, Person.organisation_id, RoleGrant.role,
            RoleGrant.organisation_id.label("focal_of"), func.coalesce(Feed.generation, 1).label("generation"),
            func.coalesce(Feed.shows_registered, literal(True)).label("shows_registered"),
            func.coalesce(Feed.shows_waiting, literal(False)).label("shows_waiting"),
            func.coalesce(Feed.shows_invited, literal(False)).label("shows_invited"),
            func.coalesce(Feed.shows_organised, literal(False)).label("shows_organised"),
            Feed.used_at, func.coalesce(Feed.used_by, "").label("used_by"), func.coalesce(Feed.tag, "").label("tag"),
            Feed.changed_at, _OFFICE.scalar_subquery().label("office"), _subject_name(kind).label("subject_name"),
        )
        .select_from(Person)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
        .outerjoin(Feed, feed)
        .where(Person.id == bindparam("person"), Account.disabled_at.is_(None))
    )  # fmt: skip


def _subject_name(kind: FeedScope) -> ColumnElement[str]:
    """What a scope is about, by name; NULL when there is none such, empty for those that need none."""
    if kind not in _SUBJECTS:
        return literal("")
    name, number = _SUBJECTS[kind]
    return select(name).where(number == bindparam("subject_id")).correlate(Account).scalar_subquery()
