"""Cần xử lý: what waits for an organizer across all events, most pressing first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.desk import waiting
from kstthc_training.desk.waiting import DueEvent
from kstthc_training.events import lead_time
from kstthc_training.events.words import Tag
from kstthc_training.inbox.queries import count_to_review
from kstthc_training.people.actors import Actor
from kstthc_training.web.locale import short_day

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """Something to do: what, about what, where ('' when nowhere), and how pressing (higher first)."""

    title: str
    hint: str
    href: str
    tag: Tag
    urgency: int = 0


def tasks_waiting(*, actor: Actor, now: datetime) -> list[Task]:
    """Sheets left open, drafts near their date, people who await a decision or wait before free seats, invitees who let
    their deadline pass, letters given up, letters that came in: eight statements."""
    today = clock.local_date(now)
    tasks = [_open_sheets(row, today) for row in waiting.open_sheets(now=now)]
    tasks += [_draft(row, today) for row in waiting.due_drafts(until=now + AHEAD)]
    tasks += [_queue(row) for row in waiting.queues_before_free_seats(now=now)]
    tasks += [_applicants(row) for row in waiting.applicants(allocated=False, now=now)]
    tasks += [_to_allocate(row) for row in waiting.applicants(allocated=True, now=now)]
    tasks += [_silent(row) for row in waiting.silent_invitees(now=now)]
    if failed := waiting.failed_letters(actor=actor):
        words = ngettext("%(num)d thư không gửi được", "%(num)d thư không gửi được", failed)
        tasks.append(Task(words, _("Hộp thư đi"), url_for("mailroom.outgoing"), Tag(_("Xem lại"), "warn"), 2))
    if unread := count_to_review():
        words = ngettext("%(num)d thư đến cần xem", "%(num)d thư đến cần xem", unread)
        tasks.append(Task(words, _("Hộp thư đến"), url_for("mailroom.letters_in"), Tag(_("Xem"), "warn"), 1))
    return sorted(tasks, key=lambda task: -task.urgency)


def draft_tag(held_on: date, today: date) -> tuple[Tag, int]:
    """How pressing the release of a draft is, by the three working days of QĐ 45/2018/QĐ-TTg."""
    last = lead_time.last_day_to_tell(held_on)
    left = (last - today).days
    if held_on < today:
        return Tag(_("Đã qua ngày"), "bad"), 3
    if left < 0:
        return Tag(_("Quá hạn mời"), "bad"), 3
    if left == 0:
        return Tag(_("Hôm nay"), "warn"), 2
    return Tag(ngettext("Còn %(num)d ngày", "Còn %(num)d ngày", left)), 1


def _open_sheets(row: DueEvent, today: date) -> Task:
    late = (today - clock.local_date(row.at)).days
    words = ngettext("Chưa chốt điểm danh %(num)d buổi", "Chưa chốt điểm danh %(num)d buổi", row.count)
    label = ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", late) if late else _("Hôm nay")
    tag = Tag(label, "bad" if late else "warn")
    return Task(words, _hint(row), url_for("desk.roster", code=row.code), tag, 3 if late else 2)


def _draft(row: DueEvent, today: date) -> Task:
    tag, urgency = draft_tag(clock.local_date(row.at), today)
    return Task(_("Dự thảo chưa phát hành"), _hint(row), url_for("desk.overview", code=row.code), tag, urgency)


def _queue(row: DueEvent) -> Task:
    words = ngettext("%(num)d người chờ dù còn chỗ", "%(num)d người chờ dù còn chỗ", row.count)
    return Task(words, _hint(row), url_for("desk.registrations", code=row.code), Tag(_("Xếp chỗ"), "warn"), 2)


def _applicants(row: DueEvent) -> Task:
    words = ngettext("%(num)d người chờ duyệt", "%(num)d người chờ duyệt", row.count)
    href = url_for("desk.registrations", code=row.code, tt="cho-duyet")
    return Task(words, _hint(row), href, Tag(_("Duyệt"), "warn"), 2)


def _to_allocate(row: DueEvent) -> Task:
    words = ngettext("%(num)d người chờ phân bổ chỗ", "%(num)d người chờ phân bổ chỗ", row.count)
    return Task(words, _hint(row), url_for("desk.allocation", code=row.code), Tag(_("Phân bổ"), "warn"), 2)


def _silent(row: DueEvent) -> Task:
    words = ngettext("%(num)d nơi được mời quá hạn chưa trả lời", "%(num)d nơi được mời quá hạn chưa trả lời", row.count)
    href = url_for("desk.invitations", code=row.code, tt="chua-tra-loi")
    return Task(words, _hint(row), href, Tag(_("Nhắc"), "warn"), 1)


def _hint(row: DueEvent) -> str:
    return f"{row.title} · {short_day(row.at)}"
