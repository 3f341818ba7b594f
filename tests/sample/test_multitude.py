"""The province at a larger size: what rows written at once must share with what verbs write."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.calendars.queries import Follower, Rendering, find_follower, kept_entries
from kstthc_training.calendars.scopes import MINE
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.events.service import release
from kstthc_training.ical import Language
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from kstthc_training.people.service.persons import PersonDraft, add_person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.registrations.service import register
from kstthc_training.sample.multitude.measured import CROWDED, FEED_LOGIN, FEW_SEATS, SEATS, SOUGHT
from tests.sample import invariants
from tests.sample.conftest import TODAY

SAMPLE = {"scale": 2, "measured": True}

pytestmark = pytest.mark.usefixtures("reader")


def event_called(title: str) -> Event:
    """The event of a title."""
    return db.session.scalars(select(Event).where(Event.title == title)).one()


def organizer() -> Actor:
    """Who runs events."""
    account = db.session.scalars(select(Account).where(Account.login == "to-chuc@mau.example")).one()
    return Actor(account_id=account.id, person_id=account.person_id, roles=frozenset({Role.ORGANIZER}))


def test_what_is_derived_is_right_in_every_row() -> None:
    assert invariants.seats_by_pools() == invariants.seats_by_registrations()
    assert invariants.presences() == invariants.latest_marks()
    assert invariants.results() == invariants.results_by_rule()
    assert invariants.unexplained_registrations() == set()
    assert invariants.wrongly_held() == []
    assert invariants.misplaced_events() == []
    counted, kept = invariants.last_numbers()
    assert counted == kept


def test_it_is_as_large_as_was_asked_for() -> None:
    def count(column: object) -> int:
        return db.session.execute(select(func.count(column))).scalar_one()  # type: ignore[arg-type]

    assert count(Organisation.id) == 399
    assert count(Person.id) > 2 * 200 + 412
    assert count(Event.id) > 2 * 50 + 60
    assert count(Registration.id) > 2 * 4_000
    held = select(func.count(Event.id)).where(Event.state == EventState.CLOSED)
    assert db.session.execute(held).scalar_one() > 100


def test_one_event_has_a_thousand_people_and_a_session_open_all_day() -> None:
    event = event_called(CROWDED)
    people = select(func.count()).where(Registration.event_id == event.id)
    assert db.session.execute(people.where(Registration.state == RegistrationState.CONFIRMED)).scalar_one() == 1_000
    last = db.session.scalars(select(Session).where(Session.event_id == event.id).order_by(Session.position)).all()[-1]
    assert clock.local_date(last.starts_at) == clock.local_date(last.ends_at) == TODAY


def test_one_feed_has_a_thousand_sessions() -> None:
    person_id = db.session.scalars(select(Account.person_id).where(Account.login == FEED_LOGIN)).one()
    follower = find_follower(person_id, scope=MINE, today=TODAY)
    assert isinstance(follower, Follower)
    rendering = Rendering(Language.VIETNAMESE, "https://lich.example")
    assert len(kept_entries(follower, today=TODAY, rendering=rendering)) == 1_000


def test_few_seats_are_limited_for_events_and_pools_alike() -> None:
    event = event_called(FEW_SEATS)
    pool = db.session.scalars(select(SeatPool).where(SeatPool.event_id == event.id)).one()
    assert (event.capacity, pool.capacity, pool.taken) == (SEATS, SEATS, 0)


def test_verbs_go_on_where_the_rows_end(province: Flask) -> None:
    now = clock.now()
    with unit_of_work():
        event = event_called(SOUGHT)
        person = add_person(actor=organizer(), draft=PersonDraft(full_name="Lê Mẫu Sau"), now=now)
        registration = register(actor=organizer(), event=event, person=person, source=RegistrationSource.ORGANIZER, now=now)
        draft = db.session.scalars(select(Event).where(Event.state == EventState.DRAFT, Event.venue_id > 0)).first()
        assert draft is not None
        release(actor=organizer(), event=draft, now=now)
    assert registration.state is RegistrationState.CONFIRMED
