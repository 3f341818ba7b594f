"""Reminders: by the organizer and by themselves, to those without an answer only, moving with the deadline."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.invitations import service
from kstthc_training.invitations.errors import InvitingOver, NobodyChosen
from kstthc_training.invitations.policy import Deadlines
from kstthc_training.outbox.models import Job
from kstthc_training.refusals import NotAllowed
from kstthc_training.reminders import jobs
from tests.invitations.asked import accepted, acts, deadlines, declined, invited, letters_to, names_given, now_of
from tests.registrations import seats
from tests.registrations.actors import a_focal_point, an_organizer
from tests.registrations.seats import a_member, log
from tests.support.factories import make_event, make_organisation, make_person

DAY = timedelta(days=1)


@pytest.fixture
def event(now):
    return make_event(starts_at=now + 20 * DAY)


def bodies(count):
    return [make_organisation(f"UBND xã Số {n}", email=f"xa{n}@mau.example") for n in range(count)]


def run(event, at):
    jobs.remind_of_answer({"event_id": event.id, "at": at.isoformat()}, at)


def kinds(n):
    return [letter.kind for letter in letters_to(f"xa{n}@mau.example")]


def at_eight(day):
    return datetime(2026, 3, day, 1, 0, tzinfo=UTC)


def test_mornings_before_the_deadline_are_its_reminders():
    deadline = datetime(2026, 3, 28, 10, 0, tzinfo=UTC)
    assert Deadlines(remind_days=(0, 3)).reminders(deadline) == [at_eight(25), at_eight(28)]
    assert Deadlines(remind_days=(0,)).reminders(at_eight(28)) == []
    assert Deadlines().reminders(None) == []


def test_those_without_an_answer_are_reminded_once(event, now):
    silent, said_yes, said_no, named = invited(event, *(places := bodies(4)))
    deadlines(event, now + 10 * DAY)
    accepted(said_yes)
    declined(said_no)
    names_given(named, a_member(places[3]))
    assert [job.run_at for job in seats.jobs("invitations.remind")] == [at_eight(25), at_eight(28)]
    run(event, at_eight(25))
    run(event, at_eight(25))
    assert (kinds(0), kinds(1), kinds(2), kinds(3)) == (["invitation", "invitation-reminder"], *[["invitation"]] * 3)
    run(event, at_eight(28))
    assert (now_of(silent).reminders, now_of(silent).reminded_at) == (2, at_eight(28))
    assert acts(silent) == ["made", "sent", "reminded", "reminded"]
    assert [facts["invitees"] for facts in log("invitations.reminded")] == [1, 1]


def test_reminders_move_with_the_deadline(event, now):
    invited(event, *bodies(1))
    deadlines(event, now + 10 * DAY)
    deadlines(event, now + 12 * DAY)
    run(event, at_eight(25))
    assert kinds(0) == ["invitation"]
    run(event, at_eight(27))
    assert kinds(0) == ["invitation", "invitation-reminder"]


def test_a_deadline_of_its_own_has_reminders_of_its_own(event, now):
    own, other = invited(event, *bodies(2))
    deadlines(event, now + 10 * DAY)
    with unit_of_work():
        service.set_deadline(
            actor=an_organizer(), event_id=event.id, invitation_ids=[own.id], answer_by=now + 15 * DAY, now=now
        )
    assert [job.run_at.day for job in seats.jobs("invitations.remind")] == [25, 28, 30, 2]
    run(event, at_eight(25))
    assert (now_of(own).reminders, now_of(other).reminders) == (0, 1)
    run(event, at_eight(30))
    assert (now_of(own).reminders, now_of(other).reminders) == (1, 1)


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_an_event_that_is_off_reminds_nobody(event, now, state):
    invited(event, *bodies(1))
    deadlines(event, now + 10 * DAY)
    with unit_of_work() as session:
        session.get_one(type(event), event.id).state = state
    run(event, at_eight(25))
    assert kinds(0) == ["invitation"]


def test_an_organizer_reminds_those_without_an_answer(event, now):
    silent, said_no = invited(event, *bodies(2))
    declined(said_no)
    with unit_of_work():
        chosen = [silent.id, said_no.id]
        assert service.remind(actor=an_organizer(), event_id=event.id, invitation_ids=chosen, now=now) == 1
    assert (kinds(0), kinds(1)) == (["invitation", "invitation-reminder"], ["invitation"])


def test_reminding_is_refused_to_strangers_for_nobody_and_once_the_event_began(event, now):
    body = make_organisation(email="a@mau.example")
    (invitation,) = invited(event, body)
    given = {"event_id": event.id, "invitation_ids": [invitation.id]}
    with pytest.raises(NotAllowed), unit_of_work():
        service.remind(actor=a_focal_point(body), now=now, **given)
    with pytest.raises(InvitingOver), unit_of_work():
        service.remind(actor=an_organizer(), now=event.starts_at, **given)
    declined(invitation)
    with pytest.raises(NobodyChosen), unit_of_work():
        service.remind(actor=an_organizer(), now=now, **given)


def test_people_are_reminded_too(event, now):
    (invitation,) = invited(event, people=[make_person(email="bao@mau.example")])
    deadlines(event, now + 10 * DAY)
    run(event, at_eight(25))
    assert [letter.kind for letter in letters_to("bao@mau.example")] == ["invitation", "invitation-reminder"]
    assert now_of(invitation).reminders == 1


def overdue(event, at, now=None):
    jobs.tell_overdue({"event_id": event.id, "at": at.isoformat()}, now or at)


def told_leaders(event, deadline, now, *, tells_leaders=True, version=0):
    with unit_of_work():
        service.set_deadlines(
            actor=an_organizer(), event_id=event.id, answer_by=deadline, remind_days=(), tells_leaders=tells_leaders,
            version=version, now=now,
        )  # fmt: skip


def test_leaders_of_those_who_let_the_deadline_pass_are_told_once(event, now):
    deadline, (yes, no, silent) = now + 5 * DAY, bodies(3)
    told_leaders(event, deadline, now)
    first, second, _third = invited(event, yes, no, silent)
    accepted(first), declined(second)
    (job,) = db.session.scalars(select(Job).where(Job.kind == "invitations.overdue")).all()
    assert job.run_at == deadline
    db.session.rollback()
    overdue(event, deadline)
    overdue(event, deadline)
    assert [kinds(n) for n in range(3)] == [["invitation"], ["invitation"], ["invitation", "invitation-overdue"]]
    text = letters_to("xa2@mau.example")[-1]
    assert text.body.startswith("Kính gửi Lãnh đạo UBND xã Số 2,")
    assert (text.link_id, "{{link}}" in text.body) == (None, False)
    assert [facts["invitees"] for facts in log("invitations.leaders_told")] == [1]


def test_leaders_are_told_only_where_it_is_so_set_and_of_the_deadline_that_holds(event, now):
    deadline = now + 5 * DAY
    told_leaders(event, deadline, now, tells_leaders=False)
    invited(event, *bodies(1))
    overdue(event, deadline)
    assert kinds(0) == ["invitation"]
    told_leaders(event, now + 7 * DAY, now, version=1)
    overdue(event, deadline)
    assert kinds(0) == ["invitation"]
    overdue(event, now + 7 * DAY)
    assert kinds(0) == ["invitation", "invitation-overdue"]
