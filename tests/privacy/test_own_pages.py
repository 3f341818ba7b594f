"""What everybody sees of his own data, takes along, and asks to be erased."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.models import ErasureRequest
from tests.privacy.kept import ANSWER, EMAIL, LOGIN, NAME, PRESS_CARD, REASON, everything, holder
from tests.support.factories import make_account, make_event, make_registration

OWN, ZIP = "/tai-khoan/du-lieu", "/tai-khoan/du-lieu.zip"
ASK, TAKE_BACK = "/tai-khoan/du-lieu/yeu-cau-xoa", "/tai-khoan/du-lieu/rut-yeu-cau"


def requests():
    return db.session.scalars(select(ErasureRequest).order_by(ErasureRequest.id)).all()


def archive(browser) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(browser.get(ZIP).data))


def test_the_page_shows_every_kind_of_what_is_kept(client_for):
    account = holder()
    everything(account)
    page = client_for(account).page(OWN)
    titles = [h.text_content() for h in page.xpath("//div[@class='stack'][1]//h2")]
    assert titles == [
        "Thông tin", "Đăng ký", "Điểm danh", "Câu trả lời khi đăng ký", "Lời mời đích danh", "Các bước của đăng ký",
        "Thư đã gửi tới", "Tài liệu đã tải", "Nơi đang đăng nhập", "Nguồn lịch", "Nhật ký hệ thống",
    ]  # fmt: skip
    text = page.text_content()
    for said in (
        NAME,
        EMAIL,
        LOGIN,
        "0912 345 678",
        ANSWER,
        REASON,
        PRESS_CARD,
        "Đề cương",
        "Đổi giờ own",
        "Đổi giờ shared",
    ):
        assert said in text
    assert "Đổi giờ other" not in text


def test_the_page_of_another_shows_nothing_of_it(client_for):
    everything(holder())
    text = client_for(make_account()).page(OWN).text_content()
    assert not [mark for mark in (NAME, EMAIL, LOGIN, ANSWER, REASON, PRESS_CARD, "Đổi giờ") if mark in text]


def test_the_page_takes_as_many_statements_whatever_is_kept(client_for, statements):
    account = holder()
    browser = client_for(account)
    browser.page(OWN)
    with statements() as few:
        browser.page(OWN)
    everything(account)
    person = db.session.get_one(Person, account.person_id)
    for _each in range(12):
        make_registration(make_event(), person)
    with statements() as many:
        browser.page(OWN)
    assert len(many) == len(few)


def test_who_is_not_signed_in_is_asked_to(client):
    assert [client.get(address).status_code for address in (OWN, ZIP)] == [303, 303]


def test_all_of_it_is_taken_along_in_one_archive_that_is_recorded(client_for):
    account = holder()
    everything(account)
    with archive(client_for(account)) as packed:
        assert sorted(packed.namelist()) == ["du-lieu.json", "du-lieu.xlsx", "tep/1.pdf"]
        assert packed.read("tep/1.pdf") == b"giay gioi thieu"
        kept = json.loads(packed.read("du-lieu.json"))
        book = load_workbook(io.BytesIO(packed.read("du-lieu.xlsx")))
    assert kept["person"]["full_name"] == NAME
    assert kept["account"]["login"] == LOGIN
    assert [answer["value"] for answer in kept["answers"]] == [ANSWER, ""]
    assert kept["registrations"][1] | {"ticket_code": "", "registered_at": ""} == {
        "event": kept["registrations"][1]["event"], "event_title": "Cuộc đã họp", "starts_at": "2026-02-16T02:00:00+00:00",
        "state": "confirmed", "source": "self", "registered_at": "", "title": "Chức danh dấu vết",
        "organisation": "Sở Có Người", "credential_number": PRESS_CARD, "ticket_code": "", "attended": True,
        "letter_name": None,
    }  # fmt: skip
    assert "_key" not in str(kept)
    assert book["Thông tin"]["B2"].value == NAME
    assert book["Thư đã gửi tới"].max_row == 3
    taken = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "personal.exported")).all()
    assert [(entry.account_id, entry.subject_type, entry.subject_id) for entry in taken] == [
        (account.id, "person", account.person_id)
    ]


def test_a_name_that_is_a_formula_is_text_in_the_workbook(client_for):
    account = make_account()
    with unit_of_work():
        db.session.get_one(Person, account.person_id).full_name = "=HYPERLINK(1)"
    with archive(client_for(account)) as packed:
        book = load_workbook(io.BytesIO(packed.read("du-lieu.xlsx")))
    cell = book["Thông tin"]["B2"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")


def test_a_request_is_acknowledged_with_the_day_that_the_law_sets(client_for, now):
    account = holder()
    browser = client_for(account)
    assert browser.post(ASK).status_code == 303
    (request,) = requests()
    assert (request.person_id, request.state, request.due_on) == (account.person_id, RequestState.OPEN, date(2026, 4, 7))
    (letter,) = db.session.scalars(select(Message).where(Message.kind == "privacy.received"))
    assert letter.recipient == LOGIN
    assert "07/04/2026" in (letter.body or "")
    assert "07/04/2026" in browser.page(OWN).text_content()


def test_pressing_twice_asks_once(client_for):
    browser = client_for(holder())
    assert [browser.post(ASK).status_code for _each in range(2)] == [303, 303]
    assert len(requests()) == 1
    assert len(db.session.scalars(select(Message).where(Message.kind == "privacy.received")).all()) == 1


def test_a_request_is_taken_back_and_made_again(client_for):
    browser = client_for(holder())
    browser.post(ASK)
    assert browser.post(TAKE_BACK).status_code == 303
    browser.post(ASK)
    assert [request.state for request in requests()] == [RequestState.WITHDRAWN, RequestState.OPEN]


def test_there_is_nothing_to_take_back_without_a_request(client_for):
    browser = client_for(holder())
    assert browser.post(TAKE_BACK).status_code == 303
    assert "Không có yêu cầu nào đang chờ trả lời." in browser.page(OWN).text_content()
    assert requests() == []


@pytest.mark.parametrize(("days", "late"), [(20, False), (21, True)])
def test_a_request_is_late_the_day_after_it_was_due(client_for, now, days, late):
    account = holder()
    client_for(account).post(ASK)
    with clock.frozen(now + timedelta(days=days)):
        said = client_for(account).page(OWN).xpath("string(//section[@aria-labelledby='yeu-cau'])")
    assert ("quá hạn" in said) is late


def test_a_get_asks_for_nothing(client_for):
    browser = client_for(holder())
    assert [browser.get(address).status_code for address in (ASK, TAKE_BACK)] == [405, 405]
