"""Khách: the shared link on the page of the rules, guests decided on with their papers, and on every list of the event."""

import io

import pytest
from flask import current_app
from sqlalchemy import select

from kstthc_training.attendance.queries import door
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.files.store import SentFile, own_store
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.registrations.addresses import guest_link
from kstthc_training.registrations.enums import Credential, RegistrationState
from kstthc_training.registrations.queries.delegates import delegates_of
from kstthc_training.registrations.queries.rules import rules_of
from kstthc_training.registrations.service import PressPapers
from tests.registrations.actors import again
from tests.registrations.seats import log
from tests.registrations.visitors import arrived, open_to_guests
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

PENDING, CONFIRMED, REFUSED = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.REFUSED
RULES = {"admission": "direct", "promotion": "seat", "offer_hours": "24", "cutoff_hours": "0", "guests_allowed": "y"}
PDF = b"%PDF-1.7 giay gioi thieu"


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def event(app):
    return open_to_guests(capacity=5, rules={"asks_credentials": True})


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/dang-ky{act}"


def text(page):
    return " ".join(page.xpath("//main")[0].text_content().split())


def a_guest(event, full_name="Trần Mẫu Bình", *, file=True, **said):
    letter = (
        SentFile(own_store().put(io.BytesIO(PDF), limit=999), "Giấy giới thiệu.pdf", "application/pdf") if file else None
    )
    papers = PressPapers(Credential.INTRODUCTION, "12/GGT")
    return arrived(event, full_name=full_name, papers=papers, letter=letter, **said)[0]


def test_the_rules_let_guests_in_and_show_the_link(browser, app):
    event = make_event()
    here = address(event, "/cach-nhan")
    assert "Liên kết cho khách" not in text(browser.page(here))
    assert browser.get(address(event, "/lien-ket-khach.svg")).status_code == 404
    assert browser.post(here, data={**RULES, "version": "0"}).status_code == 303
    page = browser.page(here)
    with app.test_request_context():
        assert page.xpath("//input[@id='lien-ket-khach']/@value") == [guest_link(event.id)]
    assert page.xpath("//section[@aria-labelledby='khach']//*[name()='svg']")
    drawing = browser.get(address(event, "/lien-ket-khach.svg"))
    assert (drawing.mimetype, b"<svg" in drawing.data) == ("image/svg+xml", True)
    assert log("event.rules_set")[0]["changes"]["guests_allowed"] == [False, True]
    assert "Nhận khách chưa có tài khoản: không → có" in text(browser.page(f"/hop/{event.code}/quan-ly/nhat-ky"))


def test_the_link_is_changed_and_an_open_page_of_the_rules_is_stale(browser, event):
    here, renew = address(event, "/cach-nhan"), address(event, "/doi-lien-ket-khach")
    before = browser.page(here)
    assert browser.post(renew).headers["Location"] == f"{here}#khach"
    assert rules_of(event.id).guest_generation == 2
    version = before.xpath("//input[@name='version']/@value")[0]
    assert browser.post(here, data={**RULES, "version": version}).status_code == 409
    assert rules_of(event.id).guest_generation == 2
    closed = make_event()
    browser.post(address(closed, "/doi-lien-ket-khach"))
    assert "không nhận khách" in browser.page(address(closed, "/cach-nhan")).text_content()


def test_a_guest_is_shown_with_what_he_wrote_and_his_letter(browser, event):
    guest = a_guest(event, phone="0900000002")
    shown = text(browser.page(address(event, "/khach")))
    for said in ("1 khách chờ duyệt", "Trần Mẫu Bình", "Phóng viên, Báo Mẫu Xa", "binh@bao.example", "12/GGT"):
        assert said in shown
    letter = browser.get(address(event, f"/khach/{guest.id}/giay-gioi-thieu"))
    assert (letter.data, letter.mimetype, "attachment" in letter.headers["Content-Disposition"]) == (
        PDF,
        "application/pdf",
        True,
    )
    other = make_event()
    assert browser.get(address(other, f"/khach/{guest.id}/giay-gioi-thieu")).status_code == 404
    assert log("registrations.read") == [{}]


def test_whom_of_the_directory_he_may_be_is_said_and_how_that_one_stands(browser, event):
    body = make_organisation("Báo Mẫu Xa", kind="press")
    make_registration(event, make_person("Trần Mẫu Bình", email="rieng@mau.example", organisation_id=body.id))
    make_person("Người Khác Hẳn", email="BINH@bao.example")
    make_person("Trần Mẫu Bình", email="")
    a_guest(event, organisation="bao mau xa")
    (card,) = browser.page(address(event, "/khach")).xpath("//article")
    found = [" ".join(line.text_content().split()).partition(" ·")[0] for line in card.xpath(".//li")]
    united = browser.get(card.xpath(".//li/a[contains(., 'Xem và gộp')]/@href")[0])
    assert (united.status_code, "rieng@mau.example" in united.text) == (200, True)
    assert found == [
        "Trần Mẫu Bình, Báo Mẫu Xa: cùng tên, cùng đơn vị Đã đăng ký", "Người Khác Hẳn: cùng email",
    ]  # fmt: skip
    assert "Có trong danh bạ" in card.text_content()


def test_guests_are_admitted_and_refused_from_their_page(browser, event):
    first, second = a_guest(event), a_guest(event, "Lê Mẫu Cúc", email="cuc@bao.example", file=False)
    here, refuse = address(event, "/khach"), address(event, "/tu-choi?ve=khach")
    assert browser.post(address(event, "/duyet?ve=khach"), data={"id": first.id}).headers["Location"] == here
    without = browser.post(refuse, data={"id": second.id})
    assert (without.status_code, "Hãy ghi lý do từ chối" in without.text, "Lê Mẫu Cúc" in without.text) == (422, True, True)
    assert browser.post(refuse, data={"id": second.id, "reason": "Không rõ cơ quan"}).headers["Location"] == here
    assert [again(row).state for row in (first, second)] == [CONFIRMED, REFUSED]
    page = browser.page(here)
    assert "Không có khách nào chờ duyệt" in text(page) and "Đã xét" in text(page)
    (undo,) = page.xpath("//form[contains(@action, 'xet-lai')]/@action")
    assert browser.post(undo).headers["Location"] == here
    assert again(second).state is PENDING
    db.session.rollback()
    reasons = [m.body for m in db.session.scalars(select(Message).where(Message.kind == "registration-refused"))]
    assert len(reasons) == 1 and "Không rõ cơ quan" in reasons[0]


def test_once_the_event_is_called_off_nobody_is_admitted(browser, event):
    guest = a_guest(event)
    with unit_of_work() as session:
        session.get_one(Event, event.id).state = EventState.POSTPONED
    page = browser.page(address(event, "/khach"))
    assert "Cuộc họp đã hoãn" in text(page) and not page.xpath("//button[normalize-space()='Duyệt']")
    assert browser.post(address(event, "/duyet?ve=khach"), data={"id": guest.id}).status_code == 422
    assert again(guest).state is PENDING


def test_the_page_takes_as_many_statements_for_many_guests(browser, event, statements):
    make_person(email="binh@bao.example")
    a_guest(event)
    browser.page(address(event, "/khach"))
    with statements() as few:
        browser.page(address(event, "/khach"))
    for number in range(6):
        make_person(email=f"x{number}@bao.example")
        a_guest(event, f"Danh Mẫu {number}", email=f"x{number}@bao.example", file=False)
    with statements() as many:
        browser.page(address(event, "/khach"))
    assert len(many) == len(few)


def test_hostile_words_of_guests_are_text(browser, event):
    a_guest(event, "<script>alert(1)</script> Anh", organisation="<img src=x> & Con", title="{{ 7*7 }}")
    page = browser.page(address(event, "/khach"))
    assert not page.xpath("//main//script") and not page.xpath("//main//img")
    assert "<img src=x> & Con" in text(page)


def test_guests_stand_on_the_list_in_files_and_are_found(browser, event):
    a_guest(event)
    make_registration(event, make_person("Danh Mẫu Quen"))
    page = browser.page(address(event))
    (line,) = page.xpath("//tbody/tr[.//a[normalize-space()='Trần Mẫu Bình']]")
    said = " ".join(line.text_content().split())
    assert "Khách" in said and "Báo Mẫu Xa" in said and "Khách qua liên kết" in said
    assert "1 khách chờ duyệt" in page.text_content()
    for search in ("mau xa", "Trần Bình"):
        found = browser.page(address(event, f"?q={search}"))
        assert found.xpath("//tbody//a[@class='name']/text()") == ["Trần Mẫu Bình"]
    rows = browser.get(address(event, ".csv")).text.splitlines()
    assert any("Trần Mẫu Bình" in r and "Báo Mẫu Xa" in r and "12/GGT" in r and "Khách qua liên kết" in r for r in rows)


def test_an_admitted_guest_stands_at_the_door_on_the_roster_and_on_papers(browser, event, now):
    guest = a_guest(event)
    browser.post(address(event, "/duyet"), data={"id": guest.id})
    assert "Báo Mẫu Xa" in text(browser.page(f"/hop/{event.code}/quan-ly/diem-danh"))
    assert "Báo Mẫu Xa" in text(browser.page(f"/hop/{event.code}/quan-ly/diem-danh?q=mau+xa"))
    session_id = db.session.scalars(select(Session.id).where(Session.event_id == event.id)).one()
    (hit,), _count = door.hits(event, session_id, search="mau xa")
    assert (hit.full_name, hit.organisation) == ("Trần Mẫu Bình", "Báo Mẫu Xa")
    (delegate,) = delegates_of(event.id, on=now.date(), states=(CONFIRMED,))
    assert (delegate.organisation, delegate.credential_number) == ("Báo Mẫu Xa", "12/GGT")


@pytest.mark.parametrize("act", ["/khach", "/khach/1/giay-gioi-thieu", "/lien-ket-khach.svg"])
def test_strangers_see_nothing_of_it(client_for, client, event, act):
    assert client_for(make_account()).get(address(event, act)).status_code == 403
    assert client.get(address(event, act)).status_code == 303


def test_the_address_of_the_link_is_whole(app, event):
    assert guest_link(event.id).startswith(f"{current_app.config['SETTINGS'].public_url}/khach/{event.id}-")
