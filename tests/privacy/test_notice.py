"""What everybody may know of personal data, and where it is said."""

from datetime import date

import pytest

from kstthc_training import clock
from kstthc_training.db import unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.settings.service import set_value
from kstthc_training.text import shown_phone
from tests.support.factories import make_account, make_event, make_organisation

NOTICE = "/du-lieu-ca-nhan"


def put(name, value):
    with unit_of_work():
        set_value(actor=SYSTEM, name=name, value=value, valid_from=date(2026, 1, 1), now=clock.now())


def links_to_notice(page):
    return page.xpath(f"//main//p[contains(@class, 'personal')]//a[@href='{NOTICE}']")


def test_whoever_is_not_signed_in_reads_whom_to_ask_and_how_long_data_is_kept(client):
    put("data_contact", "Phòng Tổng hợp <b>")
    put("data_phone", "0297 3862 001")
    put("data_kept", "05 năm kể từ ngày họp")
    text = client.page(NOTICE).text_content()
    for said in ("Phòng Tổng hợp <b>", shown_phone("02973862001"), "05 năm kể từ ngày họp", "20 ngày", "91/2025/QH15"):
        assert said in text


def test_without_a_contact_the_office_itself_is_asked(client):
    (asked,) = client.page(NOTICE).xpath("//section[@aria-labelledby='hoi-ai']//b")
    assert asked.text_content() == "Văn phòng Ủy ban nhân dân tỉnh"


def test_the_notice_takes_as_many_statements_as_any_page(client, statements):
    with statements() as seen:
        client.page(NOTICE)
    assert len(seen) <= 2


@pytest.mark.parametrize(
    "address",
    ["/quan-tri/tai-khoan/moi/nguoi-moi", "/danh-ba/nguoi/them", "/danh-ba/nhap", "/hop/{code}/quan-ly/dang-ky/them"],
)
def test_forms_that_take_new_people_say_what_for(client_for, address):
    event = make_event()
    browser = client_for(make_account(Role.ADMINISTRATOR))
    assert len(links_to_notice(browser.page(address.format(code=event.code)))) == 1


def test_whoever_registers_or_names_people_reads_it_too(client_for):
    event, organisation = make_event(), make_organisation()
    assert len(links_to_notice(client_for(make_account()).page(f"/hop/{event.code}/dang-ky"))) == 1
    focal = client_for(make_account(focal_of=organisation))
    assert len(links_to_notice(focal.page(f"/don-vi/{organisation.id}/{event.code}"))) == 1
