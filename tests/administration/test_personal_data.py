"""Requests of erasure as administrators see, refuse and carry them out."""

import io
import zipfile

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import ERASED
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.models import ErasureRequest
from kstthc_training.privacy.service import requests
from tests.privacy.kept import LOGIN, NAME, everything, holder
from tests.registrations.actors import actor_of
from tests.support.factories import make_account, make_event, make_person, make_registration

LIST = "/quan-tri/du-lieu"


def asked(account) -> int:
    with unit_of_work():
        return requests.ask(actor=actor_of(account), now=clock.now())


def page_of(account) -> str:
    return f"{LIST}/{account.person_id}"


def states():
    return [request.state for request in db.session.scalars(select(ErasureRequest).order_by(ErasureRequest.id))]


def test_the_list_shows_the_next_due_first_and_the_tab_counts_them(browser):
    first, second = holder(), make_account(person=make_person("Lê Mẫu Sau"))
    asked(first)
    asked(second)
    page = browser.page(LIST)
    assert [row.text_content() for row in page.xpath("//tbody//a[@class='name']")] == ["Lê Mẫu Sau", NAME]
    (tab,) = page.xpath(f"//nav[@class='tabs']//a[@href='{LIST}']")
    assert tab.text_content() == "Dữ liệu cá nhân 2"


def test_without_requests_the_list_says_so(browser):
    assert "Chưa có yêu cầu nào" in browser.page(LIST).text_content()


def test_the_list_takes_as_many_statements_whatever_the_number(browser, statements):
    asked(make_account())
    browser.page(LIST)
    with statements() as few:
        browser.page(LIST)
    for _each in range(5):
        asked(make_account())
    with statements() as many:
        browser.page(LIST)
    assert len(many) == len(few)


def test_the_page_says_how_much_goes_and_how_much_stays(browser):
    account = holder()
    everything(account)
    make_event("Cuộc có tên", chair=NAME)
    asked(account)
    goes, stays = (
        browser.page(page_of(account)).xpath(f"//section[@aria-labelledby='{part}']")[0] for part in ("se-xoa", "con-lai")
    )
    for said in ("Hủy 1 đăng ký", "2 câu, 1 tệp", "3 thư", "Liên kết của 1 lời mời"):
        assert said in goes.text_content()
    for said in ("2 đăng ký cùng điểm danh", "1 cuộc ghi tên này"):
        assert said in stays.text_content()


def test_a_person_is_erased_when_the_name_is_typed(browser):
    account = holder()
    asked(account)
    answer = browser.post(page_of(account), data={"typed": f" {NAME} "})
    assert (answer.status_code, answer.location) == (303, LIST)
    assert db.session.get_one(Person, account.person_id).full_name == ERASED
    assert states() == [RequestState.DONE]
    assert ERASED in browser.page(LIST).text_content()
    assert NAME not in browser.page(LIST).text_content()


def test_a_second_press_finds_it_done(browser):
    account = holder()
    answers = [browser.post(page_of(account), data={"typed": NAME}) for _each in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "erasure.done")).all()) == 1


@pytest.mark.parametrize("typed", ["", "Danh Dấu"])
def test_another_name_erases_nobody(browser, typed):
    account = holder()
    answer = browser.post(page_of(account), data={"typed": typed})
    assert answer.status_code == 422
    assert "ai trò" not in answer.text
    assert db.session.get_one(Person, account.person_id).full_name == NAME


def test_a_request_is_refused_with_a_reason_that_its_person_reads(browser):
    account = holder()
    request_id = asked(account)
    answer = browser.post(f"{LIST}/yeu-cau/{request_id}/tu-choi", data={"reason": "Đang có đơn khiếu nại."})
    assert (answer.status_code, states()) == (303, [RequestState.REFUSED])
    (letter,) = db.session.scalars(select(Message).where(Message.kind == "privacy.refused"))
    assert (letter.recipient, "Đang có đơn khiếu nại." in (letter.body or "")) == (LOGIN, True)
    assert "Đang có đơn khiếu nại." in browser.page(LIST).text_content()


def test_a_refusal_without_a_reason_is_none(browser):
    request_id = asked(holder())
    assert browser.post(f"{LIST}/yeu-cau/{request_id}/tu-choi", data={"reason": ""}).status_code == 422
    assert states() == [RequestState.OPEN]


def test_what_was_taken_back_is_not_refused(browser):
    account = holder()
    request_id = asked(account)
    with unit_of_work():
        requests.withdraw(actor=actor_of(account), now=clock.now())
    answer = browser.post(f"{LIST}/yeu-cau/{request_id}/tu-choi", data={"reason": "Muộn"})
    assert (answer.status_code, states()) == (422, [RequestState.WITHDRAWN])


def test_an_administrator_takes_the_data_of_somebody_without_an_account_along(browser):
    person = make_person("Trần Mẫu Khách")
    make_registration(make_event(), person)
    answer = browser.get(f"{LIST}/{person.id}.zip")
    assert sorted(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == ["du-lieu.json", "du-lieu.xlsx"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "personal.exported")).one()
    assert entry.subject_id == person.id


def test_whoever_is_erased_is_in_no_list_and_on_no_page(browser):
    account = holder()
    browser.post(page_of(account), data={"typed": NAME})
    for address in ("/danh-ba/nguoi", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/moi"):
        assert ERASED not in browser.page(address).text_content()
    assert [browser.get(f"{page_of(account)}{end}").status_code for end in ("", ".zip")] == [404, 404]
    assert "Sửa" not in browser.page(f"/danh-ba/nguoi/{account.person_id}").xpath("string(//div[@class='head'])")


def test_organizers_neither_see_nor_erase(client_for):
    account, other = make_account(Role.ORGANIZER), holder()
    browser = client_for(account)
    assert browser.get(LIST).status_code == 403
    assert browser.post(page_of(other), data={"typed": NAME}).status_code == 403
    assert "Dữ liệu cá nhân" not in browser.page(f"/danh-ba/nguoi/{other.person_id}").xpath("string(//main)")
