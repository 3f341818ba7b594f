"""What a form offers: kinds, rooms, hosts, topics and items of a year's plan, people for the door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from kstthc_training.db import db
from kstthc_training.events.models import EventKind, Venue
from kstthc_training.nearness import distance
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.people.models import Person
from kstthc_training.plans.models import Plan, PlanItem, Topic
from kstthc_training.text import search_words


@dataclass(frozen=True)
class TopicChoice:
    """A topic in its place in the plan: `depth` counts the topics above it."""

    id: int
    code: str
    title: str
    section: str
    depth: int


@dataclass(frozen=True)
class HostChoice:
    """An organisation that may host, under its kind."""

    id: int
    name: str
    kind_vi: str
    kind_en: str


@dataclass(frozen=True)
class PersonChoice:
    """A person told from others of the same name by title and organisation."""

    id: int
    full_name: str
    title: str
    organisation: str


def event_kinds() -> list[EventKind]:
    """Every kind, in the Office's order."""
    return list(db.session.scalars(select(EventKind).order_by(EventKind.position, EventKind.id)))


def venues(*, also: int | None = None) -> list[Venue]:
    """Rooms in use by name, and the one with the id `also`, which an old event may still have."""
    wanted = or_(Venue.is_active, Venue.id == (also or 0))
    return list(db.session.scalars(select(Venue).where(wanted).order_by(Venue.name)))


def hosts(on: date, *, also: int | None = None) -> list[HostChoice]:
    """Organisations that exist on a day, by kind and name, and the one with the id `also`."""
    begun = or_(Organisation.valid_from.is_(None), Organisation.valid_from <= on)
    lasting = or_(Organisation.valid_to.is_(None), Organisation.valid_to >= on)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, OrganisationKind.name_vi, OrganisationKind.name_en)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(or_(and_(begun, lasting), Organisation.id == (also or 0)))
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )
    return [HostChoice(*row) for row in rows]


def topics_of_year(year: int) -> list[TopicChoice]:
    """The topics of a year's plan in the plan's order."""
    rows = db.session.execute(
        select(Topic.id, Topic.parent_id, Topic.code, Topic.title, Topic.section)
        .join(Plan, Plan.id == Topic.plan_id)
        .where(Plan.year == year)
        .order_by(Topic.position, Topic.id)
    ).all()
    parents = {row.id: row.parent_id for row in rows}
    return [TopicChoice(row.id, row.code, row.title, row.section, _depth(row.id, parents)) for row in rows]


def plan_items_of_year(year: int) -> list[PlanItem]:
    """The items of a year's plan in the plan's order."""
    statement = select(PlanItem).join(Plan, Plan.id == PlanItem.plan_id).where(Plan.year == year)
    return list(db.session.scalars(statement.order_by(PlanItem.position, PlanItem.id)))


def find_people(words: str, *, limit: int = 8) -> list[PersonChoice]:
    """People whose folded name, title or organisation holds each of the words, the nearest names first.

    None for less than two letters.
    """
    sought = search_words(words)
    if len("".join(sought)) < 2:
        return []
    matches = [
        or_(*(column.contains(word, autoescape=True) for column in (Person.search_text, Organisation.search_text)))
        for word in sought
    ]
    return _people(*matches, limit=limit, nearest=distance(Person.search_text, sought))


def people_by_id(ids: Collection[int]) -> list[PersonChoice]:
    """These people, in the order of Vietnamese lists."""
    return _people(Person.id.in_(ids), limit=len(ids)) if ids else []


def _people(*conditions: ColumnElement[bool], limit: int, nearest: ColumnElement[int] | None = None) -> list[PersonChoice]:
    in_order = (Person.sort_key, Person.id)
    rows = db.session.execute(
        select(Person.id, Person.full_name, Person.title, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(*conditions)
        .order_by(*(in_order if nearest is None else (nearest, *in_order)))
        .limit(limit)
    )
    return [PersonChoice(person, name, title, organisation or "") for person, name, title, organisation in rows]


def _depth(topic: int, parents: dict[int, int | None]) -> int:
    depth, parent = 0, parents.get(topic)
    while parent is not None and depth < len(parents):
        depth, parent = depth + 1, parents.get(parent)
    return depth
