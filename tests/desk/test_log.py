"""Nhật ký of one event."""

from datetime import date, timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.service import record
from kstthc_training.db import db, unit_of_work
from kstthc_training.desk.journal import Theme, log_page
from kstthc_training.events.drafts import AgendaItemDraft
from kstthc_training.events.enums import AttendanceRule, EventMode
from kstthc_training.events.models import Session
from kstthc_training.events.queries import load_whole
from kstthc_training.events.service import postpone
from kstthc_training.files.store import Kept
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.service import (
    MaterialDraft,
    add_material,
    change_material,
    restore_material,
    withdraw_material,
)
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.registrations.service import renew_ticket, set_capacity
from tests.attendance.doors import close
from tests.events.drafts import at, draft, organizer, saved, session, stored
from tests.registrations.actors import cancelled, himself, registered
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
            "Sửa cuộc họp",
            "Tên: Tập huấn mẫu → Tập huấn mới Thành phần: Cán bộ, công chức → Báo chí Địa điểm: – → Hội trường",
        ],
        [actor.display_name, "Tạo cuộc họp", "Tập huấn mẫu"],
    ]


def test_reasons_sessions_and_persons_are_named(browser, app, now):
    actor, person = organizer(), make_person("Lê Mẫu Châu")
    event = make_event(starts_at=now - timedelta(days=1), sessions=2)
    with unit_of_work():
        db.session.scalars(select(Session).where(Session.position == 1)).one().name = "Buổi chiều"
    close(event, 0)
    close(event, 1)
    with unit_of_work():
        record(
            actor=actor, action="registration.cancelled", subject_type="event", subject_id=event.id, now=now,
            person_id=person.id, reason="Bận họp",
        )  # fmt: skip
    page = browser.page(f"/hop/{event.code}/quan-ly/nhat-ky")
    assert [row[1:] for row in rows(page)] == [
        ["Hủy đăng ký", "Lê Mẫu Châu Bận họp"],
        ["Chốt điểm danh", "Buổi chiều · 0 người ghi vắng"],
        ["Chốt điểm danh", "Buổi 1 · 0 người ghi vắng"],
    ]


def details(browser, event) -> list[tuple[str, list[str]]]:
    """Each act, the first one first, with its sentences."""
    page = browser.page(f"/hop/{event.code}/quan-ly/nhat-ky")
    found = [(row.xpath("string(td[3])"), row.xpath("td[4]/text()")) for row in page.xpath("//tbody/tr")]
    return [(act, [line.strip() for line in lines]) for act, lines in reversed(found)]


def test_what_changed_is_told_in_words_of_the_reader(browser, app, now):
    actor = organizer()
    door = make_person("Lê Mẫu Châu")
    event = stored(actor, draft(capacity=40), now)
    event = saved(
        actor, event, now, mode=EventMode.BOTH, attendance_rule=AttendanceRule.ALL, capacity=None,
        sessions=(session(8, 11, name="Sáng"),), registration_closes_at=at(17, day=date(2026, 4, 3)),
        door_staff_ids=frozenset({door.id}), agenda=(AgendaItemDraft(starts_at=at(8), title="Khai mạc"),),
    )  # fmt: skip
    with unit_of_work():
        set_capacity(actor=actor, event=event, capacity=1200, now=now)
    assert details(browser, event)[1:] == [
        (
            "Sửa cuộc họp",
            [
                "Số chỗ: 40 → không giới hạn",
                "Hình thức: Trực tiếp → Kết hợp",
                "Tính là đã dự: Có mặt ít nhất một nửa số buổi → Có mặt đủ các buổi",
                "Hạn đăng ký: – → 17:00 03/04/2026",
                "Người trực cửa: – → Lê Mẫu Châu",
                "Các buổi: 08:00–11:00 06/04/2026 → Sáng 08:00–11:00 06/04/2026",
                "Chương trình: – → 08:00 Khai mạc",
            ],
        ),
        ("Đổi số chỗ", ["Số chỗ: không giới hạn → 1.200"]),
    ]


def test_papers_are_followed_through_their_acts(browser, app, now):
    actor, event = organizer(), make_event()
    kept = Kept(key="ab/cd", sha256="0" * 64, size=2_800_000)
    paper = MaterialDraft(
        title="Thông cáo", file_name="a.pdf", media_type="application/pdf",
        audience=MaterialAudience.REGISTERED, available_at=None,
    )  # fmt: skip
    with unit_of_work():
        material = add_material(actor=actor, event=event, kept=kept, draft=paper, now=now)
        change_material(
            actor=actor, event=event, material=material, audience=MaterialAudience.SIGNED_IN,
            available_at=now + timedelta(days=2), version=1, now=now,
        )  # fmt: skip
        withdraw_material(actor=actor, event=event, material=material, now=now)
        restore_material(actor=actor, event=event, material_id=material.id, now=now)
    assert details(browser, event) == [
        ("Thêm tài liệu", ["Thông cáo · Người đăng ký · 2,8 MB"]),
        (
            "Sửa tài liệu",
            ["Thông cáo", "Ai được xem: Người đăng ký → Mọi người đã đăng nhập", "Phát lúc: – → 09:00 20/03/2026"],
        ),
        ("Rút tài liệu", ["Thông cáo"]),
        ("Trả lại tài liệu", ["Thông cáo"]),
    ]


def test_registrations_are_followed_through_their_acts(browser, app):
    event, person = make_event(), make_person("Lê Mẫu Châu")
    registration = registered(event, person)
    with unit_of_work():
        renew_ticket(actor=himself(person), registration=registration, now=clock.now())
    assert details(browser, event) == [
        ("Đăng ký", ["Lê Mẫu Châu · Đã đăng ký · Tự đăng ký"]),
        ("Cấp lại vé", ["Lê Mẫu Châu"]),
    ]


def test_who_moved_up_from_the_queue_stands_in_the_log_with_the_reason(browser, app, now):
    event, seated, waiting = make_event(capacity=1), make_person("Lê Mẫu Châu"), make_person("Danh Mẫu Hương")
    leaving = registered(event, seated)
    registered(event, waiting)
    cancelled(leaving)
    page = browser.page(f"/hop/{event.code}/quan-ly/nhat-ky?viec=dang-ky")
    assert rows(page)[:2] == [
        [
            himself(seated).display_name, "Chuyển từ danh sách chờ thành có chỗ",
            "Danh Mẫu Hương · Theo thứ tự danh sách chờ · Có người không dự được",
        ],
        [himself(seated).display_name, "Hủy đăng ký", "Lê Mẫu Châu · Tự hủy đăng ký"],
    ]  # fmt: skip


def test_the_product_itself_is_named_in_the_language_of_the_reader(app, now):
    event = make_event(sessions=1)
    with unit_of_work():
        record(actor=SYSTEM, action="registration.promoted", subject_type="event", subject_id=event.id, now=now)
    with app.test_request_context(), force_locale("en"):
        shown = log_page(load_whole(event.id), theme=Theme.ALL, number=1)
    assert [row.actor for row in shown.rows] == ["System"]


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
