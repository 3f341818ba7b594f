"""Sửa cuộc họp: what is stored, what somebody else stored meanwhile, and who is told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.db import db
from kstthc_training.events.enums import EventMode, EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import load_whole
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.registrations.models import SeatPool
from tests.attendance.doors import put_mark
from tests.desk.event_forms import form_of, parsed, value_of
from tests.support.factories import make_account, make_agenda_item, make_event, make_person, make_registration, make_venue

CONTACT = {"contact_name": "Nguyễn Mẫu An", "contact_phone": "0900 000 021"}


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(app):
    """A released event of two sessions in two rooms' time, in a room."""
    made = make_event(sessions=2, venue_id=make_venue("Hội trường").id, capacity=30, **CONTACT)
    make_agenda_item(made, "Khai mạc", speakers="Lê Mẫu Châu")
    return made


def here(event: Event) -> str:
    return f"/hop/{event.code}/sua"


def stored(event: Event) -> Event:
    """The event as it stands."""
    whole = load_whole(event.id)
    db.session.expunge_all()
    return whole


def test_untouched_form_changes_nothing(browser, event):
    before = stored(event)
    answer = browser.post(here(event), data=form_of(browser.page(here(event))) | {"act": "save"})
    assert (answer.status_code, answer.location) == (303, f"/hop/{event.code}/quan-ly")
    after = stored(event)
    assert (after.version, after.revision, [s.uid for s in after.sessions]) == (1, 1, [s.uid for s in before.sessions])
    assert [(a.title, a.speakers, a.starts_at) for a in after.agenda_items] == [("Khai mạc", "Lê Mẫu Châu", event.starts_at)]


def test_strangers(app, event, client, client_for):
    assert client.get(here(event)).status_code == 303
    for role in (Role.MEMBER, Role.LEADER):
        assert client_for(make_account(role)).get(here(event)).status_code == 403
    organizer = client_for(make_account(Role.ORGANIZER))
    assert [organizer.get("/hop/2026-9999/sua").status_code, organizer.post("/hop/2026-9999/sua").status_code] == [404, 404]


def test_new_time_is_saved_and_those_registered_are_told(browser, event):
    make_registration(event)
    sent = form_of(browser.page(here(event))) | {"act": "save", "sessions-0-starts": "09:30"}
    assert browser.post(here(event), data=sent).status_code == 303
    after = stored(event)
    assert [s.sequence for s in after.sessions] == [1, 0]
    letters = [(m.kind, m.event_id) for m in db.session.scalars(select(Message).order_by(Message.kind))]
    assert letters == [("calendar-request", event.id), ("event-changed", event.id)]  # the other session's entry comes apart
    assert "Đã lưu và gửi đi 1 thư báo." in browser.get(f"/hop/{event.code}/quan-ly").text


def test_saving_says_that_the_letters_of_a_held_event_wait(browser, event):
    make_registration(event)
    browser.post(f"/hop/{event.code}/quan-ly/giu-thu")
    sent = form_of(browser.page(here(event))) | {"act": "save", "sessions-0-starts": "09:30"}
    assert browser.post(here(event), data=sent).status_code == 303
    assert "Đã lưu. 1 thư báo đang được giữ." in browser.get(f"/hop/{event.code}/quan-ly").text


def test_stale_edit_shows_both_and_can_be_saved_anew(browser, client_for, event):
    mine = form_of(browser.page(here(event))) | {"act": "save", "title": "Bản của tôi", "chair": "Phan Mẫu Thành"}
    other = client_for(make_account(Role.ORGANIZER))
    theirs = form_of(other.page(here(event))) | {"act": "save", "title": "Bản của người khác"}
    assert other.post(here(event), data=theirs).status_code == 303

    answer = browser.post(here(event), data=mine)
    page = parsed(answer)
    assert answer.status_code == 409
    assert (value_of(page, "title"), value_of(page, "chair")) == ("Bản của tôi", "Phan Mẫu Thành")
    assert [" ".join(p.text_content().split()) for p in page.xpath("//*[contains(@class, 'edited')]//p[ins]")] == [
        "Bản đang lưu: Bản của người khác",
        "Bản đang lưu: –",
    ]
    assert stored(event).title == "Bản của người khác"

    assert browser.post(here(event), data=form_of(page) | {"act": "save"}).status_code == 303
    assert (stored(event).title, stored(event).chair, stored(event).version) == ("Bản của tôi", "Phan Mẫu Thành", 3)


def test_stale_sessions_are_shown_in_words(browser, client_for, event):
    mine = form_of(browser.page(here(event))) | {"act": "save", "title": "Khác"}
    other = client_for(make_account(Role.ORGANIZER))
    theirs = form_of(other.page(here(event))) | {"act": "save", "sessions-0-starts": "09:30"}
    assert other.post(here(event), data=theirs).status_code == 303
    page = parsed(browser.post(here(event), data=mine))
    assert "09:30 – 12:00 25/03/2026; 09:00 – 12:00 26/03/2026" in page.xpath("string(//*[@id='buoi'])")


@pytest.mark.parametrize("version", ["", "abc", "-1", "99"])
def test_forged_version_is_stale(browser, event, version):
    sent = form_of(browser.page(here(event))) | {"act": "save", "version": version}
    assert browser.post(here(event), data=sent).status_code == 409


def test_session_with_registrations_is_not_taken_away(browser, event):
    make_registration(event)
    page = parsed(browser.post(here(event), data=form_of(browser.page(here(event))) | {"act": "remove-session-1"}))
    answer = browser.post(here(event), data=form_of(page) | {"act": "save"})
    assert answer.status_code == 422
    assert "đã có 1 người đăng ký cuộc họp" in answer.text
    assert len(stored(event).sessions) == 2


def test_session_with_marks_is_not_taken_away(browser, event):
    registration = make_registration(event)
    put_mark(event, registration.id, MarkStatus.PRESENT)
    page = parsed(browser.post(here(event), data=form_of(browser.page(here(event))) | {"act": "remove-session-0"}))
    answer = browser.post(here(event), data=form_of(page) | {"act": "save"})
    assert (answer.status_code, "đã có 1 lượt điểm danh" in answer.text) == (422, True)


def test_fewer_seats_than_taken_are_refused(browser, event):
    for _ in range(2):
        make_registration(event)
    answer = browser.post(here(event), data=form_of(browser.page(here(event))) | {"act": "save", "capacity": "1"})
    assert answer.status_code == 422
    assert parsed(answer).xpath("//*[@class='errsum']//a/@href") == ["#capacity"]
    assert stored(event).capacity == 30


def test_seats_follow_the_event(browser, event):
    assert (
        browser.post(here(event), data=form_of(browser.page(here(event))) | {"act": "save", "capacity": ""}).status_code
        == 303
    )
    assert db.session.execute(select(SeatPool.capacity)).all() == [(None,)]


def test_draft_is_saved_and_released_at_once(browser, app):
    draft = make_event(state=EventState.DRAFT, venue_id=make_venue().id, **CONTACT)
    sent = form_of(browser.page(here(draft))) | {"act": "release", "title": "Tập huấn mới"}
    assert browser.post(here(draft), data=sent).status_code == 303
    assert (stored(draft).state, stored(draft).title) == (EventState.RELEASED, "Tập huấn mới")


def test_refused_release_keeps_the_stored_draft(browser, app):
    draft = make_event(state=EventState.DRAFT)
    sent = form_of(browser.page(here(draft))) | {"act": "release", "title": "Tập huấn mới"}
    assert browser.post(here(draft), data=sent).status_code == 422
    assert (stored(draft).state, stored(draft).title) == (EventState.DRAFT, "Tập huấn mẫu")


def test_postponed_event_is_released_by_its_new_date(browser, app):
    postponed = make_event(state=EventState.POSTPONED, venue_id=make_venue().id, state_reason="Bão", **CONTACT)
    page = browser.page(here(postponed))
    assert "Đổi ngày giờ rồi lưu sẽ phát hành lại." in page.text_content()
    browser.post(here(postponed), data=form_of(page) | {"act": "save", "sessions-0-day": "30/04/2026"})
    assert (stored(postponed).state, stored(postponed).starts_at.date()) == (EventState.RELEASED, date(2026, 4, 30))


def test_cancelled_event_is_not_edited(browser, app):
    cancelled = make_event(state=EventState.CANCELLED)
    answer = browser.post(here(cancelled), data=form_of(browser.page(here(cancelled))) | {"act": "save"})
    assert (answer.status_code, "trạng thái “Đã hủy”" in answer.text) == (422, True)


def test_room_out_of_use_stays_chosen(browser, app):
    room = make_venue("Phòng cũ", is_active=False)
    event = make_event(venue_id=room.id, **CONTACT)
    sent = form_of(browser.page(here(event)))
    assert sent["venue_id"] == str(room.id)
    assert browser.post(here(event), data=sent | {"act": "save", "title": "Khác"}).status_code == 303


def test_own_sessions_are_no_conflict(browser, event):
    assert browser.page(here(event)).xpath("//*[@id='luu-y']//*[contains(@class, 'note--warn')]") == []


def test_statements_do_not_grow_with_the_event(browser, app, statements):
    small = make_event()
    with statements() as few:
        browser.get(here(small))
    big = make_event(sessions=6, mode=EventMode.BOTH)
    for number in range(8):
        make_agenda_item(big, position=number)
    with statements() as many:
        browser.get(here(big))
    assert len(many) == len(few)


def test_door_staff_chosen_earlier_stay_ticked(browser, event):
    guard = make_person("Võ Mẫu Giang")
    sent = form_of(browser.page(here(event))) | {"act": "save", "door_staff_ids": [str(guard.id)]}
    assert browser.post(here(event), data=sent).status_code == 303
    boxes = browser.page(here(event)).xpath("//input[@name='door_staff_ids' and @checked]/@value")
    assert boxes == [str(guard.id)]


def test_late_edit_of_a_past_event_is_possible(browser, app, now):
    past = make_event(starts_at=now - timedelta(days=3), venue_id=make_venue().id, **CONTACT)
    answer = browser.post(here(past), data=form_of(browser.page(here(past))) | {"act": "save", "title": "Tên đúng"})
    assert (answer.status_code, stored(past).title) == (303, "Tên đúng")


def test_a_past_day_for_a_postponed_event_is_refused_with_everything_kept(browser, app):
    postponed = make_event(state=EventState.POSTPONED, venue_id=make_venue().id, state_reason="Bão", **CONTACT)
    typed = form_of(browser.page(here(postponed))) | {"sessions-0-day": "17/03/2026", "title": "Tên mới", "act": "save"}
    answer = browser.post(here(postponed), data=typed)
    assert answer.status_code == 422
    page = parsed(answer)
    assert "Ngày mới của cuộc họp đã hoãn phải ở phía trước; 09:00 17/03/2026 đã qua." in page.text_content()
    assert (value_of(page, "sessions-0-day"), value_of(page, "title")) == ("17/03/2026", "Tên mới")
    assert stored(postponed).state is EventState.POSTPONED


def test_held_event_keeps_its_sessions(browser, app, now):
    held = make_event(state=EventState.CLOSED, held_on=date(2026, 3, 10), starts_at=now - timedelta(days=8))
    page = browser.page(here(held))
    answer = browser.post(here(held), data=form_of(page) | {"act": "save", "sessions-0-starts": "08:00"})
    assert (answer.status_code, "các buổi, số chỗ và cách tính dự giữ nguyên. Muốn đổi" in answer.text) == (422, True)
    assert browser.post(here(held), data=form_of(page) | {"act": "save", "title": "Tên đúng"}).status_code == 303
    assert stored(held).title == "Tên đúng"
