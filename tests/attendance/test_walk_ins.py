"""People who come without being on the list: sought in the directory, put on the list and marked by one press."""

from urllib.parse import urlencode

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import Mark
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.people.service.persons import PersonDraft, add_person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from tests.attendance.arrivals import NONCE, address, rows, running_event, stored
from tests.attendance.doors import close, sessions_of
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

CONFIRMED, WALK_IN = RegistrationState.CONFIRMED, RegistrationSource.WALK_IN


def press(browser, event, person, *, nonce=NONCE):
    return browser.post(address(event), data={"person": person.id, "nonce": nonce})


def names(page):
    return page.xpath("//*[@id='ket-qua']//li[@class='hit']//b/text()")


@pytest.mark.parametrize("who", ["organizer", "door"])
def test_one_press_puts_on_the_list_and_marks(organizer, door_of, who):
    event, person = running_event(), make_person("Thạch Mẫu Sơn")
    browser = organizer if who == "organizer" else door_of(event)
    answer = press(browser, event, person)
    assert answer.status_code == 200
    result = html.document_fromstring(answer.text).xpath("//*[@role='alert']")[0]
    assert (result.get("data-result"), "Thạch Mẫu Sơn" in result.text_content()) == ("ok", True)
    assert stored() == ([(person.id, CONFIRMED, WALK_IN)], [MarkStatus.PRESENT])


def test_a_press_sent_again_counts_once_and_is_answered_the_same(organizer):
    event, person = running_event(), make_person()
    answers = [press(organizer, event, person) for _ in range(3)]
    assert ['data-result="ok"' in answer.text for answer in answers] == [True] * 3
    assert (rows(Registration), rows(Mark)) == (1, 1)
    assert 'data-result="dup"' in press(organizer, event, person, nonce=NONCE[::-1]).text
    assert (rows(Registration), rows(Mark)) == (1, 1)


def taken_in(full_name, **known):
    """Somebody whom the directory knows as it knows people, found by all that is on record."""
    with unit_of_work():
        return add_person(actor=SYSTEM, draft=PersonDraft(full_name=full_name, **known), now=clock.now()).id


@pytest.mark.parametrize("typed", ["thach son", "tu phap", "Phó phòng mau", "0912345618", "+84 912.345.618"])
def test_people_are_sought_by_name_organisation_title_and_whole_number(door_of, typed):
    event, organisation = running_event(), make_organisation("Sở Tư pháp")
    taken_in("Thạch Mẫu Sơn", organisation_id=organisation.id, phone="0912 345 618", title="Phó phòng")
    taken_in("Lê Mẫu An", phone="0912 345 619")
    assert names(door_of(event).page(f"{address(event)}?{urlencode({'q': typed})}")) == ["Thạch Mẫu Sơn"]


def test_numbers_are_masked_and_their_parts_find_nobody_at_the_door(organizer, door_of):
    event = running_event()
    taken_in("Thạch Mẫu Sơn", phone="0912345618")
    door = door_of(event)
    assert [names(door.page(f"{address(event)}?q={typed}")) for typed in ("0912", "345618", "5618")] == [[], [], []]
    shown = door.get(address(event) + "?q=thach").text
    assert "0912 xxx x18" in shown
    assert "0912345618" not in shown
    assert "0912 345 618" not in shown
    assert names(organizer.page(address(event) + "?q=345618")) == ["Thạch Mẫu Sơn"]


def test_nobody_is_shown_until_two_letters_are_typed_and_few_then(door_of):
    event = running_event()
    for _ in range(15):
        make_person()
    door = door_of(event)
    assert names(door.page(address(event))) == names(door.page(address(event) + "?q=m")) == []
    page = door.page(address(event) + "?q=mau")
    assert len(names(page)) == 12
    assert "Gõ thêm chữ để thu hẹp." in page.text_content()


def test_the_part_is_a_slice_of_the_page(door_of):
    event, person = running_event(), make_person("Thạch Mẫu Sơn")
    make_registration(event, person, state=RegistrationState.CANCELLED)
    part = door_of(event).fragment(address(event) + "?q=thach", "ket-qua")
    shown = html.fragment_fromstring(part.text.strip())
    assert shown.get("id") == "ket-qua"
    assert shown.xpath(".//button[@name='person']/@value") == [str(person.id)]
    assert shown.xpath("string(.//*[contains(@class, 'tag')])") == "Đã hủy"


def test_a_full_event_says_so_and_lets_in_without_a_seat(door_of):
    event = running_event(capacity=1)
    make_registration(event)
    door, person = door_of(event), make_person()
    assert "Đã hết chỗ: 1 / 1." in door.page(address(event)).text_content()
    assert press(door, event, person).status_code == 200
    assert stored()[0][1:] == [(person.id, CONFIRMED, WALK_IN)]
    assert db.session.scalars(select(SeatPool.taken)).all() == [1]


def test_an_event_with_seats_left_says_nothing_of_them(door_of):
    event = running_event(capacity=1)
    assert "hết chỗ" not in door_of(event).page(address(event)).text_content()


@pytest.mark.parametrize("state", [RegistrationState.WAITING, RegistrationState.CANCELLED, CONFIRMED])
def test_who_waited_left_or_is_on_the_list_has_one_registration(door_of, state):
    event, person = running_event(capacity=1), make_person()
    make_registration(event, person, state=state)
    assert press(door_of(event), event, person).status_code == 200
    source = RegistrationSource.SELF if state is CONFIRMED else WALK_IN
    assert stored() == ([(person.id, CONFIRMED, source)], [MarkStatus.PRESENT])


def test_the_journal_tells_who_put_whom_on_the_list(door_of):
    event, person = running_event(), make_person()
    press(door_of(event), event, person)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.made")).one()
    assert (entry.facts["person_id"], entry.facts["source"]) == (person.id, "walk_in")


def test_seeking_in_the_directory_is_noted_and_opening_the_page_is_not(door_of):
    event = running_event()
    door, noted = door_of(event), select(AuditEntry.subject_id).where(AuditEntry.action == "people.read")
    door.get(address(event))
    assert db.session.scalars(noted).all() == []
    door.fragment(address(event) + "?q=mau", "ket-qua")
    door.fragment(address(event) + "?q=mau a", "ket-qua")
    db.session.rollback()
    assert db.session.scalars(noted).all() == [event.id]


def test_nobody_comes_in_before_opening_nor_after_closing(organizer):
    early, closed = make_event(), running_event(sessions=2)
    close(closed, now=clock.now())
    person = make_person("Thạch Mẫu Sơn")
    for event, said in ((early, "Điểm danh mở từ 07:00 25/03/2026."), (closed, "Buổi này đã chốt.")):
        assert names(organizer.page(address(event) + "?q=thach")) == []
        answer = press(organizer, event, person)
        assert answer.status_code == 422
        assert said in html.document_fromstring(answer.text).xpath("string(//*[@role='alert'])")
    assert stored() == ([], [])


@pytest.mark.parametrize("state", [EventState.POSTPONED, EventState.CANCELLED])
def test_nobody_comes_to_an_event_called_off(organizer, state):
    event = running_event(state=state)
    assert press(organizer, event, make_person()).status_code == 422
    assert stored() == ([], [])


def test_strangers_neither_seek_nor_let_in(client, client_for, door_of):
    event, other, person = running_event(), running_event(), make_person()
    assert client.get(address(event)).status_code == 303
    for browser in (client_for(make_account()), client_for(make_account(Role.LEADER)), door_of(other)):
        assert browser.get(address(event) + "?q=mau").status_code == 403
        assert press(browser, event, person).status_code == 403
    assert stored() == ([], [])
    assert db.session.scalars(select(AuditEntry.action)).all() == []


@pytest.mark.parametrize(
    "data",
    [
        {"person": "0", "nonce": NONCE},
        {"person": "²", "nonce": NONCE},
        {"person": "999999", "nonce": NONCE},
        {"person": "1"},
        {"person": "1", "nonce": "'; DROP TABLE marks"},
        {},
    ],
)
def test_an_unreadable_press_lets_nobody_in(organizer, data):
    event = running_event()
    assert organizer.post(address(event), data=data).status_code == 422
    assert stored() == ([], [])


def test_another_events_session_is_unknown(organizer):
    event, other = running_event(), running_event()
    path = f"/quet/{event.code}/{sessions_of(other)[0].id}/them"
    assert organizer.get(path).status_code == 404
    assert organizer.post(path, data={"person": make_person().id, "nonce": NONCE}).status_code == 404


def test_the_roster_leads_here_and_is_come_back_to(organizer):
    event, person = running_event(sessions=2), make_person("Thạch Mẫu Sơn")
    roster = f"/hop/{event.code}/quan-ly/diem-danh"
    session_id = sessions_of(event)[0].id
    link = organizer.page(roster + f"?buoi={sessions_of(event)[1].id}").xpath("//a[contains(., 'chưa đăng ký')]/@href")
    assert link == [f"/quet/{event.code}/{session_id}/them?bang=1"]
    page = organizer.page(f"{link[0]}&q=thach")
    assert page.xpath("//form[@role='search']//input[@name='bang']/@value") == ["1"]
    answer = organizer.post(page.xpath("//form[@id='ket-qua']/@action")[0], data={"person": person.id, "nonce": NONCE})
    assert (answer.status_code, answer.location) == (303, f"{roster}?buoi={session_id}")
    assert "Đã thêm Thạch Mẫu Sơn vào danh sách và ghi có mặt." in organizer.get(answer.location).text


def test_the_door_and_the_roster_offer_it_only_while_a_session_is_marked(organizer, door_of):
    event, early = running_event(), make_event()
    for code, there in ((event, True), (early, False)):
        door = door_of(code).page(f"/quet/{code.code}/{sessions_of(code)[0].id}")
        roster = organizer.page(f"/hop/{code.code}/quan-ly/diem-danh")
        offered = [bool(page.xpath("//a[contains(., 'Thêm người chưa đăng ký')]")) for page in (door, roster)]
        assert offered == [there, there]


def test_seeking_costs_the_same_for_many(door_of, statements):
    counts = []
    for people in (2, 40):
        event = running_event()
        for _ in range(people):
            make_registration(event, make_person(organisation_id=make_organisation().id))
        door = door_of(event)
        door.get(address(event) + "?q=mau")  # notes that the directory is read
        with statements() as seen:
            door.page(address(event) + "?q=mau")
        counts.append(len(seen))
    assert counts[0] == counts[1]
