"""Standings as pages: who awaits the decision, is offered a seat, or was refused, reads it everywhere and answers there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.addresses import ticket_link
from kstthc_training.registrations.enums import Admission, Promotion, RegistrationState
from tests.conftest import NOW
from tests.registrations.actors import again, an_organizer, cancelled, registered
from tests.registrations.seats import a_ruled_event, pools_wrong, states
from tests.support.factories import make_account, make_person

PENDING, CONFIRMED, WAITING = RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITING
OFFERED, REFUSED, CANCELLED = RegistrationState.OFFERED, RegistrationState.REFUSED, RegistrationState.CANCELLED


@pytest.fixture
def account(app):
    return make_account(person=make_person("Trần Mẫu Bình"))


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


@pytest.fixture
def offer(account):
    """The account's person is offered a seat until six hours from now; another waits behind him."""
    event = a_ruled_event(capacity=1, promotion=Promotion.OFFER, offer_hours=6, fields={"title": "Họp báo quý III"})
    seated = registered(event)
    own, behind = registered(event, db.session.get_one(Person, account.person_id)), registered(event)
    cancelled(seated)
    return event, again(own), behind


@pytest.fixture
def pending(account):
    event = a_ruled_event(admission=Admission.APPROVAL)
    return event, registered(event, db.session.get_one(Person, account.person_id))


def held(registration):
    return ticket_link(registration.id).removeprefix("http://localhost")


def buttons(page):
    return [" ".join(button.text_content().split()) for button in page.xpath("//main//form[@method='post']//button")]


def text(page):
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_who_is_offered_a_seat_reads_until_when_and_answers_on_every_page(browser, offer):
    event, own, _behind = offer
    for address in (f"/ve/{own.ticket_code}", held(own), f"/hop/{event.code}"):
        page = browser.page(address)
        assert "Chỗ được giữ đến 15:00 18/03/2026" in text(page)
        assert [word for word in buttons(page) if word in ("Nhận chỗ", "Không nhận")] == ["Nhận chỗ", "Không nhận"]
        assert page.xpath("//*[contains(@class, 'ticket__qr')]") == []
    mine = browser.page("/cua-toi")
    assert "đang giữ một chỗ đến 15:00 18/03/2026" in text(mine)
    assert mine.xpath("//a[contains(., 'Trả lời')]/@href") == [f"/ve/{own.ticket_code}"]


def test_opening_the_link_of_the_letter_answers_nothing(client, offer):
    _event, own, _behind = offer
    client.page(held(own))
    assert states(own) == [OFFERED]


@pytest.mark.parametrize("by_letter", [False, True])
def test_the_seat_is_taken_by_one_button_and_the_ticket_opens(browser, client, offer, by_letter):
    event, own, behind = offer
    visitor, address = (client, held(own)) if by_letter else (browser, f"/ve/{own.ticket_code}")
    for _ in range(2):
        answer = visitor.post(f"{address}/nhan-cho")
        assert (answer.status_code, answer.headers["Location"]) == (303, address)
    page = visitor.page(address)
    assert page.xpath("//h1")[0].text_content() == "Đã đăng ký dự họp"
    assert len(page.xpath("//*[contains(@class, 'ticket__qr')]/svg")) == 1
    assert states(own, behind) == [CONFIRMED, WAITING]
    assert pools_wrong(event) == []


@pytest.mark.parametrize("by_letter", [False, True])
def test_a_seat_that_is_not_wanted_is_offered_to_the_next(browser, client, offer, by_letter):
    _event, own, behind = offer
    visitor, address = (client, held(own)) if by_letter else (browser, f"/ve/{own.ticket_code}")
    for _ in range(2):
        assert visitor.post(f"{address}/khong-nhan").status_code == 303
    assert states(own, behind) == [CANCELLED, OFFERED]
    assert "Không nhận chỗ được giữ" in text(visitor.page(address))


@pytest.mark.parametrize("by_letter", [False, True])
def test_an_offer_that_is_over_is_refused_in_words_on_the_same_page(browser, client, offer, by_letter):
    _event, own, _behind = offer
    visitor, address = (client, held(own)) if by_letter else (browser, f"/ve/{own.ticket_code}")
    with clock.frozen(NOW + timedelta(hours=6)):
        answer = visitor.post(f"{address}/nhan-cho")
    assert answer.status_code == 422
    assert "Chỗ này không còn được giữ" in answer.text
    assert states(own) == [OFFERED]


def test_a_stranger_answers_for_nobody(client_for, client, offer):
    _event, own, _behind = offer
    stranger = client_for(make_account())
    for act in ("nhan-cho", "khong-nhan"):
        assert stranger.post(f"/ve/{own.ticket_code}/{act}").status_code == 404
        assert client.post(f"/ve/{own.ticket_code}/{act}").status_code in (302, 303)
        assert client.post(f"/ve/thu/{'x' * 40}/{act}").status_code == 404
        assert stranger.get(f"/ve/{own.ticket_code}/{act}").status_code == 405
    assert states(own) == [OFFERED]


def test_nothing_is_answered_at_an_event_that_was_called_off(browser, offer):
    event, own, _behind = offer
    with unit_of_work() as session:
        session.get_one(Event, event.id).state = EventState.CANCELLED
    assert "Nhận chỗ" not in buttons(browser.page(f"/ve/{own.ticket_code}"))
    assert browser.post(f"/ve/{own.ticket_code}/nhan-cho").status_code == 422
    assert states(own) == [OFFERED]


def test_who_awaits_the_decision_reads_so_and_may_withdraw(browser, pending):
    event, own = pending
    for address in (f"/ve/{own.ticket_code}", held(own), f"/hop/{event.code}"):
        page = browser.page(address)
        assert "sẽ báo kết quả duyệt qua email" in text(page)
    assert "Chờ duyệt" in text(browser.page("/cua-toi"))
    assert "thứ None" not in text(browser.page(f"/hop/{event.code}"))
    assert browser.post(f"/hop/{event.code}/huy-dang-ky").status_code == 303
    assert states(own) == [CANCELLED]


def test_where_the_organizer_decides_first_the_button_and_the_note_say_so(browser, account):
    event = a_ruled_event(capacity=1, admission=Admission.APPROVAL)
    assert "Gửi đăng ký" in browser.get(f"/hop/{event.code}").text
    assert "Gửi đăng ký" in buttons(browser.page(f"/hop/{event.code}/dang-ky"))
    answer = browser.post(f"/hop/{event.code}/dang-ky")
    assert "Đã gửi đăng ký, chờ ban tổ chức duyệt." in browser.get(answer.headers["Location"]).text


def test_who_was_refused_reads_why_and_finds_no_way_to_cancel_or_register_again(browser, pending, now):
    event, own = pending
    with unit_of_work():
        service.refuse(actor=an_organizer(), event_id=event.id, registration_ids=[own.id], reason="Hết chỗ", now=now)
    for address in (f"/ve/{own.ticket_code}", f"/hop/{event.code}"):
        page = browser.page(address)
        assert "Lý do: Hết chỗ" in text(page)
        assert "Đăng ký không được duyệt" in text(page) or "Không duyệt" in text(page)
        assert page.xpath("//a[contains(@href, 'huy') or contains(., 'Đăng ký lại')]") == []
    assert "Không duyệt" in text(browser.page("/cua-toi"))
    answer = browser.get(f"/hop/{event.code}/huy-dang-ky")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/hop/{event.code}/dang-ky")
    assert browser.get(f"/hop/{event.code}/dang-ky").headers["Location"] == f"/ve/{own.ticket_code}"


def test_the_letter_of_an_offer_leads_to_the_page_where_it_is_taken(offer):
    _event, own, _behind = offer
    letter = db.session.scalars(select(Message).where(Message.kind == "registration-offered")).one()
    assert (letter.link_purpose, letter.link_id) == ("ticket", own.id)
