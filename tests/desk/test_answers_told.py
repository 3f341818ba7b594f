"""How invitations were answered, told to a leader: who is silent, late, comes not and why; one letter of the same words."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.desk.answer_report import answer_report
from kstthc_training.events.models import Event
from kstthc_training.invitations import service
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.refusals import NotAllowed, Unknown
from tests.invitations.asked import accepted, deadlines, declined, invited, names_given
from tests.registrations.actors import an_organizer, himself
from tests.support.factories import make_account, make_event, make_organisation, make_person

DAY = timedelta(days=1)


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(now):
    """Four asked five days ago to answer by yesterday: one named, one was late, one said no, one said nothing."""
    event = make_event("Tập huấn một cửa", starts_at=now + 20 * DAY)
    deadlines(event, now - DAY, now=now - 5 * DAY)
    bodies = [make_organisation(f"Sở {name}", email=f"so{n}@mau.example") for n, name in enumerate("ABCD")]
    named, late, no, _silent = invited(event, *bodies, places=2, now=now - 5 * DAY)
    names_given(named, make_person(organisation_id=named.organisation_id), now=now - 4 * DAY)
    accepted(late, 2, actor=an_organizer(), now=now - timedelta(hours=3))
    declined(no, "Trùng họp Ủy ban", now=now - 4 * DAY)
    return event


def address(event):
    return f"/hop/{event.code}/quan-ly/moi/bao-cao"


def letters():
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.kind == "invitation-report").order_by(Message.id)).all()


def test_the_report_says_who_is_silent_late_and_comes_not(event, now):
    db.session.rollback()
    said = answer_report(db.session.get_one(Event, event.id), now=now)
    assert said.splitlines() == [
        "Tình hình trả lời giấy mời: Tập huấn một cửa",
        "Thời gian họp: 09:00 ngày 07/04/2026",
        "Số liệu đến 09:00 ngày 18/03/2026",
        "",
        "Đã mời 4 nơi, 8 chỗ. Đã trả lời 3 nơi: 1 nơi đã cử 1 người, 1 nơi nhận lời chưa có tên (giữ 2 chỗ), "
        "1 nơi báo không dự được.",
        "",
        "Chưa trả lời: 1 nơi, 1 nơi quá hạn:",
        "- Sở D: quá hạn 09:00 ngày 17/03/2026",
        "",
        "Trả lời muộn: 1 nơi:",
        "- Sở B: trả lời 06:00 ngày 18/03/2026, hạn 09:00 ngày 17/03/2026",
        "",
        "Báo không dự được: 1 nơi:",
        "- Sở C: Trùng họp Ủy ban",
    ]


def test_the_page_shows_it_and_sends_it_to_the_leader_chosen(browser, event):
    leader = make_account(Role.LEADER, person=make_person("Phạm Mẫu Hòa"))
    assert "Chưa trả lời: 1 nơi" in browser.page(address(event)).text_content()
    assert browser.post(address(event), data={"leader": str(leader.id)}).status_code == 303
    assert "Đã gửi báo cáo cho Phạm Mẫu Hòa." in browser.page(address(event)).text_content()
    (letter,) = letters()
    assert letter.subject == "Tình hình trả lời giấy mời: Tập huấn một cửa"
    assert letter.body.startswith("Kính gửi Ông/Bà Phạm Mẫu Hòa,\n\nTình hình")
    assert "- Sở C: Trùng họp Ủy ban" in letter.body
    facts = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "invitations.reported")).all()
    assert facts == [{"person_id": leader.person_id}]


def test_a_second_click_sends_no_second_letter(browser, event):
    leader = make_account(Role.LEADER)
    for _ in range(2):
        browser.post(address(event), data={"leader": str(leader.id)})
    assert len(letters()) == 1


def test_nobody_but_a_leader_is_told(browser, event, now):
    other = make_account(Role.ORGANIZER)
    make_account(Role.LEADER)
    assert browser.post(address(event), data={"leader": str(other.id)}).status_code == 422
    assert browser.post(address(event), data={}).status_code == 422
    with pytest.raises(Unknown), unit_of_work():
        service.tell_leader(actor=an_organizer(), event_id=event.id, account_id=other.id, subject="S", text="T", now=now)
    with pytest.raises(NotAllowed), unit_of_work():
        service.tell_leader(
            actor=himself(make_person()), event_id=event.id, account_id=other.id, subject="S", text="T", now=now
        )
    assert letters() == []


def test_without_a_leader_it_is_copied(browser, event):
    page = browser.page(address(event))
    assert page.xpath("//*[@id='bao-cao']") and page.xpath("//button[@data-copy='#bao-cao']")
    assert "Chưa có tài khoản lãnh đạo nào" in page.text_content()


def test_only_organizers_see_it(client_for, event):
    assert client_for(make_account(Role.LEADER)).get(address(event)).status_code == 403


def test_the_page_costs_as_many_statements_however_many_are_invited(browser, statements, now):
    counts = []
    for size in (2, 30):
        event = make_event(starts_at=now + 20 * DAY)
        invited(event, *(make_organisation(f"Sở {size} {n}") for n in range(size)))
        with statements() as seen:
            browser.get(address(event))
        counts.append(len(seen))
    assert counts[0] == counts[1]
