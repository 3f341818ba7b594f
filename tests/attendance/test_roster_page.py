"""The roster as a page: whole, narrowed, pressed with and without scripts, closed to those who may not."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.attendance.models import Mark, Presence
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import DoorStaff
from kstthc_training.people.enums import Role
from kstthc_training.people.policy import runs_events
from kstthc_training.web.access import declared_rule
from tests.attendance.doors import close, press, put_mark, sessions_of
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

NONCE = "0123456789abcdef0123"


@pytest.fixture
def organizer(client_for):
    return client_for(make_account(Role.ORGANIZER))


def running_event(**fields):
    """An event whose first session is open for marking."""
    return make_event(starts_at=clock.now() - timedelta(minutes=5), **fields)


def test_roster_lists_people_by_their_last_word(organizer):
    event = running_event()
    organisation = make_organisation("Sở Tư pháp")
    for name in ("Trần Mẫu Bình", "Lê Mẫu An", "Nguyễn Mẫu Ánh"):
        make_registration(event, make_person(name, organisation_id=organisation.id))
    page = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh")
    assert page.xpath("//td[@class='main']/b/text()") == ["Lê Mẫu An", "Nguyễn Mẫu Ánh", "Trần Mẫu Bình"]


def test_roster_fragment_is_a_slice_of_the_page(organizer):
    event = running_event()
    make_registration(event)
    address = f"/hop/{event.code}/quan-ly/diem-danh"
    part = html.fragment_fromstring(organizer.fragment(address, "bang").text.strip())
    whole = organizer.page(address).get_element_by_id("bang")
    strip = lambda element: [b.get("value") for b in element.xpath(".//button[@name='o']")]  # noqa: E731
    assert part.get("id") == "bang"
    assert strip(part) == strip(whole)


def test_roster_is_narrowed_by_text_without_accents_and_by_status(organizer):
    event = running_event()
    present, other = (make_registration(event, make_person(n)) for n in ("Đặng Mẫu Đường", "Lê Mẫu An"))
    put_mark(event, present.id)
    found = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh?q=duong")
    assert found.xpath("//td[@class='main']/b/text()") == ["Đặng Mẫu Đường"]
    absent = organizer.page(f"/hop/{event.code}/quan-ly/diem-danh?loc=none")
    assert absent.xpath("//td[@class='main']/b/text()") == [other.person_id and "Lê Mẫu An"]


def test_a_press_without_scripts_marks_and_goes_back(organizer):
    event = running_event()
    registration = make_registration(event)
    answer = press(organizer, event, registration)
    assert answer.status_code == 303
    assert answer.location == f"/hop/{event.code}/quan-ly/diem-danh"
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.PRESENT]


def test_an_excuse_noted_before_opening_stays_a_button_and_is_taken_back(organizer):
    event = make_event(starts_at=clock.now() + timedelta(days=3))
    registration = make_registration(event)
    address = f"/hop/{event.code}/quan-ly/diem-danh"
    press(organizer, event, registration, "excused")
    cell = organizer.page(address).xpath("//button[@name='o']")
    assert [(b.text, b.get("value")) for b in cell] == [("P", f"{sessions_of(event)[0].id}-{registration.id}")]
    assert press(organizer, event, registration, "none", script=True, nonce=NONCE[::-1]).json["status"] == "none"
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.NONE]


@pytest.mark.parametrize(
    "data",
    [
        {"o": "x", "status": "present", "nonce": NONCE},
        {"o": "1-1", "status": "dead", "nonce": NONCE},
        {"o": "1-1", "status": "present", "nonce": "'; DROP TABLE marks"},
        {},
    ],
)
def test_an_unreadable_press_marks_nothing_and_says_why(organizer, data):
    event = running_event()
    answer = organizer.post(f"/hop/{event.code}/diem-danh", data=data, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json["problem"]
    assert db.session.scalars(select(Mark.id)).all() == []


def test_a_press_on_somebody_of_another_event_is_refused(organizer):
    event, other = running_event(), running_event()
    stranger = make_registration(other)
    assert press(organizer, event, stranger, script=True).status_code == 422
    assert db.session.scalars(select(Mark.id)).all() == []


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_the_roster_is_closed_to_others(client_for, role):
    event = running_event()
    registration = make_registration(event)
    client = client_for(make_account(*([role] if role else [])))
    assert client.get(f"/hop/{event.code}/quan-ly/diem-danh").status_code == 403
    assert press(client, event, registration).status_code == 403


def test_nobody_marks_without_signing_in(client):
    event = running_event()
    answer = press(client, event, make_registration(event))
    assert answer.status_code == 303
    assert "/vao" in answer.location


def test_door_staff_mark_at_their_event_alone(client_for):
    event, other = running_event(), running_event()
    account = make_account()
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
    client = client_for(account)
    assert press(client, event, make_registration(event), script=True).status_code == 200
    assert press(client, other, make_registration(other), script=True).status_code == 403
    assert client.get(f"/hop/{event.code}/quan-ly/diem-danh").status_code == 403


@pytest.mark.parametrize("act", ["chot", "mo-lai"])
def test_sessions_are_closed_and_reopened_by_those_who_run_events_alone(app, client_for, act):
    event = running_event(sessions=2)
    make_registration(event)
    close(event, 1, now=event.ends_at)
    account = make_account()
    with unit_of_work() as session:
        session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
    place = sessions_of(event)[0 if act == "chot" else 1].id
    for refused in (client_for(account), client_for(make_account(Role.LEADER))):
        answer = refused.post(f"/hop/{event.code}/buoi/{place}/{act}", data={"reason": "quét sót"})
        assert answer.status_code == 403
    assert acts() == ["session.closed"]
    rules = {declared_rule(app, endpoint) for endpoint in ("attendance.close", "desk.reopen_session")}
    assert rules == {runs_events}


def readings(action="roster.read"):
    db.session.rollback()
    entries = select(AuditEntry.account_id, AuditEntry.subject_type, AuditEntry.subject_id)
    return db.session.execute(entries.where(AuditEntry.action == action).order_by(AuditEntry.id)).all()


def test_reading_the_roster_is_noted_once_an_hour_and_event(client_for):
    account, event, other = make_account(Role.ORGANIZER), running_event(), running_event()
    browser = client_for(account)
    for address in (event, event, other):
        browser.get(f"/hop/{address.code}/quan-ly/diem-danh")
    browser.fragment(f"/hop/{event.code}/quan-ly/diem-danh?q=mau", "bang")
    assert readings() == [(account.id, "event", event.id), (account.id, "event", other.id)]
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        client_for(account).page(f"/hop/{event.code}/quan-ly/diem-danh")
    assert len(readings()) == 3


def test_a_roster_that_is_not_there_or_not_ones_own_is_not_read(client_for, organizer):
    event = running_event()
    assert organizer.get("/hop/2026-9999/quan-ly/diem-danh").status_code == 404
    assert client_for(make_account(Role.LEADER)).get(f"/hop/{event.code}/quan-ly/diem-danh").status_code == 403
    assert readings() == []


def test_a_draft_is_unknown_to_outsiders_at_the_door_too(client_for):
    event = running_event(state=EventState.DRAFT)
    assert client_for(make_account()).get(f"/quet/{event.code}").status_code == 404


def acts():
    """What the audit tells of sessions, in order."""
    wanted = select(AuditEntry.action).where(AuditEntry.action.startswith("session."))
    return db.session.scalars(wanted.order_by(AuditEntry.id)).all()


def test_closing_and_reopening_by_form(organizer):
    event = running_event()
    make_registration(event)
    session_id = sessions_of(event)[0].id
    assert organizer.post(f"/hop/{event.code}/buoi/{session_id}/chot").status_code == 303
    assert db.session.scalars(select(Presence.status)).all() == [MarkStatus.ABSENT]
    assert "Mở lại" in organizer.get(f"/hop/{event.code}/quan-ly/diem-danh").text
    assert reopened(organizer, event, session_id, "").status_code == 422
    assert acts() == ["session.closed"]
    answer = reopened(organizer, event, session_id, "quét sót")
    assert (answer.status_code, answer.location) == (303, f"/hop/{event.code}/quan-ly/diem-danh")
    assert acts() == ["session.closed", "session.reopened"]


def reopened(browser, event, session_id, reason):
    return browser.post(f"/hop/{event.code}/buoi/{session_id}/mo-lai", data={"reason": reason})


LONG = "quét sót " * 40


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Hãy ghi lý do, ví dụ: quét sót 3 người đến muộn."),
        (LONG.strip(), "Dài 359 ký tự, nhiều nhất là 300. Hãy rút ngắn."),
    ],
)
def test_a_refused_reopening_keeps_the_reason_typed(organizer, reason, said):
    event = running_event(sessions=2)
    make_registration(event)
    first, second = (session.id for session in sessions_of(event))
    close(event, 0, now=event.ends_at)
    close(event, 1, now=event.ends_at)
    answer = reopened(organizer, event, second, reason)
    page = html.document_fromstring(answer.text)
    assert answer.status_code == 422
    assert page.xpath("//*[@class='errsum']//a/@href") == [f"#ly-do-{second}"]
    assert page.xpath("//*[@class='errsum']//a/text()") == [said]
    assert page.xpath(f"string(//details[@open]//input[@id='ly-do-{second}']/@value)") == reason
    assert page.xpath(f"string(//details[not(@open)]//input[@id='ly-do-{first}']/@value)") == ""
    assert page.xpath("//input[@name='back']/@value") == [f"/hop/{event.code}/quan-ly/diem-danh"]
    assert "session.reopened" not in acts()


def test_reopening_what_is_open_is_refused_with_the_reason_kept(organizer):
    event = running_event()
    session_id = sessions_of(event)[0].id
    answer = reopened(organizer, event, session_id, "quét sót")
    assert (answer.status_code, "Buổi này đang mở, không cần mở lại." in answer.text) == (422, True)
    page = html.document_fromstring(answer.text)
    assert page.xpath(f"string(//details[@open]//input[@id='ly-do-{session_id}']/@value)") == "quét sót"


def test_another_events_session_is_not_closed(organizer):
    event, other = running_event(), running_event()
    assert organizer.post(f"/hop/{event.code}/buoi/{sessions_of(other)[0].id}/chot").status_code == 404


@pytest.mark.parametrize("narrowed", ["", "?loc=present", "?q=mau&loc=present"])
def test_roster_page_and_its_part_need_the_same_statements_for_many(organizer, statements, narrowed):
    counts = {"page": [], "part": []}
    for people in (10, 60):
        event = running_event(sessions=2)
        for number in range(people):
            registration = make_registration(event)
            if number % 2:
                put_mark(event, registration.id, now=clock.now())
        address = f"/hop/{event.code}/quan-ly/diem-danh{narrowed}"
        organizer.get(address)  # notes that it is read
        with statements() as seen:
            assert organizer.page(address).xpath("count(//td[@class='main']/b)") == (people // 2 if narrowed else people)
        counts["page"].append(len(seen))
        with statements() as seen:
            part = organizer.fragment(address, "bang")
        counts["part"].append(len(seen))
        assert part.text.count('class="main"') == (people // 2 if narrowed else people)
    assert counts["page"][0] == counts["page"][1]
    assert counts["part"][0] == counts["part"][1]


def test_workbook_holds_everyone_and_is_recorded(organizer):
    import io

    import openpyxl

    event = running_event()
    put_mark(event, make_registration(event, make_person("=HYPERLINK(1)")).id, now=clock.now())
    answer = organizer.get(f"/hop/{event.code}/quan-ly/diem-danh.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in sheet[2]][1] == "=HYPERLINK(1)"
    assert sheet[2][1].data_type == "s"
    assert db.session.scalars(select(AuditEntry.action)).all() == ["roster.exported"]
