"""What somebody may subscribe to, and what programs read for him."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, func, select

from kstthc_training.calendars.enums import FeedScope
from kstthc_training.calendars.models import Feed
from kstthc_training.calendars.scopes import Scope
from kstthc_training.db import db
from kstthc_training.events.models import EventKind, Venue
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor


@dataclass(frozen=True)
class Subscription:
    """A feed that a program reads, with the name of what it is about in both languages."""

    scope: Scope
    name_vi: str
    name_en: str
    used_at: datetime
    used_by: str


def subscriptions_of(person_id: int) -> list[Subscription]:
    """The feeds of a person that were read since they have their address, the last first: one statement."""
    about_organisation = Feed.scope.in_((FeedScope.ORGANISATION, FeedScope.HOST))
    name = func.coalesce(Organisation.name, Venue.name, "")
    rows = db.session.execute(
        select(
            Feed.scope, Feed.subject, func.coalesce(EventKind.name_vi, name), func.coalesce(EventKind.name_en, name),
            Feed.used_at, Feed.used_by,
        )
        .outerjoin(Organisation, about_organisation & (cast(Organisation.id, String) == Feed.subject))
        .outerjoin(EventKind, (Feed.scope == FeedScope.KIND) & (cast(EventKind.id, String) == Feed.subject))
        .outerjoin(Venue, (Feed.scope == FeedScope.ROOM) & (cast(Venue.id, String) == Feed.subject))
        .where(Feed.person_id == person_id, Feed.used_at.is_not(None))
        .order_by(Feed.used_at.desc(), Feed.id)
    )  # fmt: skip
    return [Subscription(Scope(row[0], row[1]), row[2], row[3], row[4], row[5]) for row in rows if row[4]]


def own_organisations(actor: Actor) -> Sequence[tuple[Scope, str]]:
    """The organisation that somebody belongs to and those that he speaks for, by name: one statement."""
    wanted = {*actor.focal_of, actor.organisation_id or 0}
    name = func.coalesce(func.nullif(Organisation.short_name, ""), Organisation.name)
    statement = select(Organisation.id, name).where(Organisation.id.in_(wanted)).order_by(Organisation.sort_key)
    return [(Scope(FeedScope.ORGANISATION, str(number)), named) for number, named in db.session.execute(statement)]
