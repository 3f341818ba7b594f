"""Events that were held, with known figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event, EventTopic
from kstthc_training.files.models import StoredFile
from kstthc_training.ids import random_uuid
from kstthc_training.materials.models import Material
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.plans.models import Plan, PlanItem, Topic
from kstthc_training.plans.queries import items_of
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.reports.figures import summary_of
from kstthc_training.reports.periods import Period
from kstthc_training.reports.rows import Totals
from tests.attendance.doors import close, put_mark, reopen, sessions_of
from tests.support.factories import make_event, make_organisation, make_person, make_registration

ABSENT = MarkStatus.ABSENT
EXCUSED = MarkStatus.EXCUSED
LATE = MarkStatus.LATE
PRESENT = MarkStatus.PRESENT
_NAMES = ("An", "Bình", "Dung", "Em", "Phong", "Giang")


def at(day: int, month: int, year: int = 2026, hour: int = 8) -> datetime:
    """An hour of a day of the province."""
    return datetime(year, month, day, hour, tzinfo=clock.ZONE)


def hold(
    starts_at: datetime,
    marks: Iterable[tuple[Person, Organisation | None, MarkStatus]] = (),
    *,
    title: str = "Tập huấn mẫu",
    sessions: int = 1,
    waiting: Iterable[Person] = (),
    **fields: Any,
) -> Event:
    """An event that was held: everyone marked the same in each of its sessions, which then were closed."""
    event = make_event(title, starts_at=starts_at, sessions=sessions, **fields)
    for person in waiting:
        make_registration(event, person, state=RegistrationState.WAITING)
    for person, organisation, status in marks:
        registration = make_registration(event, person, organisation_id=organisation.id if organisation else None)
        for session in sessions_of(event):
            put_mark(event, registration.id, status, session_id=session.id, now=session.starts_at)
    for position in range(sessions):
        close(event, position)
    return event


def totals_of(period: Period) -> Totals:
    """The figures of a period as its page would show them now."""
    return summary_of(period, now=clock.now()).totals


def topics_of(plan_id: int) -> list[Topic]:
    """The topics of a plan in the plan's order."""
    return list(db.session.scalars(select(Topic).where(Topic.plan_id == plan_id).order_by(Topic.position, Topic.id)))


def make_plan(year: int = 2026, *, items: Iterable[tuple[str, str, int, int]] = (), topics: Iterable[str] = ()) -> Plan:
    """A plan with items (code, title, due month, planned events) and topics of these codes."""
    with unit_of_work() as session:
        plan = Plan(year=year, number="21/KH-UBND", title=f"Kế hoạch năm {year}")
        session.add(plan)
        session.flush()
        for position, (code, item_title, month, planned) in enumerate(items):
            session.add(
                PlanItem(
                    plan_id=plan.id, code=code, title=item_title, due_month=month, planned_events=planned, position=position
                )
            )
        for position, code in enumerate(topics):
            session.add(Topic(plan_id=plan.id, code=code, title=f"Chủ đề {code}", section="II", position=position))
        session.flush()
        session.refresh(plan)
        session.expunge(plan)
    return plan


def treat(event: Event, *topic_ids: int) -> None:
    """Let an event treat topics."""
    with unit_of_work() as session:
        session.add_all(EventTopic(event_id=event.id, topic_id=topic_id) for topic_id in topic_ids)


def make_material(event: Event, title: str, *, withdrawn_at: datetime | None = None) -> None:
    """A paper of an event; its bytes are of no matter here."""
    with unit_of_work() as session:
        stored = StoredFile(key=random_uuid().hex, name=f"{title}.pdf", media_type="application/pdf", size=1000,
                            sha256="0" * 64, stored_at=clock.now())  # fmt: skip
        session.add(stored)
        session.flush()
        session.add(
            Material(event_id=event.id, file_id=stored.id, title=title, uploaded_at=clock.now(), withdrawn_at=withdrawn_at)
        )


@dataclass(frozen=True)
class Quarter:
    """The first reporting quarter of 2026 with what borders on it; `figures` says what it comes to."""

    training: Event
    briefing: Event
    reopened: Event
    department: Organisation
    topic_ids: tuple[int, int]
    item_id: int


def make_quarter() -> Quarter:
    """Two held events from 15/12/2025 to 14/3/2026 among others that must not count."""
    plan = make_plan(items=[("1", "Tập huấn đầu mối", 1, 2), ("2", "Họp báo quý", 3, 1), ("3", "Hội nghị", 4, 5)],
                     topics=["II.1", "II.2", "II.3"])  # fmt: skip
    department, commune = (
        make_organisation("Sở Tư pháp"),
        make_organisation("UBND xã Bình An", kind="commune", level="commune"),
    )
    press = make_organisation("Báo Kiên Giang", kind="press")
    away = make_organisation("UBND xã Hòn Tre", kind="commune", level="commune")
    make_organisation("UBND xã Thổ Sơn", kind="commune", level="commune")
    make_organisation("Sở Cũ", valid_to=date(2025, 12, 14))
    an, binh, dung, em, phong, giang = (make_person(f"Nguyễn Mẫu {name}") for name in _NAMES)
    item_id, topic_ids = items_of(plan.id)[0].id, tuple(topic.id for topic in topics_of(plan.id)[:2])
    hold(at(14, 12, 2025), [(an, department, PRESENT)], kind="hop")
    training = hold(
        at(15, 12, 2025),
        [(an, department, PRESENT), (binh, department, LATE), (dung, commune, ABSENT), (em, press, PRESENT),
         (phong, away, EXCUSED)],
        title="Tập huấn đầu mối quý I", waiting=[make_person()], plan_item_id=item_id,
    )  # fmt: skip
    briefing = hold(
        at(13, 3), [(an, department, PRESENT), (em, press, ABSENT), (giang, None, PRESENT)],
        title="Họp báo quý I", sessions=2, kind="hop-bao",
    )  # fmt: skip
    hold(at(14, 3), [(an, department, PRESENT)], sessions=2, title="Sang kỳ sau")
    hold(at(15, 3), [(binh, department, PRESENT)], title="Ngày đầu quý II")
    make_event("Đã hủy", starts_at=at(10, 1), state=EventState.CANCELLED)
    make_event("Dự thảo", starts_at=at(11, 1), state=EventState.DRAFT)
    make_event("Chưa chốt", starts_at=at(10, 3))
    reopened = hold(at(1, 2), [(an, department, PRESENT)], title="Mở lại")
    reopen(reopened, "nhầm người")
    treat(training, *topic_ids)
    treat(briefing, topic_ids[1])
    make_material(training, "Tài liệu 1")
    make_material(training, "Bản cũ", withdrawn_at=clock.now())
    make_material(briefing, "Thông cáo")
    make_material(reopened, "Chưa tính")
    return Quarter(training, briefing, reopened, department, (topic_ids[0], topic_ids[1]), item_id)
