"""How an event's invitations were answered, in the words in which a leader is told; in Vietnamese, as reports are."""

from collections.abc import Callable, Sequence
from datetime import datetime

from kstthc_training import clock
from kstthc_training.desk.answering import Answered, Timeliness, answers_of
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationStanding

_SILENT = (InvitationStanding.UNANSWERED, InvitationStanding.UNREACHED, InvitationStanding.UNSENT)


def report_subject(event: Event) -> str:
    """What the report is about, as the subject of a letter."""
    return f"Tình hình trả lời giấy mời: {event.title}"


def answer_report(event: Event, *, now: datetime) -> str:
    """Who was asked and answered, who has not and is overdue, who was late, and who comes not and why: seven statements."""
    asked = [each for each in answers_of(event, now=now) if not each.row.is_revoked]
    silent = [each for each in asked if each.row.standing in _SILENT]
    late = [each for each in asked if each.timeliness is Timeliness.LATE]
    declined = [each for each in asked if each.row.standing is InvitationStanding.DECLINED]
    overdue = sum(each.timeliness is Timeliness.OVERDUE for each in silent)
    parts = [
        f"{report_subject(event)}\nThời gian họp: {_instant(event.starts_at)}\nSố liệu đến {_instant(now)}",
        _counts(asked, silent),
        _list(f"Chưa trả lời: {len(silent)} nơi{f', {overdue} nơi quá hạn' if overdue else ''}", silent, _silent_line),
        _list(f"Trả lời muộn: {len(late)} nơi", late, _late_line),
        _list(f"Báo không dự được: {len(declined)} nơi", declined, _declined_line),
    ]
    return "\n\n".join(part for part in parts if part)


def _counts(asked: Sequence[Answered], silent: Sequence[Answered]) -> str:
    standings = [each.row.standing for each in asked]
    people = sum(len(each.row.named) for each in asked)
    held = sum(each.row.held for each in asked)
    answered = len(asked) - len(silent)
    return (
        f"Đã mời {len(asked)} nơi, {sum(each.row.places for each in asked)} chỗ. Đã trả lời {answered} nơi: "
        f"{standings.count(InvitationStanding.NAMED)} nơi đã cử {people} người, "
        f"{standings.count(InvitationStanding.PROMISED)} nơi nhận lời chưa có tên (giữ {held} chỗ), "
        f"{standings.count(InvitationStanding.DECLINED)} nơi báo không dự được."
    )


def _list(heading: str, those: Sequence[Answered], line: Callable[[Answered], str]) -> str:
    return "\n".join([f"{heading}:", *(f"- {line(each)}" for each in those)]) if those else f"{heading}."


def _silent_line(each: Answered) -> str:
    row = each.row
    said = [f"{'quá hạn' if each.timeliness is Timeliness.OVERDUE else 'hạn'} {_instant(each.deadline)}"]
    if row.standing is not InvitationStanding.UNANSWERED:
        said.append("thư chưa tới")
    if row.reminders:
        said.append(f"đã nhắc {row.reminders} lần")
    return f"{_name(each)}: {', '.join(said)}"


def _late_line(each: Answered) -> str:
    at = f"trả lời {_instant(each.first_at)}, " if each.first_at else ""
    return f"{_name(each)}: {at}hạn {_instant(each.deadline)}"


def _declined_line(each: Answered) -> str:
    return f"{_name(each)}: {each.row.reason}" if each.row.reason else _name(each)


def _name(each: Answered) -> str:
    return f"{each.row.name}, {each.row.area}" if each.row.area and each.row.organisation_id else each.row.name


def _instant(at: datetime) -> str:
    local = clock.local(at)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
