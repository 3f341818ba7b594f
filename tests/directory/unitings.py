"""Rows of one person united and parted, and every row of the tables that it may touch."""

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.models import AttendanceResult, Presence
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.changes import TABLES
from kstthc_training.directory.service import unitings
from kstthc_training.directory.uniting.drafts import Uniting
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role

# Without accounts, so that what is on record is what the test made.
KEEPER = Actor(display_name="Người giữ danh bạ", roles=frozenset({Role.MEMBER, Role.ORGANIZER}))
ADMINISTRATOR = Actor(display_name="Người quản trị", roles=frozenset({Role.MEMBER, Role.ADMINISTRATOR}))
_COUNTED = ("version", "revision", "calendar_revision", "changed_at")


def uniting_of(kept, *others, **said):
    """What the keeper says: the first row stays."""
    return Uniting(kept_id=kept.id, other_ids=tuple(each.id for each in others), **said)


def united(kept, *others, actor=None, now=None, **said):
    """Rows united; the answer is the number of the act."""
    db.session.rollback()
    with unit_of_work():
        act = unitings.unite(actor=actor or KEEPER, uniting=uniting_of(kept, *others, **said), now=now or clock.now())
        return act.id


def parted(act_id, *, actor=None, now=None):
    """An act taken back."""
    db.session.rollback()
    with unit_of_work():
        unitings.undo(actor=actor or KEEPER, act_id=act_id, now=now or clock.now())


def on_record():
    """Every row that a uniting may write, but for versions; of presences the status alone, since marks are only added."""
    db.session.rollback()
    found = {}
    for name, model in TABLES.items():
        columns = [column for column in model.__table__.columns if column.name not in _COUNTED[:3]]
        found[name] = sorted(tuple(str(value) for value in row) for row in db.session.execute(select(*columns)))
    seen = select(Presence.session_id, Presence.registration_id, Presence.status)
    found["presences"] = sorted(tuple(map(str, row)) for row in db.session.execute(seen) if row[2] != "none")
    return found


def result_of(registration):
    """What an event came to for a registration: present, held, attended; None without a result."""
    db.session.rollback()
    row = db.session.get(AttendanceResult, registration.id, populate_existing=True)
    return row and (row.person_id, row.sessions_present, row.sessions_held, row.attended)
