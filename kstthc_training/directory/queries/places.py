"""Organisations as the directory lists them: with their people, focal points and part in events."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.directory.queries.attendance import Participation, participation_of
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import exists_on, found_by, nearest_first
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant


@dataclass(frozen=True, kw_only=True)
class PlacesWanted:
    """Which organisations are listed on a day; those that ended before it only with `ended`."""

    on: date
    search: str = ""
    kind_ids: frozenset[int] | None = None
    level_id: int | None = None
    parent_id: int | None = None
    ended: bool = False
    without_focal_point: bool = False


@dataclass(frozen=True)
class FocalPoint:
    """Somebody who speaks for an organisation."""

    person_id: int
    full_name: str


@dataclass(frozen=True)
class PlaceRow:
    """An organisation in the list; `organisation` comes with its kind, level and parent."""

    organisation: Organisation
    people: int
    focal_points: tuple[FocalPoint, ...]
    participation: Participation | None


def places_found(wanted: PlacesWanted, *, limit: int, offset: int = 0) -> list[PlaceRow]:
    """A page of organisations, nearest to the words first, with what the list says of each: four statements."""
    whole = (joinedload(Organisation.kind), joinedload(Organisation.level), joinedload(Organisation.parent))
    statement = (
        select(Organisation)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(*_conditions(wanted))
        .order_by(*nearest_first(wanted.search))
        .options(*whole)
        .limit(limit)
        .offset(offset)
    )
    organisations = list(db.session.scalars(statement))
    ids = [organisation.id for organisation in organisations]
    people, speakers = _people_in(ids), focal_points_of(ids)
    first, last = clock.year_to(wanted.on)
    participation = participation_of(ids, first=first, last=last)
    return [PlaceRow(o, people.get(o.id, 0), tuple(speakers.get(o.id, ())), participation.get(o.id)) for o in organisations]


def count_places(wanted: PlacesWanted) -> int:
    """How many organisations are wanted."""
    return db.session.execute(select(func.count(Organisation.id)).where(*_conditions(wanted))).scalar_one()


def kind_counts(on: date) -> dict[int, int]:
    """How many organisations of each kind exist on a day, by the kind's id."""
    statement = select(Organisation.kind_id, func.count()).where(exists_on(on)).group_by(Organisation.kind_id)
    return {kind_id: count for kind_id, count in db.session.execute(statement)}


@dataclass(frozen=True)
class Figures:
    """Organisations that exist on a day, all people, and organisations for whom nobody speaks."""

    places: int
    people: int
    without_focal_point: int


def figures_on(day: date) -> Figures:
    """The figures at the head of the directory: one statement."""
    row = db.session.execute(
        select(
            select(func.count(Organisation.id)).where(exists_on(day)).scalar_subquery(),
            select(func.count(Person.id)).where(Person.merged_into_id.is_(None)).scalar_subquery(),
            select(func.count(Organisation.id)).where(exists_on(day), ~_is_spoken_for()).scalar_subquery(),
        )
    ).one()
    return Figures(*row)


def focal_points_of(organisation_ids: Collection[int]) -> dict[int, list[FocalPoint]]:
    """Who speaks for each of these organisations, by id, in the order of Vietnamese lists: one statement."""
    statement = (
        select(RoleGrant.organisation_id, Person.id, Person.full_name)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(RoleGrant.organisation_id.in_(organisation_ids), Account.disabled_at.is_(None))
        .order_by(Person.sort_key, Person.id)
    )
    speakers: dict[int, list[FocalPoint]] = defaultdict(list)
    for organisation_id, person_id, full_name in db.session.execute(statement):
        speakers[organisation_id or 0].append(FocalPoint(person_id, full_name))
    return speakers


def spoken_for_by(person_id: int) -> list[Organisation]:
    """The organisations for which a person speaks: one statement."""
    statement = (
        select(Organisation)
        .join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(Account.person_id == person_id, Account.disabled_at.is_(None))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return list(db.session.scalars(statement))


def same_names(rows: Collection[PlaceRow], on: date) -> set[str]:
    """Which of the listed names more than one organisation bears on a day: one statement."""
    names = {row.organisation.name for row in rows}
    statement = select(Organisation.name).where(Organisation.name.in_(names), exists_on(on))
    return set(db.session.scalars(statement.group_by(Organisation.name).having(func.count() > 1)))


def _people_in(organisation_ids: Collection[int]) -> dict[int, int]:
    statement = select(Person.organisation_id, func.count()).where(Person.organisation_id.in_(organisation_ids))
    rows = db.session.execute(statement.group_by(Person.organisation_id))
    return {organisation_id: count for organisation_id, count in rows if organisation_id is not None}


def _conditions(wanted: PlacesWanted) -> list[ColumnElement[bool]]:
    conditions = found_by(wanted.search)
    if not wanted.ended:
        conditions.append(exists_on(wanted.on))
    if wanted.kind_ids is not None:
        conditions.append(Organisation.kind_id.in_(wanted.kind_ids))
    if wanted.level_id is not None:
        conditions.append(Organisation.level_id == wanted.level_id)
    if wanted.parent_id is not None:
        conditions.append(Organisation.parent_id == wanted.parent_id)
    if wanted.without_focal_point:
        conditions.append(~_is_spoken_for())
    return conditions


def _is_spoken_for() -> ColumnElement[bool]:
    return exists(
        select(RoleGrant.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.organisation_id == Organisation.id,
            RoleGrant.role == Role.FOCAL_POINT,
            Account.disabled_at.is_(None),
        )
    )
