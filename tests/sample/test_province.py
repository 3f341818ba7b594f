"""The sample as anybody finds it who starts the product for the first time."""

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.attendance.models import Presence, Sheet, SheetStep
from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import AgendaItem, Event, EventKind, EventTopic, Session, Venue
from kstthc_training.files.models import StoredFile
from kstthc_training.files.store import own_store
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.models import Material
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.organisations.service.indexing import index as index_organisations
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Job, Message
from kstthc_training.outbox.queries import letters_due
from kstthc_training.people.doubles import doubles
from kstthc_training.people.enums import Clue, Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.people.passwords import matches, require_strong
from kstthc_training.people.service.persons import index as index_person
from kstthc_training.plans.models import Plan, PlanItem, Topic
from kstthc_training.registrations.enums import PoolKind, RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.models import Registration, RegistrationRules, RegistrationStep, SeatPool
from kstthc_training.registrations.queries.guests import guests_of
from kstthc_training.sample.commands import sample_accounts
from kstthc_training.settings.queries import office_on
from tests.conftest import NOW
from tests.sample import invariants
from tests.sample.conftest import TODAY

MIDNIGHT, MIDNIGHT_AFTER = clock.day_bounds(TODAY, TODAY)

pytestmark = pytest.mark.usefixtures("reader")


def count(*conditions: object) -> int:
    """How many rows meet conditions."""
    return db.session.execute(select(func.count()).where(*conditions)).scalar_one()  # type: ignore[arg-type]


def running() -> Event:
    """The event that goes on today since yesterday."""
    goes_on = (Event.starts_at < MIDNIGHT, Event.ends_at > MIDNIGHT)
    return db.session.scalars(select(Event).where(*goes_on)).one()


def test_seats_taken_are_the_people_who_hold_them() -> None:
    assert invariants.seats_by_pools() == invariants.seats_by_registrations()


def test_every_further_limit_counts_the_people_it_is_for() -> None:
    pools = invariants.limits_by_pools()
    assert {kind for _, kind, _ in pools} == {PoolKind.AUDIENCE, PoolKind.MODE, PoolKind.ORGANISATION}
    assert pools == invariants.limits_by_registrations(pools)


def test_presences_are_the_latest_marks() -> None:
    assert invariants.presences() == invariants.latest_marks()


def test_results_follow_the_rule_of_their_event() -> None:
    assert invariants.results() == invariants.results_by_rule()
    assert {attended for *_, attended in invariants.results().values()} == {True, False}


def test_events_are_held_when_their_last_sheet_is_closed() -> None:
    assert invariants.wrongly_held() == []
    assert invariants.misplaced_events() == []


def test_every_registration_is_explained_by_its_steps() -> None:
    assert invariants.unexplained_registrations() == set()


def test_numbers_go_on_after_the_last_event() -> None:
    counted, kept = invariants.last_numbers()
    assert counted == kept


def test_every_state_kind_mode_and_audience_is_there() -> None:
    assert set(db.session.scalars(select(Event.state))) == set(EventState)
    assert set(db.session.scalars(select(Event.mode))) == set(EventMode)
    assert set(db.session.scalars(select(Event.audience))) == set(Audience)
    kinds = select(EventKind.code).join(Event, Event.kind_id == EventKind.id)
    assert set(db.session.scalars(kinds)) == {"hop", "hoi-nghi", "tap-huan", "hop-bao", "giao-ban-bao-chi"}


def test_events_reach_from_january_of_last_year_to_the_end_of_next_quarter() -> None:
    days = sorted(clock.local_date(at) for at in db.session.scalars(select(Event.starts_at)))
    assert (days[0].year, days[0].month) == (TODAY.year - 1, 1)
    assert days[-1].isoformat() <= "2026-06-30"
    assert 45 <= len(days) <= 75


def test_the_event_of_today_has_one_open_session_in_which_some_are_marked() -> None:
    event = running()
    sessions = db.session.scalars(select(Session).where(Session.event_id == event.id).order_by(Session.position)).all()
    closed = {s for s in db.session.scalars(select(Sheet.session_id).where(Sheet.closed_at.is_not(None)))}
    assert [session.id in closed for session in sessions] == [True, True, False]
    expected = count(Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED)
    marked = count(Presence.session_id == sessions[-1].id)
    assert 0 < marked < expected


def test_some_events_are_over_but_not_closed_and_one_was_opened_again() -> None:
    assert count(Event.state == EventState.RELEASED, Event.ends_at < MIDNIGHT) == 3
    assert count(SheetStep.action == "reopened", SheetStep.reason != "") == 1


def test_one_event_is_full_and_its_queue_moved() -> None:
    ahead = (Event.starts_at > NOW, SeatPool.kind == PoolKind.EVENT)
    pools = select(SeatPool).join(Event, Event.id == SeatPool.event_id)
    full = db.session.scalars(pools.where(SeatPool.taken == SeatPool.capacity, *ahead)).one()
    waiting = (Registration.event_id == full.event_id, Registration.state == RegistrationState.WAITING)
    assert count(*waiting) == 4
    assert max(db.session.scalars(select(Registration.queue_number).where(*waiting))) == full.queue_last
    assert count(RegistrationStep.rule == StepRule.QUEUE_ORDER) == 3


def test_people_register_in_every_way() -> None:
    assert set(db.session.scalars(select(Registration.source))) == set(RegistrationSource)


def test_some_registration_is_open_and_some_opens_later() -> None:
    assert count(Event.state == EventState.RELEASED, Event.registration_opens_at > NOW) >= 1
    open_now = (Event.registration_opens_at <= NOW, Event.registration_closes_at > NOW)
    assert count(Event.state == EventState.RELEASED, *open_now) >= 5


def test_everything_an_event_may_have_is_there() -> None:
    assert count(AgendaItem.speakers != "") > 100
    assert count(Event.plan_item_id.is_not(None)) > 40
    assert count(EventTopic.topic_id.is_not(None)) > 80
    assert count(Venue.capacity > 0) == 8
    released = Event.state != EventState.DRAFT
    assert count(released, Event.contact_phone == "") == 0
    assert count(released, Event.host_id.is_(None)) == 0


def test_the_plans_of_two_years_have_every_topic_and_item() -> None:
    assert sorted(db.session.scalars(select(Plan.year))) == [2025, 2026]
    assert (count(Topic.id > 0), count(PlanItem.id > 0)) == (80, 28)
    assert count(Topic.parent_id.is_(None)) == 8


def test_people_are_plainly_samples() -> None:
    people = db.session.scalars(select(Person)).all()
    assert [p.full_name for p in people if " Mẫu " not in p.full_name] == []
    assert [p.email for p in people if p.email and not p.email.endswith("@mau.example")] == []
    assert [p.phone for p in people if not p.phone.startswith("0900000")] == []


def test_people_are_found_and_sorted_as_verbs_would_have_it() -> None:
    people = db.session.scalars(select(Person)).all()
    kept = [(p.search_text, p.sort_key) for p in people]
    for person in people:
        index_person(person)
    assert kept == [(p.search_text, p.sort_key) for p in people]


def test_organisations_of_2019_are_found_and_named_as_verbs_would_have_it() -> None:
    organisations = db.session.scalars(select(Organisation)).all()
    kept = [(o.search_text, o.sort_key) for o in organisations]
    index_organisations(organisations)
    assert kept == [(o.search_text, o.sort_key) for o in organisations]
    assert len(organisations) == count(OrganisationName.valid_from.is_(None)) == 234
    assert count(Organisation.parent_id.is_not(None)) > 180


def test_every_role_has_one_account_with_the_printed_password() -> None:
    roles = {}
    for _, login, password in sample_accounts():
        account = db.session.scalars(select(Account).where(Account.login == login)).one()
        assert matches(account.password_hash, password)
        require_strong(password, names=[login])
        roles[login] = set(db.session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account.id)))
    assert sorted(roles.values(), key=repr) == sorted(
        [{Role.ADMINISTRATOR}, {Role.ORGANIZER}, {Role.LEADER}, {Role.FOCAL_POINT}, set(), set()], key=repr
    )


def test_no_account_passes_for_a_real_one() -> None:
    assert count(Account.is_sample.is_(False)) == 0
    assert count(Account.password_hash.is_not(None)) == len(sample_accounts())


def test_no_letter_and_no_job_is_due_this_morning() -> None:
    morning = MIDNIGHT + timedelta(hours=8)
    assert not letters_due(morning)
    assert count(Message.state == MessageState.SENT, Message.sent_at >= MIDNIGHT_AFTER) == 0
    assert count(Job.run_at <= MIDNIGHT) == 0


def test_letters_are_kept_as_long_as_those_that_really_went_out() -> None:
    old = Message.sent_at < MIDNIGHT - timedelta(days=7)
    assert count(old) > 0
    assert count(old, Message.body.is_not(None)) == 0
    assert count(Message.sent_at >= MIDNIGHT - timedelta(days=7), Message.body.is_(None)) == 0


def test_papers_lie_in_the_store_one_locked_one_for_those_registered() -> None:
    for file in db.session.scalars(select(StoredFile)):
        body = own_store().path(file.key).read_bytes()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (file.size, file.sha256)
        assert body.startswith(b"%PDF" if file.name.endswith(".pdf") else b"PK")
    assert count(Material.available_at > NOW) >= 1
    assert count(Material.audience == MaterialAudience.REGISTERED) >= 1


def test_papers_are_headed_with_the_office() -> None:
    office = office_on(TODAY)
    assert (office.parent_agency, office.agency, office.place) == ("UBND TỈNH KIÊN GIANG", "VĂN PHÒNG", "Kiên Giang")
    assert "26 tháng 01 năm 2026" in office.plan_reference
    assert "26 tháng 01 năm 2025" in office_on(TODAY.replace(year=2025)).plan_reference


def test_the_main_pages_show_it(province: Flask) -> None:
    from tests.support.browser import CheckingClient, sign_in

    account = db.session.scalars(select(Account).where(Account.login == "to-chuc@mau.example")).one()
    client = sign_in(CheckingClient(province), account)
    event = running()
    assert event.title in client.page("/lich").text_content()
    assert event.title in client.page(f"/hop/{event.code}").text_content()
    assert "Mẫu" in client.page(f"/hop/{event.code}/quan-ly/diem-danh").text_content()


def test_guests_await_the_decision_at_one_press_event() -> None:
    (event_id,) = db.session.scalars(select(RegistrationRules.event_id).where(RegistrationRules.guests_allowed))
    waiting = guests_of(event_id).pending
    assert [(row.organisation, bool(row.letter_name)) for row in waiting][:2] == [
        ("Thời báo Mẫu", True), ("Tạp chí Mẫu Phương Nam", False),
    ]  # fmt: skip
    assert [bool(row.matched_id) for row in waiting] == [False, False, True]


def test_some_were_taken_in_twice() -> None:
    found = doubles()
    assert len(found) >= 3
    assert {clue for each in found for clue in each.clues} >= {Clue.NAME, Clue.EMAIL}
