"""What is to be done for one event: now, later, and done already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from kstthc_training import clock
from kstthc_training.attendance.queries.roster import Column
from kstthc_training.desk.attention import Task, draft_tag
from kstthc_training.desk.queries import WorkspaceCounts
from kstthc_training.desk.workspace import tab_address
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.words import Tag
from kstthc_training.web.locale import moment, short_day


@dataclass
class ToDo:
    """Tasks of an event by when they can be done; `done` holds names and addresses of what is finished."""

    now: list[Task]
    later: list[Task]
    done: list[tuple[str, str]]

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.now) + len(self.later) + len(self.done)


@dataclass(frozen=True)
class Situation:
    """What the tasks follow from."""

    event: Event
    counts: WorkspaceCounts
    columns: Sequence[Column]
    seats_left: bool
    programme: bool
    failed_letters: int
    now: datetime


def to_do(seen: Situation) -> ToDo:
    """The tasks of an event that is not called off; of one that is, none."""
    found = ToDo([], [], [])
    if seen.event.state is EventState.CANCELLED:
        return found
    _content(seen, found)
    _release(seen, found)
    _applicants(seen, found)
    _seats(seen, found)
    _letters(seen, found)
    for column in seen.columns:
        _session(seen, column, found)
    _papers(seen, found)
    _ending(seen, found)
    return found


def _content(seen: Situation, found: ToDo) -> None:
    edit = url_for("desk.edit", code=seen.event.code)
    found.done.append((_("Thông tin cơ bản"), edit))
    if seen.programme:
        found.done.append((_("Chương trình"), edit))
    elif seen.event.state is not EventState.CLOSED:
        hint = _("Dán bảng từ Word vào là xong")
        found.later.append(Task(_("Soạn chương trình"), hint, edit, Tag(_("Nên có"))))


def _release(seen: Situation, found: ToDo) -> None:
    event = seen.event
    here = url_for("desk.overview", code=event.code)
    if event.state is EventState.DRAFT:
        tag, _urgency = draft_tag(clock.local_date(event.starts_at), clock.local_date(seen.now))
        ready = bool(event.contact_name and event.contact_phone)
        hint = _("Phát hành xong thì mọi người thấy và đăng ký được") if ready else _("Còn thiếu đầu mối liên hệ")
        address = f"{here}#phat-hanh" if ready else url_for("desk.edit", code=event.code)
        found.now.append(Task(_("Phát hành"), hint, address, tag))
    elif event.state is EventState.POSTPONED:
        hint = _("Lưu ngày giờ mới là phát hành lại và báo mọi người")
        found.now.append(Task(_("Định ngày mới"), hint, url_for("desk.edit", code=event.code), Tag(_("Đang hoãn"), "warn")))
    else:
        found.done.append((_("Phát hành"), here))


def _applicants(seen: Situation, found: ToDo) -> None:
    if seen.counts.pending:
        words = ngettext("%(num)d người chờ duyệt", "%(num)d người chờ duyệt", seen.counts.pending)
        address = url_for("desk.registrations", code=seen.event.code, tt="cho-duyet")
        found.now.append(Task(words, _("Người đăng ký được báo kết quả bằng thư"), address, Tag(_("Duyệt"), "warn")))


def _seats(seen: Situation, found: ToDo) -> None:
    if not seen.counts.waiting:
        return
    words = ngettext("%(num)d người đang chờ chỗ", "%(num)d người đang chờ chỗ", seen.counts.waiting)
    address = url_for("desk.registrations", code=seen.event.code)
    if seen.seats_left:
        found.now.append(Task(words, _("Còn chỗ mà chưa xếp"), address, Tag(_("Xếp chỗ"), "warn")))
    else:
        hint = _("Có người hủy thì người chờ được xếp theo thứ tự")
        found.later.append(Task(words, hint, address, Tag(_("Hết chỗ"), "warn")))


def _letters(seen: Situation, found: ToDo) -> None:
    if failed := seen.failed_letters:
        words = ngettext("%(num)d thư không gửi được", "%(num)d thư không gửi được", failed)
        address = url_for("mailroom.outgoing", cuoc=seen.event.code)
        found.now.append(Task(words, _("Sửa địa chỉ rồi gửi lại"), address, Tag(_("Chưa tới"), "warn")))


def _session(seen: Situation, column: Column, found: ToDo) -> None:
    event = seen.event
    name, roster = session_name(column, event), url_for("desk.roster", code=event.code, buoi=column.session_id)
    if column.closed_at is not None:
        found.done.append((_("Điểm danh %(name)s", name=name), roster))
    elif event.state is not EventState.RELEASED:
        return
    elif seen.now >= column.ends_at:
        late = (clock.local_date(seen.now) - clock.local_date(column.ends_at)).days
        label = ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", late) if late else _("Hôm nay")
        words, hint = _("Chốt điểm danh %(name)s", name=name), _present(column, seen)
        found.now.append(Task(words, hint, roster, Tag(label, "bad" if late else "warn")))
    elif column.is_open:
        found.now.append(Task(_("Điểm danh %(name)s", name=name), _present(column, seen), roster, Tag(_("Đang mở"), "info")))
    else:
        hint = _("Mở từ %(when)s", when=moment(column.opens_at))
        found.later.append(Task(_("Điểm danh %(name)s", name=name), hint, "", Tag(_("Chưa đến giờ"))))


def _papers(seen: Situation, found: ToDo) -> None:
    if seen.event.state is EventState.CLOSED and not seen.counts.materials:
        return
    address = tab_address("materials", seen.event.code)
    if seen.counts.materials:
        found.done.append((_("Tài liệu"), address))
    else:
        hint = _("Tài liệu gửi trước ít nhất 3 ngày làm việc (Quyết định 45/2018/QĐ-TTg, Điều 10)")
        found.later.append(Task(_("Tải tài liệu lên"), hint, address, Tag(_("Chưa có"))))


def _ending(seen: Situation, found: ToDo) -> None:
    if seen.event.state is EventState.CLOSED:
        found.done.append((_("Kết thúc cuộc họp"), url_for("desk.roster", code=seen.event.code)))
    elif seen.event.state is EventState.RELEASED:
        sessions = len(seen.columns)
        hint = ngettext("Khi đã chốt buổi họp", "Khi đã chốt đủ %(num)d buổi", sessions)
        found.later.append(Task(_("Kết thúc cuộc họp"), hint, "", Tag(_("Chưa thể làm"))))


def session_name(column: Column, event: Event) -> str:
    """What a session is called among the others, its name with the day; the only one needs none."""
    if len(event.sessions) == 1:
        return column.name or short_day(column.starts_at)
    number = next((n for n, s in enumerate(event.sessions, start=1) if s.id == column.session_id), 1)
    name = column.name or _("buổi %(n)s", n=number)
    return f"{name} {short_day(column.starts_at)}"


def _present(column: Column, seen: Situation) -> str:
    return _("%(present)s có mặt trên %(all)s người đăng ký", present=column.present, all=seen.counts.registered)
