"""Whose address was wrong: what is said of his calendar follows the letter to the new one."""

from uuid import UUID

from sqlalchemy import exists, func, select, update

from kstthc_training.db import db
from kstthc_training.scheduling.enums import Method
from kstthc_training.scheduling.models import CalendarSending


def readdress(*, person_id: int, uid: UUID, old: str, new: str) -> bool:
    """A letter with calendar data that never arrived goes elsewhere: later objects are asked and withdrawn there.

    False, and nothing changes, where somebody else holds the same entry in that mailbox: one more would be his own.
    """
    same, at_new = CalendarSending.uid == uid, func.lower(CalendarSending.email) == new.lower()
    by_another = same & at_new & (CalendarSending.person_id != person_id) & (CalendarSending.method == Method.REQUEST)
    if db.session.scalar(select(exists(select(CalendarSending.id).where(by_another)))):
        return False
    here = (CalendarSending.person_id == person_id) & same
    at_old = here & (func.lower(CalendarSending.email) == old.lower())
    db.session.execute(update(CalendarSending).where(at_old).values(email=new))
    return True
