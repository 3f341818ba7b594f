"""The tab Đăng ký of the workspace: the list, taking back and putting back, seats, adding, exports."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from tests.registrations.actors import again, cancelled, registered, standings, steps, taken
from tests.support.browser import without_tokens
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

CONFIRMED, WAITING, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.CANCELLED
ACTS = ("/huy", "/hoan-tac", "/so-cho", "/them")


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def listed(app):
    """One seat of two organisations' people, one waiting, one cancelled."""
    here, there = make_organisation("Sở Nông nghiệp"), make_organisation("Báo An Giang", short_name="Báo AG")
    event = make_event(capacity=2)
    people = [
        make_person("Đỗ Mẫu Ân", organisation_id=here.id, title="Văn thư", phone="0912345678", email="an@mau.example"),
        make_person("Lê Mẫu Ái", organisation_id=there.id),
        make_person("Bùi Mẫu Ái", organisation_id=here.id),
        make_person("Cao Mẫu Bảo"),
    ]
    rows = [registered(event, person) for person in people]
    cancelled(rows[3])
    return event, rows, here


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/dang-ky{act}"


def table(page):
    """Name, organisation, title, who registered and state of each row."""
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")[1:5]] + [row.xpath("string(td[7])").strip()]
        for row in page.xpath("//*[@id='danh-sach']//tbody/tr")
    ]


def test_the_whole_list_stands_on_one_page(browser, listed):
    event, rows, _here = listed
    page = browser.page(address(event))
    assert table(page) == [
        ["Bùi Mẫu Ái", "Sở Nông nghiệp", "", "Tự đăng ký", "Chờ, thứ 1"],
        ["Lê Mẫu Ái", "Báo AG", "", "Tự đăng ký", "Đã đăng ký"],
        ["Đỗ Mẫu Ân", "Sở Nông nghiệp", "Văn thư", "Tự đăng ký", "Đã đăng ký"],
        ["Cao Mẫu Bảo", "", "", "Tự đăng ký", "Đã hủy"],
    ]
    states = [" ".join(label.text_content().split()) for label in page.xpath("//div[@class='seg']/label")]
    assert states == ["Tất cả 4", "Đã đăng ký 2", "Chờ chỗ 1", "Đã hủy 1"]
    assert f"/ve/{rows[0].ticket_code}" in page.xpath("//a[@class='name']/@href")
    assert "4 trong 4 người" in page.text_content()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=nong+ai", ["Bùi Mẫu Ái"]),
        ("?tt=huy", ["Cao Mẫu Bảo"]),
        ("?tt=cho", ["Bùi Mẫu Ái"]),
        ("?tt=co-cho", ["Lê Mẫu Ái", "Đỗ Mẫu Ân"]),
        ("?dv={here}&tt=co-cho", ["Đỗ Mẫu Ân"]),
        ("?tt=gi-do&dv=x&q=", ["Bùi Mẫu Ái", "Lê Mẫu Ái", "Đỗ Mẫu Ân", "Cao Mẫu Bảo"]),
        ("?q=%25", []),
        ("?dv=987654", []),
    ],
)
def test_filters_stand_in_the_address(browser, listed, query, expected):
    event, _rows, here = listed
    page = browser.page(address(event) + query.format(here=here.id))
    assert [row[0] for row in table(page)] == expected
    if not expected:
        assert "Không có ai khớp" in page.text_content()


def test_the_filters_asked_for_are_shown_as_chosen(browser, listed):
    event, _rows, here = listed
    page = browser.page(address(event) + f"?q=do&tt=co-cho&dv={here.id}")
    assert page.xpath("//main//input[@name='q']/@value") == ["do"]
    assert page.xpath("//input[@name='tt' and @checked]/@value") == ["co-cho"]
    assert page.xpath("//select[@name='dv']/option[@selected]/@value") == [str(here.id)]


def test_the_list_is_a_verbatim_slice_of_the_page(browser, listed):
    event, *_rest = listed
    target = address(event) + "?q=ai"
    whole, part = browser.get(target), browser.fragment(target, "danh-sach")
    assert part.text.strip().startswith('<div id="danh-sach"')
    assert without_tokens(part.text.strip()) in without_tokens(whole.text)


def test_a_list_without_anybody_says_what_comes(browser):
    assert "Chưa có ai đăng ký" in browser.page(address(make_event())).text_content()


@pytest.mark.parametrize("roles", [(), (Role.LEADER,)])
def test_only_organizers_have_the_list(client_for, listed, roles):
    event, rows, _here = listed
    browser = client_for(make_account(*roles))
    for act in ("", "/them", ".csv", ".xlsx"):
        assert browser.get(address(event, act)).status_code == 403
    for act in ACTS:
        assert browser.post(address(event, act), data={"id": rows[0].id}).status_code == 403
    assert again(rows[0]).state is CONFIRMED


def test_strangers_sign_in_first(client, listed):
    event, *_rest = listed
    for act in ("", "/them", ".csv", ".xlsx"):
        assert client.get(address(event, act)).status_code == 303
    for act in ACTS:
        assert client.post(address(event, act)).status_code == 303


def test_events_made_up_are_not_found(browser):
    for act in ("", "/them", ".csv", ".xlsx"):
        assert browser.get(f"/hop/2026-99999/quan-ly/dang-ky{act}").status_code == 404
    for act in ACTS:
        assert browser.post(f"/hop/2026-99999/quan-ly/dang-ky{act}", data={"id": 1}).status_code == 404


def test_other_methods_are_refused(browser, listed):
    event, *_rest = listed
    assert browser.post(address(event)).status_code == 405
    for act in ("/huy", "/hoan-tac", "/so-cho"):
        assert browser.get(address(event, act)).status_code == 405


def test_reading_is_recorded_once_an_hour(browser, listed, now):
    event, *_rest = listed
    for _ in range(3):
        browser.get(address(event))
    with clock.frozen(now + timedelta(minutes=20)):
        browser.get(address(event))
    entries = select(func.count()).where(AuditEntry.action == "registrations.read", AuditEntry.subject_id == event.id)
    assert db.session.execute(entries).scalar_one() == 1


def test_those_ticked_are_taken_back_told_and_put_back_by_the_undo(browser, listed):
    event, rows, _here = listed
    answer = browser.post(
        address(event, "/huy") + "?tt=co-cho", data={"id": [rows[0].id, rows[1].id], "reason": "Đổi thành phần"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, address(event) + "?tt=co-cho")
    assert [again(row).state for row in rows[:3]] == [CANCELLED, CANCELLED, CONFIRMED]
    letters = db.session.scalars(select(Message.body).where(Message.kind == "registration-taken-back")).all()
    assert len(letters) == 2
    assert all("Lý do: Đổi thành phần" in letter for letter in letters)
    page = browser.page(answer.headers["Location"])
    assert "Đã hủy 2 đăng ký. 1 người trong danh sách chờ đã có chỗ." in page.text_content()
    undo = page.xpath("//*[@data-toast]//form")[0].get("action")
    restored = browser.post(undo)
    assert (restored.status_code, restored.headers["Location"]) == (303, address(event) + "?tt=co-cho")
    assert sorted(str(again(row).state) for row in rows[:3]) == ["confirmed", "confirmed", "waiting"]
    assert "Đã đăng ký lại 2 người. 1 người vào danh sách chờ." in browser.page(address(event)).text_content()


def test_an_undo_pressed_twice_does_it_once(browser, listed):
    event, rows, _here = listed
    browser.post(address(event, "/huy"), data={"id": [rows[2].id]})
    undo = browser.page(address(event)).xpath("//*[@data-toast]//form")[0].get("action")
    for _ in range(2):
        assert browser.post(undo).status_code == 303
    assert [step[1] for step in steps(rows[2])] == [WAITING, CANCELLED, WAITING]


BEYOND = ("?luc=0001-01-01T00:00:00%2B23:59", "?luc=9999-12-31T23:59:59-23:59")  # in UTC no year has them


@pytest.mark.parametrize("when", ["", "?luc=", "?luc=gestern", "?luc=2026-03-18T09:00:00", *BEYOND])
def test_an_undo_of_no_instant_is_not_found(browser, listed, when):
    assert browser.post(address(listed[0], "/hoan-tac") + when).status_code == 404


def test_nobody_ticked_is_said(browser, listed):
    event, *_rest = listed
    assert browser.post(address(event, "/huy")).status_code == 303
    assert "Chưa chọn ai." in browser.page(address(event)).text_content()


def test_ids_of_other_events_take_nobody_back(browser, listed):
    event, rows, _here = listed
    foreign = registered(make_event())
    answer = browser.post(address(event, "/huy"), data={"id": [rows[0].id, foreign.id]})
    assert answer.status_code == 404
    assert (again(rows[0]).state, again(foreign).state) == (CONFIRMED, CONFIRMED)


def test_a_held_event_keeps_everyone_and_says_why(browser, now):
    event = make_event(state=EventState.CLOSED, held_on=now.date(), starts_at=now - timedelta(days=1))
    row = make_registration(event)
    answer = browser.post(address(event, "/huy"), data={"id": [row.id]})
    assert answer.status_code == 422
    assert "đã chốt điểm danh" in answer.text
    assert again(row).state is CONFIRMED


def test_more_seats_move_people_up(browser, listed):
    event, rows, _here = listed
    answer = browser.post(address(event, "/so-cho"), data={"capacity": "3"})
    assert answer.status_code == 303
    assert again(rows[2]).state is CONFIRMED
    said = browser.page(address(event)).text_content()
    assert "Đã đổi số chỗ. 1 người trong danh sách chờ đã có chỗ." in said
    assert "3 / 3 chỗ" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1", "Đã có 2 người có chỗ"),
        ("0", "số nguyên từ 1"),
        ("-1", "số nguyên từ 1"),
        ("x", "số nguyên từ 1"),
        ("9999999", "số nguyên từ 1"),
    ],
)
def test_a_number_of_seats_that_cannot_be_is_refused_and_kept(browser, listed, typed, said):
    event, *_rest = listed
    answer = browser.post(address(event, "/so-cho"), data={"capacity": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert html.document_fromstring(answer.text).xpath("//input[@name='capacity']/@value") == [typed]
    assert db.session.scalars(select(SeatPool.capacity).where(SeatPool.event_id == event.id)).one() == 2


def test_seats_of_a_cancelled_event_are_shown_without_a_form_and_refused(browser):
    event = make_event(state=EventState.CANCELLED, capacity=4)
    page = browser.page(address(event))
    assert "0 / 4 chỗ" in page.text_content()
    assert page.xpath("//form[contains(@action, '/so-cho')]") == []
    answer = browser.post(address(event, "/so-cho"), data={"capacity": "9"})
    assert (answer.status_code, "Cuộc họp đã hủy nên số chỗ giữ nguyên." in answer.text) == (422, True)


def test_no_number_is_no_limit(browser, listed):
    event, rows, _here = listed
    assert browser.post(address(event, "/so-cho"), data={"capacity": ""}).status_code == 303
    assert again(rows[2]).state is CONFIRMED
    assert "Không giới hạn chỗ" in browser.page(address(event)).text_content()


def test_somebody_of_the_directory_is_found_without_accents_and_added(browser):
    event = make_event()
    person = make_person("Nguyễn Mẫu Đức", organisation_id=make_organisation("Sở Xây dựng").id)
    page = browser.page(address(event, "/them?q=duc+xay"))
    button = page.xpath("//form[@id='ket-qua']//button")[0]
    action = page.xpath("//form[@id='ket-qua']/@action")[0]
    answer = browser.post(action, data={button.get("name"): button.get("value")})
    assert answer.status_code == 303
    row = db.session.scalars(select(Registration)).one()
    assert (row.person_id, row.source) == (person.id, RegistrationSource.ORGANIZER)
    assert "Đã thêm Nguyễn Mẫu Đức." in browser.page(answer.headers["Location"]).text_content()


def test_who_is_on_the_list_is_shown_with_his_state_instead_of_a_button(browser, listed):
    event, *_rest = listed
    page = browser.page(address(event, "/them?q=mau"))
    shown = {
        row.xpath("string(.//b)"): (row.xpath("string(span)") or row.xpath("string(button)"))
        for row in page.xpath("//form[@id='ket-qua']//li")
    }
    assert shown["Lê Mẫu Ái"] == "Đã đăng ký"
    assert shown["Bùi Mẫu Ái"] == "Chờ chỗ"
    assert shown["Cao Mẫu Bảo"] == "Thêm"


def test_the_results_are_a_verbatim_slice_of_the_page(browser, listed):
    event, *_rest = listed
    target = address(event, "/them?q=ai")
    part = browser.fragment(target, "ket-qua").text.strip()
    assert part.startswith('<form id="ket-qua"')
    assert without_tokens(part) in without_tokens(browser.get(target).text)


def test_a_cancelled_one_is_registered_again_from_the_list(browser, listed):
    event, rows, _here = listed
    button = browser.page(address(event) + "?tt=huy").xpath("//tbody//button")[0]
    answer = browser.post(button.get("formaction"), data={button.get("name"): button.get("value"), "reason": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, address(event))
    assert again(rows[3]).state is WAITING


def test_somebody_new_is_added_once_however_often_it_is_sent(browser):
    event, organisation = make_event(), make_organisation("Sở Xây dựng")
    data = {"full_name": "Thạch Mẫu Mới", "organisation_id": str(organisation.id), "phone": "0912 345 678", "email": ""}
    for _ in range(2):
        assert browser.post(address(event, "/them"), data=data).status_code == 303
    person = db.session.scalars(select(Person).where(Person.full_name == "Thạch Mẫu Mới")).one()
    assert (person.organisation_id, taken(event)) == (organisation.id, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"full_name": ""}, "Hãy ghi họ và tên."),
        ({"full_name": "A", "phone": "1"}, "Số điện thoại không đọc được"),
        ({"full_name": "A", "email": "a b@c.d"}, "Email này không gửi thư tới được"),
        ({"full_name": "A", "organisation_id": "987654"}, "Cần sửa 1 chỗ"),
    ],
)
def test_what_is_wrong_with_somebody_new_is_said_and_kept(browser, typed, said):
    event = make_event()
    before = db.session.execute(select(func.count()).select_from(Person)).scalar_one()
    answer = browser.post(address(event, "/them"), data={"title": "Văn thư", **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Văn thư"' in answer.text
    assert standings(event) == {}
    assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == before


@pytest.mark.parametrize("typed", ["", "x", "987654"])
def test_adding_nobody_is_not_found(browser, typed):
    event = make_event()
    assert browser.post(address(event, "/them"), data={"nguoi": typed}).status_code == 404
    assert standings(event) == {}


def test_nobody_is_added_once_the_event_began(browser, now):
    event, person = make_event(starts_at=now), make_person()
    assert "Cuộc họp đã bắt đầu" in browser.page(address(event, "/them")).text_content()
    answer = browser.post(address(event, "/them"), data={"nguoi": person.id})
    assert answer.status_code == 422
    assert "Cuộc họp đã bắt đầu lúc" in answer.text
    assert standings(event) == {}


def test_the_csv_holds_what_the_filters_leave_and_is_recorded(browser, listed):
    event, rows, _here = listed
    answer = browser.get(address(event, ".csv") + "?tt=co-cho")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [line[1] for line in lines] == ["Họ và tên", "Lê Mẫu Ái", "Đỗ Mẫu Ân"]
    assert lines[1][3] == "Báo An Giang"
    assert lines[2][2:] == [
        "Văn thư", "Sở Nông nghiệp", "0912 345 678", "an@mau.example", "Đã đăng ký", "", "Tự đăng ký",
        "Đỗ Mẫu Ân", "18/03/2026 09:00", rows[0].ticket_code, "", "",
    ]  # fmt: skip
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrations.exported")).one()
    assert (entry.subject_id, entry.facts) == (event.id, {"form": "csv", "rows": 2, "asked": ["tt"]})


def test_the_workbook_holds_the_whole_list_in_its_order(browser, listed):
    event, *_rest = listed
    answer = browser.get(address(event, ".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [row[:2] for row in sheet.iter_rows(values_only=True)]
    assert rows == [("TT", "Họ và tên"), (1, "Bùi Mẫu Ái"), (2, "Lê Mẫu Ái"), (3, "Đỗ Mẫu Ân"), (4, "Cao Mẫu Bảo")]


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "+84912345678", "@SUM(A1)", "<script>alert(1)</script>"])
def test_hostile_names_stay_names_in_the_list_and_in_files(browser, hostile):
    event = make_event()
    registered(event, make_person(hostile, title=hostile, organisation_id=make_organisation(hostile).id))
    page = browser.page(address(event))
    assert table(page)[0][:3] == [hostile] * 3
    assert page.xpath("//script[not(@src)]") == []
    lines = list(csv.reader(io.StringIO(browser.get(address(event, ".csv")).data.decode("utf-8-sig")), delimiter=";"))
    assert lines[1][1] == (hostile if hostile.startswith("<") else "'" + hostile)
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(address(event, ".xlsx")).data)).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == (hostile, "s")


def crowd(event, size):
    """So many registered people, without a letter each."""
    with unit_of_work() as session:
        people = [
            Person(full_name=f"Nguyễn Mẫu {i:04d}", sort_key=f"{i:06d}", search_text="", created_at=clock.now())
            for i in range(size)
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            Registration(
                event_id=event.id, person_id=person.id, state=CONFIRMED, source=RegistrationSource.SELF,
                registered_at=clock.now(), changed_at=clock.now(), ticket_code=f"T{person.id:07d}",
            )
            for person in people
        )  # fmt: skip


def test_a_thousand_stand_on_one_page_in_as_many_statements_as_ten(browser, statements):
    counts = []
    for size in (10, 1000):
        event = make_event()
        crowd(event, size)
        browser.get(address(event))
        with statements() as seen:
            page = browser.page(address(event))
        counts.append(len(seen))
        assert len(table(page)) == size
    assert counts[0] == counts[1]
    assert counts[0] <= 19


def test_the_files_take_as_many_statements_for_many_as_for_few(browser, statements):
    counts = []
    for size in (5, 60):
        event = make_event()
        crowd(event, size)
        with statements() as seen:
            browser.get(address(event, ".csv"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
