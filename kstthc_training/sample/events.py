"""Events as their organizer made them: drafted, released, called off, each at its time and by the verb for it."""

from dataclasses import dataclass
from datetime import datetime, time

from kstthc_training.events import service
from kstthc_training.events.drafts import EventDraft, SessionDraft
from kstthc_training.events.enums import AttendanceRule, Audience, EventMode
from kstthc_training.events.models import Event, Session
from kstthc_training.invitations.service import cancel_event, postpone_event
from kstthc_training.registrations.service import open_pools
from kstthc_training.sample.admission import set_first_rules
from kstthc_training.sample.patterns import Planned, Standing
from kstthc_training.sample.programme import programme
from kstthc_training.sample.province import Province
from kstthc_training.sample.times import before

_CONTACT = ("Nguyễn Mẫu An, Phòng Kiểm soát thủ tục hành chính", "0900 000 018")
_ROOM = "https://hop.mau.example/{code}"
_CALLED_OFF = {
    Standing.CANCELLED: "Gộp vào cuộc tổ chức tháng sau theo chỉ đạo của lãnh đạo Văn phòng",
    Standing.POSTPONED: "Lãnh đạo chủ trì bận công tác đột xuất, sẽ thông báo thời gian mới",
}


@dataclass(frozen=True)
class Made:
    """An event of the sample beside what it was planned to be."""

    planned: Planned
    event: Event
    sessions: tuple[Session, ...]


def make_event(province: Province, planned: Planned) -> Made:
    """The event with its pool of seats and its rules, released unless it is to stay a draft."""
    organizer = province.accounts.organizer
    event = service.create_event(actor=organizer, draft=draft_of(province, planned), now=planned.created_at)
    open_pools(event_id=event.id, capacity=event.capacity)
    set_first_rules(actor=organizer, event_id=event.id, planned=planned)
    if planned.standing is not Standing.DRAFT:
        event = service.release(actor=organizer, event=event, now=planned.released_at)
    return Made(planned, event, tuple(event.sessions))


def call_off(province: Province, made: Made) -> None:
    """Cancel or postpone an event that is to be so, some days before it, and write to everyone concerned."""
    verb = cancel_event if made.planned.standing is Standing.CANCELLED else postpone_event
    reason = _CALLED_OFF[made.planned.standing]
    verb(actor=province.accounts.organizer, event=made.event, reason=reason, now=_called_off_at(province, made))


def _called_off_at(province: Province, made: Made) -> datetime:
    yesterday = before(province.midnight, days=1, hour=time(15, 20))
    return min(yesterday, before(made.event.starts_at, days=2, hour=time(15, 20)))


def draft_of(province: Province, planned: Planned) -> EventDraft:
    """What its organizer said of an event."""
    line, plan = planned.line, province.plans.get(planned.year)
    topics = line["topics"].split()
    mode = EventMode(line["mode"])
    return EventDraft(
        title=planned.title,
        kind_id=province.kinds[line["kind"]],
        sessions=tuple(SessionDraft(starts_at=s.starts_at, ends_at=s.ends_at, name=s.name) for s in planned.sessions),
        agenda=programme(planned.sessions, codes=topics, chair=line["chair"]),
        mode=mode,
        audience=Audience(line["audience"]),
        audience_note=line["note"],
        description=_description(planned),
        venue_id=province.venues[line["venue"]] if line["venue"] else None,
        online_url="" if mode is EventMode.IN_PERSON else _ROOM.format(code=_room_code(planned)),
        chair=line["chair"],
        host_id=province.body("P-KSTTHC" if line["audience"] == "internal" else "VPUBND").id,
        contact_name=_CONTACT[0],
        contact_phone=_CONTACT[1],
        capacity=planned.seats,
        registration_opens_at=planned.opens_at,
        registration_closes_at=planned.closes_at,
        plan_item_id=plan.items[line["item"]] if plan and line["item"] else None,
        attendance_rule=AttendanceRule.ALL if line["shape"] == "two_days" else AttendanceRule.HALF,
        topic_ids=frozenset(plan.topics[code] for code in topics) if plan else frozenset(),
        door_staff_ids=_door_staff(province, planned),
    )


def _description(planned: Planned) -> str:
    if planned.standing is Standing.DRAFT:
        return ""
    return "Đề nghị đại biểu đăng ký trước để Ban tổ chức chuẩn bị chỗ ngồi, tài liệu; xuất trình mã dự họp khi đến."


def _room_code(planned: Planned) -> str:
    return f"{planned.sessions[0].starts_at:%Y%m%d}-{planned.line['kind']}"


def _door_staff(province: Province, planned: Planned) -> frozenset[int]:
    if planned.standing is not Standing.RUNNING:
        return frozenset()
    return frozenset({province.accounts.door.person_id or 0})
