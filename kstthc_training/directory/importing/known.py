"""What is on record, as rows of a file are held against it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from kstthc_training.db import db
from kstthc_training.directory.importing.places import Place, PlaceBook
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Person


def organisations_not_ended(on: date) -> dict[int, Organisation]:
    """Organisations that exist on a day or will, by id: one statement."""
    lasting = or_(Organisation.valid_to.is_(None), Organisation.valid_to >= on)
    statement = select(Organisation).where(lasting).order_by(Organisation.id)
    found = db.session.scalars(statement, execution_options={"populate_existing": True})
    return {organisation.id: organisation for organisation in found}


def ended_bearers(codes: Collection[str], known: Collection[int]) -> dict[str, Organisation]:
    """Organisations other than the known ones that bear one of these codes: one statement."""
    statement = select(Organisation).where(Organisation.code.in_(codes), Organisation.id.not_in(known))
    return {organisation.code or "": organisation for organisation in db.session.scalars(statement)}


def place_book(organisations: Iterable[Organisation]) -> PlaceBook:
    """The places that a file may name."""
    by_id = {organisation.id: organisation for organisation in organisations}
    return PlaceBook.of(_place(organisation, by_id.get(organisation.parent_id or 0)) for organisation in by_id.values())


def _place(organisation: Organisation, parent: Organisation | None) -> Place:
    return Place(
        id=organisation.id,
        code=organisation.code or "",
        name=organisation.name,
        short_name=organisation.short_name,
        above=(parent.short_name or parent.name) if parent else "",
        above_name=parent.name if parent else "",
        above_code=(parent.code or "") if parent else "",
    )


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody on record whom a row may mean."""

    id: int
    version: int
    full_name: str
    title: str
    organisation_id: int | None
    organisation: str
    email: str
    phone: str


def people_like(*, organisation_ids: Collection[int], emails: Collection[str], phones: Collection[str]) -> list[KnownPerson]:
    """People of these organisations, or with one of these addresses (in small letters) or numbers: one statement."""
    statement = (
        select(
            Person.id, Person.version, Person.full_name, Person.title, Person.organisation_id,
            func.coalesce(short_or_name(Organisation), ""), Person.email, Person.phone,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(
            or_(
                Person.organisation_id.in_(organisation_ids),
                func.lower(Person.email).in_(emails),
                Person.phone.in_(phones),
            )
        )
        .order_by(Person.id)
    )  # fmt: skip
    return [KnownPerson(*row) for row in db.session.execute(statement)]
