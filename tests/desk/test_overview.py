"""Tổng quan of one event: figures, tasks, and what changes its state."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from tests.attendance.doors import close, put_mark
from tests.desk.event_forms import parsed
from tests.support.factories import make_account, make_agenda_item, make_event, make_registration, make_venue

CONTACT = {"contact_name": "Nguyễn Mẫu An", "contact_phone": "0900 000 021"}
DAY = timedelta(days=1)


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


def here(event: Event, tab: str = "") -> str:
    return f"/hop/{event.code}/quan-ly{tab}"


def state_of(event: Event) -> EventState:
    return db.session.execute(select(Event.state).where(Event.id == event.id)).scalar_one()


def tasks(page) -> list[str]:
    """Headings and titles of the task list, in order; what is done in one line."""
    return [
        " ".join(item.xpath("string((./div/a/b|./div/span|self::li[@class='grp']|./div[@class='small'])[1])").split())
        for item in page.xpath("//ul[@class='tasks']/li")
    ]


def figures(page) -> list[str]:
    return [" ".join(value.text_content().split()) for value in page.xpath("//*[@class='figs']//*[contains(@class, 'v')]")]


def test_strangers(app, client, client_for):
    event, draft = make_event(), make_event(state=EventState.DRAFT)
    addresses = [here(event), here(draft), here(event, "/nhat-ky"), f"/hop/{event.code}/hoan", f"/hop/{event.code}/huy"]
    for address in addresses:
        assert client.get(address).status_code == 303
        for role in (Role.MEMBER, Role.LEADER):
            assert client_for(make_account(role)).get(address).status_code == 403
    organizer = client_for(make_account(Role.ORGANIZER))
    assert organizer.get("/hop/2026-9999/quan-ly").status_code == 404
    assert organizer.post(here(event)).status_code == 405
    assert organizer.get(f"/hop/{event.code}/phat-hanh").status_code == 405


def test_head_says_which_event_this_is(browser, now):
    event = make_event("Tập huấn số hóa", starts_at=now - timedelta(hours=1), venue_id=make_venue("Hội trường").id)
    page = browser.page(here(event))
    assert page.xpath("string(//h1)") == "Tập huấn số hóa"
    line = " ".join(page.xpath("string(//*[contains(@class, 'ws__m')])").split())
    assert line == "Tập huấnĐang diễn ra08:00 – 11:00, Thứ Tư 18/03/2026Hội trường"
    assert page.xpath("//nav[@class='tabs']/a[@aria-current]/text()")[0].strip() == "Tổng quan"


def test_figures_count_people(browser, now):
    event = make_event(starts_at=now - timedelta(hours=1), capacity=5)
    here_already = make_registration(event)
    make_registration(event)
    make_registration(event, state=RegistrationState.WAITING)
    make_registration(event, state=RegistrationState.PENDING)
    make_registration(event, state=RegistrationState.REFUSED)
    put_mark(event, here_already.id, MarkStatus.LATE)
    page = browser.page(here(event))
    assert figures(page) == ["2", "1", "1", "0", "0"]
    assert page.xpath("//nav[@class='tabs']/a/span/text()")[:2] == ["4", "1"]
    assert "1 người chờ duyệt" in tasks(page)
    assert page.xpath("//*[@class='hbar']/b/text()") == ["1"]


def test_seats_are_those_of_the_pool(browser, now):
    event = make_event(starts_at=now - timedelta(hours=1), capacity=3)
    make_registration(event)
    for _ in range(3):
        make_registration(event, source=RegistrationSource.WALK_IN, seated=False)
    said = "string(//*[@class='figs']/a[1])"
    assert " ".join(browser.page(here(event)).xpath(said).split()) == "Đã đăng ký41 / 3 chỗ · Còn 2 chỗ"
    make_registration(event, state=RegistrationState.WAITING)
    assert browser.page(here(event)).xpath(said).rstrip().endswith("1 / 3 chỗ · Hết chỗ")
    free = make_event(starts_at=now + timedelta(days=9))
    assert browser.page(here(free)).xpath(said).rstrip().endswith("Không giới hạn chỗ")


def test_draft_has_to_be_released(browser, now):
    draft = make_event(state=EventState.DRAFT, starts_at=now + 2 * DAY, venue_id=make_venue().id)
    page = browser.page(here(draft))
    assert tasks(page)[:2] == ["Làm bây giờ", "Phát hành"]
    assert "Còn thiếu đầu mối liên hệ" in page.text_content()
    assert "Chỉ còn 2 ngày làm việc." in page.text_content()


def test_release_from_the_overview(browser, now):
    draft = make_event(state=EventState.DRAFT, venue_id=make_venue().id, **CONTACT)
    answer = browser.post(f"/hop/{draft.code}/phat-hanh")
    assert (answer.status_code, answer.location, state_of(draft)) == (303, here(draft), EventState.RELEASED)
    again = browser.post(f"/hop/{draft.code}/phat-hanh")
    assert again.status_code == 303
    assert "trạng thái “Đã phát hành”" in browser.get(here(draft)).text


def test_incomplete_draft_opens_the_form_where_it_lacks(browser):
    draft = make_event(state=EventState.DRAFT, **CONTACT)
    answer = browser.post(f"/hop/{draft.code}/phat-hanh")
    assert (answer.status_code, state_of(draft)) == (422, EventState.DRAFT)
    assert parsed(answer).xpath("//*[@class='errsum']//a/@href") == ["#venue_id"]


def test_tasks_follow_the_sessions(browser, now):
    event = make_event(starts_at=now - 2 * DAY, sessions=4)
    make_agenda_item(event)
    close(event, 0)
    assert tasks(browser.page(here(event))) == [
        "Làm bây giờ",
        "Chốt điểm danh buổi 2 17/03",
        "Điểm danh buổi 3 18/03",
        "Sau đó",
        "Điểm danh buổi 4 19/03",
        "Tải tài liệu lên",
        "Kết thúc cuộc họp",
        "Đã xong",
        "Thông tin cơ bản · Chương trình · Phát hành · Điểm danh buổi 1 16/03",
    ]


def test_held_event_has_nothing_left(browser, now):
    event = make_event(starts_at=now - DAY)
    close(event)
    page = browser.page(here(event))
    assert tasks(page) == ["Đã xong", "Thông tin cơ bản · Phát hành · Điểm danh 17/03 · Kết thúc cuộc họp"]


@pytest.mark.parametrize(("capacity", "heading"), [(1, "Sau đó"), (2, "Làm bây giờ")])
def test_queue_is_pressing_while_seats_are_free(browser, capacity, heading):
    event = make_event(capacity=capacity)
    make_registration(event)
    make_registration(event, state=RegistrationState.WAITING)
    found = tasks(browser.page(here(event)))
    assert found.index(heading) < found.index("1 người đang chờ chỗ")
    assert ("Sau đó" in found[: found.index("1 người đang chờ chỗ")]) is (heading == "Sau đó")


def test_postponing_tells_everyone(browser):
    event = make_event()
    make_registration(event)
    page = browser.page(f"/hop/{event.code}/hoan")
    assert "1 người đã đăng ký sẽ nhận thư kèm lý do." in page.text_content()
    answer = browser.post(f"/hop/{event.code}/hoan", data={"reason": "Bão số 5"})
    assert (answer.status_code, answer.location, state_of(event)) == (303, here(event), EventState.POSTPONED)
    assert len(db.session.scalars(select(Message)).all()) == 1
    page = browser.page(here(event))
    assert "Đã hoãn cuộc họp. Gửi đi 1 thư báo." in page.text_content()
    assert "Đã hoãn. Bão số 5" in " ".join(page.text_content().split())
    assert tasks(page)[:2] == ["Làm bây giờ", "Định ngày mới"]


def test_cancelling_is_for_good(browser):
    event = make_event()
    answer = browser.post(f"/hop/{event.code}/huy", data={"reason": "Không còn cần"})
    assert (answer.status_code, state_of(event)) == (303, EventState.CANCELLED)
    page = browser.page(here(event))
    assert "Cuộc họp đã hủy, không còn việc gì." in page.text_content()
    assert page.xpath(f"//a[@href='/hop/{event.code}/sua']") == []
    assert page.xpath(f"//a[@href='/hop/{event.code}/huy']") == []


@pytest.mark.parametrize("act", ["hoan", "huy"])
def test_calling_off_needs_a_reason(browser, act):
    event = make_event()
    answer = browser.post(f"/hop/{event.code}/{act}", data={"reason": "  "})
    assert (answer.status_code, state_of(event)) == (422, EventState.RELEASED)
    assert parsed(answer).xpath("//*[@class='errsum']//a/@href") == ["#reason"]


def test_begun_event_is_not_postponed(browser, now):
    event = make_event(starts_at=now)
    answer = browser.post(f"/hop/{event.code}/hoan", data={"reason": "Bão"})
    assert (answer.status_code, state_of(event)) == (422, EventState.RELEASED)
    assert "Cuộc họp đã bắt đầu lúc 09:00 18/03/2026 nên không hoãn được." in answer.text
    assert browser.page(here(event)).xpath(f"//a[@href='/hop/{event.code}/hoan']") == []


def test_cancelling_warns_of_marks(browser, now):
    event = make_event(starts_at=now)
    put_mark(event, make_registration(event).id)
    assert "Đã có 1 lượt điểm danh." in browser.get(f"/hop/{event.code}/huy").text


def test_draft_is_not_called_off(browser):
    draft = make_event(state=EventState.DRAFT)
    for act in ("hoan", "huy"):
        assert browser.post(f"/hop/{draft.code}/{act}", data={"reason": "Bão"}).status_code == 422
    assert state_of(draft) is EventState.DRAFT


def test_statements_do_not_grow_with_people_and_sessions(browser, now, statements):
    small = make_event(starts_at=now)
    with statements() as few:
        browser.get(here(small))
    big = make_event(starts_at=now, sessions=4, capacity=3)
    for _ in range(3):
        put_mark(big, make_registration(big).id)
    make_registration(big, state=RegistrationState.WAITING)
    with statements() as many:
        browser.get(here(big))
    assert len(many) == len(few)
