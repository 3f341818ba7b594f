"""The people of an organisation: what they attended, how they stand, and how they are found."""

from datetime import timedelta

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.events.enums import AttendanceRule
from kstthc_training.nominations.queries import staff_of
from kstthc_training.registrations.enums import RegistrationState
from tests.attendance.doors import close, put_mark, reopen, sessions_of
from tests.registrations.actors import registered
from tests.support.factories import make_event, make_organisation, make_person, make_registration

WAITING, CANCELLED = RegistrationState.WAITING, RegistrationState.CANCELLED


def held(person, status, *, days_ago, now, **fields):
    """An event that a person was at with this status in its first session, closed."""
    event = make_event(starts_at=now - timedelta(days=days_ago), **fields)
    registration = make_registration(event, person)
    if status is not MarkStatus.NONE:
        put_mark(event, registration.id, status)
    for position in range(len(sessions_of(event))):
        close(event, position)
    return event


def test_staff_counts_what_was_held_and_attended(app, now):
    organisation = make_organisation()
    often, never = (make_person(name, organisation_id=organisation.id) for name in ("Lê Mẫu Bảo", "Lê Mẫu Ái"))
    held(often, MarkStatus.PRESENT, days_ago=30, now=now)
    last = held(often, MarkStatus.LATE, days_ago=10, now=now)
    held(often, MarkStatus.PRESENT, days_ago=40, now=now, sessions=2)
    held(often, MarkStatus.EXCUSED, days_ago=9, now=now)
    held(often, MarkStatus.NONE, days_ago=8, now=now)
    held(often, MarkStatus.PRESENT, days_ago=7, now=now, sessions=2, attendance_rule=AttendanceRule.ALL)
    make_registration(make_event(starts_at=now - timedelta(days=5)), often)  # not closed yet
    held(make_person(), MarkStatus.PRESENT, days_ago=6, now=now)
    here = make_event(capacity=1)
    registered(here)
    waiting = registered(here, never)
    found = staff_of(organisation.id, event_id=here.id)
    assert [(p.full_name, p.times, p.last_at, p.state, p.registration_id) for p in found] == [
        ("Lê Mẫu Ái", 0, None, WAITING, waiting.id),
        ("Lê Mẫu Bảo", 3, last.starts_at, None, None),
    ]
    reopen(last, "Quét sót")
    assert [p.times for p in staff_of(organisation.id)] == [0, 2]


def test_staff_is_searched_without_accents_and_keeps_those_ticked(app):
    organisation = make_organisation()
    people = [make_person(name, organisation_id=organisation.id) for name in ("Lê Mẫu Bảo", "Trần Mẫu Đức", "Võ Mẫu Én")]
    found = staff_of(organisation.id, search="duc", kept=[people[0].id])
    assert [p.full_name for p in found] == ["Lê Mẫu Bảo", "Trần Mẫu Đức"]


def test_staff_takes_one_statement(app, now, statements):
    organisation = make_organisation()
    for person in [make_person(organisation_id=organisation.id) for _ in range(4)]:
        held(person, MarkStatus.PRESENT, days_ago=3, now=now)
    with statements() as seen:
        staff_of(organisation.id, event_id=1)
    assert len(seen) == 1
