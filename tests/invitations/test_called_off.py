"""Those invited learn what became of the event: one letter an address, none to who said no or is told as registered."""

from datetime import timedelta

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.errors import ReasonMissing
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.people.enums import Role
from kstthc_training.people.models import RoleGrant
from kstthc_training.reminders import jobs
from tests.invitations.asked import accepted, attending, declined, invited, letters_to, names_given, now_of
from tests.invitations.test_events import an_event, changed, letters, moved
from tests.registrations.actors import an_organizer
from tests.support.factories import make_account, make_organisation, make_person, make_venue

DAY = timedelta(days=1)


def body(number):
    return make_organisation(f"UBND xã Số {number}", email=f"xa{number}@mau.example")


def cancel(event, now, reason="Bão số 5"):
    with unit_of_work():
        return service.cancel_event(actor=an_organizer(), event=event, reason=reason, now=now)


def test_cancelling_tells_those_who_said_yes_or_nothing_and_not_those_who_said_no(app, now):
    event = an_event(venue="Hội trường A")
    yes, silent, no = invited(event, *[body(n) for n in range(3)])
    accepted(yes), declined(no)
    assert cancel(event, now) == 2
    found = letters("event-cancelled")
    assert set(found) == {"xa0@mau.example", "xa1@mau.example"}
    assert found["xa0@mau.example"].subject == f"HỦY: {event.title}"
    assert found["xa0@mau.example"].body.startswith("Kính gửi UBND xã Số 0,\n\n")
    assert "Lý do: Bão số 5" in found["xa0@mau.example"].body
    assert "{{link}}" not in found["xa0@mau.example"].body
    assert [str(now_of(each).answer) for each in (yes, silent)] == ["accepted", "none"]


def test_who_is_told_as_registered_has_no_second_letter(app, now):
    event, guest = an_event(), make_person()
    (invitation,) = invited(event, people=[guest])
    attending(invitation)
    assert cancel(event, now) == 1
    assert [letter.subject for letter in letters_to(guest.email) if letter.kind == "event-cancelled"] == [
        f"HỦY: {event.title}"
    ]
    assert "mà Ông/Bà đã đăng ký dự" in letters("event-cancelled")[guest.email].body


def test_an_organisation_that_named_people_is_told_beside_them(app, now):
    event, commune = an_event(), body(1)
    (invitation,) = invited(event, commune, places=2)
    person = make_person(organisation_id=commune.id)
    names_given(invitation, person)
    assert cancel(event, now) == 2
    assert set(letters("event-cancelled")) == {person.email, "xa1@mau.example"}


def test_a_focal_point_of_two_organisations_gets_one_letter_that_names_both(app, now):
    event, first, second = an_event(), make_organisation("Sở Một"), make_organisation("Sở Hai")
    speaker = make_person()
    account = make_account(focal_of=first, person=speaker)
    with unit_of_work() as session:
        session.add(
            RoleGrant(account_id=account.id, role=Role.FOCAL_POINT, organisation_id=second.id, granted_at=now)
        )  # fmt: skip
    invited(event, first, second)
    assert cancel(event, now) == 1
    assert letters("event-cancelled")[speaker.email].body.startswith("Kính gửi Sở Một, Sở Hai,")


def test_a_person_invited_is_addressed_as_one_in_his_language(app, now):
    event, guest = an_event(), make_person("Trần Mẫu Bình")
    invited(event, people=[guest])
    cancel(event, now)
    assert letters("event-cancelled")[guest.email].body.startswith("Kính gửi Ông/Bà Trần Mẫu Bình,")


def test_postponing_says_the_old_time_and_keeps_the_answer(app, now):
    event = an_event(venue="Hội trường A")
    (invitation,) = invited(event, body(1))
    accepted(invitation)
    with unit_of_work():
        assert service.postpone_event(actor=an_organizer(), event=event, reason="Trùng lịch", now=now) == 1
    text = letters("event-postponed")["xa1@mau.example"].body
    assert "Thời gian: sẽ thông báo sau" in text
    assert "Trước đây: 09:00 – 12:00, Thứ Tư 25/03/2026, Hội trường A" in text
    assert str(now_of(invitation).answer) == "accepted"


def test_a_new_time_or_place_is_told_with_the_link_and_other_words_are_not(app, now):
    event = an_event(venue="Hội trường A")
    invited(event, body(1))
    assert changed(event, now, description="Mang máy tính") == 0
    assert changed(event, now, venue_id=make_venue("Phòng 2").id) == 1
    letter = letters("event-changed")["xa1@mau.example"]
    assert "Địa điểm: Phòng 2" in letter.body and "Hội trường A" in letter.body and "{{link}}" in letter.body
    assert letter.link_id is not None


def test_who_has_no_letter_of_the_invitation_yet_is_not_told(app, now):
    event = an_event(state=EventState.DRAFT)
    invited(event, body(1))
    assert changed(event, now, sessions=moved(event, DAY)) == 0
    assert letters("event-changed") == {}


def test_no_letter_where_the_event_is_not_called_off(app, now):
    event = an_event()
    invited(event, body(1))
    with pytest.raises(ReasonMissing), unit_of_work():
        service.cancel_event(actor=an_organizer(), event=event, reason=" ", now=now)
    assert letters("event-cancelled") == {}
    assert db.session.get_one(Event, event.id).state is EventState.RELEASED


def test_nobody_is_reminded_of_an_event_that_was_called_off(app, now):
    event = an_event()
    at = event.starts_at - 3 * DAY
    invited(event, body(1))
    with unit_of_work():
        service.set_deadlines(
            actor=an_organizer(), event_id=event.id, answer_by=event.starts_at - DAY, remind_days=(3,), version=0, now=now
        )
    cancel(event, now)
    jobs.remind_of_answer({"event_id": event.id, "at": at.isoformat()}, at)
    assert letters("invitation-reminder") == {}
