"""The agenda, the month, one's own and an event, as pages: who sees what, what stays in the address, at what cost."""

from datetime import date, time, timedelta

import pytest

from kstthc_training import clock
from kstthc_training.clock import at_local
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from tests.support.factories import (
    make_account,
    make_agenda_item,
    make_event,
    make_organisation,
    make_person,
    make_registration,
    make_venue,
)

TODAY = date(2026, 3, 18)
MONTH = "/lich/2026/3"
EVENT = "the page of the event"
PAGES = ["/lich", "/lich/2026/3/18", MONTH, "/cua-toi", EVENT]
HOSTILE = "<script>alert(1)</script>\"'>{{ 7*7 }}<img src=x>"


@pytest.fixture
def account(app):
    return make_account(person=make_person("Trần Mẫu Bình"))


@pytest.fixture
def browser(client_for, account):
    return client_for(account)


@pytest.fixture
def organizer(app, client_for):
    return client_for(make_account(Role.ORGANIZER))


def words(element):
    return " ".join(element.text_content().split())


def titles(page):
    return [words(link) for link in page.xpath("//*[@id='agenda']//a[@class='ev__n']")]


def on(day, hour=8, **fields):
    return make_event(starts_at=at_local(day, time(hour)), **fields)


def register(event, account):
    person = db.session.get_one(Person, account.person_id)
    db.session.expunge(person)
    return make_registration(event, person)


def address_of(page, event):
    return f"/hop/{event.code}" if page == EVENT else page


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_strangers_are_asked_to_sign_in(client, client_for, account, page):
    event = on(TODAY)
    disabled = client_for(account)
    with unit_of_work() as session:
        session.get_one(Account, account.id).disabled_at = clock.now()
    for stranger in (client, disabled):
        answer = stranger.get(address_of(page, event))
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/vao")
        assert event.title not in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_only_read(browser, page):
    assert browser.post(address_of(page, on(TODAY))).status_code == 405


@pytest.mark.parametrize("role", [None, Role.ORGANIZER, Role.LEADER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", PAGES)
def test_every_reader_has_every_page(app, client_for, page, role):
    event = on(TODAY)
    account = make_account(*([role] if role else []))
    register(event, account)
    assert event.title in client_for(account).page(address_of(page, event)).text_content()


@pytest.mark.parametrize("page", PAGES)
def test_drafts_are_unknown_to_those_who_do_not_make_events(browser, organizer, account, page):
    draft = on(TODAY, title="Dự thảo mật", state=EventState.DRAFT)
    register(draft, account)
    answer = browser.get(address_of(page, draft))
    assert "Dự thảo mật" not in answer.text
    assert answer.status_code == (404 if page == EVENT else 200)
    if page != "/cua-toi":
        assert "Dự thảo mật" in organizer.page(address_of(page, draft)).text_content()


@pytest.mark.parametrize("code", ["2026-999999", "1999-1", "2026-0", "2026-1000000", "x"])
def test_an_event_that_there_is_not(browser, code):
    assert browser.get(f"/hop/{code}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", [EventState.RELEASED, EventState.CANCELLED, EventState.POSTPONED])
def test_hostile_words_are_only_words(browser, organizer, account, page, state):
    event = on(
        TODAY, title=HOSTILE, venue_id=make_venue(HOSTILE, address=HOSTILE).id, chair=HOSTILE, audience_note=HOSTILE,
        host_id=make_organisation(HOSTILE).id, contact_name=HOSTILE, description=HOSTILE, state=state, state_reason=HOSTILE,
    )  # fmt: skip
    make_agenda_item(event, HOSTILE, speakers=HOSTILE)
    register(event, account)
    for reader in (browser, organizer):
        body = reader.get(address_of(page, event)).text
        assert "<script>alert(1)" not in body
        assert "<img src=x>" not in body
        assert "&#34;&#39;&gt;49" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in browser.get(address_of(page, event)).text


@pytest.mark.parametrize("page", PAGES)
def test_pages_take_as_many_statements_for_fifty_events_as_for_five(client_for, account, statements, page):
    event, room, counts = on(TODAY, sessions=2), make_venue(), []
    make_agenda_item(event)
    readers = [client_for(account), client_for(make_account(Role.ORGANIZER))]
    for more in (5, 45):
        for number in range(more):
            other = on(TODAY + timedelta(days=number % 9), 9 + number % 8, venue_id=room.id, chair="Bà Mẫu")
            register(other, account)
        for reader in readers:
            reader.get(address_of(page, event))
            with statements() as seen:
                assert reader.get(address_of(page, event)).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_the_bare_address_leads_to_the_agenda(browser):
    answer = browser.get("/")
    assert (answer.status_code, answer.location) == (303, "/lich")


def test_agenda_begins_today_or_on_the_chosen_day(browser):
    on(TODAY - timedelta(days=1), title="Hôm qua")
    on(TODAY, title="Hôm nay")
    on(TODAY + timedelta(days=1), title="Ngày mai")
    assert titles(browser.page("/lich")) == ["Hôm nay", "Ngày mai"]
    assert titles(browser.page("/lich/2026/3/17")) == ["Hôm qua", "Hôm nay", "Ngày mai"]
    page = browser.page("/lich/2026/3/19")
    assert titles(page) == ["Ngày mai"]
    assert page.xpath("//table[@class='minical']//a[@aria-current='date']/@href") == ["/lich/2026/3/19"] * 2


def test_agenda_goes_on_with_the_day_after_and_keeps_the_filters(browser):
    for day in range(3):
        for hour in range(7, 19):
            on(TODAY + timedelta(days=day), hour, kind="hop")
    page = browser.page("/lich?loai=hop")
    following = page.xpath("//*[@id='agenda']//a[contains(., 'Xem các ngày tiếp theo')]/@href")
    assert (len(titles(page)), following) == (24, ["/lich/2026/3/20?loai=hop"])
    assert len(titles(browser.page(following[0]))) == 12


def test_an_agenda_without_events_leads_on(browser):
    page = browser.page("/lich/2030/1/1")
    assert page.xpath("//*[@id='agenda']//*[contains(@class, 'empty')]//a/@href") == ["/lich"]


@pytest.mark.parametrize(
    "address",
    [
        "/lich/2026/2/30",
        "/lich/2026/13/1",
        "/lich/1999/12/31",
        "/lich/2101/1/1",
        "/lich/2026/13",
        "/lich/1999/1",
        "/lich/2026/0",
    ],
)
def test_days_and_months_that_there_are_not(browser, address):
    assert browser.get(address).status_code == 404


@pytest.fixture
def five(account):
    """Events that the filters tell apart; the id of the room of one."""
    room = make_venue("Phòng lọc")
    on(TODAY, 8, title="Họp", kind="hop")
    on(TODAY, 9, title="Họp báo", kind="hop-bao", audience="press")
    on(TODAY, 10, title="Tập huấn có phòng", venue_id=room.id)
    register(on(TODAY, 11, title="Tập huấn tôi dự"), account)
    return room.id


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Họp", "Họp báo", "Tập huấn có phòng", "Tập huấn tôi dự"]),
        ("loai=hop", ["Họp"]),
        ("loai=hop&loai=hop-bao", ["Họp", "Họp báo"]),
        ("pham-vi=cua-toi", ["Tập huấn tôi dự"]),
        ("pham-vi=bao-chi", ["Họp báo"]),
        ("dia-diem={room}", ["Tập huấn có phòng"]),
        ("loai=hop&dia-diem={room}", []),
        ("loai=khong-co&pham-vi=x&dia-diem=abc", ["Họp", "Họp báo", "Tập huấn có phòng", "Tập huấn tôi dự"]),
        ("dia-diem=99999999999999999999", ["Họp", "Họp báo", "Tập huấn có phòng", "Tập huấn tôi dự"]),
    ],
)
def test_filters_stand_in_the_address(browser, five, asked, found):
    address = f"/lich?{asked.format(room=five)}"
    page = browser.page(address)
    assert titles(page) == found
    fragment = browser.fragment(address, "agenda")
    assert fragment.text.strip() in browser.get(address).text
    assert "HX-Target" in fragment.headers["Vary"]


def test_the_form_shows_the_filters_and_every_way_on_keeps_them(browser, five):
    asked = f"loai=hop&pham-vi=bao-chi&dia-diem={five}"
    page = browser.page(f"/lich?{asked}")
    form = page.xpath("//form[@hx-target='#agenda']")[0]
    assert (form.get("action"), form.get("method")) == ("/lich/2026/3/18", "get")
    assert form.xpath(".//input[@name='loai'][@checked]/@value") == ["hop"]
    assert form.xpath(".//input[@name='pham-vi'][@checked]/@value") == ["bao-chi"]
    assert form.xpath(".//select[@name='dia-diem']/option[@selected]/@value") == [str(five)]
    ways = page.xpath("//*[contains(@class, 'minical') or @class='week' or contains(@class, 'seg')]//a/@href")
    ways += page.xpath("//a[@aria-label='Tháng trước' or @aria-label='Tháng sau']/@href")
    assert len(ways) > 90
    assert {way.partition("?")[2] for way in ways} == {asked}


def test_month_counts_its_events_and_shows_three_a_day(browser):
    for hour in range(8, 13):
        on(date(2026, 3, 20), hour, title=f"Cuộc {hour} giờ")
    on(date(2026, 3, 31), 8, title="Qua tháng", sessions=2)
    on(date(2026, 4, 2), title="Tháng sau")
    page = browser.page(MONTH)
    assert words(page.xpath("//h1")[0]) == "Tháng 3/2026"
    assert words(page.xpath("//h1/following-sibling::p")[0]) == "6 cuộc"
    cell = page.xpath("//td[a[@href='/lich/2026/3/20']]")[0]
    assert [words(link) for link in cell.xpath(".//ul//a")] == [f"{hour:02d}:00 Cuộc {hour} giờ" for hour in (8, 9, 10)]
    assert [words(link) for link in cell.xpath("./a[@class='mev__more']")] == ["+2 buổi"]
    assert page.xpath("//a[@class='mcal__d'][@aria-current='date']/@href") == ["/lich/2026/3/18"]
    assert "Tháng sau" not in words(page.xpath("//table")[0])
    assert [words(link) for link in page.xpath("//td[a[@href='/lich/2026/3/31']]//ul//a")] == ["08:00 Qua tháng"]


@pytest.mark.parametrize(
    ("month", "ways"),
    [
        (MONTH, ["/lich/2026/2", "/lich/2026/3", "/lich/2026/4"]),
        ("/lich/2026/12", ["/lich/2026/11", "/lich/2026/3", "/lich/2027/1"]),
        ("/lich/2027/1", ["/lich/2026/12", "/lich/2026/3", "/lich/2027/2"]),
    ],
)
def test_month_leads_to_its_neighbours_and_keeps_the_filters(browser, month, ways):
    asked = "?loai=hop&pham-vi=cua-toi"
    page = browser.page(month + asked)
    assert page.xpath("(//span[@class='seg'])[1]/a/@href") == [way + asked for way in ways]
    for link in page.xpath("//a[@class='mcal__d']/@href"):
        assert link.endswith(asked)
    assert page.xpath("//nav//a[contains(@class, 'chip')][1]/@href") == [month + "?pham-vi=cua-toi"]


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        (MONTH, "18/03"),
        (f"{MONTH}?ngay=20", "20/03"),
        (f"{MONTH}?ngay=32", "18/03"),
        (f"{MONTH}?ngay=x", "18/03"),
        ("/lich/2026/2", "01/02"),
        ("/lich/2026/2?ngay=29", "01/02"),
    ],
)
def test_month_lists_the_chosen_day_on_a_phone(browser, address, chosen):
    page = browser.page(address)
    assert words(page.xpath("//section[contains(@class, 'only-phone')]//b")[0]) == chosen


def test_filters_narrow_the_month(browser, five):
    shown = browser.page(f"{MONTH}?loai=hop&loai=hop-bao").xpath("//a[contains(@class, 'mev ')]")
    assert [words(link) for link in shown] == ["08:00 Họp", "09:00 Họp báo"]


def test_one_finds_ones_own_and_nobody_elses(browser, account):
    coming, over = on(TODAY + timedelta(days=1), title="Sắp tới"), on(TODAY - timedelta(days=1), title="Đã xong")
    other = make_registration(on(TODAY + timedelta(days=2), title="Của người khác"))
    mine = [register(event, account) for event in (coming, over)]
    page = browser.page("/cua-toi")
    found = {
        section: [words(link) for link in page.xpath(f"//section[@aria-labelledby='{section}']//li//b")]
        for section in ("sap-du", "da-du")
    }
    assert found == {"sap-du": ["Sắp tới"], "da-du": ["Đã xong"]}
    assert page.xpath("//main//a[starts-with(@href, '/ve/')]/@href") == [f"/ve/{mine[0].ticket_code}"]
    assert other.ticket_code not in browser.get("/cua-toi").text


def test_who_is_registered_for_nothing_is_led_to_the_agenda(browser):
    page = browser.page("/cua-toi")
    assert page.xpath("//section[@aria-labelledby='sap-du']//*[contains(@class, 'empty')]//a/@href") == ["/lich"]
    assert page.xpath("//section[@aria-labelledby='da-du']") == []


@pytest.mark.parametrize("page", PAGES)
def test_pages_in_english(browser, account, page):
    event = on(TODAY)
    register(event, account)
    with unit_of_work() as session:
        session.get_one(Account, account.id).locale = "en"
    found = browser.page(address_of(page, event))
    assert found.get("lang") == "en"
    assert "Training" in found.text_content()
