"""Thông báo: the list, reading and taking it back, the bell on every page, and the choices."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.messages.enums import Group, Way
from kstthc_training.messages.jobs import forget_old
from kstthc_training.messages.models import MessageChoice, Notice
from kstthc_training.messages.service import KEPT
from kstthc_training.people.enums import Role
from kstthc_training.people.models import SignIn
from kstthc_training.people.service.sign_ins import STAFF_IDLE
from tests.messages.test_telling import HOSTILE, a_letter, notices, told
from tests.support.factories import make_account, make_event, rows

BELL = "//a[@id='chuong']"


@pytest.fixture
def reader(app):
    """Somebody with three notices, the oldest of the day before."""
    account = make_account()
    with clock.frozen(clock.now() - timedelta(days=1)):
        told(a_letter(account.person_id, subject="Cũ nhất"), key=f"old{account.id}-")
    told(
        a_letter(account.person_id, subject="Giữa"), a_letter(account.person_id, subject="Mới nhất"), key=f"new{account.id}-"
    )
    return account


def subjects(page):
    """What is listed, from the top."""
    return page.xpath("//button[contains(@class, 'notice__t')]/text()")


def read_ones():
    """The subjects of what was read."""
    return [notice.subject for notice in notices() if notice.read_at is not None]


def test_the_newest_stands_first_under_its_day_and_says_that_it_is_new(reader, client_for):
    page = client_for(reader).page("/thong-bao")
    assert subjects(page) == ["Mới nhất", "Giữa", "Cũ nhất"]
    assert page.xpath("//main//section/div/h2/text()") == ["Hôm nay, 18/03/2026", "Thứ Ba, 17/03/2026"]
    assert page.xpath("//ul[@class='tasks']//span[contains(@class, 'tag')]/text()") == ["Mới"] * 3
    assert "Ông/Bà đã có chỗ." in page.text_content()


def test_a_press_opens_the_page_concerned_and_is_remembered(reader, client_for):
    browser = client_for(reader)
    newest = notices()[-1]
    answer = browser.post(f"/thong-bao/{newest.id}/mo")
    assert (answer.status_code, answer.location) == (303, "/ve/7K4M2Q9P")
    assert read_ones() == ["Mới nhất"]
    first = notices()[-1].read_at
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        browser.post(f"/thong-bao/{newest.id}/mo")
    assert notices()[-1].read_at == first
    assert subjects(browser.page("/thong-bao?loc=chua-doc")) == ["Giữa", "Cũ nhất"]


def test_looking_at_the_list_writes_nothing(reader, client_for):
    client_for(reader).page("/thong-bao")
    assert read_ones() == []


@pytest.mark.parametrize("path", ["https://do.example/", "//do.example", "", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(reader, client_for, path):
    with rows():
        db.session.execute(Notice.__table__.update().values(path=path))
    answer = client_for(reader).post(f"/thong-bao/{notices()[0].id}/mo")
    assert answer.location == "/thong-bao"


def test_all_are_read_at_once_but_for_what_came_meanwhile_and_unread_again(reader, client_for):
    browser = client_for(reader)
    page = browser.page("/thong-bao")
    shown = page.xpath("string(//input[@name='den']/@value)")
    browser.post(f"/thong-bao/{notices()[0].id}/da-doc")
    told(a_letter(reader.person_id, subject="Vừa đến"), key="later")
    with clock.frozen(clock.now() + timedelta(seconds=5)):
        assert browser.post("/thong-bao/da-doc-het", data={"den": shown}).status_code == 303
    assert read_ones() == ["Cũ nhất", "Giữa", "Mới nhất"]
    toast = browser.page("/thong-bao").xpath("//div[@data-toast]//form/@action")
    browser.post(toast[-1])
    assert read_ones() == ["Cũ nhất"]


def test_one_is_read_in_place_and_unread_again_and_the_filter_stays(reader, client_for):
    browser, number = client_for(reader), notices()[0].id
    answer = browser.post(f"/thong-bao/{number}/da-doc", data={"loc": "chua-doc"})
    assert answer.location == "/thong-bao?loc=chua-doc"
    assert read_ones() == ["Cũ nhất"]
    browser.post(f"/thong-bao/{number}/chua-doc")
    assert read_ones() == []


@pytest.mark.parametrize("act", ["mo", "da-doc", "chua-doc"])
def test_what_is_somebody_elses_is_not_there(reader, client_for, act):
    stranger = client_for(make_account(Role.ADMINISTRATOR))
    assert stranger.post(f"/thong-bao/{notices()[0].id}/{act}").status_code == 404
    assert stranger.post("/thong-bao/999999/mo").status_code == 404
    stranger.post("/thong-bao/da-doc-het", data={"den": "999999"})
    stranger.post("/thong-bao/chua-doc-lai?luc=2026-03-18T02:00:00%2B00:00")
    assert subjects(stranger.page("/thong-bao")) == []
    assert read_ones() == []


@pytest.mark.parametrize(
    "asked",
    [
        "", "?luc=hom-qua", "?luc=2026-03-18T02:00:00", "?luc=9999999", "?luc=0001-01-01T00:00:00%2B14:00",
        "?luc=9999-12-31T23:59:59-14:00",
    ],
)  # fmt: skip
def test_an_instant_that_is_none_takes_nothing_back(reader, client_for, asked):
    assert client_for(reader).post(f"/thong-bao/chua-doc-lai{asked}").status_code == 303


def test_hostile_titles_stay_words_on_the_page(client_for, app):
    account = make_account()
    told(a_letter(account.person_id, subject=HOSTILE))
    page = client_for(account).page("/thong-bao")
    assert "<script>alert(1)</script>" in subjects(page)[0]
    assert not page.xpath("//main//script")


def test_many_are_shown_in_pages_and_cost_the_same_statements(reader, client_for, statements):
    browser = client_for(reader)
    browser.page("/thong-bao")
    with statements() as few:
        browser.page("/thong-bao")
    told(*(a_letter(reader.person_id, subject=f"Số {n}") for n in range(55)), key="many")
    with statements() as many:
        page = browser.page("/thong-bao")
    assert len(few) == len(many)
    assert len(subjects(page)) == 50
    assert "1–50 trong 58" in page.xpath("string(//nav[@class='pager'])")


def test_the_bell_says_how_many_on_every_page_for_one_statement(reader, client_for, statements):
    browser = client_for(reader)
    browser.page("/tai-khoan")
    with statements() as seen:
        page = browser.page("/tai-khoan")
    assert page.xpath(f"string({BELL}/@aria-label)") == "Thông báo, 3 chưa đọc"
    assert page.xpath(f"string({BELL}/span)") == "3"
    assert len([text for text in seen.texts if "notices" in text]) == 1


def test_the_bell_of_whoever_read_all_bears_no_number(app, client_for, client):
    page = client_for(make_account()).page("/tai-khoan")
    assert page.xpath(f"string({BELL}/@aria-label)") == "Thông báo"
    assert not page.xpath(f"{BELL}/span")
    assert not client.page("/vao").xpath(BELL)


def test_a_hundred_unread_are_99_plus(reader, client_for):
    told(*(a_letter(reader.person_id) for _ in range(100)), key="many")
    assert client_for(reader).page("/tai-khoan").xpath(f"string({BELL}/span)") == "99+"


def test_a_part_of_a_page_asks_for_no_number(reader, client_for, statements):
    make_event()
    browser = client_for(reader)
    browser.fragment("/lich", "agenda")
    with statements() as seen:
        browser.fragment("/lich", "agenda")
    assert not [text for text in seen.texts if "notices" in text]


def test_the_bell_answers_only_when_the_number_is_another(reader, client_for, client):
    browser = client_for(reader)
    assert browser.get("/thong-bao/chuong?biet=3").status_code == 204
    answer = browser.get("/thong-bao/chuong?biet=2")
    page = html.fragment_fromstring(answer.text)
    assert (answer.status_code, page.get("id"), page.get("hx-get")) == (200, "chuong", "/thong-bao/chuong?biet=3")
    assert client.get("/thong-bao/chuong?biet=3").status_code == 204


def test_the_bell_keeps_nobody_signed_in_who_left_the_desk(app, client_for, now):
    organizer = make_account(Role.ORGANIZER)
    browser = client_for(organizer)
    for minutes in (10, 20, 29):
        with clock.frozen(now + timedelta(minutes=minutes)):
            assert browser.get("/thong-bao/chuong?biet=5").status_code == 200
    assert db.session.scalars(select(SignIn.seen_at)).one() == now
    with clock.frozen(now + STAFF_IDLE + timedelta(seconds=1)):
        assert browser.get("/tai-khoan").status_code == 303


def test_one_chooses_how_one_is_told(app, client_for):
    account = make_account()
    browser = client_for(account)
    page = browser.page("/tai-khoan/thong-bao")
    assert page.xpath("//input[@checked]/@value") == ["mail"] * 3
    said = {"registrations": "notice", "reminders": "mail", "organisation": "digest"}
    assert browser.post("/tai-khoan/thong-bao", data=said).status_code == 303
    assert browser.page("/tai-khoan/thong-bao").xpath("//input[@checked]/@value") == ["notice", "mail", "digest"]
    browser.post("/tai-khoan/thong-bao", data=said | {"organisation": "notice"})
    stored = db.session.execute(select(MessageChoice.account_id, MessageChoice.about, MessageChoice.way)).all()
    assert (account.id, Group.ORGANISATION, Way.NOTICE) in [tuple(row) for row in stored]
    assert len(stored) == 3


@pytest.mark.parametrize("said", [{}, {"registrations": "x"}, {"registrations": "notice", "reminders": "mail"}])
def test_what_is_no_way_of_being_told_is_refused_and_nothing_kept(app, client_for, said):
    answer = client_for(make_account()).post("/tai-khoan/thong-bao", data=said)
    assert answer.status_code == (303 if said.get("reminders") or not said else 422)
    kept = db.session.scalars(select(MessageChoice.way)).all()
    assert (kept == []) == (answer.status_code == 422)


def test_what_is_mandatory_is_shown_locked_with_the_reason(app, client_for):
    page = client_for(make_account()).page("/tai-khoan/thong-bao")
    locked = page.xpath("//section[@aria-labelledby='luon-gui']")[0].text_content()
    assert "Cuộc họp hủy, hoãn, thay đổi" in locked
    assert "Không tắt được, vì lỡ một thư" in locked
    assert not page.xpath("//input[@name='event' or @name='account']")


def test_notices_go_after_half_a_year(reader, app, now):
    with clock.frozen(now + KEPT):
        forget_old({}, clock.now())
    assert [notice.subject for notice in notices()] == ["Giữa", "Mới nhất"]
