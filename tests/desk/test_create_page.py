"""Tạo cuộc họp: one page, without and with scripts."""

from datetime import date

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import Event, Venue
from kstthc_training.people.enums import Role
from kstthc_training.registrations.models import SeatPool
from tests.desk.event_forms import form_of, parsed, the_event, typed, value_of
from tests.events.drafts import at
from tests.support.factories import make_account, make_agenda_item, make_event, make_person, make_venue

HERE = "/hop/tao"
DAY = date(2026, 10, 29)


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


def stored_events() -> int:
    return db.session.execute(select(func.count()).select_from(Event)).scalar_one()


def test_page_names_the_organizer_as_contact(app, client_for):
    person = make_person("Lê Mẫu Châu")
    page = client_for(make_account(Role.ORGANIZER, person=person)).page(HERE)
    assert value_of(page, "contact_name") == "Lê Mẫu Châu"
    assert page.xpath("string(//h1)") == "Tạo cuộc họp"


def test_strangers(app, client, client_for):
    assert client.get(HERE).status_code == 303
    for role in (Role.MEMBER, Role.LEADER):
        browser = client_for(make_account(role))
        assert [browser.get(HERE).status_code, browser.post(HERE, data=typed()).status_code] == [403, 403]
    assert stored_events() == 0


def test_saving_a_draft(browser):
    answer = browser.post(HERE, data=typed(capacity="1.200"))
    assert (answer.status_code, answer.location) == (303, "/hop/2026-1/quan-ly")
    event = the_event()
    assert (event.title, event.state, event.audience) == ("Họp báo quý III", EventState.DRAFT, Audience.PRESS)
    assert (event.starts_at, event.ends_at) == (at(14, day=DAY), at(15, 30, day=DAY))
    assert (event.contact_phone, event.capacity) == ("0900 000 021", 1200)
    assert db.session.execute(select(SeatPool.event_id, SeatPool.capacity)).all() == [(event.id, 1200)]


def test_releasing_at_once(browser):
    room = make_venue()
    assert browser.post(HERE, data=typed("release", venue_id=str(room.id))).status_code == 303
    assert the_event().state is EventState.RELEASED


def test_release_without_what_an_invitation_states_stores_nothing(browser):
    answer = browser.post(HERE, data=typed("release", contact_phone=""))
    assert answer.status_code == 422
    summary = parsed(answer).xpath("string(//*[@class='errsum'])")
    assert "đầu mối liên hệ và điện thoại" in summary
    answer = browser.post(HERE, data=typed("release"))
    assert "#venue_id" in parsed(answer).xpath("//*[@class='errsum']//a/@href")
    assert stored_events() == 0


def test_refused_form_keeps_what_was_typed(browser):
    wrong = {"title": "", "sessions-0-day": "31/02/2026", "capacity": "nhiều", "description": "Mang theo\nmáy tính"}
    answer = browser.post(HERE, data=typed(**wrong))
    page = parsed(answer)
    assert answer.status_code == 422
    assert [link.get("href") for link in page.xpath("//*[@class='errsum']//a")] == ["#title", "#sessions-0-day", "#capacity"]
    assert value_of(page, "sessions-0-day") == "31/02/2026"
    assert value_of(page, "capacity") == "nhiều"
    assert value_of(page, "sessions-0-ends") == "15h30"
    assert page.xpath("string(//textarea[@name='description'])").strip() == "Mang theo\nmáy tính"
    assert page.xpath("string(//title)").startswith("Lỗi:")
    assert stored_events() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sessions-0-ends": "14:00"}, "#sessions-0-ends"),
        ({"sessions-0-starts": "25:00"}, "#sessions-0-starts"),
        ({"contact_phone": "12345"}, "#contact_phone"),
        ({"online_url": "hop.example"}, "#online_url"),
        ({"closes_hour": "17:00"}, "#closes_hour"),
        ({"opens_day": "20/10/2026", "closes_day": "19/10/2026"}, "#closes_day"),
        ({"new_venue_capacity": "40"}, "#new_venue_capacity"),
        ({"kind_id": ""}, "#kind_id-0"),
        ({"kind_id": "999"}, "#kind_id-0"),
        ({"agenda-0-starts": "14:00", "agenda-0-title": ""}, "#agenda-0-title"),
        ({"agenda-0-starts": "2pm", "agenda-0-title": "Khai mạc"}, "#agenda-0-starts"),
    ],
)
def test_each_mistake_is_named_at_its_field(browser, wrong, field):
    answer = browser.post(HERE, data=typed(**wrong))
    assert answer.status_code == 422
    assert parsed(answer).xpath("//*[@class='errsum']//a/@href") == [field]


def test_what_the_service_refuses_is_said_in_words(browser):
    second = {"sessions-1-day": "29/10/2026", "sessions-1-starts": "15:00", "sessions-1-ends": "16:00"}
    answer = browser.post(HERE, data=typed(**second))
    assert answer.status_code == 422
    assert "Buổi 1 và buổi 2 (theo thứ tự giờ) trùng giờ nhau." in answer.text
    assert stored_events() == 0


def test_sessions_and_programme_of_several_days(browser):
    rows = {
        "sessions-3-day": "30/10/2026", "sessions-3-starts": "8", "sessions-3-ends": "11:00", "sessions-3-name": "Sáng",
        "sessions-7-day": "", "sessions-7-starts": "", "sessions-7-ends": "", "sessions-7-name": "",
        "agenda-0-day_number": "2", "agenda-0-starts": "08:00", "agenda-0-ends": "08:30", "agenda-0-title": "Thực hành",
        "agenda-4-day_number": "1", "agenda-4-starts": "14:00", "agenda-4-title": "Khai mạc",
    }  # fmt: skip
    assert browser.post(HERE, data=typed(**rows)).status_code == 303
    event = the_event()
    assert [(s.starts_at, s.name) for s in event.sessions] == [
        (at(14, day=DAY), ""),
        (at(8, day=date(2026, 10, 30)), "Sáng"),
    ]
    assert [(a.starts_at, a.title) for a in event.agenda_items] == [
        (at(14, day=DAY), "Khai mạc"),
        (at(8, day=date(2026, 10, 30)), "Thực hành"),
    ]


def test_rows_come_and_go_without_scripts(browser):
    page = parsed(browser.post(HERE, data=typed("add-session")))
    assert page.xpath("//input[contains(@name, '-day')]/@name") == ["sessions-0-day", "sessions-1-day"]
    sent = form_of(page) | {"act": "remove-session-0"}
    page = parsed(browser.post(HERE, data=sent))
    assert page.xpath("//input[contains(@name, '-day')]/@name") == ["sessions-1-day"]
    page = parsed(browser.post(HERE, data=form_of(page) | {"act": "add-line"}))
    page = parsed(browser.post(HERE, data=form_of(page) | {"act": "add-line"}))
    assert page.xpath("//input[contains(@name, '-title')]/@name") == ["agenda-0-title", "agenda-1-title"]
    page = parsed(browser.post(HERE, data=form_of(page) | {"act": "remove-line-0"}))
    assert page.xpath("//input[contains(@name, '-title')]/@name") == ["agenda-1-title"]
    assert stored_events() == 0


def test_last_session_is_emptied_not_removed(browser):
    page = parsed(browser.post(HERE, data=typed("remove-session-0")))
    (day,) = page.xpath("//input[contains(@name, '-day')]")
    assert day.get("value") == ""


def test_unknown_button_stores_nothing(browser):
    answer = browser.post(HERE, data=typed("xyz"))
    assert (answer.status_code, stored_events()) == (200, 0)


def test_pasted_table_becomes_lines(browser):
    pasted = "14:00–14:10\tKhai mạc\tNguyễn Mẫu An\n14h10 - 15h\tHỏi đáp\tChủ trì"
    page = parsed(browser.post(HERE, data=typed("paste", pasted=pasted)))
    assert page.xpath("//input[contains(@name, '-title')]/@value") == ["Khai mạc", "Hỏi đáp"]
    assert page.xpath("string(//textarea[@name='pasted'])").strip() == ""
    assert browser.post(HERE, data=form_of(page) | {"act": "save"}).status_code == 303
    assert [(a.starts_at, a.ends_at, a.speakers) for a in the_event().agenda_items] == [
        (at(14, day=DAY), at(14, 10, day=DAY), "Nguyễn Mẫu An"),
        (at(14, 10, day=DAY), at(15, day=DAY), "Chủ trì"),
    ]


def test_table_pasted_and_saved_in_one_go(browser):
    assert browser.post(HERE, data=typed(pasted="14:00\tKhai mạc")).status_code == 303
    assert [a.title for a in the_event().agenda_items] == ["Khai mạc"]


def test_unreadable_pasted_line_is_shown_and_refused(browser):
    answer = browser.post(HERE, data=typed(pasted="Chương trình họp báo\n14:00\tKhai mạc"))
    page = parsed(answer)
    assert answer.status_code == 422
    assert "Không đọc được giờ ở dòng: Chương trình họp báo" in answer.text
    assert page.xpath("string(//textarea[@name='pasted'])").strip() == "Chương trình họp báo"
    assert stored_events() == 0


def test_new_venue_is_added_with_the_event(browser):
    more = {"new_venue_name": "Hội trường B", "new_venue_address": "Số 1", "new_venue_capacity": "90"}
    assert browser.post(HERE, data=typed("release", **more)).status_code == 303
    assert (the_event().venue.name, the_event().venue.capacity) == ("Hội trường B", 90)


def test_known_venue_is_not_added_again(browser):
    make_venue("Hội trường B")
    answer = browser.post(HERE, data=typed(new_venue_name="hoi truong b"))
    assert answer.status_code == 422
    assert "Đã có địa điểm “Hội trường B”." in answer.text
    assert (stored_events(), db.session.execute(select(func.count()).select_from(Venue)).scalar_one()) == (0, 1)


def test_room_chosen_must_be_one_on_offer(browser):
    gone = make_venue(is_active=False)
    for wrong in (
        {"venue_id": str(gone.id)},
        {"venue_id": "ba"},
        {"mode": "bay"},
        {"topic_ids": ["7"]},
        {"topic_ids": ["x"]},
    ):
        answer = browser.post(HERE, data=typed(**wrong))
        assert (answer.status_code, "Hãy chọn một trong những giá trị có sẵn." in answer.text) == (422, True)


def test_people_for_the_door_are_found_by_name(browser):
    guard = make_person("Võ Mẫu Giang")
    page = parsed(browser.post(HERE, data=typed("find", find_person="giang vo")))
    assert page.xpath("//input[@name='door_staff_ids']/@value") == [str(guard.id)]
    assert browser.post(HERE, data=typed(door_staff_ids=[str(guard.id)])).status_code == 303
    assert [row.person_id for row in the_event().door_staff] == [guard.id]


def test_conflicts_and_short_notice_are_told_before_saving(browser):
    room = make_venue("Phòng họp số 1", capacity=20)
    make_event("Họp giao ban", starts_at=at(14, day=date(2026, 3, 19)), venue_id=room.id)
    sent = typed("check", venue_id=str(room.id), capacity="30", **{"sessions-0-day": "19/03/2026"})
    page = parsed(browser.post(HERE, data=sent))
    notes = [
        " ".join(note.text_content().split()) for note in page.xpath("//*[@id='luu-y']//*[contains(@class, 'note--warn')]")
    ]
    assert notes[0] == "Phòng họp số 1 chỉ có 20 chỗ, ít hơn số chỗ của cuộc họp."
    assert notes[1].startswith("Trùng địa điểm Phòng họp số 1 (14:00 – 17:00, Thứ Năm 19/03/2026) với Họp giao ban")
    assert notes[2].startswith("Chỉ còn 1 ngày làm việc.")
    assert browser.post(HERE, data=sent | {"act": "save"}).status_code == 303


def test_programme_past_the_end_is_pointed_out(browser):
    line = {"agenda-0-starts": "15:30", "agenda-0-title": "Kết luận"}
    page = parsed(browser.post(HERE, data=typed("check", **line)))
    assert "Mục “Kết luận” lúc 15:30 29/10/2026 bắt đầu khi ngày họp đã hết." in page.xpath("string(//*[@id='luu-y'])")
    page = parsed(browser.post(HERE, data=typed("check", **line | {"agenda-0-starts": "15:29"})))
    assert "đã hết" not in page.xpath("string(//*[@id='luu-y'])")


def test_server_says_how_it_reads_a_day(browser):
    page = parsed(browser.post(HERE, data=typed("check", **{"sessions-0-day": "29-10-2026"})))
    assert "Thứ Năm, 29/10/2026" in page.xpath("string(//*[@id='buoi'])")
    assert "Thường là 17:00 Thứ Tư, 28/10/2026." in page.text_content()


@pytest.mark.parametrize("target", ["buoi", "chuong-trinh", "luu-y", "nguoi-truc"])
def test_parts_are_slices_of_the_page(browser, target):
    sent = typed("add-line", find_person="mau")
    whole = browser.post(HERE, data=sent)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"fieldset#{target}"}
    part = browser.post(HERE, data=sent, headers=headers)
    assert part.status_code == 200
    assert part.text in whole.text
    assert f'id="{target}"' in part.text[:120]


def test_copy_asks_for_new_days_alone(browser):
    room = make_venue()
    old = make_event(
        "Họp báo quý II", starts_at=at(14, day=DAY), sessions=2, venue_id=room.id, kind="hop-bao", mode=EventMode.BOTH,
        registration_closes_at=at(9, day=DAY), chair="Phan Mẫu Thành",
    )  # fmt: skip
    make_agenda_item(old, "Khai mạc")
    page = browser.page(f"{HERE}?tu={old.code}")
    sent = form_of(page)
    assert (sent["title"], sent["chair"], sent["mode"]) == ("Họp báo quý II", "Phan Mẫu Thành", "both")
    assert (sent["sessions-0-starts"], sent["sessions-0-day"], sent["sessions-0-id"]) == ("14:00", "", "")
    assert (sent["agenda-0-title"], sent["closes_day"]) == ("Khai mạc", "")
    new_days = {"act": "save", "sessions-0-day": "28/01/2027", "sessions-1-day": "29/01/2027"}
    assert browser.post(HERE, data=sent | new_days | {"contact_phone": "0900000021"}).location == "/hop/2027-1/quan-ly"


@pytest.mark.parametrize("source", ["2026-999", "abc", "2026-", "99999999999999"])
def test_copy_of_nothing(browser, source):
    assert browser.get(f"{HERE}?tu={source}").status_code in (200, 404)
    assert browser.get(f"{HERE}?tu=2026-999").status_code == 404


def test_statements_do_not_grow_with_what_is_on_offer(browser, statements):
    browser.get(HERE)
    with statements() as few:
        browser.get(HERE)
    for _ in range(5):
        make_venue()
        make_event(starts_at=at(8))
    with statements() as many:
        browser.get(HERE)
    assert len(many) == len(few)
