"""Có mặt is counted once and for all: of those expected, the same on the roster, at the door and in the overview."""

from datetime import timedelta

import pytest

from kstthc_training import clock
from kstthc_training.attendance import rules
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.queries import get_session_columns, recent_marks, roster_of
from kstthc_training.db import db, unit_of_work
from kstthc_training.desk.queries import workspace_counts
from kstthc_training.events.models import Event
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.models import Registration
from tests.attendance.doors import put_mark, sessions_of
from tests.support.factories import make_account, make_event, make_person, make_registration

ORGANIZER = Actor(account_id=None, roles=frozenset({Role.ORGANIZER}))


def leave(registration):
    """Take a registration back in the midst of the event."""
    with unit_of_work() as session:
        row = session.get_one(Registration, registration.id)
        registrations.cancel(actor=ORGANIZER, registration=row, reason="ghi nhầm", now=clock.now())


@pytest.fixture
def event(app):
    """One person there, one excused, and one with every mark whose registration was taken back afterwards."""
    event = make_event(starts_at=clock.now() - timedelta(minutes=5), sessions=2)
    here, excused, gone = (make_registration(event, make_person(n)) for n in ("Lê Mẫu An", "Lê Mẫu Ba", "Lê Mẫu Cả"))
    put_mark(event, here.id, MarkStatus.LATE)
    put_mark(event, excused.id, MarkStatus.EXCUSED)
    for session in sessions_of(event):
        put_mark(event, gone.id, session_id=session.id, now=session.starts_at)
    leave(gone)
    return event


def test_marks_of_those_who_left_the_list_are_not_counted(event):
    stored = db.session.get_one(Event, event.id)
    counted = {MarkStatus.LATE: 1, MarkStatus.EXCUSED: 1}
    for columns in (get_session_columns(stored, now=clock.now()), roster_of(stored, now=clock.now()).columns):
        assert [column.counts for column in columns] == [counted, {}]
        assert [column.present for column in columns] == [1, 0]
    assert workspace_counts(event.id).present == 1
    assert [name for name, *_rest in recent_marks(sessions_of(event)[0].id)] == ["Lê Mẫu An"]


def test_roster_door_and_overview_say_the_same(event, client_for):
    organizer = client_for(make_account(Role.ORGANIZER))
    first = sessions_of(event)[0]
    roster = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh")
    door = organizer.page(f"/quet/{event.code}/{first.id}")
    overview = organizer.page(f"/hop/{event.code}/quan-ly")
    assert roster.xpath(f"string(//*[@data-count='{first.id}'])") == "1"
    assert door.xpath("normalize-space(//*[@class='count']/b)") == "1 / 2"
    assert "Đã có mặt1ít nhất một buổi" in overview.xpath("string(//*[@class='figs'])")


def test_the_statuses_counted_are_those_of_the_rows(event):
    roster = roster_of(db.session.get_one(Event, event.id), now=clock.now())
    for place, column in enumerate(roster.columns):
        present = [row for row in roster.rows if row.statuses[place] in rules.COUNTED_PRESENT]
        assert column.present == len(present)
