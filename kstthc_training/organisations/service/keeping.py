"""Taking organisations in and keeping what is known of them; codes, which are reused over time, pass on."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kstthc_training.audit.service import Author, record
from kstthc_training.clock import local_date
from kstthc_training.db import db
from kstthc_training.organisations.drafts import OrganisationDetails, OrganisationDraft
from kstthc_training.organisations.errors import CodeTaken, EndsBeforeItBegins, ParentBeneath
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.organisations.service.indexing import index
from kstthc_training.organisations.service.rows import locked
from kstthc_training.refusals import Stale
from kstthc_training.text import clean_line, phone_digits

_DETAILS = tuple(field.name for field in fields(OrganisationDetails))


def add(*, actor: Author, draft: OrganisationDraft, now: datetime) -> Organisation:
    """A new organisation under its first name.

    A code that belonged to one that ended before this one begins passes on; else `CodeTaken`. `EndsBeforeItBegins`
    when its last day lies before its first.
    """
    if draft.valid_from and draft.valid_to and draft.valid_to < draft.valid_from:
        raise EndsBeforeItBegins(valid_from=draft.valid_from)
    organisation = Organisation(
        name=draft.name, short_name=draft.short_name, valid_from=draft.valid_from, valid_to=draft.valid_to,
        **_details(draft),
    )  # fmt: skip
    _let_code_pass(organisation, draft.valid_from or local_date(now))
    db.session.add(organisation)
    _flush(organisation)
    db.session.add(
        OrganisationName(organisation_id=organisation.id, name=draft.name, short_name=draft.short_name, valid_from=None)
    )
    db.session.flush()
    index([organisation])
    record(
        actor=actor, action="organisation.added", subject_type="organisation", subject_id=organisation.id, now=now,
        name=organisation.name, code=organisation.code,
    )  # fmt: skip
    return organisation


def change(
    *, actor: Author, organisation: Organisation, details: OrganisationDetails, version: int, now: datetime
) -> Organisation:
    """Keep what else is known of an organisation, if `version` is still the one in the database, else `Stale`.

    Raises `ParentBeneath` and `CodeTaken`. Nothing changed is nothing recorded.
    """
    organisation = locked(organisation)
    if organisation.version != version:
        raise Stale(saved_version=organisation.version)
    wanted = _details(details)
    before = {name: getattr(organisation, name) for name in _DETAILS}
    changed = [name for name in _DETAILS if before[name] != wanted[name]]
    if not changed:
        return organisation
    _require_above(organisation.id, details.parent_id)
    for name in changed:
        setattr(organisation, name, wanted[name])
    _let_code_pass(organisation, organisation.valid_from or local_date(now))
    organisation.version += 1
    _flush(organisation)
    index([organisation])
    record(
        actor=actor, action="organisation.changed", subject_type="organisation", subject_id=organisation.id, now=now,
        changes={name: [before[name], wanted[name]] for name in changed},
    )  # fmt: skip
    return organisation


def _details(details: OrganisationDetails) -> dict[str, Any]:
    values = {name: getattr(details, name) for name in _DETAILS}
    values["code"] = clean_line(details.code) or None
    values["email"] = clean_line(details.email)
    values["phone"] = phone_digits(details.phone) or clean_line(details.phone)
    return values


def _let_code_pass(organisation: Organisation, begins: date) -> None:
    """The former bearer of the code keeps it unless it ended before `begins`."""
    if organisation.code is None:
        return
    bearers = select(Organisation).where(Organisation.code == organisation.code)
    former = db.session.scalar(bearers.where(Organisation.id.is_distinct_from(organisation.id)))
    if former is None:
        return
    if former.valid_to is None or former.valid_to >= begins:
        raise CodeTaken(code=organisation.code, name=former.name)
    code, former.code, organisation.code = organisation.code, None, None
    db.session.flush()
    organisation.code = code
    index([former])


def _flush(organisation: Organisation) -> None:
    """Two who take one code at one time: the second meets the constraint."""
    code = organisation.code
    try:
        db.session.flush()
    except IntegrityError as error:
        if "code" not in str(error.orig):
            raise
        raise CodeTaken(code=code, name="") from error


def _require_above(organisation_id: int, parent_id: int | None) -> None:
    seen: set[int] = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == organisation_id:
            raise ParentBeneath()
        seen.add(parent_id)
        parent_id = db.session.scalar(select(Organisation.parent_id).where(Organisation.id == parent_id))
