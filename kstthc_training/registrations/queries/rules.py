"""How an event takes people in."""

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.registrations.models import RegistrationRules
from kstthc_training.registrations.policy import Rules


def rules_of(event_id: int) -> Rules:
    """The rules of an event, the usual ones where it has none of its own: one statement."""
    table = RegistrationRules.__table__
    columns = [table.c[name] for name in Rules.__dataclass_fields__]
    row = db.session.execute(select(*columns).where(RegistrationRules.event_id == event_id)).first()
    return Rules(*row) if row else Rules()
