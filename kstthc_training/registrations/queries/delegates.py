"""Those of an event's list as an official list of delegates names them, with what puts them in order."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, literal, select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import Circle, Credential, Place, RegistrationState
from kstthc_training.registrations.models import GuestEntry, Registration
from kstthc_training.text import sort_key


class Delegate(NamedTuple):
    """Somebody on the list: the post and the body are those of the time of registration; `order` is the body's."""

    full_name: str
    title: str
    organisation_id: int | None
    organisation: str
    phone: str
    state: RegistrationState
    is_press: bool
    place: Place | None
    credential: Credential | None
    credential_number: str
    is_substitute: bool
    order: tuple[int, int, str, int]


def delegates_of(event_id: int, *, on: date, states: Collection[RegistrationState]) -> list[Delegate]:
    """Those in one of the states, by name; organisations are called as on the day `on`, in full: two statements."""
    rows = db.session.execute(
        select(
            Person.full_name, Registration.title_then, Registration.organisation_id, Person.phone, Registration.state,
            Registration.circle, Registration.place, Registration.credential, Registration.credential_number,
            Registration.substitute_for_id.is_not(None), OrganisationLevel.position, OrganisationKind.position,
            Organisation.sort_key, func.coalesce(GuestEntry.organisation, literal("")),
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(GuestEntry, GuestEntry.registration_id == Registration.id)
        .outerjoin(OrganisationLevel, OrganisationLevel.id == Organisation.level_id)
        .outerjoin(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(Registration.event_id == event_id, Registration.state.in_(states))
        .order_by(Person.sort_key, Registration.id)
    ).all()  # fmt: skip
    names = names_as_of({row.organisation_id for row in rows if row.organisation_id is not None}, on)
    return [
        Delegate(
            name, title, body, names.get(body or 0) or typed, phone, state, circle is Circle.PRESS, place, credential,
            number, is_substitute, (level, kind, key, body) if body is not None else _without_body(typed),
        )
        for name, title, body, phone, state, circle, place, credential, number, is_substitute, level, kind, key, typed
        in rows
    ]  # fmt: skip


def _without_body(typed: str) -> tuple[int, int, str, int]:
    """Behind every body, guests by the organisation that they typed."""
    return 1 << 30, 0, sort_key(typed), 0
