"""The door: found by name, typed code or ticket; green, yellow, red."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkMethod, MarkStatus
from kstthc_training.attendance.models import Mark
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import DoorStaff
from kstthc_training.registrations.models import Registration
from kstthc_training.registrations.queries.tickets import ticket_address
from tests.attendance.doors import sessions_of
from tests.support.factories import make_account, make_event, make_person, make_registration, rows

NONCE = "fedcba9876543210fedc"


@pytest.fixture
def event(app):
    return make_event(starts_at=clock.now() - timedelta(minutes=5))


@pytest.fixture
def door(client_for, event):
    account = make_account()
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
    return client_for(account)


def address(event):
    return f"/quet/{event.code}/{sessions_of(event)[0].id}"


def scan(door, event, code, nonce=NONCE):
    return door.post(address(event), data={"code": code, "nonce": nonce})


def test_the_door_opens_at_the_session_being_marked(door, event):
    assert door.get(f"/quet/{event.code}").location == address(event)


def test_the_door_shows_nobody_until_something_is_typed(door, event):
    make_registration(event, make_person("Danh Mẫu Hương"))
    assert "Danh Mẫu Hương" not in door.get(address(event)).text
    assert "Danh Mẫu Hương" in door.get(address(event) + "?q=mau h").text


@pytest.mark.parametrize(("people", "words"), [(199, "200 người khớp."), (200, "Hơn 200 người khớp.")])
def test_more_than_two_hundred_found_are_said_to_be_more(door, event, people, words):
    make_registration(event, make_person("Danh Mẫu Hương"))
    with rows():
        for _ in range(people):
            make_registration(event, make_person("Danh Mẫu Lệ"))
    page = door.page(address(event) + "?q=danh mau")
    assert len(page.xpath("//*[@class='hit']")) == 12
    assert page.xpath("string(//*[@id='ket-qua']//p[contains(@class, 'mt8')])").strip() == f"{words} Gõ thêm chữ để thu hẹp."


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{spaced}"])
def test_a_typed_code_checks_in_and_is_told_from_a_scanned_one(door, event, typed):
    registration = make_registration(event, make_person("Lê Mẫu Hạnh"))
    code = registration.ticket_code
    answer = scan(door, event, typed.format(code=code, lower=code.lower(), spaced=f"{code[:4]} {code[4:]}"))
    assert answer.status_code == 200
    assert "Lê Mẫu Hạnh" in answer.text
    assert db.session.execute(select(Mark.status, Mark.method)).all() == [(MarkStatus.PRESENT, MarkMethod.CODE)]
    recent = door.page(address(event)).xpath("//ul[@class='recent']/li/span[2]/text()")
    assert recent == ["09:00 gõ mã"]


def test_a_scanned_ticket_checks_in(app, door, event):
    registration = make_registration(event)
    stored = db.session.get_one(Registration, registration.id)
    secret = ticket_address(stored, key=app.config["SETTINGS"].key)
    assert scan(door, event, secret).status_code == 200
    assert db.session.scalars(select(Mark.method)).all() == [MarkMethod.TICKET]


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        (8, "Nếu là mã vé, nhấn Enter hoặc bấm nút dưới. Nếu là tên, bỏ bớt chữ để tìm lại."),
        (5, "Mã vé có 8 ký tự, gõ tiếp cho đủ."),
    ],
)
def test_a_right_code_being_typed_is_never_said_to_be_nobodys(door, event, letters, said):
    registration = make_registration(event, make_person("Lê Mẫu Hạnh"))
    with unit_of_work() as session:
        session.get_one(Registration, registration.id).ticket_code = "7K4M2BXA"
    page = door.page(f"{address(event)}?q={'7K4M2BXA'[:letters]}")
    assert page.xpath("//*[@id='ket-qua']//p[@class='on-dark']/text()") == [said]
    assert "Không có ai khớp" not in page.text_content()


def test_letters_that_fit_nobody_are_said_to(door, event):
    page = door.page(f"{address(event)}?q=hoa")
    assert page.xpath("//*[@id='ket-qua']//p[@class='on-dark']/text()") == ["Không có ai khớp “hoa” trong danh sách dự."]


def test_a_pressed_name_checks_in(door, event):
    registration = make_registration(event)
    assert scan(door, event, f"#{registration.id}").status_code == 200
    assert db.session.scalars(select(Mark.method)).all() == [MarkMethod.NAME]


def test_a_second_scan_is_told_and_adds_nothing(door, event):
    registration = make_registration(event)
    scan(door, event, f"#{registration.id}")
    again = scan(door, event, f"#{registration.id}", nonce="another0another0anot")
    assert 'data-result="dup"' in again.text
    assert len(db.session.scalars(select(Mark.id)).all()) == 1


def test_more_than_fifteen_minutes_after_the_start_is_late(client_for):
    event = make_event(starts_at=clock.now() - timedelta(minutes=16))
    account = make_account()
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
    scan(client_for(account), event, f"#{make_registration(event).id}")
    assert db.session.scalars(select(Mark.status)).all() == [MarkStatus.LATE]


def test_a_ticket_of_another_event_is_named(door, event):
    other = make_registration(make_event("Họp báo quý III"))
    answer = scan(door, event, other.ticket_code)
    assert answer.status_code == 422
    assert "Họp báo quý III" in answer.text


@pytest.mark.parametrize("code", ["ZZZZ ZZZZ", "#999999", "'; DROP", "x" * 250, "1-abc"])
def test_an_unknown_code_marks_nobody(door, event, code):
    assert scan(door, event, code).status_code in (404, 422)
    assert db.session.scalars(select(Mark.id)).all() == []


def test_strangers_do_not_stand_at_the_door(client_for, event):
    assert client_for(make_account()).get(address(event)).status_code == 403
