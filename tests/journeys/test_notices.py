"""What people are told on the pages, and how they choose what still comes by mail."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations.service import remind
from kstthc_training.messages.service import tell
from kstthc_training.nominations.jobs import write_digests
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Message
from kstthc_training.registrations import notices
from kstthc_training.registrations.queries.addressees import addressees, event_facts
from kstthc_training.working_days import next_working_day
from tests.invitations.asked import invited
from tests.journeys.made import event_of, open_event, person_of, within
from tests.registrations.actors import an_organizer
from tests.support.factories import make_registration

JOURNALIST, FOCAL_POINT = "phong-vien@mau.example", "dau-moi@mau.example"


def choose(page: Page, group: str, way: str) -> None:
    """Say how one wants to be told of a group."""
    page.goto("/tai-khoan")
    page.get_by_role("link", name="Chọn cách nhận").click()
    page.get_by_role("group", name=group).get_by_label(way).check()
    page.get_by_role("button", name="Lưu cách nhận").click()
    expect(page.get_by_role("group", name=group).get_by_label(way)).to_be_checked()


def remind_of(code: str) -> None:
    """The reminder of an event to the journalist, who has a seat."""
    event = event_of(code)
    registration = make_registration(event, person_of(JOURNALIST))
    with unit_of_work():
        facts = event_facts(event, now=clock.now())
        (to,) = addressees(event.id, registration_ids=[registration.id])
        tell(notices.reminder(facts, to, now=clock.now()), key=f"journey:{code}", now=clock.now())


def kinds_to(login: str) -> list[str]:
    """The kinds of letters to somebody."""
    db.session.rollback()
    return list(db.session.scalars(select(Message.kind).where(Message.person_id == person_of(login).id)))


@pytest.mark.parametrize(("phone", "scripts"), [(False, True), (True, False)])
def test_a_reader_chooses_notices_alone_and_sees_the_bell(product, visit, phone, scripts):
    code = open_event(product, f"Hội nghị có chuông {phone}")
    page = visit(JOURNALIST, phone=phone)
    choose(page, "Nhắc trước cuộc họp", "Chỉ thông báo trong phần mềm")
    page.goto("/thong-bao")
    if (everything := page.get_by_role("button", name="Đánh dấu đã đọc tất cả")).is_visible():
        everything.click()
    expect(page.get_by_role("link", name="Thông báo", exact=True)).to_be_visible()
    within(product, lambda: remind_of(code))
    page = visit(JOURNALIST, phone=phone, scripts=scripts)
    page.goto("/lich")
    page.get_by_role("link", name="Thông báo, 1 chưa đọc").click()
    page.get_by_role("button", name=re.compile(f"^Nhắc.*Hội nghị có chuông {phone}")).click()
    page.wait_for_url("**/ve/**")
    expect(page.get_by_role("link", name="Thông báo", exact=True)).to_be_visible()
    assert "event-reminder" not in within(product, lambda: kinds_to(JOURNALIST))


def test_a_focal_point_has_one_letter_a_morning_instead_of_many(product, visit):
    codes = [open_event(product, f"Lớp gộp thư {n}") for n in range(3)]
    page = visit(FOCAL_POINT)
    choose(page, "Lời mời và đơn vị", "Gộp vào thư tổng hợp mỗi sáng")

    def remind_and_write() -> tuple[list[str], str]:
        body = db.session.get_one(Organisation, person_of(FOCAL_POINT).organisation_id)
        for code in codes:
            (invitation,) = invited(event_of(code), body)
            with unit_of_work():
                remind(
                    actor=an_organizer(), event_id=event_of(code).id, invitation_ids=[invitation.id], now=clock.now()
                )  # fmt: skip
        day = next_working_day(clock.local_date(clock.now() + timedelta(days=1)))
        write_digests({"day": day.isoformat()}, clock.now())
        db.session.rollback()
        return kinds_to(FOCAL_POINT), str(db.session.scalars(select(Message.body).where(Message.kind == "digest")).one())

    kinds, digest = within(product, remind_and_write)
    assert (kinds.count("digest"), kinds.count("invitation-reminder")) == (1, 0)
    assert all(digest.count(f"Lớp gộp thư {n}") >= 2 for n in range(3))
    page.goto(digest.partition(product.address)[2].split()[0])
    expect(page.get_by_text("Lớp gộp thư").first).to_be_visible()
