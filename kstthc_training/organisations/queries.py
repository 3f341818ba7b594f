"""Looking up organisations: which exist on a day, what they were called then, and where each belongs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from kstthc_training.db import db
from kstthc_training.nearness import distance
from kstthc_training.organisations.models import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationName,
    Succession,
)
from kstthc_training.refusals import Unknown
from kstthc_training.text import search_words


def exists_on(day: date) -> ColumnElement[bool]:
    """The condition that an organisation exists on `day`, its first and last day included."""
    begun = or_(Organisation.valid_from.is_(None), Organisation.valid_from <= day)
    return and_(begun, or_(Organisation.valid_to.is_(None), Organisation.valid_to >= day))


def found_by(search: str) -> list[ColumnElement[bool]]:
    """Conditions, to be met all, that an organisation is found by each word of `search`, accents and case aside."""
    return [Organisation.search_text.contains(word, autoescape=True) for word in search_words(search)]


def nearest_first(search: str) -> tuple[Any, ...]:
    """The order of organisations found by `search`: whose name is nearest to the words, then by kind and name.

    The selection joins the kind.
    """
    by_kind = OrganisationKind.position, Organisation.sort_key, Organisation.id
    words = search_words(search)
    return (distance(Organisation.search_text, words), *by_kind) if words else by_kind


def get_organisation(organisation_id: int) -> Organisation:
    """An organisation with its kind, level and parent; `Unknown` when there is none."""
    whole = (joinedload(Organisation.kind), joinedload(Organisation.level), joinedload(Organisation.parent))
    statement = select(Organisation).where(Organisation.id == organisation_id).options(*whole)
    organisation = db.session.scalar(statement, execution_options={"populate_existing": True})
    if organisation is None:
        raise Unknown(organisation_id=organisation_id)
    return organisation


def get_organisations(organisation_ids: Sequence[int]) -> list[Organisation]:
    """Organisations with kinds, levels and parents, in the order asked for: one statement. `Unknown` when one is none."""
    whole = (joinedload(Organisation.kind), joinedload(Organisation.level), joinedload(Organisation.parent))
    statement = select(Organisation).where(Organisation.id.in_(organisation_ids)).options(*whole)
    found = {each.id: each for each in db.session.scalars(statement, execution_options={"populate_existing": True})}
    if missing := set(organisation_ids) - set(found):
        raise Unknown(organisation_ids=sorted(missing))
    return [found[each] for each in organisation_ids]


def names_as_of(ids: Iterable[int], day: date, *, short: bool = False) -> dict[int, str]:
    """The names of organisations on `day` by id, the short ones where there are such when `short`: one statement.

    A new name holds from its very day on. Before the first name on record the first one holds.
    """
    names: dict[int, str] = {}
    for organisation_id, name, short_name, since in _names_in_order(ids):
        if organisation_id not in names or since is None or since <= day:
            names[organisation_id] = (short and short_name) or name
    return names


def names_on(asked: Collection[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """The names of organisations, each on a day of its own, as `names_as_of` finds them: one statement."""
    names: dict[tuple[int, date], str] = {}
    days: dict[int, set[date]] = defaultdict(set)
    for organisation_id, day in asked:
        days[organisation_id].add(day)
    for organisation_id, name, _short_name, since in _names_in_order(days):
        for day in days[organisation_id]:
            if (organisation_id, day) not in names or since is None or since <= day:
                names[organisation_id, day] = name
    return names


def _names_in_order(ids: Iterable[int]) -> Iterable[tuple[int, str, str, date | None]]:
    in_order = OrganisationName.valid_from.asc().nulls_first()
    statement = (
        select(
            Organisation.id,
            func.coalesce(OrganisationName.name, Organisation.name),
            func.coalesce(OrganisationName.short_name, Organisation.short_name),
            OrganisationName.valid_from,
        )
        .outerjoin(OrganisationName, OrganisationName.organisation_id == Organisation.id)
        .where(Organisation.id.in_(set(ids)))
        .order_by(Organisation.id, in_order, OrganisationName.id)
    )
    return [(key, name, short_name, since) for key, name, short_name, since in db.session.execute(statement)]


def names_of(organisation_id: int) -> list[OrganisationName]:
    """Every name an organisation has borne or will, the first one first."""
    statement = select(OrganisationName).where(OrganisationName.organisation_id == organisation_id)
    return list(db.session.scalars(statement.order_by(OrganisationName.valid_from.asc().nulls_first())))


@dataclass(frozen=True)
class Continuation:
    """Another organisation that came before or after: which, from which day on, whole or in part, and by which act."""

    id: int
    name: str
    effective_on: date
    whole: bool
    legal_basis: str


def successors_of(organisation_id: int) -> list[Continuation]:
    """Those who continue an organisation, in the order of the days."""
    joined = Succession.successor_id == Organisation.id
    return _continuations(joined, Succession.predecessor_id == organisation_id)


def predecessors_of(organisation_id: int) -> list[Continuation]:
    """Those whom an organisation continues, in the order of the days."""
    joined = Succession.predecessor_id == Organisation.id
    return _continuations(joined, Succession.successor_id == organisation_id)


def _continuations(joined: ColumnElement[bool], whose: ColumnElement[bool]) -> list[Continuation]:
    statement = (
        select(Organisation.id, Organisation.name, Succession.effective_on, Succession.whole, Succession.legal_basis)
        .join(Succession, joined)
        .where(whose)
        .order_by(Succession.effective_on, Organisation.sort_key, Organisation.id)
    )
    return [Continuation(*row) for row in db.session.execute(statement)]


def kinds() -> list[OrganisationKind]:
    """Every kind, in the Office's order."""
    return list(db.session.scalars(select(OrganisationKind).order_by(OrganisationKind.position, OrganisationKind.id)))


def levels() -> list[OrganisationLevel]:
    """Every level, the highest first."""
    return list(db.session.scalars(select(OrganisationLevel).order_by(OrganisationLevel.position, OrganisationLevel.id)))


@dataclass(frozen=True)
class OrganisationChoice:
    """An organisation to choose in a form, told from others of the same name by where it belongs."""

    id: int
    label: str


def organisation_choices(on: date, *, also: Collection[int] = (), to_come: bool = False) -> list[OrganisationChoice]:
    """Organisations that exist on a day, and those of the ids `also`, by kind and name: one statement.

    With `to_come` also those that begin later.

    Where an organisation belongs is said unless it stands right below the top, as `UBND X. Bình An, UBND H. Châu Thành`.
    """
    parent = aliased(Organisation)
    begins_later = Organisation.valid_from > on if to_come else false()
    statement = (
        select(Organisation.id, short_or_name(Organisation), short_or_name(parent), parent.parent_id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .where(or_(exists_on(on), Organisation.id.in_(also), begins_later))
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )
    return [
        OrganisationChoice(organisation_id, f"{name}, {above}" if above_that else name)
        for organisation_id, name, above, above_that in db.session.execute(statement)
    ]


def short_or_name(organisation: type[Organisation]) -> ColumnElement[str]:
    """The short name where there is one, as it stands in narrow places."""
    return func.coalesce(func.nullif(organisation.short_name, ""), organisation.name)


def heirs() -> CTE:
    """Part of a statement: every organisation that went whole into another (`id`), and the one that continues it today,
    however many steps on (`heir_id`)."""
    line = (
        select(Succession.predecessor_id.label("id"), Succession.successor_id.label("heir_id"))
        .where(Succession.whole)
        .cte("line", recursive=True)
    )
    further = and_(Succession.predecessor_id == line.c.heir_id, Succession.whole)
    line = line.union(select(line.c.id, Succession.successor_id).join(Succession, further))
    gone = select(Succession.predecessor_id).where(Succession.whole)
    last = select(line.c.id, func.min(line.c.heir_id).label("heir_id")).where(line.c.heir_id.not_in(gone))
    return last.group_by(line.c.id).cte("heirs")
