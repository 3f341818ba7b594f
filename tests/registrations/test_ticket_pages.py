"""Tickets as pages: by code for those signed in, by secret for whoever holds the letter."""

import io
from datetime import timedelta

import pytest
import segno
from lxml import html
from sqlalchemy import select, update

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.outbox.enums import MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import AttemptCount, Person
from kstthc_training.people.service.attempts import SECRETS_FROM_ADDRESS
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState, StepRule
from kstthc_training.registrations.queries import ticket_address
from tests.registrations.actors import again, cancelled, registered, steps
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED


@pytest.fixture
def key(app):
    return app.config["SETTINGS"].key


@pytest.fixture
def account(app):
    return make_account(person=make_person("Trần Mẫu Bình", title="Phóng viên"))


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


def own(account, **fields):
    """The registration of the account's person for a new event."""
    return registered(make_event(**fields), db.session.get_one(Person, account.person_id))


def qr_on(page):
    return page.xpath("//*[contains(@class, 'ticket__qr')]/svg")


def test_the_ticket_shows_code_square_time_and_steps(browser, account):
    registration = own(account, title="Họp báo quý III")
    page = browser.page(f"/ve/{registration.ticket_code}")
    code = registration.ticket_code
    text = page.text_content()
    for said in (f"{code[:4]} {code[4:]}", "Trần Mẫu Bình", "Phóng viên", "Họp báo quý III", "Đăng ký, còn chỗ"):
        assert said in text
    assert len(qr_on(page)) == 1
    event_code = db.session.get_one(Event, registration.event_id).code
    assert page.xpath("//a[contains(., 'Thêm vào lịch')]/@href") == [f"/hop/{event_code}.ics"]


def test_the_square_holds_the_secret_and_no_style(browser, account, key):
    registration = own(account)
    answer = browser.get(f"/ve/{registration.ticket_code}")
    drawing = io.BytesIO()
    segno.make(ticket_address(registration, key=key), error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=0, svgclass=None, lineclass=None
    )
    assert drawing.getvalue().decode().strip() in answer.text
    assert ticket_address(registration, key=key) not in answer.text


def test_the_code_is_read_as_people_write_it(browser, account):
    registration = own(account)
    assert browser.get(f"/ve/{registration.ticket_code.lower()}").status_code == 200


def test_who_waits_sees_his_place_and_no_square(browser, account):
    event = make_event(capacity=1)
    registered(event), registered(event)
    waiting = registered(event, db.session.get_one(Person, account.person_id))
    page = browser.page(f"/ve/{waiting.ticket_code}")
    assert "đứng thứ 2 trong danh sách chờ" in page.text_content()
    assert qr_on(page) == []


def test_who_waited_in_vain_is_not_told_to_wait_on(client_for, account):
    event = make_event(capacity=1)
    registered(event)
    waiting = registered(event, db.session.get_one(Person, account.person_id))
    addresses = (f"/ve/{waiting.ticket_code}", f"/hop/{event.code}")
    with clock.frozen(event.starts_at):
        browser = client_for(account)
        pages = [browser.page(address).text_content() for address in addresses]
    assert [("danh sách chờ đã dừng" in page, "đứng thứ" in page) for page in pages] == [(True, False)] * 2


def test_who_moved_up_reads_the_rule_and_the_reason(browser, account):
    event = make_event(capacity=1)
    seated = registered(event)
    waiting = registered(event, db.session.get_one(Person, account.person_id))
    cancelled(seated)
    page = browser.page(f"/ve/{waiting.ticket_code}")
    assert "Có chỗ theo thứ tự danh sách chờ, vì có người không dự được" in page.text_content()
    assert len(qr_on(page)) == 1


def test_a_cancelled_ticket_has_no_square_and_a_way_back(browser, account):
    registration = own(account)
    cancelled(registration, reason="Bận")
    page = browser.page(f"/ve/{registration.ticket_code}")
    assert page.xpath("//h1")[0].text_content() == "Đã hủy đăng ký"
    assert qr_on(page) == []
    assert "Tự hủy đăng ký: Bận" in page.text_content()
    assert page.xpath("//a[contains(., 'Đăng ký lại')]") != []


@pytest.mark.parametrize(
    ("state", "said"), [(EventState.CANCELLED, "Cuộc họp đã hủy."), (EventState.POSTPONED, "Cuộc họp đã hoãn")]
)
def test_a_ticket_of_an_event_called_off_says_so_and_opens_nothing(browser, account, state, said):
    registration = own(account)
    with unit_of_work() as session:
        session.execute(update(Event).where(Event.id == registration.event_id).values(state=state, state_reason="Bão số 5"))
    page = browser.page(f"/ve/{registration.ticket_code}")
    assert said in page.text_content()
    assert "Bão số 5" in page.text_content()
    assert qr_on(page) == []
    assert page.xpath("//a[contains(., 'Thêm vào lịch')]") == []


@pytest.mark.parametrize(
    ("state", "said"),
    [(MessageState.SENT, "Đã gửi"), (MessageState.WAITING, "Đang gửi"), (MessageState.FAILED, "Chưa gửi được")],
)
def test_the_ticket_says_where_the_letter_is(browser, account, state, said):
    registration = own(account)
    with unit_of_work() as session:
        session.execute(update(Message).values(state=state))
    page = browser.page(f"/ve/{registration.ticket_code}")
    assert page.xpath("//ul[@class='tasks']/li[1]/span")[0].text_content() == said


def test_without_an_address_the_ticket_says_to_keep_the_code(client_for):
    account = make_account(person=make_person(email=""))
    registration = own(account)
    page = client_for(account).page(f"/ve/{registration.ticket_code}")
    assert "Chưa có địa chỉ email" in page.text_content()


def test_strangers_and_codes_made_up_are_not_found(client_for, client, account):
    organisation = make_organisation()
    registration = own(account)
    strangers = [make_account(), make_account(focal_of=organisation), make_account(Role.LEADER)]
    for stranger in strangers:
        browser = client_for(stranger)
        for act in ("", "/huy"):
            assert browser.get(f"/ve/{registration.ticket_code}{act}").status_code == 404
        for act in ("/huy", "/doi-ma"):
            assert browser.post(f"/ve/{registration.ticket_code}{act}").status_code == 404
    assert client_for(account).get("/ve/00000000").status_code == 404
    assert client.get(f"/ve/{registration.ticket_code}").status_code == 303
    assert again(registration).state is CONFIRMED


def test_a_focal_point_and_an_organizer_see_and_take_back_the_ticket_of_who_was_named(client_for):
    organisation = make_organisation()
    person = make_person("Danh Mẫu Bảo", organisation_id=organisation.id)
    for account in (make_account(focal_of=organisation), make_account(Role.ORGANIZER)):
        registration = make_registration(make_event(), person, source=RegistrationSource.NOMINATION)
        browser = client_for(account)
        page = browser.page(f"/ve/{registration.ticket_code}")
        ask = page.xpath("//a[contains(., 'Hủy đăng ký')]/@href")[0]
        assert "Danh Mẫu Bảo" in browser.page(ask).text_content()
        assert again(registration).state is CONFIRMED
        assert browser.post(ask, data={"reason": "Thay người"}).status_code == 303
        assert again(registration).state is CANCELLED
        assert browser.post(ask).status_code == 303
        assert browser.get(ask).status_code == 303


def test_taking_back_too_late_is_refused_with_the_form_kept(client_for):
    organisation = make_organisation()
    event = make_event()
    registration = make_registration(
        event, make_person(organisation_id=organisation.id), source=RegistrationSource.NOMINATION
    )
    browser = client_for(make_account(focal_of=organisation))
    with unit_of_work() as session:
        session.execute(update(Event).values(starts_at=clock.now() - timedelta(minutes=1)))
    answer = browser.post(f"/ve/{registration.ticket_code}/huy", data={"reason": "Bận"})
    assert answer.status_code == 422
    assert 'value="Bận"' in answer.text
    assert again(registration).state is CONFIRMED


def test_a_new_square_voids_the_old_one(browser, account, key):
    registration = own(account)
    before = ticket_address(registration, key=key)
    answer = browser.post(f"/ve/{registration.ticket_code}/doi-ma")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ve/{registration.ticket_code}")
    assert browser.get(f"/ve/thu/{before}").status_code == 404
    assert browser.get(f"/ve/thu/{ticket_address(again(registration), key=key)}").status_code == 200


def test_other_methods_are_refused(browser, account, key):
    registration = own(account)
    secret = ticket_address(registration, key=key)
    for address in (f"/ve/{registration.ticket_code}/doi-ma", f"/ve/thu/{secret}"):
        method = browser.get if address.endswith("doi-ma") else browser.post
        assert method(address).status_code == 405


def test_the_holder_of_the_letter_sees_the_ticket_without_signing_in(client, key):
    registration = registered(make_event(title="Họp báo quý III"))
    answer = client.get(f"/ve/thu/{ticket_address(registration, key=key)}")
    page = html.document_fromstring(answer.text)
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "Họp báo quý III" in page.text_content()
    assert len(qr_on(page)) == 1
    assert page.xpath("//form[contains(@action, 'doi-ma')]") == []


@pytest.mark.parametrize("state", [CONFIRMED, WAITING, CANCELLED])
@pytest.mark.parametrize("event_state", [EventState.RELEASED, EventState.POSTPONED, EventState.CANCELLED])
def test_every_link_for_the_holder_of_the_letter_opens_without_signing_in(client, browser, key, state, event_state):
    event = make_event(state=event_state)
    ticket = f"/ve/thu/{ticket_address(make_registration(event, state=state), key=key)}"
    links = client.page(ticket).xpath("//main//a/@href")
    assert {href: client.get(href).status_code for href in links} == dict.fromkeys(links, 200)
    signed_in = browser.page(ticket).xpath("//main//a/@href")
    assert f"/hop/{event.code}" in signed_in
    assert {href: browser.get(href).status_code for href in signed_in} == dict.fromkeys(signed_in, 200)


def test_the_holder_cancels_after_being_asked(client, key):
    registration = registered(make_event())
    secret = ticket_address(registration, key=key)
    page = client.page(f"/ve/thu/{secret}")
    ask = page.xpath("//a[contains(., 'Hủy đăng ký')]/@href")[0]
    assert client.get(ask).status_code == 200
    assert again(registration).state is CONFIRMED
    answer = client.post(ask, data={"reason": "Ốm"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ve/thu/{secret}")
    assert steps(registration)[-1] == (CONFIRMED, CANCELLED, StepRule.BY_PERSON, "Ốm")
    assert "Đã hủy đăng ký" in client.page(f"/ve/thu/{secret}").text_content()


def test_the_holder_cancels_nothing_once_the_event_began(client, key, now):
    registration = registered(make_event(starts_at=now + timedelta(minutes=1)))
    secret = ticket_address(registration, key=key)
    with clock.frozen(now + timedelta(minutes=1)):
        assert client.page(f"/ve/thu/{secret}").xpath("//a[contains(., 'Hủy đăng ký')]") == []
        assert client.post(f"/ve/thu/{secret}/huy").status_code == 422
    assert again(registration).state is CONFIRMED


def test_secrets_made_up_are_counted_and_limited(client, key):
    registration = registered(make_event())
    wrong = ticket_address(registration, key=key)[:-1] + "0"
    assert client.get(f"/ve/thu/{wrong}").status_code == 404
    assert db.session.scalars(select(AttemptCount.attempts)).all() == [1]
    with unit_of_work() as session:
        session.execute(update(AttemptCount).values(attempts=SECRETS_FROM_ADDRESS.most))
    assert client.post(f"/ve/thu/{wrong}/huy").status_code == 429
    assert client.get(f"/ve/thu/{ticket_address(registration, key=key)}").status_code == 200


def test_the_ticket_takes_a_fixed_number_of_statements(browser, account, statements):
    counts = []
    for size in (1, 10):
        event = make_event(capacity=1)
        for _ in range(size):
            registered(event)
            waiting = registered(event, db.session.get_one(Person, account.person_id))
        with statements() as seen:
            browser.get(f"/ve/{waiting.ticket_code}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 9
