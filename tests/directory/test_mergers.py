"""Organisations merge in one act: what goes over, what stays, what is refused, and that it can be undone whole."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.errors import (
    AlreadyUndone,
    MergesIntoItself,
    NobodyMerges,
    NothingToMerge,
    NotYetEffective,
    PressAndOthers,
    TooLateToUndo,
    UndoContradicted,
)
from kstthc_training.directory.merging.plan import plan_merger
from kstthc_training.directory.service.acts import MAY_BE_UNDONE
from kstthc_training.directory.service.mergers import merge
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation, InviteeGroup, InviteeGroupMember
from kstthc_training.invitations.queries import find_by_link, invitations_at
from kstthc_training.organisations.errors import EndsBeforeItBegins, OutsideItsTime
from kstthc_training.organisations.models import Organisation, Succession
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.models import Person, RoleGrant
from kstthc_training.refusals import NotAllowed
from kstthc_training.registrations.enums import PoolKind
from kstthc_training.registrations.models import Registration, SeatPool, SeatReservation
from tests.directory.mergers import DAY, an_act, communes, merged, merger_of, on_record, only, pools_hold, undone
from tests.directory.test_organisation_pages import held_event
from tests.invitations.asked import accepted, acts, declined, invited, names_given, now_of
from tests.registrations.actors import a_focal_point
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration


@pytest.fixture
def three(now):
    return communes()


def test_everybody_goes_over_and_the_old_ones_end_the_day_before(three):
    first, second, new = three
    people = [make_person(organisation_id=each.id, title="Công chức") for each in (first, first, second)]
    merged(first, second, into=new)
    assert {only(Person, id=person.id).organisation_id for person in people} == {new.id}
    assert only(Person, id=people[0].id).version == 2
    assert [only(Organisation, id=each.id).valid_to for each in three] == [DAY - timedelta(days=1)] * 2 + [None]
    rows = db.session.scalars(select(Succession).order_by(Succession.predecessor_id)).all()
    assert [(r.predecessor_id, r.successor_id, r.whole, r.legal_basis) for r in rows] == [
        (first.id, new.id, True, "Nghị quyết 1654"), (second.id, new.id, True, "Nghị quyết 1654"),
    ]  # fmt: skip
    told = select(AuditEntry.subject_id).where(AuditEntry.action == "organisation.merged").order_by(AuditEntry.id)
    assert db.session.scalars(told).all() == [first.id, second.id]


def test_two_invitations_to_one_event_become_one_with_the_places_of_both(three):
    first, second, new = three
    event = make_event()
    one, two = invited(event, first, second, places=2)
    accepted(one, 2)
    letters = len(db.session.scalars(select(Message)).all())
    merged(first, second, into=new)
    one, two = now_of(one), now_of(two)
    assert (one.organisation_id, one.places, one.places_accepted, one.revoked_at) == (new.id, 4, 2, None)
    assert one.answer is InvitationAnswer.ACCEPTED
    assert (two.organisation_id, two.merged_into_id, two.revoked_at) == (second.id, one.id, clock.now())
    assert (only(SeatReservation, event_id=event.id).organisation_id, only(SeatReservation).places) == (new.id, 2)
    pool = only(SeatPool, event_id=event.id, kind=PoolKind.ORGANISATION)
    assert (pool.subject, pool.capacity, pool.taken) == (str(new.id), 4, 2)
    assert pools_hold()
    assert acts(one)[-1] == acts(two)[-1] == "moved"
    assert len(db.session.scalars(select(Message)).all()) == letters


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ((declined, declined), "declined"),
        ((declined, None), "none"),
        ((None, None), "none"),
        ((declined, accepted), "accepted"),
    ],
)
def test_a_no_holds_when_all_said_it_and_a_yes_when_one_did(three, said, answer):
    first, second, new = three
    event = make_event()
    pair = invited(event, first, second)
    for invitation, say in zip(pair, said, strict=True):
        if say:
            say(invitation)
    merged(first, second, into=new)
    assert str(now_of(pair[0]).answer) == answer


def test_an_invitation_of_the_heir_itself_is_the_one_that_is_left(three):
    first, _second, new = three
    event = make_event()
    old, own = invited(event, first, new, places=3)
    merged(first, into=new)
    assert (now_of(own).places, now_of(old).merged_into_id) == (6, own.id)


def test_people_on_the_list_keep_their_seats_and_count_in_the_heirs_quota(three):
    first, second, new = three
    event = make_event(capacity=20)
    one, two = invited(event, first, second, places=2)
    people = [make_person(organisation_id=each.id) for each in (first, second)]
    names_given(one, people[0])
    names_given(two, people[1])
    merged(first, second, into=new)
    rows = db.session.scalars(select(Registration)).all()
    assert {(r.organisation_id, r.seat_organisation_id, r.holds_seat) for r in rows} == {(new.id, new.id, True)}
    pool = only(SeatPool, event_id=event.id, kind=PoolKind.ORGANISATION)
    assert (pool.capacity, pool.taken) == (4, 2)
    assert pools_hold()


def test_a_quota_is_lifted_where_one_that_has_seats_had_none(three):
    first, second, new = three
    event = make_event(capacity=20)
    make_registration(event, make_person(organisation_id=second.id))
    invited(event, first, places=2)
    merged(first, second, into=new)
    pool = only(SeatPool, event_id=event.id, kind=PoolKind.ORGANISATION)
    assert (pool.capacity, pool.taken) == (None, 1)
    assert pools_hold()


def test_held_places_become_free_at_the_time_of_the_longest(three):
    first, second, new = three
    event = make_event(capacity=20)
    for invitation in invited(event, first, second, places=2):
        accepted(invitation)
    merged(first, second, into=new)
    row = only(SeatReservation, event_id=event.id)
    assert (row.places, row.until) == (2, event.starts_at)
    wanted = {"event_id": event.id, "organisation_id": new.id}
    assert [j.run_at for j in db.session.scalars(select(Job)) if j.payload == wanted] == [event.starts_at]


def test_links_that_were_sent_lead_to_the_invitation_that_is_left(three):
    first, second, new = three
    one, two = invited(make_event(), first, second)
    key = current_app.config["SETTINGS"].key
    secrets = [invitation_link(each.id).rpartition("/")[2] for each in (one, two)]
    act_id = merged(first, second, into=new)
    found = [find_by_link(secret, key=key) for secret in secrets]
    assert [(each[0].id, each[0].organisation.id, each[1]) for each in found] == [(one.id, new.id, False)] * 2
    assert invitation_link(two.id) == invitation_link(one.id)
    undone(act_id, now=clock.now() + timedelta(days=1))
    assert [find_by_link(secret, key=key)[0].id for secret in secrets] == [one.id, two.id]


def test_the_organizer_sees_one_line_for_what_was_united(three):
    first, second, new = three
    event = make_event()
    one, _two = invited(event, first, second, places=2)
    merged(first, second, into=new)
    db.session.rollback()
    assert [(row.id, row.name, row.places) for row in invitations_at(event.id)] == [(one.id, new.name, 4)]


def test_an_old_organisation_that_lives_on_and_is_invited_anew_has_a_link_of_its_own_again(three):
    first, _second, new = three
    event = make_event()
    old, own = invited(event, first, new)
    merged(first, into=new)
    with unit_of_work():
        db.session.get_one(Organisation, first.id).valid_to = None
    again = invited(event, first)[0]
    assert (again.id, again.merged_into_id, again.revoked_at) == (old.id, None, None)
    secret = invitation_link(old.id).rpartition("/")[2]
    assert find_by_link(secret, key=current_app.config["SETTINGS"].key)[0].id == old.id
    assert now_of(own).organisation_id == new.id


def test_what_was_held_stays_under_the_old_name(three):
    first, _second, new = three
    person = make_person(organisation_id=first.id)
    event = held_event("Tập huấn đã dự", (person, MarkStatus.PRESENT))
    plan = plan_merger(merger_of(first, into=new), now=clock.now())
    assert plan.held == {first.id: 1}
    merged(first, into=new)
    assert only(Registration, event_id=event.id).organisation_id == first.id
    assert only(AttendanceResult, event_id=event.id).organisation_id == first.id


def test_focal_points_speak_for_the_heir_once_and_those_left_out_for_nobody(three):
    first, second, new = three
    both = make_account(focal_of=first)
    with unit_of_work():
        db.session.add(RoleGrant(account_id=both.id, role="focal_point", organisation_id=second.id, granted_at=clock.now()))
    out = make_account(focal_of=second)
    merged(first, second, into=new, focal_accounts=frozenset({both.id}))
    grants = select(RoleGrant.account_id, RoleGrant.organisation_id).where(RoleGrant.account_id.in_([both.id, out.id]))
    assert db.session.execute(grants).all() == [(both.id, new.id)]


def test_groups_take_the_heir_with_the_places_of_all_or_stay_as_they_are(three):
    first, second, new = three
    with unit_of_work():
        groups = [InviteeGroup(name=name, made_at=clock.now()) for name in ("Cấp xã", "Thí điểm")]
        db.session.add_all(groups)
        db.session.flush()
        everywhere, left = (group.id for group in groups)
        for group_id, body in ((everywhere, first), (everywhere, second), (left, second)):
            db.session.add(InviteeGroupMember(group_id=group_id, organisation_id=body.id, places=2))
    plan = plan_merger(merger_of(first, second, into=new), now=clock.now())
    assert [(g.name, g.in_part) for g in plan.groups] == [("Cấp xã", False), ("Thí điểm", True)]
    merged(first, second, into=new, groups_left=frozenset({left}))
    rows = db.session.execute(
        select(InviteeGroupMember.group_id, InviteeGroupMember.organisation_id, InviteeGroupMember.places)
        .order_by(InviteeGroupMember.group_id)
    )  # fmt: skip
    assert rows.all() == [(everywhere, new.id, 4), (left, second.id, 2)]


def test_a_split_sends_people_where_the_keeper_says_and_the_rest_to_the_heir(three):
    old, heir, other = three
    people = [make_person(organisation_id=old.id) for _ in range(3)]
    merged(old, into=(heir, other), people={people[1].id: other.id})
    assert [only(Person, id=p.id).organisation_id for p in people] == [heir.id, other.id, heir.id]
    assert db.session.scalars(select(Succession.whole)).all() == [False, False]
    assert only(Organisation, id=old.id).valid_to == DAY - timedelta(days=1)


def test_a_part_that_is_given_away_leaves_the_rest_as_it_is(three):
    old, new, _other = three
    stays, goes = (make_person(organisation_id=old.id) for _ in range(2))
    speaker = make_account(focal_of=old)
    (invitation,) = invited(make_event(), old)
    merged(old, into=new, ends=False, people={goes.id: new.id})
    assert [only(Person, id=p.id).organisation_id for p in (stays, goes)] == [old.id, new.id]
    assert now_of(invitation).organisation_id == old.id
    assert only(RoleGrant, account_id=speaker.id).organisation_id == old.id
    assert only(Organisation, id=old.id).valid_to is None


def test_refusals_say_what_is_wrong(three):
    first, second, new = three
    press = make_organisation("Báo Mẫu", kind="press")
    future = {"effective_on": clock.local_date(clock.now()) + timedelta(days=1)}
    refused = [
        (NobodyMerges, merger_of(into=new)),
        (MergesIntoItself, merger_of(first, into=first)),
        (NotYetEffective, merger_of(first, into=new, **future)),
        (PressAndOthers, merger_of(press, into=new)),
        (OutsideItsTime, merger_of(first, into=new, effective_on=DAY - timedelta(days=1))),
        (EndsBeforeItBegins, merger_of(new, into=second)),
    ]
    for kind, merger in refused:
        with pytest.raises(kind):
            plan_merger(merger, now=clock.now())
    with pytest.raises(NotAllowed), unit_of_work():
        merge(actor=a_focal_point(first), merger=merger_of(first, into=new), now=clock.now())


def test_the_same_merger_again_is_nothing(three):
    first, _second, new = three
    merged(first, into=new)
    with pytest.raises(NothingToMerge):
        merged(first, into=new)


def a_busy_pair(first, second):
    """Two communes with people, a focal point each, invitations in several states, held places, a group."""
    for body in (first, second):
        make_account(focal_of=body)
        make_person(organisation_id=body.id)
    event, other = make_event(capacity=30), make_event(capacity=30)
    one, two = invited(event, first, second, places=3)
    names_given(one, make_person(organisation_id=first.id))
    accepted(two, 2)
    invited(other, second)
    with unit_of_work():
        group = InviteeGroup(name="Cấp xã", made_at=clock.now())
        db.session.add(group)
        db.session.flush()
        db.session.add(InviteeGroupMember(group_id=group.id, organisation_id=first.id, places=1))
    return event, one, two


def test_undoing_leaves_every_row_as_it_was(three):
    first, second, new = three
    _event, one, two = a_busy_pair(first, second)
    before = on_record()
    act_id = merged(first, second, into=new)
    assert on_record() != before
    assert pools_hold()
    undone(act_id, now=clock.now() + timedelta(days=2))
    assert on_record() == before
    assert pools_hold()
    assert [only(Organisation, id=each.id).valid_to for each in three] == [None, None, None]
    assert db.session.scalars(select(Succession)).all() == []
    assert (acts(one)[-2:], acts(two)[-2:]) == (["moved", "moved"], ["moved", "moved"])
    assert an_act(act_id).undone_at == clock.now() + timedelta(days=2)
    with pytest.raises(AlreadyUndone):
        undone(act_id)


def test_undoing_is_refused_after_thirty_days(three):
    first, _second, new = three
    act_id = merged(first, into=new)
    with pytest.raises(TooLateToUndo):
        undone(act_id, now=clock.now() + MAY_BE_UNDONE)
    undone(act_id, now=clock.now() + MAY_BE_UNDONE - timedelta(seconds=1))


def test_undoing_is_refused_with_what_came_after(three):
    first, second, new = three
    _event, one, _two = a_busy_pair(first, second)
    act_id = merged(first, second, into=new)
    names_given(now_of(one), make_person(organisation_id=new.id), now=clock.now() + timedelta(hours=1))
    moved = db.session.scalars(select(Person).where(Person.organisation_id == new.id).order_by(Person.id)).first()
    with unit_of_work():
        db.session.get_one(Person, moved.id).organisation_id = None
    before = on_record()
    with pytest.raises(UndoContradicted) as refused:
        undone(act_id, now=clock.now() + timedelta(days=1))
    told = {getattr(each, "table", "registrations made since") for each in refused.value.facts["contradictions"]}
    assert {"people", "seat_reservations", "registrations made since"} <= told
    assert on_record() == before
    assert db.session.scalars(select(Invitation.merged_into_id).where(Invitation.merged_into_id.is_not(None))).all() == [
        one.id
    ]


def test_whoever_does_not_keep_the_directory_undoes_nothing(three):
    first, _second, new = three
    act_id = merged(first, into=new)
    with pytest.raises(NotAllowed):
        undone(act_id, actor=a_focal_point(first))


def test_planning_takes_as_many_statements_for_many_rows_as_for_few(three, statements):
    first, second, new = three
    a_busy_pair(first, second)
    merger = merger_of(first, second, into=new)

    def counted():
        db.session.rollback()
        db.session.expire_all()
        with statements() as seen:
            plan_merger(merger, now=clock.now())
        return len(seen)

    few = counted()
    for _ in range(4):
        event = make_event(capacity=20)
        make_registration(event, make_person(organisation_id=first.id))
        invited(event, first, second)
    assert counted() == few
