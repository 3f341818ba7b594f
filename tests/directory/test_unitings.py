"""Rows of one person become one: what goes over, what is united, what is refused, and that it can be undone whole."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock, schema
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.errors import (
    AlreadyUndone,
    AlreadyUnited,
    KeptAccountDisabled,
    NobodyUnites,
    OwnAccount,
    RowChanged,
    TooLateToUndo,
    TwoAccounts,
    UndoContradicted,
)
from kstthc_training.directory.service.acts import MAY_BE_UNDONE
from kstthc_training.directory.uniting.against import MarkedSince, SeatTaken, UnitedSince
from kstthc_training.directory.uniting.plan import plan_uniting
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.service import attend
from kstthc_training.mandates.models import Mandate, MandatePerson
from kstthc_training.people.doubles import doubles
from kstthc_training.people.enums import Role
from kstthc_training.people.finding import Sought, people_found
from kstthc_training.people.models import Account, Person, RoleGrant, ToldApart
from kstthc_training.refusals import NotAllowed, Unknown
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import QuestionKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Answer, GuestEntry, Question, Registration, RegistrationStep, SeatPool
from kstthc_training.registrations.service.offers import expire_offer
from tests.attendance.doors import close, put_mark, sessions_of
from tests.directory.mergers import only, pools_hold
from tests.directory.unitings import ADMINISTRATOR, on_record, parted, result_of, united, uniting_of
from tests.invitations.asked import bearer, declined, invited, now_of
from tests.people.alike import told_apart
from tests.registrations.actors import an_organizer
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

STATES = RegistrationState


@pytest.fixture
def pair(now):
    here = make_organisation()
    kept = make_person("Lê Mẫu An", organisation_id=here.id, title="Chuyên viên", phone="")
    other = make_person("Lê Mẫu Ân", organisation_id=here.id, title="Trưởng phòng", phone="0900000044")
    return kept, other


def now_is(row):
    """A registration or person as it is now."""
    return only(type(row), id=row.id)


def added(*rows):
    with unit_of_work():
        db.session.add_all(rows)


def test_the_row_that_stays_knows_what_was_chosen_and_the_other_is_found_no_more(pair):
    kept, other = pair
    act_id = united(kept, other, taken={"title": other.id, "email": other.id})
    one, closed = now_is(kept), now_is(other)
    assert (one.full_name, one.title, one.phone, one.email) == ("Lê Mẫu An", "Trưởng phòng", "0900000044", other.email)
    assert (one.search_text.split(" | ")[0], one.email_key) == ("le mau an", other.email)
    assert (closed.merged_into_id, closed.full_name, closed.organisation_id) == (kept.id, "Lê Mẫu Ân", None)
    for words in ("", "le mau", "0900000044"):
        assert [row.id for row in people_found(Sought(search=words), limit=9).rows] == [kept.id]
    assert doubles() == []
    told = select(AuditEntry.subject_id, AuditEntry.facts).where(AuditEntry.action == "person.united")
    assert db.session.execute(told).one() == (
        kept.id, {"act_id": act_id, "closed": ["Lê Mẫu Ân"], "registrations": 0, "united": 0},
    )  # fmt: skip


def test_a_registration_of_the_other_goes_over_with_its_result_and_calendar(pair):
    kept, other = pair
    event = make_event(starts_at=clock.now() - timedelta(days=3))
    mine = make_registration(event, other)
    put_mark(event, mine.id, MarkStatus.PRESENT, now=event.starts_at)
    close(event, now=clock.now())
    before = now_is(kept).calendar_revision
    act_id = united(kept, other)
    assert now_is(mine).person_id == kept.id
    assert result_of(mine) == (kept.id, 1, 1, True)
    assert now_is(kept).calendar_revision > before
    parted(act_id)
    assert result_of(mine) == (other.id, 1, 1, True)


@pytest.mark.parametrize(
    ("own", "others", "left"),
    [
        (STATES.CONFIRMED, STATES.CONFIRMED, STATES.CONFIRMED),
        (STATES.CANCELLED, STATES.CONFIRMED, STATES.CONFIRMED),
        (STATES.WAITING, STATES.CONFIRMED, STATES.CONFIRMED),
        (STATES.CONFIRMED, STATES.WAITING, STATES.CONFIRMED),
        (STATES.PENDING, STATES.WAITING, STATES.WAITING),
        (STATES.REFUSED, STATES.PENDING, STATES.PENDING),
        (STATES.REFUSED, STATES.CANCELLED, STATES.REFUSED),
    ],
)
def test_of_two_registrations_at_one_event_the_better_standing_holds_and_pools_stay_true(pair, own, others, left):
    kept, other = pair
    event = make_event(capacity=9)
    mine, theirs = make_registration(event, kept, state=own), make_registration(event, other, state=others)
    before = on_record()
    act_id = united(kept, other)
    one, led = now_is(mine), now_is(theirs)
    assert (one.person_id, one.state, one.holds_seat) == (kept.id, left, left is STATES.CONFIRMED)
    assert (led.person_id, led.merged_into_id, led.holds_seat, led.queue_number) == (other.id, mine.id, False, None)
    assert led.state is (STATES.REFUSED if others is STATES.REFUSED else STATES.CANCELLED)
    assert pools_hold()
    parted(act_id)
    assert on_record() == before
    assert pools_hold()


def test_of_two_who_wait_the_first_number_holds(pair):
    kept, other = pair
    event = make_event(capacity=1)
    make_registration(event)
    theirs, mine = (make_registration(event, each, state=STATES.WAITING) for each in (other, kept))
    assert (theirs.queue_number, mine.queue_number) == (1, 2)
    before = on_record()
    act_id = united(kept, other)
    assert (now_is(mine).queue_number, now_is(theirs).queue_number) == (1, None)
    parted(act_id)
    assert on_record() == before


def test_the_seat_that_becomes_free_goes_to_the_first_who_waits(pair):
    kept, other = pair
    event = make_event(capacity=2)
    for each in pair:
        make_registration(event, each)
    waiting = make_registration(event, state=STATES.WAITING)
    act_id = united(kept, other)
    assert now_is(waiting).state is STATES.CONFIRMED
    assert pools_hold()
    with pytest.raises(UndoContradicted) as refused:
        parted(act_id)
    assert refused.value.facts["contradictions"] == [SeatTaken(event.id)]
    assert now_is(other).merged_into_id == kept.id
    with unit_of_work():
        registration = db.session.get_one(Registration, waiting.id)
        registrations.cancel(actor=an_organizer(), registration=registration, reason="", now=clock.now())
    parted(act_id)
    assert pools_hold()
    assert only(SeatPool, event_id=event.id).taken == 2


def test_an_offer_goes_over_and_ends_when_it_ended(pair):
    kept, other = pair
    event = make_event(capacity=5)
    mine = make_registration(event, kept, state=STATES.CANCELLED)
    theirs = make_registration(event, other)
    ends_at = clock.now() + timedelta(hours=5)
    with unit_of_work():
        row = db.session.get_one(Registration, theirs.id)
        row.state, row.offer_ends_at = STATES.OFFERED, ends_at
    united(kept, other)
    assert (now_is(mine).state, now_is(mine).offer_ends_at, now_is(mine).holds_seat) == (STATES.OFFERED, ends_at, True)
    with unit_of_work():
        expire_offer(event_id=event.id, registration_id=mine.id, now=ends_at)
    assert now_is(mine).state is STATES.CANCELLED
    assert pools_hold()


def test_the_steps_tell_of_it_and_of_its_undoing(pair):
    kept, other = pair
    event = make_event()
    mine, theirs = make_registration(event, kept, state=STATES.CANCELLED), make_registration(event, other)
    parted(united(kept, other))
    steps = db.session.scalars(select(RegistrationStep).order_by(RegistrationStep.id)).all()
    assert [(s.registration_id, s.from_state, s.to_state, s.rule) for s in steps] == [
        (theirs.id, STATES.CONFIRMED, STATES.CANCELLED, "united"),
        (mine.id, STATES.CANCELLED, STATES.CONFIRMED, "united"),
        (mine.id, STATES.CONFIRMED, STATES.CANCELLED, "parted"),
        (theirs.id, STATES.CANCELLED, STATES.CONFIRMED, "parted"),
    ]


def test_answers_are_those_of_the_better_standing_filled_up_from_the_other(pair):
    kept, other = pair
    event = make_event()
    mine, theirs = make_registration(event, kept, state=STATES.CANCELLED), make_registration(event, other)
    questions = [Question(event_id=event.id, position=n, kind=QuestionKind.TEXT, label=f"Câu {n}") for n in (1, 2, 3)]
    added(*questions)
    first, second, third = db.session.scalars(select(Question.id).order_by(Question.position))
    for registration, question, value in (
        (mine, first, "của mình"), (theirs, first, "của người kia"), (mine, second, "chỉ mình"), (theirs, third, "chỉ kia"),
    ):  # fmt: skip
        added(Answer(registration_id=registration.id, question_id=question, value=value))
    before = on_record()
    act_id = united(kept, other)
    said = select(Answer.value).where(Answer.registration_id == mine.id).order_by(Answer.question_id)
    assert db.session.scalars(said).all() == ["của người kia", "chỉ mình", "chỉ kia"]
    parted(act_id)
    assert on_record() == before


def test_what_a_guest_wrote_goes_over_when_the_row_that_stays_has_no_such_words(pair):
    kept, other = pair
    event = make_event()
    mine, theirs = (
        make_registration(event, kept, state=STATES.CANCELLED),
        make_registration(event, other, state=STATES.PENDING),
    )
    added(GuestEntry(registration_id=theirs.id, organisation="Báo Mẫu", search_text="bao mau", form_hash="a"))
    before = on_record()
    act_id = united(kept, other)
    assert only(GuestEntry).registration_id == mine.id
    parted(act_id)
    assert on_record() == before


def test_marks_of_both_are_united_by_new_marks_that_keep_their_origin(pair):
    kept, other = pair
    event = make_event(starts_at=clock.now() - timedelta(days=3), sessions=2)
    mine, theirs = (make_registration(event, each) for each in pair)
    first, second = sessions_of(event)
    put_mark(event, mine.id, MarkStatus.PRESENT, session_id=first.id, now=event.starts_at)
    put_mark(event, theirs.id, MarkStatus.LATE, session_id=second.id, now=event.starts_at + timedelta(days=1))
    for position in (0, 1):
        close(event, position, now=clock.now())
    assert result_of(mine) == (kept.id, 1, 2, True)
    before, marks = on_record(), select(Mark).order_by(Mark.id)
    old = [mark.id for mark in db.session.scalars(marks)]
    act_id = united(kept, other)
    assert result_of(mine) == (kept.id, 2, 2, True)
    assert result_of(theirs) is None
    new = [mark for mark in db.session.scalars(marks) if mark.id not in old]
    late = db.session.scalars(select(Mark).where(Mark.registration_id == theirs.id, Mark.status == MarkStatus.LATE)).one()
    to_kept = next(mark for mark in new if mark.registration_id == mine.id)
    assert (to_kept.status, to_kept.at, to_kept.method, to_kept.account_id) == (
        MarkStatus.LATE, late.at, late.method, late.account_id,
    )  # fmt: skip
    assert to_kept.nonce == f"united:{act_id}:{second.id}-{mine.id}:{late.id}"
    assert {mark.status for mark in new if mark.registration_id == theirs.id} == {MarkStatus.NONE}
    assert presences_are_the_latest_marks()
    parted(act_id)
    assert on_record() == before
    assert presences_are_the_latest_marks()


def test_of_contradicting_marks_the_keeper_chooses_else_who_was_seen_was_there(pair):
    kept, other = pair
    event = make_event(starts_at=clock.now() - timedelta(days=3))
    mine, theirs = (make_registration(event, each) for each in pair)
    put_mark(event, mine.id, MarkStatus.ABSENT, now=event.starts_at)
    put_mark(event, theirs.id, MarkStatus.PRESENT, now=event.starts_at)
    close(event, now=clock.now())
    [session] = sessions_of(event)
    [asked] = plan_uniting(uniting_of(kept, other), now=clock.now()).contradictions
    assert (asked.session.id, asked.holds.status) == (session.id, MarkStatus.PRESENT)
    parted(united(kept, other))
    united(kept, other, marks={session.id: mine.id})
    assert result_of(mine) == (kept.id, 0, 1, False)


def test_a_row_left_unmarked_contradicts_nothing(pair):
    kept, other = pair
    event = make_event(starts_at=clock.now() - timedelta(days=3))
    mine, theirs = (make_registration(event, each) for each in pair)
    put_mark(event, theirs.id, MarkStatus.EXCUSED, now=event.starts_at)
    close(event, now=clock.now())
    assert plan_uniting(uniting_of(kept, other), now=clock.now()).contradictions == ()
    united(kept, other)
    seen = select(Presence.status).where(Presence.registration_id == mine.id)
    assert db.session.scalars(seen).one() is MarkStatus.EXCUSED


def test_marks_made_since_stand_against_undoing(pair):
    kept, other = pair
    event = make_event(starts_at=clock.now() - timedelta(hours=1))
    mine, theirs = (make_registration(event, each) for each in pair)
    put_mark(event, theirs.id, MarkStatus.PRESENT, now=clock.now())
    act_id = united(kept, other)
    put_mark(event, mine.id, MarkStatus.LEFT_EARLY, now=clock.now())
    with pytest.raises(UndoContradicted) as refused:
        parted(act_id)
    assert refused.value.facts["contradictions"] == [MarkedSince(event.id)]


def test_invitations_to_both_become_one(pair):
    kept, other = pair
    both, only_other = make_event(), make_event()
    mine, theirs = invited(both, people=pair)
    [moves] = invited(only_other, people=[other])
    declined(mine)
    with unit_of_work():
        attend(actor=bearer(theirs), invitation=theirs, now=clock.now())
    before = on_record()
    act_id = united(kept, other)
    one = now_of(mine)
    assert (one.person_id, one.answer, one.reason) == (kept.id, InvitationAnswer.ACCEPTED, "")
    assert (now_of(theirs).merged_into_id, now_of(theirs).revoked_at) == (mine.id, clock.now())
    assert now_of(moves).person_id == kept.id
    assert pools_hold()
    parted(act_id)
    assert on_record() == before


def test_mandates_the_door_and_events_go_over(pair):
    kept, other = pair
    mandates = [Mandate(name=f"Khóa {n}", due_on=clock.local_date(clock.now()), made_at=clock.now()) for n in (1, 2)]
    added(*mandates)
    both, one = db.session.scalars(select(Mandate.id).order_by(Mandate.id))
    event, run = make_event(), make_event(owner=other)
    exempt = {"exempt_document": "QĐ 12", "exempt_at": clock.now()}
    added(
        MandatePerson(mandate_id=both, person_id=kept.id, added_at=clock.now()),
        MandatePerson(mandate_id=both, person_id=other.id, added_at=clock.now(), **exempt),
        MandatePerson(mandate_id=one, person_id=other.id, added_at=clock.now()),
        DoorStaff(event_id=event.id, person_id=other.id), DoorStaff(event_id=run.id, person_id=kept.id),
        DoorStaff(event_id=run.id, person_id=other.id),
    )  # fmt: skip
    before = on_record()
    act_id = united(kept, other)
    listed = select(MandatePerson.mandate_id, MandatePerson.person_id, MandatePerson.exempt_document)
    assert sorted(map(tuple, db.session.execute(listed))) == [(both, kept.id, "QĐ 12"), (one, kept.id, "")]
    assert sorted(db.session.execute(select(DoorStaff.event_id, DoorStaff.person_id)).all()) == [
        (event.id, kept.id), (run.id, kept.id),
    ]  # fmt: skip
    assert only(Event, id=run.id).owner_id == kept.id
    parted(act_id)
    assert on_record() == before


def test_the_one_account_goes_over(pair):
    kept, other = pair
    account = make_account(Role.LEADER, person=other)
    before = on_record()
    act_id = united(kept, other)
    assert only(Account, id=account.id).person_id == kept.id
    parted(act_id)
    assert on_record() == before


def test_of_two_accounts_an_administrator_closes_one_whose_focal_point_goes_over(pair):
    kept, other = pair
    body = make_organisation()
    stays, closes = make_account(person=kept), make_account(Role.LEADER, person=other, focal_of=body)
    with pytest.raises(TwoAccounts):
        united(kept, other)
    with pytest.raises(OwnAccount):
        united(kept, other, actor=replace(ADMINISTRATOR, account_id=closes.id))
    before = on_record()
    act_id = united(kept, other, actor=ADMINISTRATOR)
    assert (only(Account, id=closes.id).disabled_at, only(Account, id=stays.id).disabled_at) == (clock.now(), None)
    grants = db.session.execute(select(RoleGrant.account_id, RoleGrant.role).order_by(RoleGrant.role)).all()
    assert grants == [(stays.id, Role.FOCAL_POINT), (closes.id, Role.LEADER)]
    with pytest.raises(TwoAccounts):
        parted(act_id)
    parted(act_id, actor=ADMINISTRATOR)
    assert on_record() == before


def test_a_disabled_account_does_not_stay_in_place_of_one_in_use(pair):
    kept, other = pair
    mine, _theirs = make_account(person=kept), make_account(person=other)
    with unit_of_work():
        db.session.get_one(Account, mine.id).disabled_at = clock.now()
    with pytest.raises(KeptAccountDisabled):
        united(kept, other, actor=ADMINISTRATOR)
    united(other, kept)  # whose account in use stays; nobody is locked out


def test_three_rows_at_once_and_one_after_the_other_come_to_the_same(pair):
    kept, other = pair
    third = make_person("Lê Mẫu An", email="an.le@mau.example")
    event = make_event(capacity=9)
    rows = [make_registration(event, each) for each in (other, third)]
    before = on_record()
    act_id = united(kept, other, third)
    assert (now_is(rows[0]).person_id, now_is(rows[1]).merged_into_id) == (kept.id, rows[0].id)
    assert pools_hold()
    at_once = [person.merged_into_id for person in map(now_is, (other, third))]
    parted(act_id)
    assert on_record() == before
    first, second = united(kept, other), united(kept, third)
    assert [person.merged_into_id for person in map(now_is, (other, third))] == at_once == [kept.id] * 2
    parted(second)
    parted(first)
    assert on_record() == before
    assert pools_hold()


def test_whoever_was_told_apart_stays_so(pair):
    kept, other = pair
    third = make_person("Ai đó")
    told_apart(other, third)
    act_id = united(kept, other)
    known = select(ToldApart.low_id, ToldApart.high_id).order_by(ToldApart.low_id)
    assert db.session.execute(known).all() == [(kept.id, third.id), (other.id, third.id)]
    parted(act_id)
    assert db.session.execute(known).all() == [(other.id, third.id)]


def test_what_may_not_be_united(pair):
    kept, other = pair
    with pytest.raises(NobodyUnites):
        united(kept)
    with pytest.raises(NobodyUnites):
        united(kept, kept)
    with pytest.raises(NotAllowed):
        united(kept, other, actor=replace(ADMINISTRATOR, roles=frozenset({Role.LEADER})))
    with pytest.raises(RowChanged):
        united(kept, other, seen={kept.id: kept.version, other.id: other.version + 1})
    gone = make_person()
    with unit_of_work():
        db.session.delete(db.session.get_one(Person, gone.id))
    with pytest.raises(Unknown):
        united(kept, gone)
    united(kept, other, seen={kept.id: kept.version, other.id: other.version})
    for pairing in ((kept, other), (other, kept)):
        with pytest.raises(AlreadyUnited) as refused:
            united(*pairing)
    assert refused.value.facts == {"name": "Lê Mẫu Ân"}


def test_undone_once_within_thirty_days_and_not_under_a_further_uniting(pair):
    kept, other = pair
    third = make_person()
    first = united(kept, other)
    with pytest.raises(TooLateToUndo):
        parted(first, now=clock.now() + MAY_BE_UNDONE)
    second = united(third, kept)
    with pytest.raises(UndoContradicted) as refused:
        parted(first)
    assert refused.value.facts["contradictions"][0] == UnitedSince(kept.full_name)
    parted(second)
    parted(first)
    with pytest.raises(AlreadyUndone):
        parted(first)


def test_nobody_is_registered_by_a_closed_row(pair):
    kept, other = pair
    united(kept, other)
    event = make_event()
    with pytest.raises(Unknown), unit_of_work():
        person = db.session.get_one(Person, other.id)
        source = RegistrationSource.ORGANIZER
        registrations.register(actor=an_organizer(), event=event, person=person, source=source, now=clock.now())
    assert db.session.scalars(select(Registration)).all() == []


def test_the_same_statements_however_much_hangs_on_the_rows(pair, statements):
    kept, other = pair
    counts = []
    for many in (1, 6):
        for _ in range(many):
            event = make_event(starts_at=clock.now() - timedelta(days=3))
            for each in pair:
                put_mark(event, make_registration(event, each).id, MarkStatus.PRESENT, now=event.starts_at)
            invited(make_event(), people=pair)
        db.session.rollback()
        with statements() as seen:
            plan_uniting(uniting_of(kept, other), now=clock.now())
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_every_table_that_names_a_person_or_a_registration_is_thought_of():
    """A new reference to either must be decided on: it goes over, leads on, or stays as what was."""
    references = {
        f"{table.name}.{key.parent.name}"
        for table in schema.METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in ("people", "registrations")
    }
    go_over = {
        "accounts.person_id", "answers.registration_id", "attendance_results.person_id",
        "attendance_results.registration_id", "calendar_choices.person_id",
        "calendar_sendings.person_id", "door_staff.person_id", "events.owner_id", "guest_entries.registration_id",
        "invitations.person_id", "mandate_people.person_id", "marks.registration_id", "people.merged_into_id",
        "people_told_apart.high_id", "people_told_apart.low_id", "presences.registration_id", "registrations.merged_into_id",
        "registrations.person_id", "registrations.substitute_for_id",
    }  # fmt: skip
    lead_on = {"feeds.person_id"}
    history = {
        "allocation_rows.registration_id", "erasure_requests.person_id", "erasures.person_id",
        "registration_steps.registration_id",
    }  # fmt: skip
    assert references == go_over | lead_on | history


def presences_are_the_latest_marks():
    """Whether what holds is what was seen last, everywhere."""
    db.session.rollback()
    latest = {}
    for mark in db.session.scalars(select(Mark).order_by(Mark.id)):
        latest[mark.session_id, mark.registration_id] = (mark.id, mark.status)
    rows = db.session.scalars(select(Presence)).all()
    return {(row.session_id, row.registration_id): (row.mark_id, row.status) for row in rows} == latest
