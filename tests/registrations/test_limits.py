"""Further limits: for the press and officials, in the room and online, for each organisation; all counted at once."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Place, RegistrationState
from kstthc_training.registrations.errors import LimitBelowTaken, SeatsSettled
from kstthc_training.registrations.models import SeatPool
from kstthc_training.registrations.queries.limits import Limits, limits_of
from tests.registrations.actors import an_organizer, cancelled, himself
from tests.registrations.seats import a_member, entered, letters, log, places_held, pools, pools_wrong, states
from tests.support.factories import make_event, make_organisation, make_person

CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


def limited(event, now, **limits):
    """The ids of those who moved up by new limits."""
    with unit_of_work():
        moved = service.set_limits(actor=an_organizer(), event_id=event.id, limits=Limits(**limits), now=now)
        return [row.id for row in moved]


def quota(event, organisation, places, now):
    with unit_of_work():
        held = service.hold_event(event.id)
        service.set_quota(actor=an_organizer(), held=held, organisation_id=organisation.id, places=places, now=now)


def test_press_and_officials_have_seats_of_their_own_within_those_of_all(app, now):
    event, paper = make_event(capacity=4), make_organisation(kind="press")
    limited(event, now, press=1, officials=2)
    press = [entered(event, a_member(paper)) for _ in range(2)]
    officials = [entered(event, a_member()) for _ in range(3)]
    assert states(*press, *officials) == [CONFIRMED, WAITING, CONFIRMED, CONFIRMED, WAITING]
    assert pools(event) == {("event", ""): (3, 4), ("audience", "press"): (1, 1), ("audience", "officials"): (2, 2)}
    assert pools_wrong(event) == []


def test_a_seat_given_back_goes_to_the_first_who_could_sit_there(app, now):
    event, paper = make_event(capacity=4), make_organisation(kind="press")
    limited(event, now, press=1, officials=2)
    _first, second = (entered(event, a_member(paper)) for _ in range(2))
    officials = [entered(event, a_member()) for _ in range(3)]
    assert cancelled(officials[0], actor=an_organizer()) == [officials[2].id]
    assert states(second) == [WAITING]
    assert pools_wrong(event) == []


def test_room_and_online_are_counted_apart(app, now):
    event = make_event(mode=EventMode.BOTH)
    limited(event, now, room=1, online=2)
    rows = [entered(event, place=place) for place in (None, Place.ROOM, Place.ONLINE, Place.ONLINE, Place.ONLINE)]
    assert states(*rows) == [CONFIRMED, WAITING, CONFIRMED, CONFIRMED, WAITING]
    assert [row.place for row in rows] == [Place.ROOM, Place.ROOM, Place.ONLINE, Place.ONLINE, Place.ONLINE]
    assert pools_wrong(event) == []


def test_where_there_is_only_a_room_nobody_takes_part_anywhere_in_particular(app):
    assert entered(make_event(mode=EventMode.IN_PERSON), place=Place.ONLINE).place is None


def test_each_organisation_has_its_limit_and_people_without_one_have_none(app, now):
    event, body = make_event(), make_organisation()
    limited(event, now, each_organisation=1)
    rows = [entered(event, person) for person in (a_member(body), a_member(body), a_member(), make_person(), make_person())]
    assert states(*rows) == [CONFIRMED, WAITING, CONFIRMED, CONFIRMED, CONFIRMED]
    assert pools_wrong(event) == []


def test_a_quota_of_its_own_stands_above_the_limit_for_all_and_goes_back_to_it(app, now):
    event, body = make_event(), make_organisation()
    limited(event, now, each_organisation=1)
    rows = [entered(event, a_member(body)) for _ in range(3)]
    quota(event, body, 2, now)
    assert states(*rows) == [CONFIRMED, CONFIRMED, WAITING]
    limited(event, now, each_organisation=5)
    assert states(rows[2]) == [WAITING]
    quota(event, body, None, now)
    assert states(rows[2]) == [CONFIRMED]
    assert pools(event)[("organisation", str(body.id))] == (3, 5)
    limited(event, now, each_organisation=4)
    assert pools(event)[("organisation", str(body.id))] == (3, 4)
    assert pools_wrong(event) == []


def test_a_quota_below_those_seated_is_refused_with_both_figures(app, now):
    event, body = make_event(), make_organisation()
    for _ in range(2):
        entered(event, a_member(body))
    with pytest.raises(LimitBelowTaken) as refused:
        quota(event, body, 1, now)
    assert refused.value.facts == {"kind": "organisation", "subject": str(body.id), "capacity": 1, "taken": 2}
    assert ("organisation", str(body.id)) not in pools(event)


def test_a_limit_counts_who_is_there_already_and_places_kept_for_names(app, now):
    event, body = make_event(capacity=10), make_organisation(kind="press")
    entered(event, a_member(body))
    places_held(event, body, 2)
    limited(event, now, press=4, each_organisation=3)
    assert pools(event) == {
        ("event", ""): (3, 10), ("audience", "press"): (3, 4),
        ("organisation", ""): (0, 3), ("organisation", str(body.id)): (3, 3),
    }  # fmt: skip
    assert pools_wrong(event) == []


def test_the_limit_for_all_is_not_lower_than_what_an_organisation_holds_without_names(app, now):
    event, body = make_event(capacity=10), make_organisation()
    places_held(event, body, 2)
    with pytest.raises(LimitBelowTaken):
        limited(event, now, each_organisation=1)


@pytest.mark.parametrize("limits", [{"officials": 1}, {"each_organisation": 1}, {"room": 1}])
def test_a_limit_below_what_is_taken_is_refused(app, now, limits):
    event, body = make_event(mode=EventMode.BOTH), make_organisation()
    for _ in range(2):
        entered(event, a_member(body))
    with pytest.raises(LimitBelowTaken) as refused:
        limited(event, now, **limits)
    assert (refused.value.facts["capacity"], refused.value.facts["taken"]) == (1, 2)
    assert limits_of(event.id) == Limits()


def test_a_higher_limit_or_none_lets_those_move_up_who_waited_for_it(app, now):
    event, body = make_event(), make_organisation()
    limited(event, now, officials=1)
    rows = [entered(event, a_member(body)) for _ in range(4)]
    assert limited(event, now, officials=2) == [rows[1].id]
    before = db.session.get_one(Person, rows[2].person_id).calendar_revision
    assert limited(event, now) == [rows[2].id, rows[3].id]
    assert db.session.get_one(Person, rows[2].person_id, populate_existing=True).calendar_revision == before + 1
    assert letters(rows[1]) == ["registration-waiting", "registration-promoted"]
    assert log("event.limits_set")[-1] == {"changes": {"limit_officials": [2, None]}}
    assert pools_wrong(event) == []


def test_the_same_limits_again_are_no_act(app, now):
    event = make_event()
    limited(event, now, press=3)
    assert limited(event, now, press=3) == []
    assert len(log("event.limits_set")) == 1


def test_nobody_moves_up_by_a_limit_once_the_event_began(app, now):
    event = make_event()
    limited(event, now, officials=1)
    rows = [entered(event) for _ in range(2)]
    assert limited(event, event.starts_at, officials=2) == []
    assert states(*rows) == [CONFIRMED, WAITING]


def test_only_organizers_set_limits(app, now):
    event, person = make_event(), make_person()
    with pytest.raises(NotAllowed), unit_of_work():
        service.set_limits(actor=himself(person), event_id=event.id, limits=Limits(press=1), now=now)


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.CLOSED])
def test_limits_of_an_event_that_is_settled_stay(app, now, state):
    event = make_event(state=state, held_on=now.date() if state is EventState.CLOSED else None)
    with pytest.raises(SeatsSettled):
        limited(event, now, press=1)


def test_walk_ins_count_nowhere(app, now):
    event, body = make_event(capacity=1), make_organisation()
    limited(event, now, each_organisation=1)
    entered(event, a_member(body))
    with unit_of_work() as session:
        found = session.get_one(Event, event.id)
        service.register_walk_in(actor=an_organizer(), event=found, person=a_member(body), now=event.starts_at)
    assert pools(event)[("event", "")] == (1, 1)
    assert pools_wrong(event) == []


def test_the_table_itself_refuses_a_pool_of_more_than_it_holds(app, now):
    event = make_event()
    limited(event, now, press=1)
    with pytest.raises(IntegrityError), unit_of_work() as session:
        session.scalars(select(SeatPool).where(SeatPool.event_id == event.id, SeatPool.kind == "audience")).one().taken = 2
