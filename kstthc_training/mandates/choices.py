"""What the pages of mandatory trainings offer: topics, events that may count, organisations whose people must come."""

from collections.abc import Sequence

from sqlalchemy import case, func, literal, or_, select

from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, EventTopic
from kstthc_training.mandates.models import Mandate, MandateEvent, MandatePerson
from kstthc_training.mandates.queries import CountedEvent
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import found_by, nearest_first
from kstthc_training.people.models import Person
from kstthc_training.plans.models import Plan, Topic


def events_offered(mandate: Mandate, *, limit: int = 200) -> list[CountedEvent]:
    """The events that may be counted besides those that are, those on its topic first, then the latest: one statement."""
    of_topic = select(EventTopic.event_id).where(EventTopic.topic_id == (mandate.topic_id or 0))
    counted = select(MandateEvent.event_id).where(MandateEvent.mandate_id == mandate.id)
    rows = db.session.execute(
        select(literal(mandate.id), Event.id, Event.year, Event.number, Event.title, Event.state, Event.starts_at)
        .where(Event.discarded_at.is_(None), Event.state != EventState.CANCELLED, Event.id.not_in(counted))
        .order_by(case((Event.id.in_(of_topic), 0), else_=1), Event.starts_at.desc(), Event.id.desc())
        .limit(limit)
    )
    return [CountedEvent(*row) for row in rows]


def topics_offered(*, also: int | None = None) -> list[tuple[int, str, str, int]]:
    """Topics of the two latest plans, and the one with the id `also`: id, code, title, year; one statement."""
    latest = select(Plan.id).order_by(Plan.year.desc()).limit(2).subquery()
    statement = (
        select(Topic.id, Topic.code, Topic.title, Plan.year)
        .join(Plan, Plan.id == Topic.plan_id)
        .where(or_(Plan.id.in_(select(latest.c.id)), Topic.id == (also or 0)))
        .order_by(Plan.year.desc(), Topic.position, Topic.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(statement)]


def people_of(organisation_id: int) -> list[int]:
    """Everybody of an organisation: one statement."""
    return list(db.session.scalars(select(Person.id).where(Person.organisation_id == organisation_id)))


def listed_among(mandate_id: int, person_ids: Sequence[int]) -> frozenset[int]:
    """Which of these people are on a list: one statement."""
    statement = select(MandatePerson.person_id)
    theirs = MandatePerson.mandate_id == mandate_id, MandatePerson.person_id.in_(person_ids)
    return frozenset(db.session.scalars(statement.where(*theirs)))


def organisations_found(search: str, *, limit: int) -> list[tuple[int, str, int]]:
    """Organisations with people, found by words, the nearest name first, and how many people each has: one statement."""
    statement = (
        select(Organisation.id, Organisation.name, func.count(Person.id))
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .join(Person, Person.organisation_id == Organisation.id)
        .where(*found_by(search))
        .group_by(Organisation.id, OrganisationKind.position)
        .order_by(*nearest_first(search))
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]
