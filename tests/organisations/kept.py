"""Organisations as the verbs keep them, for tests."""

from datetime import date
from typing import Any

from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations import service
from kstthc_training.organisations.drafts import OrganisationDetails, OrganisationDraft
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.people.actors import SYSTEM


def kind_id(code: str) -> int:
    return db.session.scalars(select(OrganisationKind.id).where(OrganisationKind.code == code)).one()


def level_id(code: str) -> int:
    return db.session.scalars(select(OrganisationLevel.id).where(OrganisationLevel.code == code)).one()


def details(kind: str = "commune", level: str = "commune", **fields: Any) -> OrganisationDetails:
    return OrganisationDetails(kind_id=kind_id(kind), level_id=level_id(level), **fields)


def draft(name: str, kind: str = "commune", level: str = "commune", **fields: Any) -> OrganisationDraft:
    return OrganisationDraft(name=name, kind_id=kind_id(kind), level_id=level_id(level), **fields)


def name_as_of(organisation_id: int, day: date, *, short: bool = False) -> str:
    """What one organisation is called on papers of `day`."""
    return names_as_of([organisation_id], day, short=short)[organisation_id]


def added(name: str, *, now, **fields: Any) -> Organisation:
    """An organisation taken in by its verb and committed."""
    with unit_of_work():
        organisation = service.add(actor=SYSTEM, draft=draft(name, **fields), now=now)
    return fresh(organisation)


def fresh(organisation: Organisation) -> Organisation:
    """The organisation as the database has it now, free of the session."""
    organisation_id = organisation.id
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get_one(Organisation, organisation_id)
    db.session.refresh(found)
    db.session.expunge(found)
    return found
