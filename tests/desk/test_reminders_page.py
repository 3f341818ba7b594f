"""Lịch nhắc: what comes, what went, sending at once, leaving out, and rules of the event's own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.reminders.models import ReminderRules, ReminderSending
from tests.invitations.asked import accepted, deadlines, invited
from tests.registrations.actors import registered
from tests.support.factories import make_account, make_event, make_organisation, make_person

DAY = timedelta(days=1)


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(now):
    """Ten days ahead, at 09:00, with a hundred places."""
    return make_event(starts_at=now + 10 * DAY, capacity=100)


@pytest.fixture
def path(event):
    return f"/hop/{event.code}/quan-ly/dang-ky/nhac"


def seats(event, count):
    with clock.frozen(clock.now() - DAY):
        return [registered(event, make_person()) for _ in range(count)]


def rows(browser, path):
    """The reminders to come, each as its cells say it."""
    found = browser.page(path).xpath("//section[@aria-labelledby='sap-nhac']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td")[:3]] for row in found]


def marks(browser, path):
    return browser.page(path).xpath("//input[@name='mark']/@value")


def kinds():
    db.session.rollback()
    return [m.kind for m in db.session.scalars(select(Message).order_by(Message.id)) if "reminder" in m.kind]


def test_the_page_says_when_of_what_and_to_how_many(browser, event, path, now):
    seats(event, 3)
    (invitation, _silent) = invited(event, *(make_organisation(email=f"{n}@mau.example") for n in "ab"), places=2)
    deadlines(event, now + 8 * DAY)
    accepted(invitation, places=2)
    assert rows(browser, path) == [
        ["08:00 23/03/2026", "Nhắc trả lời giấy mời · trước hạn trả lời", "1 nơi"],
        ["08:00 25/03/2026", "Nhắc đầu mối gửi tên · 3 ngày trước hạn gửi tên", "1 nơi"],
        ["08:00 26/03/2026", "Nhắc trả lời giấy mời · trước hạn trả lời", "1 nơi"],
        ["09:00 27/03/2026", "Nhắc người có chỗ · 1 ngày trước giờ họp", "3 người"],
        ["07:00 28/03/2026", "Nhắc người có chỗ · 2 giờ trước giờ họp", "3 người"],
        ["08:00 28/03/2026", "Nhắc đầu mối gửi tên · ngày hết hạn", "1 nơi"],
    ]


def test_one_is_sent_at_once_and_again_to_nobody(browser, event, path):
    seats(event, 2)
    mark = marks(browser, path)[0]
    for _again in range(2):
        assert browser.post(f"{path}/gui-ngay", data={"mark": mark}).status_code == 303
    assert kinds() == ["event-reminder"] * 2
    assert "Nhắc người có chỗ · 1 ngày trước giờ họp: 2 người" in " ".join(browser.page(path).text_content().split())


def test_reminding_of_answers_at_once_goes_once(browser, event, path, now):
    invited(event, make_organisation(email="a@mau.example"))
    deadlines(event, now + 8 * DAY)
    mark = marks(browser, path)[0]
    assert browser.post(f"{path}/gui-ngay", data={"mark": mark}).status_code == 303
    assert browser.post(f"{path}/gui-ngay", data={"mark": mark}).status_code == 422
    assert kinds() == ["invitation-reminder"]


def test_one_is_left_out_and_brought_back(browser, event, path):
    mark = marks(browser, path)[0]
    assert browser.post(f"{path}/bo", data={"mark": mark}).status_code == 303
    assert rows(browser, path)[0][1].endswith("Đã bỏ")
    assert browser.post(f"{path}/nhac-lai", data={"mark": mark}).status_code == 303
    assert not rows(browser, path)[0][1].endswith("Đã bỏ")
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_type == "event").order_by(AuditEntry.id))
    assert list(acts)[-2:] == ["reminders.skipped", "reminders.resumed"]


@pytest.mark.parametrize("mark", ["", "start:1:2", "x", "start:1440:99999999999999999999"])
def test_what_is_no_reminder_of_the_event_is_refused(browser, path, mark):
    for act in ("gui-ngay", "bo", "nhac-lai"):
        assert browser.post(f"{path}/{act}", data={"mark": mark}).status_code == 422


def test_an_event_has_rules_of_its_own(browser, event, path):
    answer = browser.post(path, data={"minutes": ["4320", "60"], "version": "0"})
    assert (answer.status_code, answer.location) == (303, path)
    row = db.session.get_one(ReminderRules, event.id)
    assert (row.minutes_before, row.names_days, row.version) == ([4320, 60], [], 1)
    assert [cells[0] for cells in rows(browser, path)] == ["09:00 25/03/2026", "08:00 28/03/2026"]
    stale = browser.post(path, data={"minutes": ["60"], "version": "0"})
    assert stale.status_code == 409
    assert "Người khác vừa đổi lịch nhắc" in stale.text
    assert browser.post(path, data={"minutes": ["7"], "version": "1"}).status_code == 422
    assert browser.post(path, data={"version": "1"}).status_code == 303
    assert rows(browser, path) == []


def test_strangers_do_not_see_it(client_for, path):
    assert client_for(make_account()).get(path).status_code == 403


def test_a_hundred_people_cost_no_more_statements(browser, event, path, statements):
    def count():
        with statements() as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    seats(event, 1)
    before = count()
    seats(event, 5)
    assert count() == before


def test_what_was_sent_is_noted_for_each_once(browser, event, path):
    seats(event, 2)
    browser.post(f"{path}/gui-ngay", data={"mark": marks(browser, path)[0]})
    db.session.rollback()
    assert len(db.session.scalars(select(ReminderSending)).all()) == 2


def test_the_overview_leads_to_the_next_one(browser, event, path):
    (link,) = browser.page(f"/hop/{event.code}/quan-ly").xpath("//dd/a[@href=$path]", path=path)
    assert link.text == "09:00 27/03/2026"
    browser.post(f"{path}/bo", data={"mark": marks(browser, path)[0]})
    (link,) = browser.page(f"/hop/{event.code}/quan-ly").xpath("//dd/a[@href=$path]", path=path)
    assert link.text == "07:00 28/03/2026"
