"""The list of those registered as somebody wants it: columns, order, and ways to look at it kept under a name."""

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import QuestionKind
from kstthc_training.registrations.models import Answer, Question, Registration, RegistrationView
from kstthc_training.registrations.service.views import MOST_VIEWS
from tests.registrations.actors import registered
from tests.support.factories import make_account, make_event, make_organisation, make_person

USUAL = ["Họ và tên", "Đơn vị", "Chức vụ", "Người đăng ký", "Lúc", "Trạng thái", "Thao tác"]


@pytest.fixture
def account(app):
    return make_account(Role.ORGANIZER)


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


@pytest.fixture
def event(app):
    """Three people of two organisations, one with a telephone."""
    here, there = make_organisation("Sở Nông nghiệp"), make_organisation("Báo An Giang")
    event = make_event(capacity=9)
    for name, body, phone in (("Bùi Mẫu Yên", here, "0912345678"), ("Cao Mẫu Ái", there, ""), ("Đỗ Mẫu Bình", here, "")):
        registered(event, make_person(name, organisation_id=body.id, phone=phone, email=f"{len(name)}@mau.example"))
    return event


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/dang-ky{act}"


def heads(page):
    return [" ".join(head.text_content().split()) for head in page.xpath("//*[@id='danh-sach']//th")][1:]


def names(page):
    return [name.text_content() for name in page.xpath("//*[@id='danh-sach']//a[@class='name']")]


def cells(page, column):
    place = heads(page).index(column) + 2
    return [" ".join(cell.text_content().split()) for cell in page.xpath(f"//*[@id='danh-sach']//tbody/tr/td[{place}]")]


def views(page):
    return [link.text_content().split() for link in page.xpath("//details//ul/li/a")]


def test_the_chosen_columns_stay_with_the_browser_for_every_event(browser, event):
    assert heads(browser.page(address(event))) == USUAL
    answer = browser.post(address(event, "/cot"), data={"cot": ["email", "don-vi", "khong-co"]})
    assert answer.status_code == 303
    for each in (event, make_event()):
        registered(each, make_person("Lê Mẫu Thêm", email="them@mau.example"))
        page = browser.page(address(each))
        assert heads(page) == ["Họ và tên", "Đơn vị", "Email", "Trạng thái", "Thao tác"]
    assert "them@mau.example" in cells(page, "Email")


def test_no_column_but_the_name_is_a_choice_too(browser, event):
    browser.post(address(event, "/cot"), data={})
    assert heads(browser.page(address(event))) == ["Họ và tên", "Trạng thái", "Thao tác"]


def test_telephone_numbers_stand_in_a_column_for_those_who_may_read_them(browser, event):
    assert cells(browser.page(address(event, "?cot=dien-thoai")), "Điện thoại") == ["", "", "0912 345 678"]


def test_what_was_answered_stands_in_a_column_of_its_question(browser, event, now):
    with unit_of_work():
        question = Question(event_id=event.id, position=1, kind=QuestionKind.TEXT, label="Biển số xe")
        db.session.add(question)
        db.session.flush()
        first = db.session.query(Registration).filter_by(event_id=event.id).order_by(Registration.id).first()
        db.session.add(Answer(registration_id=first.id, question_id=question.id, value="68A-<b>1</b>"))
    page = browser.page(address(event, f"?cot=cau-{question.id}"))
    assert cells(page, "Biển số xe") == ["", "", "68A-<b>1</b>"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Cao Mẫu Ái", "Đỗ Mẫu Bình", "Bùi Mẫu Yên"]),
        ("ten", ["Cao Mẫu Ái", "Đỗ Mẫu Bình", "Bùi Mẫu Yên"]),
        ("-ten", ["Bùi Mẫu Yên", "Đỗ Mẫu Bình", "Cao Mẫu Ái"]),
        ("don-vi", ["Cao Mẫu Ái", "Đỗ Mẫu Bình", "Bùi Mẫu Yên"]),
        ("-don-vi", ["Đỗ Mẫu Bình", "Bùi Mẫu Yên", "Cao Mẫu Ái"]),
        ("khong-co", ["Cao Mẫu Ái", "Đỗ Mẫu Bình", "Bùi Mẫu Yên"]),
    ],
)
def test_the_list_stands_in_the_order_asked_for(browser, event, order, expected):
    assert names(browser.page(address(event, f"?xep={order}"))) == expected


def test_a_head_leads_to_its_order_and_then_turns_it_round(browser, event):
    page = browser.page(address(event, "?q=mau&xep=don-vi"))
    assert page.xpath("//th[@aria-sort]/@aria-sort") == ["ascending"]
    turned = page.xpath("//th[@aria-sort]/a/@href")[0]
    assert browser.page(turned).xpath("//th[@aria-sort]/@aria-sort") == ["descending"]
    assert "q=mau" in turned


def test_a_view_is_kept_with_what_is_looked_at_and_serves_any_event(browser, event):
    asked = "?q=yen&tt=co-cho&xep=-luc&cot=email"
    assert browser.post(address(event, f"/cach-xem{asked}"), data={"name": "Người có chỗ"}).status_code == 303
    other = make_event()
    page = browser.page(address(other)) if registered(other, make_person("Vũ Mẫu Yên")) else None
    href = page.xpath("//details//ul/li/a/@href")[0]
    shown = browser.page(href)
    assert (heads(shown)[1], names(shown)) == ("Email", ["Vũ Mẫu Yên"])
    assert shown.xpath("string(//input[@name='q']/@value)") == "yen"
    assert shown.xpath("//input[@name='xep']/@value") == ["-luc"]


def test_a_name_given_again_replaces_the_view(browser, event):
    browser.post(address(event, "/cach-xem?tt=cho"), data={"name": "Của tôi"})
    browser.post(address(event, "/cach-xem?tt=huy"), data={"name": " Của  tôi "})
    (view,) = db.session.query(RegistrationView).all()
    assert (view.name, view.asked["tt"]) == ("Của tôi", "huy")


def test_others_see_a_view_only_when_it_is_shared_and_cannot_drop_it(browser, client_for, event):
    colleague = client_for(make_account(Role.ORGANIZER))
    browser.post(address(event, "/cach-xem"), data={"name": "Riêng"})
    browser.post(address(event, "/cach-xem?tt=cho"), data={"name": "Chung", "is_shared": "y"})
    page = colleague.page(address(event))
    assert [view[0] for view in views(page)] == ["Chung"]
    assert not page.xpath("//button[@name='ten']")
    assert colleague.post(address(event, "/bo-cach-xem"), data={"ten": "Chung"}).status_code == 404
    assert [view[0] for view in views(browser.page(address(event)))] == ["Chung", "Riêng"]


def test_a_view_of_ones_own_is_dropped(browser, event):
    browser.post(address(event, "/cach-xem"), data={"name": "Thôi"})
    assert browser.post(address(event, "/bo-cach-xem"), data={"ten": "Thôi"}).status_code == 303
    assert views(browser.page(address(event))) == []


def test_a_view_needs_a_name_and_there_are_not_endlessly_many(browser, event):
    assert browser.post(address(event, "/cach-xem"), data={"name": " "}).status_code == 422
    for number in range(MOST_VIEWS):
        browser.post(address(event, "/cach-xem"), data={"name": f"Cách {number}"})
    refused = browser.post(address(event, "/cach-xem"), data={"name": "Một cách nữa"})
    assert refused.status_code == 422
    assert f"nhiều nhất {MOST_VIEWS} cách xem" in refused.text
    assert browser.post(address(event, "/cach-xem"), data={"name": "Cách 1"}).status_code == 303
