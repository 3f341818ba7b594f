"""The pages of a focal point who is invited: invitations first, answers, names within the places."""

import unicodedata
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.people.models import Account, Person
from tests.invitations.asked import accepted, deadlines, declined, invited, names_given, now_of, standing_of
from tests.registrations.seats import a_member, pools, pools_wrong, ruled
from tests.support.factories import make_account, make_event, make_organisation, make_person
from tests.support.forms import submit


@pytest.fixture
def organisation(app):
    return make_organisation("UBND huyện Mẫu")


@pytest.fixture
def account(organisation) -> Account:
    return make_account(person=make_person("Lý Mẫu Sang", organisation_id=organisation.id), focal_of=organisation)


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


def address(organisation, event, act=""):
    return f"/don-vi/{organisation.id}/{event.code}{act}"


def replaced_in(page):
    """The registration whose place another takes, as the page sends it."""
    return page.xpath("//form[@id='doi-nguoi']//input[@name='id']/@value")[0]


def heads(page, section):
    return [element.text_content() for element in page.xpath(f"//section[@aria-labelledby='{section}']//h3")]


def test_invitations_stand_first_by_deadline_and_events_open_to_all_after_them(browser, organisation, now):
    make_event("Hội nghị mở")
    later, sooner = make_event("Hội nghị sau"), make_event("Tập huấn trước")
    invited(later, organisation, places=2)
    deadlines(sooner, now + timedelta(days=2))
    invited(sooner, organisation, places=6)
    page = browser.page("/don-vi")
    assert heads(page, "loi-moi") == ["Tập huấn trước", "Hội nghị sau"]
    assert heads(page, "cho") == ["Hội nghị mở"]
    text = page.text_content()
    for said in ("2 lời mời chờ trả lời", "6 chỗ", "Hạn 09:00 20/03/2026"):
        assert said in text


def test_places_are_taken_with_names_to_follow(browser, organisation):
    event = make_event("Tập huấn", capacity=9)
    (invitation,) = invited(event, organisation, places=3)
    answer = submit(browser, "/don-vi", {}, action=address(organisation, event, "/nhan"))
    assert (answer.status_code, standing_of(invitation), pools(event)["event", ""][0]) == (303, "promised", 3)
    page = browser.page("/don-vi")
    assert heads(page, "da-tra-loi") == ["Tập huấn"]
    assert "Giữ 3 chỗ, tên trước 25/03" in page.text_content()


def test_nobody_can_come(browser, organisation):
    event = make_event("Tập huấn")
    (invitation,) = invited(event, organisation)
    submit(browser, "/don-vi", {}, action=address(organisation, event, "/khong-du"))
    assert standing_of(invitation) == "declined"
    assert "Không dự được" in browser.page("/don-vi").text_content()


def test_an_answer_that_cannot_be_is_said_on_the_page(browser, organisation, now):
    event = make_event("Tập huấn", capacity=1)
    (invitation,) = invited(event, organisation, places=2)
    full = submit(browser, "/don-vi", {}, action=address(organisation, event, "/nhan"))
    assert (full.status_code, "Chỉ còn 1 chỗ, không giữ thêm được 2 chỗ." in full.text) == (422, True)
    wrong = submit(browser, "/don-vi", {"places": "x"}, action=address(organisation, event, "/nhan"))
    assert (wrong.status_code, "Số chỗ là số nguyên" in wrong.text) == (422, True)
    deadlines(event, now)
    late = submit(browser, "/don-vi", {}, action=address(organisation, event, "/nhan"))
    assert (late.status_code, "Đã hết hạn trả lời" in late.text) == (422, True)
    assert now_of(invitation).answer == "none"


def test_names_are_given_within_the_places(browser, organisation):
    event = make_event("Tập huấn", capacity=9)
    (invitation,) = invited(event, organisation, places=1)
    first, second = a_member(organisation), a_member(organisation)
    here = address(organisation, event)
    assert "được cử tối đa 1 người" in browser.page(here).text_content()
    both = submit(browser, here, {"nguoi": [str(first.id), str(second.id)], "cu": "1"})
    assert (both.status_code, "Được mời 1 chỗ" in both.text) == (422, True)
    assert submit(browser, here, {"nguoi": str(first.id), "cu": "1"}).status_code == 303
    assert (standing_of(invitation), now_of(invitation).answer) == ("named", "accepted")
    page = browser.page(here)
    assert "Đã cử đủ 1 người theo số chỗ được mời." in page.text_content()
    assert not page.xpath("//form[@id='cu-nguoi']")


def test_after_the_deadline_only_held_places_take_names(browser, organisation, now):
    event = make_event("Tập huấn", capacity=9)
    (invitation,) = invited(event, organisation, places=2)
    here = address(organisation, event)
    deadlines(event, now)
    assert "Đã hết hạn trả lời lúc 09:00 18/03/2026." in browser.page(here).text_content()
    deadlines(event, now + timedelta(days=1))
    accepted(invitation, 1)
    deadlines(event, now)
    person = a_member(organisation)
    assert submit(browser, here, {"nguoi": str(person.id), "cu": "1"}).status_code == 303
    assert standing_of(invitation) == "named"


def test_other_organisations_and_events_without_invitation_are_unknown(browser, organisation):
    event, other = make_event(), make_organisation()
    invited(event, other)
    assert browser.post(address(other, event, "/nhan")).status_code == 404
    assert browser.post(address(organisation, event, "/khong-du")).status_code == 404


def test_the_number_of_statements_does_not_grow(browser, organisation, statements):
    def more():
        declined(invited(make_event(), organisation)[0])
        accepted(invited(make_event(), organisation)[0])
        invited(make_event(), organisation)

    more()
    browser.page("/don-vi")
    with statements() as few:
        browser.page("/don-vi")
    more()
    with statements() as many:
        browser.page("/don-vi")
    assert len(many) == len(few)


def test_another_comes_in_somebodys_place(browser, organisation):
    event = make_event("Tập huấn", capacity=1)
    (invitation,) = invited(event, organisation, places=1)
    first = a_member(organisation, full_name="Lê Mẫu Ái")
    other = a_member(organisation, full_name="Mai Mẫu Cường")
    names_given(invitation, first)
    here = address(organisation, event)
    (swap,) = browser.page(here).xpath("//a[contains(@href, '/doi?')]/@href")
    page = browser.page(swap)
    assert page.xpath("//ul[contains(@class, 'ppl')]//b/text()") == ["Mai Mẫu Cường", "Lý Mẫu Sang"]
    answer = browser.post(f"{here}/doi", data={"id": replaced_in(browser.page(swap)), "nguoi": str(other.id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    text = browser.page(here).text_content()
    assert "Mai Mẫu Cường dự thay Lê Mẫu Ái." in text
    assert (standing_of(invitation), pools_wrong(event)) == ("named", [])


def test_who_may_not_be_swapped_stays(browser, organisation, now):
    event = make_event("Tập huấn")
    (invitation,) = invited(event, organisation, places=2)
    first, second = a_member(organisation), a_member(organisation)
    names_given(invitation, first, second)
    a_member(organisation)
    here = address(organisation, event)
    swap = browser.page(here).xpath("//a[contains(@href, '/doi?')]/@href")[0]
    number = replaced_in(browser.page(swap))
    named_already = {"id": number, "nguoi": str(max(first.id, second.id))}
    taken = browser.post(f"{here}/doi", data=named_already)
    assert (taken.status_code, "đã có tên trong danh sách" in taken.text) == (422, True)
    stranger = browser.post(f"{here}/doi", data={"id": number, "nguoi": str(make_person().id)})
    assert stranger.status_code == 404
    for typed, said in (({}, "Hãy chọn một người"), ({"nguoi": str(first.id), "full_name": "Mai Mẫu Mới"}, "không cả hai")):
        refused = browser.post(f"{here}/doi", data={"id": number, **typed})
        assert (refused.status_code, said in refused.text) == (422, True)
    assert browser.get(f"{here}/doi").status_code == browser.get(f"{here}/doi?ai=99999").status_code == 404
    ruled(event, names_until=now)
    assert not browser.page(here).xpath("//a[contains(@href, '/doi?')]")
    assert "Không đổi người được nữa" in browser.page(swap).text_content()
    late = browser.post(f"{here}/doi", data={"id": number, "full_name": "Mai Mẫu Mới"})
    assert (late.status_code, "Đã hết hạn đổi người" in late.text) == (422, True)
    assert db.session.scalar(select(func.count()).where(Person.full_name == "Mai Mẫu Mới")) == 0


def test_somebody_new_comes_in_anothers_place_and_both_are_told_apart(browser, organisation):
    event = make_event("Tập huấn", capacity=1)
    (invitation,) = invited(event, organisation, places=1)
    first = a_member(organisation, full_name="Lê Mẫu Ái", title="Trưởng phòng")
    names_given(invitation, first)
    here = address(organisation, event)
    (swap,) = browser.page(here).xpath("//a[contains(@href, '/doi?')]/@href")
    assert "Lê Mẫu Ái, Trưởng phòng" in " ".join(browser.page(swap).text_content().split())
    typed = {"full_name": unicodedata.normalize("NFD", "Mai Mẫu Mới"), "title": "Chuyên viên", "phone": "0900 000 999"}
    assert browser.post(f"{here}/doi", data={"id": replaced_in(browser.page(swap)), **typed}).status_code == 303
    text = " ".join(browser.page(here).text_content().split())
    assert "Mai Mẫu Mới dự thay Lê Mẫu Ái." in text
    assert "Mai Mẫu Mớithay Lê Mẫu ÁiChuyên viên" in text
    db.session.rollback()
    new = db.session.scalars(select(Person).where(Person.full_name == "Mai Mẫu Mới")).one()
    assert (new.organisation_id, new.phone) == (organisation.id, "0900000999")
    a_member(organisation, full_name="Thị Mẫu Hai")
    a_member(organisation, full_name="Thị Mẫu Hai")
    (swap,) = browser.page(here).xpath("//a[contains(@href, '/doi?')]/@href")
    unsure = browser.post(f"{here}/doi", data={"id": replaced_in(browser.page(swap)), "full_name": "Thị Mẫu Hai"})
    assert (unsure.status_code, "Danh bạ có 2 người tên Thị Mẫu Hai" in unsure.text) == (422, True)
