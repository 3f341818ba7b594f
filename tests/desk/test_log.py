"""Nhật ký of one event."""

from datetime import timedelta

import pytest

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.events.service import postpone
from kstthc_training.people.enums import Role
from tests.attendance.doors import close
from tests.events.drafts import draft, organizer, saved, stored
from tests.support.factories import make_account, make_event, make_person, make_venue


@pytest.fixture
def browser(client_for):
    return client_for(make_account(Role.ORGANIZER))


def rows(page) -> list[list[str]]:
    """Who, what and the details of each act."""
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row[1:]] for row in page.xpath("//tbody/tr")]


def test_acts_are_told_in_words_latest_first(browser, app, now):
    actor = organizer()
    event = stored(actor, draft(), now)
    saved(actor, event, now, title="Tập huấn mới", venue_id=make_venue("Hội trường").id, audience="press")
    assert rows(browser.page(f"/hop/{event.code}/quan-ly/nhat-ky")) == [
        [
            actor.display_name,
            "Sửa thông tin",
            "Tên: Tập huấn mẫu → Tập huấn mới Thành phần: Cán bộ, công chức → Báo chí Địa điểm: – → Hội trường",
        ],
        [actor.display_name, "Tạo cuộc họp", "Tập huấn mẫu"],
    ]


def test_reasons_sessions_and_persons_are_named(browser, app, now):
    actor, person = organizer(), make_person("Lê Mẫu Châu")
    event = make_event(starts_at=now - timedelta(days=1), sessions=2)
    close(event)
    with unit_of_work():
        record(
            actor=actor, action="registration.cancelled", subject_type="event", subject_id=event.id, now=now,
            person_id=person.id, reason="Bận họp",
        )  # fmt: skip
    page = browser.page(f"/hop/{event.code}/quan-ly/nhat-ky")
    assert [row[1:] for row in rows(page)] == [
        ["Hủy đăng ký", "Lê Mẫu Châu Bận họp"],
        ["Chốt điểm danh", "Buổi 1"],
    ]


def test_log_is_narrowed_by_what_it_is_about(browser, app, now):
    actor = organizer()
    event = make_event()
    with unit_of_work():
        postpone(actor=actor, event=event, reason="Bão", now=now)
        record(actor=actor, action="registration.made", subject_type="event", subject_id=event.id, now=now)
        record(actor=actor, action="registration.made", subject_type="organisation", subject_id=event.id, now=now)
    here = f"/hop/{event.code}/quan-ly/nhat-ky"
    assert [row[1] for row in rows(browser.page(here))] == ["Đăng ký", "Hoãn cuộc họp"]
    assert [row[1] for row in rows(browser.page(f"{here}?viec=thong-tin"))] == ["Hoãn cuộc họp"]
    assert [row[1] for row in rows(browser.page(f"{here}?viec=dang-ky"))] == ["Đăng ký"]
    assert "Chưa có việc nào thuộc loại này" in browser.get(f"{here}?viec=diem-danh").text
    part = browser.fragment(f"{here}?viec=dang-ky", "nhat-ky")
    assert part.text in browser.get(f"{here}?viec=dang-ky").text


def test_pages_of_fifty_in_a_fixed_number_of_statements(browser, app, now, statements):
    actor, event = organizer(), make_event()
    here = f"/hop/{event.code}/quan-ly/nhat-ky"
    with statements() as few:
        browser.get(here)
    people = [make_person() for _ in range(3)]
    with unit_of_work():
        for number in range(51):
            record(
                actor=actor, action="registration.made", subject_type="event", subject_id=event.id, now=clock.now(),
                person_id=people[number % 3].id,
            )  # fmt: skip
    with statements() as many:
        page = browser.page(here)
    assert (len(rows(page)), len(many)) == (50, len(few))
    assert "1–50 trong 51" in page.text_content()
    assert len(rows(browser.page(page.xpath("//a[@rel='next']/@href")[0]))) == 1
