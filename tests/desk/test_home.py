"""Điều hành: what waits, and the list."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationRules
from kstthc_training.outbox.enums import KnownTrouble, MessageState
from kstthc_training.outbox.models import Message
from kstthc_training.outbox.queries import may_go_again
from kstthc_training.outbox.service import send_now
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import Admission, RegistrationState
from tests.attendance.doors import close
from tests.registrations.seats import a_ruled_event
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration, make_venue

HERE = "/dieu-hanh"


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


def titles(page) -> list[str]:
    return page.xpath("//table//a[@class='name']/text()")


def tasks(page) -> list[tuple[str, str]]:
    return [
        (item.xpath("string(.//b)"), item.xpath("string(.//*[contains(@class, 'tag')])"))
        for item in page.xpath("//ul[@class='tasks']/li")
    ]


def test_strangers(app, client, client_for):
    assert client.get(HERE).status_code == 303
    for role in (Role.MEMBER, Role.LEADER):
        assert client_for(make_account(role)).get(HERE).status_code == 403
    assert client_for(make_account(Role.ORGANIZER)).post(HERE).status_code == 405


def test_empty_desk_says_so(browser):
    page = browser.page(HERE)
    assert "Không có việc nào" in page.text_content()
    assert "Chưa có cuộc họp nào ở đây" in page.text_content()


def test_three_heaps(browser, now):
    hour = timedelta(hours=1)
    make_event("Dự thảo", state=EventState.DRAFT)
    make_event("Đang họp", starts_at=now - 3 * hour + timedelta(microseconds=1))
    make_event("Vừa xong", starts_at=now - 3 * hour)
    make_event("Hoãn đã lâu", state=EventState.POSTPONED, starts_at=now - 99 * hour)
    make_event("Hủy sắp tới", state=EventState.CANCELLED)
    page = browser.page(HERE)
    assert titles(page) == ["Hoãn đã lâu", "Đang họp"]
    assert page.xpath("//section//div[@class='seg']/a/span/text()") == ["1", "2", "2"]
    assert titles(browser.page(f"{HERE}?trang-thai=du-thao")) == ["Dự thảo"]
    assert titles(browser.page(f"{HERE}?trang-thai=da-ket-thuc")) == ["Hủy sắp tới", "Vừa xong"]
    assert titles(browser.page(f"{HERE}?trang-thai=abc")) == ["Hoãn đã lâu", "Đang họp"]


def test_search_needs_no_accents_and_narrows_the_counts(browser):
    make_event("Họp báo quý III")
    make_event("Tập huấn số hóa")
    page = browser.page(f"{HERE}?q=bao+hop")
    assert titles(page) == ["Họp báo quý III"]
    assert page.xpath("//section//div[@class='seg']/a/span/text()") == ["0", "1", "0"]
    assert "trang-thai=du-thao&q=bao+hop" in page.xpath("//section//div[@class='seg']/a/@href")[0]
    assert "Không có cuộc họp nào khớp" in browser.get(f"{HERE}?q=%25").text


def test_row_says_where_who_and_how_many(browser, now):
    event = make_event("Họp báo", kind="hop-bao", capacity=1, venue_id=make_venue("Phòng họp số 1").id)
    make_registration(event)
    (row,) = browser.page(HERE).xpath("//tbody/tr")
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
    assert cells[:5] == ["25/03 09:00", "Họp báo", "Họp báo", "Phòng họp số 1", "1/1"]
    assert cells[6] == "Hết chỗ"
    assert row.xpath(".//a[@data-key='e']/@href") == [f"/hop/{event.code}/sua"]
    assert row.xpath(".//a[@data-key='d']/@href") == [f"/hop/tao?tu={event.code}"]


@pytest.mark.parametrize(
    ("fields", "tag"),
    [
        ({}, "Đang mở đăng ký"),
        ({"registration_opens_at": timedelta(hours=1)}, "Đã phát hành"),
        ({"registration_opens_at": timedelta(0)}, "Đang mở đăng ký"),
        ({"registration_closes_at": timedelta(0)}, "Đã phát hành"),
        ({"starts_at": timedelta(0)}, "Đang diễn ra"),
    ],
)
def test_tag_follows_the_window(browser, now, fields, tag):
    make_event(**{name: now + after for name, after in fields.items()})
    assert browser.page(HERE).xpath("string(//tbody/tr/td[7])").strip() == tag


def test_pages_of_fifty(browser, now):
    for number in range(51):
        make_event(f"Cuộc {number:02}", starts_at=now + timedelta(days=1, minutes=number))
    page = browser.page(HERE)
    assert (len(titles(page)), titles(page)[0]) == (50, "Cuộc 00")
    assert "1–50 trong 51" in page.text_content()
    second = browser.page(page.xpath("//a[@rel='next']/@href")[0])
    assert titles(second) == ["Cuộc 50"]
    assert titles(browser.page(f"{HERE}?trang=99")) == ["Cuộc 50"]
    assert titles(browser.page(f"{HERE}?trang=-1"))[0] == "Cuộc 00"


def test_list_is_a_slice_of_the_page(browser):
    make_event("Họp báo")
    whole = browser.get(f"{HERE}?q=hop")
    part = browser.fragment(f"{HERE}?q=hop", "cac-cuoc-hop")
    assert part.text in whole.text
    assert part.text.lstrip().startswith('<section class="card bleed" id="cac-cuoc-hop"')
    assert "HX-Request" in part.headers["Vary"]


def test_what_waits_comes_most_pressing_first(browser, client_for, now):
    day = timedelta(days=1)
    make_event("Dự thảo xa", state=EventState.DRAFT, starts_at=now + 13 * day)
    make_event("Dự thảo quá xa", state=EventState.DRAFT, starts_at=now + 14 * day)
    make_event("Dự thảo gấp", state=EventState.DRAFT, starts_at=now + 2 * day)
    make_event("Chưa chốt", starts_at=now - 4 * day)
    queue = make_event("Có người chờ", capacity=5)
    make_registration(queue, state=RegistrationState.WAITING)
    full = make_event("Hết chỗ thật", capacity=1)
    make_registration(full)
    make_registration(full, state=RegistrationState.WAITING)
    with unit_of_work() as work:
        work.add(
            Message(
                key="k", kind="x", message_id="<1@mau>", recipient="a@mau.example", subject="s", body="b",
                state=MessageState.FAILED, created_at=now, run_at=now,
            )
        )  # fmt: skip
    page = browser.page(HERE)
    letters = "//a[contains(@href, '/thu-di')]/@href"
    assert page.xpath(letters) == ["/thu-di", "/thu-di"]  # from the head, and from the task
    assert tasks(page) == [
        ("Chưa chốt điểm danh 1 buổi", "Trễ 4 ngày"),
        ("Dự thảo chưa phát hành", "Quá hạn mời"),
        ("1 người chờ dù còn chỗ", "Xếp chỗ"),
        ("1 thư không gửi được", "Xem lại"),
        ("Dự thảo chưa phát hành", "Còn 8 ngày"),
    ]
    assert "5 việc" in page.text_content()


def test_applicants_wait_for_a_decision_until_the_event_begins(browser, now):
    event = make_event("Duyệt từng người", starts_at=now + timedelta(minutes=1))
    for _number in range(2):
        make_registration(event, state=RegistrationState.PENDING)
    make_registration(event, state=RegistrationState.REFUSED)
    begun = make_event("Đang họp", starts_at=now)
    make_registration(begun, state=RegistrationState.PENDING)
    page = browser.page(HERE)
    assert tasks(page) == [("2 người chờ duyệt", "Duyệt")]
    assert page.xpath("//ul[@class='tasks']//a/@href") == [f"/hop/{event.code}/quan-ly/dang-ky?tt=cho-duyet"]


def test_applicants_for_allocated_seats_lead_to_the_allocation(browser, now):
    event = a_ruled_event(capacity=1, admission=Admission.ALLOCATION)
    for _number in range(2):
        make_registration(event, state=RegistrationState.PENDING)
    page = browser.page(HERE)
    assert tasks(page) == [("2 người chờ phân bổ chỗ", "Phân bổ")]
    assert page.xpath("//ul[@class='tasks']//a/@href") == [f"/hop/{event.code}/quan-ly/phan-bo"]


def test_invitees_who_let_their_deadline_pass_are_counted(browser, now):
    event, hour = make_event("Có mời"), timedelta(hours=1)
    silent, named, asleep, told_later, revoked, declined = (make_organisation() for _ in range(6))
    late = {"event_id": event.id, "answer_by": now - hour, "sent_at": now - 9 * hour, "made_at": now - 9 * hour}
    with unit_of_work() as work:
        work.add(InvitationRules(event_id=event.id, answer_by=now - hour, remind_days=[]))
        work.add(Invitation(**late, organisation_id=silent.id))
        work.add(Invitation(**late, organisation_id=named.id))
        work.add(Invitation(**late, person_id=make_person().id))
        work.add(Invitation(**{**late, "answer_by": None}, organisation_id=asleep.id))
        work.add(Invitation(**{**late, "answer_by": now + hour}, organisation_id=told_later.id))
        work.add(Invitation(**late, organisation_id=revoked.id, revoked_at=now))
        work.add(Invitation(**late, organisation_id=declined.id, answer=InvitationAnswer.DECLINED, answered_at=now))
    make_registration(event, organisation_id=named.id)
    page = browser.page(HERE)
    assert tasks(page) == [("3 nơi được mời quá hạn chưa trả lời", "Nhắc")]
    assert page.xpath("//ul[@class='tasks']//a/@href") == [f"/hop/{event.code}/quan-ly/moi?tt=chua-tra-loi"]


def test_letters_that_cannot_go_again_wait_for_nobody(browser, now):
    event = make_event(starts_at=now + timedelta(days=20))
    troubles = {"refused": "550 no such user", "void": KnownTrouble.NO_LINK, "": None}
    with unit_of_work() as work:
        for key, trouble in troubles.items():
            work.add(_failed(key, event, now, last_error=trouble))
        work.add(_failed("erased", event, now, body=None))
    assert tasks(browser.page(HERE)) == [("2 thư không gửi được", "Xem lại")]
    assert "2 thư không gửi được" in browser.page(f"/hop/{event.code}/quan-ly").text_content()
    with unit_of_work():
        stuck = db.session.scalars(select(Message.id).where(may_go_again())).all()
        assert len(send_now(ids=stuck, account_id=None, now=now).ids) == 2
    assert tasks(browser.page(HERE)) == []


def _failed(key, event, now, **fields):
    values = {"body": "b", "last_error": None, **fields}
    return Message(
        key=key, kind="x", message_id=f"<{key}@mau>", recipient="a@mau.example", subject="s", event_id=event.id,
        state=MessageState.FAILED, created_at=now, run_at=now, **values,
    )  # fmt: skip


def test_closed_sessions_do_not_wait(browser, now):
    event = make_event(starts_at=now - timedelta(days=4), sessions=2)
    close(event, 0)
    assert tasks(browser.page(HERE)) == [("Chưa chốt điểm danh 1 buổi", "Trễ 3 ngày")]
    close(event, 1)
    assert tasks(browser.page(HERE)) == []


def test_statements_do_not_grow_with_events(browser, now, statements):
    make_event()
    with statements() as few:
        browser.get(HERE)
    for _ in range(4):
        make_registration(make_event(venue_id=make_venue().id, capacity=9))
        make_event(state=EventState.DRAFT)
        make_event(starts_at=now - timedelta(days=4))
    with statements() as many:
        browser.get(HERE)
    assert len(many) == len(few)
