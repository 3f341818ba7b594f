"""The row of an organisation as verbs hold it, and whether it exists on a day."""

from datetime import date

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.organisations.errors import OutsideItsTime
from kstthc_training.organisations.models import Organisation
from kstthc_training.refusals import Unknown


def locked(organisation: Organisation) -> Organisation:
    """The organisation as it stands now; nobody else changes it until the transaction ends."""
    statement = select(Organisation).where(Organisation.id == organisation.id).with_for_update()
    found = db.session.scalar(statement, execution_options={"populate_existing": True})
    if found is None:
        raise Unknown(organisation_id=organisation.id)
    return found


def require_existing(organisation: Organisation, day: date) -> None:
    """Raise `OutsideItsTime` on a day before its first or after its last."""
    first, last = organisation.valid_from, organisation.valid_to
    if (first is not None and day < first) or (last is not None and day > last):
        raise OutsideItsTime(day=day, name=organisation.name)
