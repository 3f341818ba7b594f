"""Lists and figures: what stands in them, in which order, and that their statements do not grow."""

from datetime import date, timedelta

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import Audience, EventState
from kstthc_training.organisations.service import rename
from kstthc_training.people.actors import SYSTEM
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.policy import Belonging
from kstthc_training.registrations.queries import (
    answered_events,
    belonging_to,
    named_people,
    open_events,
    place_in_queue,
    registrants_of,
    registrations_of,
    seat_count,
    seat_counts,
    states_at,
    year_figures,
)
from tests.organisations.kept import added
from tests.registrations.actors import again, cancelled, registered
from tests.support.factories import make_event, make_organisation, make_person, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED

DAY = date(2026, 3, 18)


def names(found):
    return [row.full_name for row in found.rows]


@pytest.fixture
def listed(app):
    """An event with two seats and three people of two organisations, one waiting, and one who cancelled."""
    here, there = make_organisation("Sở Nông nghiệp"), make_organisation("Báo An Giang", short_name="Báo AG")
    event = make_event(capacity=2)
    people = [
        make_person("Đỗ Mẫu Ân", organisation_id=here.id, phone="0912345678"),
        make_person("Lê Mẫu Ái", organisation_id=there.id),
        make_person("Bùi Mẫu Ái", organisation_id=here.id),
        make_person("Cao Mẫu Bảo"),
    ]
    rows = [registered(event, person) for person in people]
    cancelled(rows[3])
    return event, here, people


def test_the_list_is_sorted_as_vietnamese_lists_are_and_counts_every_state(listed):
    event, _here, _people = listed
    found = registrants_of(event.id, on=DAY)
    assert names(found) == ["Bùi Mẫu Ái", "Lê Mẫu Ái", "Đỗ Mẫu Ân", "Cao Mẫu Bảo"]
    counted = {state: count for state, count in found.counts.items() if count}
    assert (counted, found.total) == ({CONFIRMED: 2, WAITING: 1, CANCELLED: 1}, 4)
    assert [(o.name, o.people) for o in found.organisations] == [("Báo AG", 1), ("Sở Nông nghiệp", 2)]
    assert [row.organisation for row in found.rows] == ["Sở Nông nghiệp", "Báo AG", "Sở Nông nghiệp", ""]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ai mau", ["Bùi Mẫu Ái", "Lê Mẫu Ái"]),
        ("ÁI nong", ["Bùi Mẫu Ái"]),
        ("đo", ["Đỗ Mẫu Ân"]),
        ("bao an giang", ["Lê Mẫu Ái"]),
        ("%", []),
        ("_", []),
        ("không có ai", []),
    ],
)
def test_search_needs_every_word_without_accents(listed, search, expected):
    found = registrants_of(listed[0].id, on=DAY, search=search)
    assert names(found) == expected
    assert found.total == 4


def test_search_finds_a_typed_code(listed):
    event, *_rest = listed
    row = registrants_of(event.id, on=DAY).rows[2]
    assert names(registrants_of(event.id, on=DAY, search=row.ticket_code.lower())) == [row.full_name]


def test_filters_by_state_and_organisation_join(listed):
    event, here, _people = listed
    assert names(registrants_of(event.id, on=DAY, state=CANCELLED)) == ["Cao Mẫu Bảo"]
    assert names(registrants_of(event.id, on=DAY, organisation_id=here.id, state=CONFIRMED)) == ["Đỗ Mẫu Ân"]


def test_who_waits_stands_in_the_order_of_the_queue_with_his_place(app):
    event = make_event(capacity=1)
    registered(event)
    last, first, gone = make_person("Ai Đầu Bảng"), make_person("Vũ Mẫu Yến"), make_person()
    rows = [registered(event, person) for person in (gone, first, last)]
    cancelled(rows[0])
    found = registrants_of(event.id, on=DAY, state=WAITING)
    assert names(found) == ["Vũ Mẫu Yến", "Ai Đầu Bảng"]
    assert found.places == {rows[1].id: 1, rows[2].id: 2}
    assert [place_in_queue(again(r)) for r in rows] == [None, 1, 2]


def test_organisations_are_called_as_on_the_day(app, now):
    body = added("Sở Tài nguyên và Môi trường", kind="department", level="province", short_name="Sở TNMT", now=now)
    renamed = date(2026, 7, 1)
    with unit_of_work():
        rename(
            actor=SYSTEM, organisation=body, name="Sở Nông nghiệp và Môi trường", short_name="Sở NNMT",
            from_day=renamed, now=now,
        )  # fmt: skip
    event = make_event()
    make_registration(event, make_person(organisation_id=body.id))
    called = [
        registrants_of(event.id, on=day, full_names=full).rows[0].organisation
        for day in (renamed - timedelta(days=1), renamed)
        for full in (False, True)
    ]
    assert called == ["Sở TNMT", "Sở Tài nguyên và Môi trường", "Sở NNMT", "Sở Nông nghiệp và Môi trường"]


def test_the_list_takes_five_statements_however_long(app, statements):
    event = make_event()
    counts = []
    for _ in range(2):
        for _ in range(5):
            make_registration(event, make_person(organisation_id=make_organisation().id))
        with statements() as seen:
            registrants_of(event.id, on=DAY, search="mau")
        counts.append(len(seen))
    assert counts == [5, 5]


def test_seats_of_several_events_take_one_statement(app, statements):
    full, free, unlimited = make_event(capacity=1), make_event(capacity=3), make_event()
    for event in (full, full, free, unlimited):
        registered(event)
    with statements() as seen:
        found = seat_counts([full.id, free.id, unlimited.id])
    assert len(seen) == 1
    shown = {event_id: (c.capacity, c.taken, c.waiting, c.free, c.is_full) for event_id, c in found.items()}
    assert shown == {
        full.id: (1, 1, 1, 0, True),
        free.id: (3, 1, 0, 2, False),
        unlimited.id: (None, 1, 0, None, False),
    }


def test_a_seat_left_over_while_somebody_waits_is_not_free(app):
    event = make_event(capacity=2)
    make_registration(event)
    make_registration(event, state=WAITING)
    assert seat_count(event.id).free == 0


def test_an_event_without_seats_of_its_own_is_unlimited(app):
    assert seat_count(987654).free is None


def test_own_registrations_to_come_and_past(app, now, statements):
    person = make_person()
    soon = make_event("Sau", starts_at=now + timedelta(days=2), capacity=1)
    running = make_event("Đang", starts_at=now - timedelta(hours=1))
    past = [make_event(f"Trước {i}", starts_at=now - timedelta(days=i)) for i in (2, 1)]
    registered(soon)
    registered(soon)
    waiting = registered(soon, person)
    for event in (running, *past):
        make_registration(event, person)
    cancelled(registered(make_event("Bỏ"), person))
    with statements() as seen:
        own = registrations_of(person.id, now=now)
    assert len(seen) == 1
    assert [row.title for row in own.upcoming] == ["Đang", "Sau"]
    assert [row.title for row in own.past] == ["Trước 1", "Trước 2"]
    assert (own.upcoming[1].place, own.upcoming[0].place) == (2, None)
    assert own.upcoming[1].ticket_code == waiting.ticket_code
    assert own.upcoming[1].code == soon.code


def test_an_event_is_past_from_its_end_on(app, now):
    person = make_person()
    event = make_event(starts_at=now - timedelta(hours=3))
    make_registration(event, person)
    assert [len(registrations_of(person.id, now=event.ends_at - timedelta(microseconds=1)).upcoming)] == [1]
    assert len(registrations_of(person.id, now=event.ends_at).past) == 1


def titles(organisation, now):
    return [event.title for event in open_events(organisation.id, belonging=belonging_to(organisation.id), now=now)]


def test_events_wait_for_names_by_audience(app, now):
    department, press = make_organisation(), make_organisation(kind="press")
    for audience in Audience:
        make_event(audience.value, audience=audience)
    make_event("own", audience=Audience.INTERNAL, host_id=department.id)
    assert sorted(titles(department, now)) == ["both", "officials", "own"]
    assert sorted(titles(press, now)) == ["both", "press"]


def test_events_wait_for_names_until_they_close_begin_or_are_called_off(app, now):
    organisation = make_organisation()
    make_event("mở", registration_closes_at=now + timedelta(microseconds=1))
    make_event("sắp mở", registration_opens_at=now + timedelta(days=3))
    make_event("hết hạn", registration_closes_at=now)
    make_event("đã bắt đầu", starts_at=now)
    for state in (EventState.DRAFT, EventState.POSTPONED, EventState.CANCELLED):
        make_event(state.value, state=state)
    assert titles(organisation, now) == ["mở", "sắp mở"]


def test_an_event_waits_until_somebody_of_the_organisation_is_named(app, now):
    organisation = make_organisation()
    person, event = make_person(organisation_id=organisation.id), make_event("mở")
    row = registered(event, person)
    assert titles(organisation, now) == []
    cancelled(row)
    assert titles(organisation, now) == ["mở"]


def test_answered_events_name_their_people_for_thirty_days(app, now):
    organisation = make_organisation()
    people = [make_person(name, organisation_id=organisation.id) for name in ("Lê Mẫu Bảo", "Lê Mẫu Ái")]
    coming, old = make_event("Sau", capacity=1), make_event("Cũ", starts_at=now - timedelta(days=31))
    recent = make_event("Vừa qua", starts_at=now - timedelta(days=3))
    registered(coming, people[0]), registered(coming, people[1])
    for event in (old, recent):
        make_registration(event, people[0])
    found = answered_events(organisation.id, now=now)
    assert [(e.title, [p.full_name for p in e.people], e.seated) for e in found] == [
        ("Vừa qua", ["Lê Mẫu Bảo"], 1),
        ("Sau", ["Lê Mẫu Ái", "Lê Mẫu Bảo"], 1),
    ]


def test_lists_of_a_focal_point_take_one_statement_each(app, now, statements):
    organisation = make_organisation()
    event = make_event()
    for _ in range(2):
        for _ in range(4):
            make_registration(event, make_person(organisation_id=organisation.id))
            make_event()
        for ask in (
            lambda: open_events(organisation.id, belonging=Belonging(), now=now),
            lambda: answered_events(organisation.id, now=now),
            lambda: named_people(organisation.id, event_id=event.id),
            lambda: year_figures(organisation.id, now=now),
        ):
            with statements() as seen:
                ask()
            assert len(seen) == 1, ask


def test_named_people_stand_with_seats_first_then_by_place(app):
    organisation = make_organisation()
    event = make_event(capacity=1)
    people = [make_person(name, organisation_id=organisation.id) for name in ("Võ Mẫu Yến", "Lê Mẫu Bảo", "An Mẫu Ái")]
    rows = [registered(event, person) for person in people]
    registered(event)
    cancelled(registered(event, make_person(organisation_id=organisation.id)))
    found = named_people(organisation.id, event_id=event.id)
    assert [(p.full_name, p.state, p.place) for p in found] == [
        ("Võ Mẫu Yến", CONFIRMED, None),
        ("Lê Mẫu Bảo", WAITING, 1),
        ("An Mẫu Ái", WAITING, 2),
    ]
    assert [p.registration_id for p in found] == [row.id for row in rows]


def test_the_last_twelve_months_count_seats_of_events_that_ended(app, now):
    organisation = make_organisation()
    people = [make_person(organisation_id=organisation.id) for _ in range(2)]
    first, second = (make_event(starts_at=now - timedelta(days=d)) for d in (5, 300))
    for person in people:
        make_registration(first, person)
    make_registration(second, people[0])
    make_registration(make_event(starts_at=now - timedelta(days=366)), people[0])
    make_registration(make_event(), people[0])
    figures = year_figures(organisation.id, now=now)
    assert (figures.events, figures.people) == (2, 3)


def test_states_at_an_event_by_person(app):
    event, here, gone, other = make_event(), make_person(), make_person(), make_person()
    registered(event, here)
    cancelled(registered(event, gone))
    assert states_at(event.id, person_ids=[here.id, gone.id, other.id]) == {here.id: CONFIRMED, gone.id: CANCELLED}
