"""Codes at the door can't be guessed: wrong ones are counted by account, right ones and scanned tickets never."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.models import Mark
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import DoorStaff
from kstthc_training.people.models import AttemptCount
from kstthc_training.people.service.attempts import CODES_AT_DOOR
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.tickets import ticket_address
from tests.attendance.doors import sessions_of
from tests.support.factories import make_account, make_event, make_person, make_registration

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def event(app):
    return make_event(starts_at=clock.now() - timedelta(minutes=5))


@pytest.fixture
def new_door(client_for, event):
    """Opens browsers of people put at the event's door."""

    def open_door():
        account = make_account()
        with unit_of_work() as session:
            session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
        return client_for(account)

    return open_door


def scan(door, event, code):
    nonce = f"nonce-of-{code[:20]}".replace("#", "-").ljust(20, "0")
    return door.post(f"/quet/{event.code}/{sessions_of(event)[0].id}", data={"code": code, "nonce": nonce})


def guess(door, event, times):
    """So many codes that are nobody's; the statuses they were answered with."""
    return {scan(door, event, f"ZZZZ{number:04d}").status_code for number in range(times)}


def marked():
    db.session.rollback()
    return db.session.scalars(select(Mark.registration_id).order_by(Mark.id)).all()


def test_after_thirty_wrong_codes_no_code_is_taken_for_the_rest_of_ten_minutes(new_door, event):
    door, registration = new_door(), make_registration(event)
    assert guess(door, event, CODES_AT_DOOR.most) == {422}
    for code in ("ZZZZ9999", registration.ticket_code):
        answer = scan(door, event, code)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
        alert = html.document_fromstring(answer.text).xpath("normalize-space(//*[@role='alert'])")
        assert "Gõ sai mã quá nhiều lần" in alert
        assert "09:10" in alert
    assert marked() == []


def test_the_limit_is_the_accounts_own_and_ends_with_its_window(new_door, event):
    door, registration = new_door(), make_registration(event)
    guess(door, event, CODES_AT_DOOR.most)
    assert scan(new_door(), event, registration.ticket_code).status_code == 200
    other = make_registration(event)
    with clock.frozen(clock.now() + TEN_MINUTES - timedelta(microseconds=1)):
        assert scan(door, event, other.ticket_code).status_code == 429
    with clock.frozen(clock.now() + TEN_MINUTES):
        assert scan(door, event, other.ticket_code).status_code == 200


def test_a_scanned_ticket_and_a_pressed_name_pass_whatever_was_typed(app, new_door, event):
    door, scanned, pressed = new_door(), make_registration(event), make_registration(event)
    guess(door, event, CODES_AT_DOOR.most)
    secret = ticket_address(db.session.get_one(Registration, scanned.id), key=app.config["SETTINGS"].key)
    assert scan(door, event, secret).status_code == 200
    assert scan(door, event, f"#{pressed.id}").status_code == 200
    assert marked() == [scanned.id, pressed.id]


def test_right_codes_are_never_counted(new_door, event):
    door, registration = new_door(), make_registration(event)
    assert {scan(door, event, registration.ticket_code).status_code for _ in range(CODES_AT_DOOR.most + 1)} == {200}
    assert db.session.scalars(select(AttemptCount.attempts)).all() == []


def test_a_code_of_another_event_is_counted_and_what_can_be_no_code_is_not(new_door, event):
    door, elsewhere = new_door(), make_registration(make_event("Họp báo quý III"))
    for code in ("079200001234|01011990", "Nguyễn Mẫu An", "1-" + "a" * 32, "#999999"):
        assert scan(door, event, code).status_code in (404, 422)
    assert db.session.scalars(select(AttemptCount.attempts)).all() == []
    assert scan(door, event, elsewhere.ticket_code).status_code == 422
    assert db.session.scalars(select(AttemptCount.attempts)).all() == [1]


@pytest.mark.parametrize("letters", [1, 4, 8])
def test_nobody_is_found_by_the_beginning_of_a_code(new_door, event, letters):
    registration = make_registration(event, make_person("Lê Văn Ổn"))
    page = new_door().page(f"/quet/{event.code}/{sessions_of(event)[0].id}?q={registration.ticket_code[:letters]}")
    assert page.xpath("//*[@class='hit']") == []
    offered = page.xpath("//*[@id='ket-qua']//button[@name='code']/@value")
    assert offered == ([registration.ticket_code] if letters == 8 else [])
