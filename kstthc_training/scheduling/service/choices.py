"""How somebody wants his calendar to be told."""

from datetime import datetime

from sqlalchemy import update

from kstthc_training.db import added_once, db
from kstthc_training.scheduling.enums import CalendarMail
from kstthc_training.scheduling.models import CalendarChoice


def choose(*, person_id: int, mail: CalendarMail) -> None:
    """From now on entries come by mail always, never, or unless a program reads the person's feed."""
    _write(person_id, mail=mail)


def note_subscribed(person_id: int, now: datetime) -> None:
    """A program read a feed of the person's."""
    _write(person_id, subscribed_at=now)


def note_unsubscribed(person_id: int) -> None:
    """No program reads the person's feed any more: its address was replaced, or it does not show what he comes to."""
    statement = update(CalendarChoice).where(CalendarChoice.person_id == person_id).values(subscribed_at=None)
    db.session.execute(statement.execution_options(synchronize_session=False))


def _write(person_id: int, **values: object) -> None:
    db.session.execute(added_once(CalendarChoice, {"person_id": person_id, "mail": CalendarMail.AUTO}))
    statement = update(CalendarChoice).where(CalendarChoice.person_id == person_id).values(**values)
    db.session.execute(statement.execution_options(synchronize_session=False))
