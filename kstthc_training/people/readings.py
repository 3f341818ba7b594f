"""Noting who opened a list of people or somebody's letter: once an hour for one reader and one list."""

from datetime import timedelta

from kstthc_training import clock
from kstthc_training.audit.queries import has_read_since
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.people.identity import me

NOTED_EVERY = timedelta(hours=1)


def note_reading(action: str, *, subject_type: str, subject_id: int | None = None) -> None:
    """Record that whoever asks reads this now; call before the page is loaded, outside a unit of work."""
    actor, now = me(), clock.now()
    since = now - NOTED_EVERY
    if has_read_since(since, action=action, subject_type=subject_type, subject_id=subject_id, account_id=actor.account_id):
        return
    with unit_of_work():
        record(actor=actor, action=action, subject_type=subject_type, subject_id=subject_id, now=now)
