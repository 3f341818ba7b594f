"""The page that says how to subscribe: scopes, switches, programs, and what is read already."""

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.calendars.enums import FeedScope
from kstthc_training.calendars.models import Feed
from kstthc_training.calendars.scopes import ALL, MINE, Scope
from kstthc_training.db import db
from kstthc_training.people.enums import Role
from kstthc_training.scheduling.models import CalendarChoice
from tests.calendars.readers import address_of, titles
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_venue

PAGE = "/cua-toi/dong-bo"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari"


def shown_address(page):
    return page.xpath("//input[@id='dia-chi-lich']/@value")[0].removeprefix("http://localhost")


def current(page, label):
    return page.xpath("//div[@role='group'][@aria-labelledby=$label]/a[@aria-current]/text()", label=label)


def test_the_page_shows_an_address_that_opens_ones_own_feed(client_for, client, app):
    account = make_account()
    page = client_for(account).page(PAGE)
    assert shown_address(page) == address_of(app, account)
    assert page.xpath("//a[starts-with(@href, 'webcal://')]/@href")[0] == f"webcal://localhost{address_of(app, account)}"
    assert current(page, "lich-nao") == ["Của tôi"]


def test_the_fragment_is_a_slice_of_the_page(client_for):
    browser = client_for(make_account())
    part = browser.fragment(PAGE, "dong-bo")
    assert part.text.strip().startswith('<div class="stack" id="dong-bo">')
    assert "<h1" not in part.text


def test_another_scope_has_an_address_of_its_own(client_for, client, app):
    account, room = make_account(), make_venue("Phòng 2")
    make_event("Trong phòng", venue_id=room.id)
    page = client_for(account).page(f"{PAGE}?lich=phong-{room.id}")
    address = shown_address(page)
    assert address == address_of(app, account, Scope(FeedScope.ROOM, str(room.id)))
    assert titles(client.get(address)) == ["Trong phòng"]
    assert current(page, "lich-nao") == ["Phòng 2"]


def test_ones_organisations_are_offered_and_those_of_others_unknown(client_for):
    body, other = make_organisation("Sở Y tế"), make_organisation()
    browser = client_for(make_account(person=make_person(organisation_id=body.id)))
    assert "Sở Y tế" in browser.get(PAGE).text
    assert browser.get(f"{PAGE}?lich=don-vi-{body.id}").status_code == 200
    assert browser.get(f"{PAGE}?lich=don-vi-{other.id}").status_code == 404
    assert browser.get(f"{PAGE}?lich=khac").status_code == 404


def test_the_press_is_offered_what_is_for_the_press(client_for):
    paper = make_organisation("Báo Mẫu", kind="press")
    browser = client_for(make_account(person=make_person(organisation_id=paper.id)))
    first = browser.page(PAGE).xpath("//div[@role='group'][@aria-labelledby='lich-nao']/a/text()")
    assert first == ["Của tôi", "Báo Mẫu", "Công khai", "Mời báo chí"]


def test_the_program_is_guessed_from_the_device_and_can_be_chosen(client_for):
    browser = client_for(make_account())
    phone = browser.get(PAGE, headers={"User-Agent": IPHONE})
    assert "Mở trong Lịch" in phone.text
    google = browser.get(f"{PAGE}?may=google", headers={"User-Agent": IPHONE})
    assert ("calendar.google.com" in google.text, "8 đến 24 giờ" in google.text, "webcal:" in google.text) == (
        True,
        True,
        False,
    )


def test_switches_say_what_ones_own_feed_shows(client_for):
    account = make_account(Role.ORGANIZER)
    browser = client_for(account)
    answer = browser.post(f"{PAGE}/hien", data={"hien": ["registered", "organised", "nonsense"]})
    assert answer.status_code == 303
    on = browser.page(PAGE).xpath("//input[@name='hien'][@checked]/@value")
    assert on == ["registered", "organised"]
    assert browser.page(f"{PAGE}?lich=cong-khai").xpath("//input[@name='hien']") == []


def test_a_feed_that_is_read_stands_in_the_list_until_it_is_stopped(client_for, client, app):
    account = make_account()
    browser = client_for(account)
    client.get(address_of(app, account, ALL), headers={"User-Agent": "Google-Calendar-Importer"})
    listed = "//section[@aria-labelledby='dang-dung']//b/text()"
    assert browser.page(PAGE).xpath(listed) == ["Công khai"]
    assert "Google Lịch đọc lần cuối 09:00 18/03/2026" in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/ngung", data={"lich": "cong-khai"}).status_code == 303
    assert client.get(address_of(app, account, ALL)).status_code == 404
    assert client.get(address_of(app, account, ALL, generation=2)).status_code == 200
    assert client.get(address_of(app, account, MINE)).status_code == 200


def test_renewing_one_scope_leaves_the_others(client_for, client, app):
    account = make_account()
    browser = client_for(account)
    assert browser.post(f"{PAGE}/doi-dia-chi", data={"lich": "cong-khai"}).headers["Location"].endswith("?lich=cong-khai")
    assert client.get(address_of(app, account, ALL)).status_code == 404
    assert client.get(address_of(app, account)).status_code == 200
    assert shown_address(browser.page(f"{PAGE}?lich=cong-khai")) == address_of(app, account, ALL, generation=2)


def test_whoever_is_not_signed_in_subscribes_to_nothing(client):
    assert client.get(PAGE).status_code == 303
    for act in ("hien", "doi-dia-chi", "ngung"):
        assert client.post(f"{PAGE}/{act}", data={"lich": "cua-toi"}).status_code == 303
    assert db.session.scalars(select(Feed)).all() == []


def test_entries_come_by_mail_again_when_ones_own_feed_is_stopped_or_shows_nothing_of_it(client_for, client, app):
    account = make_account()
    browser = client_for(account)
    subscribed = select(CalendarChoice.subscribed_at)
    client.get(address_of(app, account, ALL))
    assert db.session.scalars(subscribed).all() == []
    client.get(address_of(app, account))
    assert db.session.scalars(subscribed).all() == [clock.now()]
    browser.post(f"{PAGE}/hien", data={"hien": ["waiting"]})
    assert db.session.scalars(subscribed).all() == [None]
    browser.post(f"{PAGE}/hien", data={"hien": ["registered"]})
    client.get(address_of(app, account))
    browser.post(f"{PAGE}/ngung", data={"lich": "cua-toi"})
    assert db.session.scalars(subscribed).all() == [None]


def test_the_page_needs_the_same_statements_for_many(client_for, client, app, statements):
    account = make_account()
    browser = client_for(account)
    counts = []
    for more in (1, 5):
        for _ in range(more):
            room = make_venue()
            client.get(address_of(app, account, Scope(FeedScope.ROOM, str(room.id))))
        with statements() as seen:
            browser.get(PAGE)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_agenda_offers_the_feed_of_its_filter(client_for):
    host, room = make_organisation("Sở Y tế"), make_venue()
    make_event("Của Sở", host_id=host.id)
    make_event("Của nơi khác")
    browser = client_for(make_account())
    link = "//section[@id='agenda']//p/a[@data-open]/@href"
    asked = {
        "/lich": [],
        f"/lich?dia-diem={room.id}": [f"{PAGE}?lich=phong-{room.id}"],
        "/lich?pham-vi=bao-chi": [f"{PAGE}?lich=bao-chi"],
        f"/lich?pham-vi=bao-chi&dia-diem={room.id}": [],
        f"/lich?chu-tri={host.id}": [f"{PAGE}?lich=chu-tri-{host.id}"],
    }
    assert {address: browser.page(address).xpath(link) for address in asked} == asked
    shown = browser.get(f"/lich?chu-tri={host.id}").text
    assert ("Của Sở" in shown, "Của nơi khác" in shown, "Chủ trì: Sở Y tế" in shown) == (True, False, True)
