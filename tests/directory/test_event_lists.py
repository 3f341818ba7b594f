"""A list from Excel that puts its people on the list of an event, and takes them off again."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kstthc_training.db import db
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from tests.directory.files import csv_bytes
from tests.directory.pages import keeper, small_province
from tests.support.factories import make_account, make_event, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED
LINES = ("Danh Mẫu Hương;CC;Báo Mẫu;0900000031;;", "Bùi Mẫu Lệ;;xã Bình An, Kiên Lương;;;", "Lê Mẫu Ái;;Báo Mẫu;;;")


@pytest.fixture
def client(client_for, now):
    small_province(now)
    return keeper(client_for)


def hand_in(client, event, *lines, code=""):
    content = csv_bytes("họ tên;chức vụ;đơn vị;điện thoại;email;đầu mối", *lines)
    file = FileStorage(io.BytesIO(content), filename="ds.csv")
    data = {"kind": "people", "event": code or event.code, "file": file}
    boundary, body = encode_multipart(data)
    return client.post("/danh-ba/nhap", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def listed(event):
    db.session.rollback()
    rows = db.session.execute(
        select(Person.full_name, Registration.state, Registration.source)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.event_id == event.id)
        .order_by(Registration.id)
    )
    return [tuple(row) for row in rows]


def taken(event):
    return db.session.scalars(select(SeatPool.taken).where(SeatPool.event_id == event.id)).one()


def test_the_people_of_a_file_are_on_the_list_in_its_order_and_wait_when_it_is_full(client):
    event = make_event(capacity=2)
    address = hand_in(client, event, *LINES).location
    page = client.page(address)
    said = page.xpath("string(//form[@class='decide']/p/b)")
    assert said == "Thêm 3 người vào danh sách dự."
    assert listed(event) == []
    answer = client.post(address)
    assert answer.location == f"/hop/{event.code}/quan-ly/dang-ky"
    organizer = RegistrationSource.ORGANIZER
    assert listed(event) == [
        ("Danh Mẫu Hương", CONFIRMED, organizer), ("Bùi Mẫu Lệ", CONFIRMED, organizer), ("Lê Mẫu Ái", WAITING, organizer)
    ]  # fmt: skip
    assert taken(event) == 2
    text = client.get(answer.location).text
    assert "Đã nhập: thêm 3 người vào danh sách dự; danh bạ thêm 2, cập nhật 0." in text


def test_who_is_on_the_list_stays_as_he_is_also_when_the_directory_knows_everybody(client):
    event = make_event()
    person = db.session.scalars(select(Person).where(Person.full_name == "Bùi Mẫu Lệ")).one()
    make_registration(event, person)
    address = hand_in(client, event, LINES[1]).location
    assert client.page(address).xpath("//form[@class='decide']//button")
    client.post(address)
    assert listed(event) == [("Bùi Mẫu Lệ", CONFIRMED, RegistrationSource.SELF)]
    assert db.session.scalars(select(DirectoryImport.registered)).one() == []


def test_undo_takes_back_whom_the_file_registered_and_nobody_else(client):
    event = make_event(capacity=3)
    make_registration(event)
    address = hand_in(client, event, *LINES[:2]).location
    client.post(address)
    answer = client.post(f"{address}/hoan-tac")
    assert answer.location == f"/hop/{event.code}/quan-ly/dang-ky"
    assert [state for _name, state, _source in listed(event)] == [CONFIRMED, CANCELLED, CANCELLED]
    assert taken(event) == 1
    assert "Đã đưa 2 người ra khỏi danh sách dự. Người vẫn ở trong danh bạ." in client.get(answer.location).text
    client.post(f"{address}/hoan-tac")
    assert [state for _name, state, _source in listed(event)] == [CONFIRMED, CANCELLED, CANCELLED]


def test_a_file_with_an_error_registers_nobody(client):
    event = make_event()
    address = hand_in(client, event, *LINES, ";;Báo Mẫu;;;").location
    assert client.post(address).status_code == 422
    assert listed(event) == []


def test_an_event_that_is_over_takes_nobody_and_says_so(client):
    event = make_event()
    address = hand_in(client, event, *LINES).location
    db.session.get_one(Event, event.id).state = EventState.CANCELLED
    db.session.commit()
    answer = client.post(address)
    assert answer.status_code == 422
    assert "Cuộc họp đã hủy." in answer.text
    assert listed(event) == []


@pytest.mark.parametrize("code", ["2026-999999", "2026", "../../x", "2026-0"])
def test_an_event_that_there_is_not_is_404(client, code):
    assert hand_in(client, None, *LINES, code=code).status_code == 404
    assert client.get("/danh-ba/nhap", query_string={"cuoc": code}).status_code == 404


def test_undoing_somebody_elses_file_is_404(client, client_for):
    event = make_event()
    address = hand_in(client, event, *LINES).location
    client.post(address)
    other = client_for(make_account(Role.ORGANIZER))
    assert other.post(f"{address}/hoan-tac").status_code == 404
    assert [state for _name, state, _source in listed(event)] == [CONFIRMED] * 3
