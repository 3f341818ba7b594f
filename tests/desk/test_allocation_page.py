"""The page Phân bổ: criteria moved and switched, draws, one applicant pinned, the decision, and what is shown afterwards."""

from datetime import timedelta

import pytest
from lxml import html

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.desk.allocation import invited_people
from kstthc_training.invitations import service as invitations
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.allocation import Criterion
from kstthc_training.registrations.enums import Admission, RegistrationState
from kstthc_training.registrations.queries.allocation import Chosen, is_reproduced, last_allocation, plan_of, rows_of
from tests.invitations.asked import invited, names_given
from tests.mandates.ordered import ordered
from tests.registrations.actors import an_organizer, standings
from tests.registrations.seats import a_member, a_ruled_event
from tests.registrations.test_allocate import applied
from tests.support.browser import without_tokens
from tests.support.factories import make_account, make_event, make_organisation
from tests.support.statements import counted

ACTS = ("", "/tieu-chi", "/rut-tham", "/nguoi/1", "/quyet-dinh")
CAME, MOST = ("first-come", True, None), ("most-per-organisation", False, 2)
NAMES = ("Đỗ Mẫu Ân", "Bùi Mẫu Bảo", "Cao Mẫu Chi")


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def allocated(app):
    """Two seats, three people who applied one after the other, and a plan by the order in which they did."""
    event = a_ruled_event(capacity=2, admission=Admission.ALLOCATION)
    house = make_organisation("Sở Nông nghiệp")
    rows = applied(event, [a_member(house, full_name=name) for name in NAMES])
    with unit_of_work():
        service.begin_allocation(actor=an_organizer(), event_id=event.id, now=clock.now())
    by_order(event)
    return event, rows


def by_order(event):
    criteria = [Chosen(Criterion.FIRST_COME, True), Chosen(Criterion.MOST_PER_ORGANISATION, False, 2)]
    version = plan_of(event.id).version
    with unit_of_work():
        service.set_criteria(actor=an_organizer(), event_id=event.id, criteria=criteria, version=version, now=clock.now())
    db.session.rollback()


def address(event, act=""):
    return f"/hop/{event.code}/quan-ly/phan-bo{act}"


def posted(browser, target, **sent):
    return browser.post(target, data=sent)


def table(page):
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        for row in page.xpath("//div[@id='danh-sach']//tbody/tr")
    ]


def decision(page):
    form = page.xpath("//form[contains(@class, 'decide')]")[0]
    return {field.get("name"): field.get("value") for field in form.xpath(".//input[@name != 'csrf_token']")}


def criteria(page):
    return [" ".join(li.xpath("string(div)").split()) for li in page.xpath("//ol[@class='crit']/li")]


def test_every_row_says_why_and_where_the_seats_end(browser, allocated):
    event, _rows = allocated
    page = browser.page(address(event))
    assert table(page) == [
        ["1", "Đỗ Mẫu Ân", "Sở Nông nghiệp", "Đăng ký trước", "Nhận"],
        ["2", "Bùi Mẫu Bảo", "Sở Nông nghiệp", "Đăng ký trước", "Nhận"],
        ["Hết chỗ sau người thứ 2 · từ đây vào danh sách chờ"],
        ["3", "Cao Mẫu Chi", "Sở Nông nghiệp", "Đăng ký sau", "Chờ số 1"],
    ]
    assert "Phân bổ 2 chỗ cho 3 người" in page.text_content()
    assert criteria(page)[:2] == ["Đăng ký trước", "Số người tối đa một đơn vị: 2tắt"]
    assert all(line.endswith("tắt") for line in criteria(page)[2:])  # those that this plan was begun without


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=bao", ["2"]),
        ("?kq=cho", ["Hết chỗ sau người thứ 2 · từ đây vào danh sách chờ", "3"]),
        ("?kq=nhan&q=nong", ["1", "2"]),
        ("?q=zz", []),
    ],
)
def test_search_and_filter_stand_in_the_address(browser, allocated, query, expected):
    event, _rows = allocated
    assert [row[0] for row in table(browser.page(address(event) + query))] == expected


def test_the_list_alone_is_a_slice_of_the_page(browser, allocated):
    event, _rows = allocated
    whole = browser.get(address(event)).get_data(as_text=True)
    part = browser.fragment(address(event), "danh-sach").text.strip()
    assert part.startswith('<div id="danh-sach">')
    assert without_tokens(part) in without_tokens(whole)


def test_a_plan_is_begun_with_a_button_and_offered_only_where_seats_are_allocated(browser, app):
    other = make_event(capacity=2)
    assert "không phân bổ chỗ một lần" in browser.page(address(other)).text_content()
    event = a_ruled_event(capacity=2, admission=Admission.ALLOCATION)
    applied(event, count=1)
    assert "1 người đang chờ phân bổ" in browser.page(address(event)).text_content()
    assert posted(browser, address(event)).status_code == 303
    page = browser.page(address(event))
    assert criteria(page)[:2] == [
        "Thuộc diện bắt buộccòn phải dự khóa bắt buộc mà cuộc này được tính",
        "Người đầu tiên của mỗi đơn vịđể đơn vị nào cũng có người",
    ]
    assert plan_of(event.id).seed in page.text_content()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"criterion": "first-come", "act": "down"}, [("most-per-organisation", False, 2), ("first-come", True, None)]),
        ({"criterion": "first-come", "act": "up"}, [CAME, MOST]),
        ({"criterion": "first-come", "act": "off"}, [("first-come", False, None), ("most-per-organisation", False, 2)]),
        ({"criterion": "most-per-organisation", "act": "on"}, [CAME, ("most-per-organisation", True, 2)]),
        (
            {"criterion": "most-per-organisation", "act": "most", "most": "3"},
            [CAME, ("most-per-organisation", True, 3)],
        ),
        ({"criterion": "first-come", "act": "most", "most": "3"}, [CAME, MOST]),
        ({"criterion": "luck", "act": "up"}, [CAME, MOST]),
    ],
)  # fmt: skip
def test_criteria_are_moved_switched_and_given_their_number(browser, allocated, sent, expected):
    event, _rows = allocated
    answer = posted(browser, address(event, "/tieu-chi"), version=plan_of(event.id).version, **sent)
    assert answer.status_code == 303
    db.session.rollback()
    assert [(c.criterion, c.is_on, c.most) for c in plan_of(event.id).criteria][: len(expected)] == expected


@pytest.mark.parametrize("most", ["0", "nhiều", "1001"])
def test_a_senseless_number_is_refused(browser, allocated, most):
    event, _rows = allocated
    sent = {"version": plan_of(event.id).version, "criterion": "most-per-organisation", "act": "most", "most": most}
    assert posted(browser, address(event, "/tieu-chi"), **sent).status_code == 422
    db.session.rollback()
    assert plan_of(event.id).criteria[1].most == 2


def test_a_new_draw_says_its_seed(browser, allocated):
    event, _rows = allocated
    before = plan_of(event.id)
    answer = posted(browser, address(event, "/rut-tham"), version=before.version)
    assert answer.status_code == 303
    db.session.rollback()
    after = plan_of(event.id)
    assert (after.draws, after.seed != before.seed) == (2, True)
    assert f"Đã rút hạt giống mới: {after.seed}" in browser.page(address(event)).text_content()


def test_one_person_is_pinned_with_a_reason_that_is_shown_and_can_be_taken_back(browser, allocated):
    event, rows = allocated
    page = browser.page(address(event) + f"?nguoi={rows[2].id}")
    assert page.xpath("string(//dialog[@id='xep-nguoi']//h2)") == "Cao Mẫu Chi"
    about = address(event, f"/nguoi/{rows[2].id}")
    sent = {"version": plan_of(event.id).version, "word": "pinned", "reason": ""}
    refused = posted(browser, about, **sent)
    assert refused.status_code == 422
    assert "Hãy ghi lý do" in refused.get_data(as_text=True)
    assert posted(browser, about, **sent | {"reason": "Báo cáo viên"}).status_code == 303
    db.session.rollback()
    assert table(browser.page(address(event)))[0] == [
        "1",
        "Cao Mẫu Chi",
        "Sở Nông nghiệp",
        "Được ghim: Báo cáo viên",
        "Nhận",
    ]
    page = browser.page(address(event) + f"?nguoi={rows[2].id}")
    assert page.xpath("//input[@name='reason']/@value") == ["Báo cáo viên"]
    sent = {"version": plan_of(event.id).version, "word": "", "reason": ""}
    assert posted(browser, about, **sent).status_code == 303
    assert table(browser.page(address(event)))[0][1] == "Đỗ Mẫu Ân"


def test_the_decision_seats_and_queues_and_the_page_shows_what_was_kept(browser, allocated):
    event, _rows = allocated
    answer = posted(browser, address(event, "/quyet-dinh"), **decision(browser.page(address(event))))
    assert answer.status_code == 303
    page = browser.page(address(event))
    assert [row[-1] for row in table(page)] == ["Nhận", "Nhận", table(page)[2][0], "Chờ số 1"]
    said = page.text_content()
    assert "Đã quyết định: nhận 2, chờ 1" in said
    assert "chạy lại cùng hạt giống ra đúng kết quả này" in said
    assert {state for state, _ in standings(event).values()} == {RegistrationState.CONFIRMED, RegistrationState.WAITING}


def test_a_decision_over_another_list_than_was_seen_is_shown_anew(browser, allocated):
    event, _rows = allocated
    seen = decision(browser.page(address(event)))
    applied(event, count=1)
    answer = posted(browser, address(event, "/quyet-dinh"), **seen)
    assert answer.status_code == 409
    page = html.fromstring(answer.get_data(as_text=True))
    assert "đã thay đổi từ lúc mở trang" in page.text_content()
    assert len(table(page)) == 5
    assert posted(browser, address(event, "/quyet-dinh"), **decision(page)).status_code == 303


def test_two_organizers_do_not_overwrite_each_other(browser, allocated):
    event, rows = allocated
    old = plan_of(event.id).version
    by_order(event)
    for act, sent in (
        ("/tieu-chi", {"criterion": "first-come", "act": "off"}),
        ("/rut-tham", {}),
        (f"/nguoi/{rows[0].id}", {"word": "put-last", "reason": "Đã dự"}),
        ("/quyet-dinh", {"seen": "x"}),
    ):
        answer = posted(browser, address(event, act), version=old, **sent)
        assert (answer.status_code, "bản mới nhất" in answer.get_data(as_text=True)) == (409, True)
    db.session.rollback()
    assert (plan_of(event.id).version, plan_of(event.id).draws) == (old + 1, 1)


def test_while_people_may_still_apply_there_is_no_button_to_decide(browser, app):
    fields = {"registration_closes_at": clock.now() + timedelta(days=1)}
    event = a_ruled_event(capacity=2, admission=Admission.ALLOCATION, fields=fields)
    applied(event, count=1)
    posted(browser, address(event))
    page = browser.page(address(event))
    assert "Còn nhận đăng ký đến" in page.text_content()
    assert page.xpath("//form[contains(@class, 'decide')]//button") == []
    answer = posted(browser, address(event, "/quyet-dinh"), **decision(page))
    assert (answer.status_code, "phân bổ sau khi hết hạn" in answer.get_data(as_text=True)) == (422, True)


def test_the_list_of_registrations_leads_here_only_where_seats_are_allocated(browser, allocated):
    event, _rows = allocated
    wanted = f"//a[@href='{address(event)}']"
    assert browser.page(f"/hop/{event.code}/quan-ly/dang-ky").xpath(wanted)
    other = make_event(capacity=2)
    assert "phan-bo" not in browser.get(f"/hop/{other.code}/quan-ly/dang-ky").text


def test_strangers_and_wrong_methods(client_for, browser, allocated):
    event, _rows = allocated
    stranger = client_for(make_account())
    assert stranger.get(address(event)).status_code == 403
    assert [browser.get(address(event, act)).status_code for act in ACTS[1:]] == [405] * 4
    assert browser.get("/hop/2026-999999/quan-ly/phan-bo").status_code == 404


def test_the_page_takes_the_same_statements_for_few_and_many(browser, allocated):
    event, _rows = allocated
    browser.get(address(event))
    with counted() as few:
        browser.get(address(event))
    applied(event, [a_member() for _ in range(8)])
    with counted() as many:
        browser.get(address(event))
    assert len(many) == len(few)


def test_who_must_come_and_who_is_invited_are_known_by_the_page_and_kept_with_the_decision(browser, allocated):
    event, rows = allocated
    people = [db.session.get_one(Person, row.person_id) for row in rows]
    db.session.rollback()
    ordered(people[2], events=(event,))
    invited(event, people=[people[1]])
    version = plan_of(event.id).version
    with unit_of_work():
        service.set_criteria(
            actor=an_organizer(), event_id=event.id, version=version, now=clock.now(),
            criteria=[Chosen(Criterion.MANDATORY, True), Chosen(Criterion.INVITED, True)],
        )  # fmt: skip
    page = browser.page(address(event))
    assert [row[1:2] + row[3:] for row in table(page) if len(row) > 1] == [
        ["Cao Mẫu Chi", "Thuộc diện bắt buộc", "Nhận"],
        ["Bùi Mẫu Bảo", "Được mời", "Nhận"],
        ["Đỗ Mẫu Ân", "Sau người được mời", "Chờ số 1"],
    ]
    assert posted(browser, address(event, "/quyet-dinh"), **decision(page)).status_code == 303
    decided = last_allocation(event.id)
    known = [row.facts["applicant"] for row in rows_of(decided.id)]
    assert [(one["is_mandatory"], one["is_invited"]) for one in known] == [(True, False), (False, True), (False, False)]
    assert is_reproduced(decided, rows_of(decided.id))


def test_named_by_an_organisation_that_is_invited_counts_as_invited_until_it_is_taken_back(app):
    event, house = a_ruled_event(capacity=2, admission=Admission.ALLOCATION), make_organisation("Sở Mẫu")
    (invitation,) = invited(event, house, places=2)
    person = a_member(house)
    names_given(invitation, person)
    db.session.rollback()
    assert invited_people(event.id) == {person.id}
    with unit_of_work():
        invitations.revoke(
            actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], reason="", now=clock.now()
        )
    assert invited_people(event.id) == frozenset()
