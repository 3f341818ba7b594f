"""The end of an organisation and who continues it; what it was and did stays on record under its own name."""

from datetime import date, datetime, timedelta

from kstthc_training.audit.service import Author, record
from kstthc_training.db import added_once, db
from kstthc_training.organisations.errors import AlreadySucceeded, EndsBeforeItBegins
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.organisations.service.rows import locked, require_existing
from kstthc_training.refusals import Stale

ONE_DAY = timedelta(days=1)


def end(
    *, actor: Author, organisation: Organisation, valid_to: date | None, version: int | None = None, now: datetime
) -> Organisation:
    """Set the last day on which an organisation exists; None takes the end back. Raises `EndsBeforeItBegins`.

    Whoever decided it before a page says which `version` the page showed: `Stale` when that is not the one on record.
    """
    organisation = locked(organisation)
    if version is not None and organisation.version != version:
        raise Stale(saved_version=organisation.version)
    if valid_to is not None and organisation.valid_from is not None and valid_to < organisation.valid_from:
        raise EndsBeforeItBegins(valid_from=organisation.valid_from)
    if organisation.valid_to == valid_to:
        return organisation
    organisation.valid_to = valid_to
    organisation.version += 1
    db.session.flush()
    record(
        actor=actor, action="organisation.ended" if valid_to else "organisation.resumed", subject_type="organisation",
        subject_id=organisation.id, now=now, valid_to=valid_to.isoformat() if valid_to else None,
    )  # fmt: skip
    return organisation


def succeed(
    *,
    actor: Author,
    predecessor: Organisation,
    successor: Organisation,
    effective_on: date,
    whole: bool = True,
    legal_basis: str = "",
    now: datetime,
) -> Succession:
    """Put on record that `successor` continues `predecessor` from a day on; a whole predecessor ends the day before.

    Many may be continued by one, and one by many, each in part; then `end` ends it. Raises `OutsideItsTime` when the
    successor does not exist on that day, `EndsBeforeItBegins`, and `AlreadySucceeded` for a pair on record.
    """
    successor = locked(successor)
    require_existing(successor, effective_on)
    values = {
        "predecessor_id": predecessor.id, "successor_id": successor.id, "effective_on": effective_on,
        "whole": whole, "legal_basis": legal_basis,
    }  # fmt: skip
    succession_id = db.session.execute(added_once(Succession, values).returning(Succession.id)).scalar_one_or_none()
    if succession_id is None:
        raise AlreadySucceeded(successor=successor.name)
    if whole and (predecessor.valid_to is None or predecessor.valid_to >= effective_on):
        end(actor=actor, organisation=predecessor, valid_to=effective_on - ONE_DAY, now=now)
    record(
        actor=actor, action="organisation.succeeded", subject_type="organisation", subject_id=predecessor.id, now=now,
        successor_id=successor.id, effective_on=effective_on.isoformat(), whole=whole, legal_basis=legal_basis,
    )  # fmt: skip
    return db.session.get_one(Succession, succession_id)
