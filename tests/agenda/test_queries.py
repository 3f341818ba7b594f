"""What is on, for whom."""

from datetime import date, time, timedelta

import pytest

from kstthc_training import clock
from kstthc_training.agenda import queries
from kstthc_training.agenda.queries import Scope, Wanted
from kstthc_training.clock import at_local
from kstthc_training.events.enums import Audience, EventState
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import RegistrationState
from tests.support.factories import make_event, make_person, make_registration, make_venue

ORGANIZER = Actor(account_id=1, person_id=0, roles=frozenset({Role.ORGANIZER}))
DAY = date(2026, 4, 1)


def member(person):
    return Actor(account_id=2, person_id=person.id, roles=frozenset({Role.MEMBER}))


def titles(actor, wanted=None, first=DAY):
    return [e.title for e in queries.agenda_from(actor=actor, wanted=wanted or Wanted(), first=first).entries]


def on(day, hour=8, **fields):
    return make_event(starts_at=at_local(day, time(hour)), **fields)


def test_agenda_begins_with_the_day_and_runs_in_order(app):
    on(DAY - timedelta(days=1), title="hôm trước")
    on(DAY, 14, title="chiều")
    on(DAY, 8, title="sáng")
    on(DAY + timedelta(days=3), title="hôm sau")
    assert titles(ORGANIZER) == ["sáng", "chiều", "hôm sau"]


def test_agenda_shows_each_session_on_its_day(app):
    on(DAY, title="hai ngày", sessions=2)
    entries = queries.agenda_from(actor=ORGANIZER, wanted=Wanted(), first=DAY + timedelta(days=1)).entries
    assert [(e.title, e.position, e.sessions) for e in entries] == [("hai ngày", 1, 2)]


def test_agenda_ends_with_a_whole_day_and_says_where_it_goes_on(app):
    for number in range(20):
        on(DAY, 8, title=f"a{number}")
    for number in range(15):
        on(DAY + timedelta(days=1), title=f"b{number}")
    agenda = queries.agenda_from(actor=ORGANIZER, wanted=Wanted(), first=DAY)
    assert len(agenda.entries) == 20
    assert agenda.next_day == DAY + timedelta(days=1)
    assert len(titles(ORGANIZER, first=agenda.next_day)) == 15


def test_a_day_with_more_than_a_page_is_shown_whole(app):
    for _ in range(queries.PAGE_OF_ENTRIES + 5):
        on(DAY)
    agenda = queries.agenda_from(actor=ORGANIZER, wanted=Wanted(), first=DAY)
    assert len(agenda.entries) == queries.PAGE_OF_ENTRIES + 5
    assert agenda.next_day == DAY + timedelta(days=1)


def test_drafts_are_for_those_who_may_see_them(app):
    on(DAY, title="dự thảo", state=EventState.DRAFT)
    assert titles(ORGANIZER) == ["dự thảo"]
    assert titles(member(make_person())) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(kinds=frozenset({"hop"})), ["họp"]),
        (Wanted(kinds=frozenset({"hop", "hop-bao"})), ["họp", "họp báo"]),
        (Wanted(scope=Scope.PRESS), ["họp báo"]),
    ],
)
def test_filters_narrow(app, wanted, expected):
    on(DAY, 8, title="họp", kind="hop")
    on(DAY, 9, title="họp báo", kind="hop-bao", audience=Audience.PRESS)
    on(DAY, 10, title="tập huấn")
    assert titles(ORGANIZER, wanted) == expected


def test_filter_by_room_and_by_owner(app):
    room, owner = make_venue(), make_person()
    on(DAY, 8, title="phòng", venue_id=room.id)
    on(DAY, 9, title="của tôi", owner=owner)
    assert titles(ORGANIZER, Wanted(venue_id=room.id)) == ["phòng"]
    assert titles(member(owner), Wanted(scope=Scope.OWNED)) == ["của tôi"]


def test_mine_are_those_i_am_registered_for_unless_cancelled(app):
    person = make_person()
    seated, cancelled = on(DAY, title="có chỗ"), on(DAY, title="đã thôi")
    make_registration(seated, person)
    make_registration(cancelled, person, state=RegistrationState.CANCELLED)
    assert titles(member(person), Wanted(scope=Scope.MINE)) == ["có chỗ"]
    entries = queries.agenda_from(actor=member(person), wanted=Wanted(), first=DAY).entries
    assert {e.title: e.mine for e in entries} == {"có chỗ": RegistrationState.CONFIRMED, "đã thôi": None}


def test_counts_beside_the_filters(app):
    today = clock.local_date(clock.now())
    on(today, kind="hop", owner=make_person())
    on(today + timedelta(days=14), 8, kind="hop-bao", audience=Audience.BOTH, sessions=1)
    on(today + timedelta(days=15))
    soon = queries.soon(actor=ORGANIZER, now=clock.now())
    assert dict(soon.by_kind) == {"hop": 1, "hop-bao": 1}
    assert (soon.by_scope[Scope.ALL], soon.by_scope[Scope.PRESS]) == (2, 1)


def test_dots_of_the_month_count_sessions_by_local_day(app):
    make_event(starts_at=at_local(DAY, time(23, 30)), sessions=2)
    counts = queries.days_with_events(actor=ORGANIZER, wanted=Wanted(), first=DAY, last=DAY + timedelta(days=5))
    assert counts == {DAY: 1, DAY + timedelta(days=1): 1}
