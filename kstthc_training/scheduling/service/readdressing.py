"""Whose address was wrong: what is said of his calendar follows the letter to the new one."""

from uuid import UUID

from sqlalchemy import func, update

from kstthc_training.db import db
from kstthc_training.scheduling.models import CalendarSending


def readdress(*, person_id: int, uid: UUID, old: str, new: str) -> None:
    """A letter with calendar data that never arrived goes elsewhere: later objects are asked and withdrawn there."""
    here = (CalendarSending.person_id == person_id) & (CalendarSending.uid == uid)
    at_old = here & (func.lower(CalendarSending.email) == old.lower())
    db.session.execute(update(CalendarSending).where(at_old).values(email=new))
