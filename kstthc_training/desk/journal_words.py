"""The words of the log: acts, fields, and values before and after."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_pgettext, ngettext
from flask_babel import lazy_gettext as _

from kstthc_training.events.enums import AttendanceRule, Audience, EventMode, EventState
from kstthc_training.events.words import AUDIENCE_WORDS, MODE_WORDS, RULE_WORDS, STATE_WORDS
from kstthc_training.web.locale import hour, moment, short_day

_ACTIONS = {
    "event.created": _("Tạo cuộc họp"),
    "event.edited": _("Sửa thông tin"),
    "event.released": _("Phát hành"),
    "event.postponed": _("Hoãn cuộc họp"),
    "event.redated": _("Định ngày mới, phát hành lại"),
    "event.cancelled": _("Hủy cuộc họp"),
    "event.capacity_set": _("Đổi số chỗ"),
    "registration.made": lazy_pgettext("act", "Đăng ký"),
    "registration.cancelled": _("Hủy đăng ký"),
    "registrations.read": _("Xem danh sách đăng ký"),
    "registrations.exported": _("Xuất danh sách đăng ký"),
    "ticket.renewed": _("Cấp lại vé"),
    "session.closed": _("Chốt điểm danh"),
    "session.reopened": _("Mở lại điểm danh"),
    "people.read": _("Xem danh sách người"),
    "roster.read": _("Xem bảng điểm danh"),
    "roster.exported": _("Xuất bảng điểm danh"),
    "material.added": _("Thêm tài liệu"),
    "material.changed": _("Sửa tài liệu"),
    "material.withdrawn": _("Gỡ tài liệu"),
}
_FIELDS = {
    "title": _("Tên"),
    "kind": _("Loại"),
    "mode": _("Hình thức"),
    "state": _("Trạng thái"),
    "state_reason": _("Lý do"),
    "audience": _("Thành phần"),
    "audience_note": _("Thành phần cụ thể"),
    "description": _("Nội dung"),
    "venue": _("Địa điểm"),
    "online_url": _("Địa chỉ trực tuyến"),
    "chair": _("Chủ trì"),
    "host": _("Đơn vị chủ trì"),
    "contact_name": lazy_pgettext("event", "Đầu mối"),
    "contact_phone": _("Điện thoại đầu mối"),
    "capacity": _("Số chỗ"),
    "registration_opens_at": _("Mở đăng ký"),
    "registration_closes_at": _("Hạn đăng ký"),
    "plan_item": _("Mục kế hoạch"),
    "topics": _("Chủ đề"),
    "attendance_rule": _("Tính là đã dự"),
    "sessions": _("Các buổi"),
    "agenda": _("Chương trình"),
    "door_staff": _("Người trực cửa"),
}
_LONGEST = 160


def action_words(action: str) -> str:
    """What was done; an act of another kind by its own name."""
    return str(_ACTIONS.get(action, action))


def detail_words(facts: Mapping[str, Any], *, names: Mapping[int, str], sessions: Mapping[int, str]) -> tuple[str, ...]:
    """What the facts of an act say, a sentence each: the person, the session, each changed field, the reason."""
    changed = facts.get("changes", {})
    lines = [f"{_FIELDS[name]}: {_change(name, *pair)}" for name, pair in changed.items() if name in _FIELDS]
    if "person_id" in facts:
        lines.append(names.get(facts["person_id"], ""))
    if "session_id" in facts:
        lines.append(gettext("Buổi %(name)s", name=sessions.get(facts["session_id"], "")))
    if "before" in facts and "after" in facts:
        lines.append(_change("capacity", facts["before"], facts["after"]))
    lines += [str(facts[name]) for name in ("title", "reason") if facts.get(name)]
    return tuple(line for line in lines if line)


def _change(name: str, before: Any, after: Any) -> str:
    say = _VALUES.get(name, _plain)
    return f"{say(before)} → {say(after)}"


def _plain(value: Any) -> str:
    text = "–" if value in (None, "", []) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _instant(value: str | None) -> str:
    return moment(datetime.fromisoformat(value)) if value else "–"


def _sessions(value: list[dict[str, Any]]) -> str:
    return _plain([_span(session) for session in value])


def _span(session: Mapping[str, Any]) -> str:
    starts, ends = (datetime.fromisoformat(session[end]) for end in ("starts_at", "ends_at"))
    return " ".join(part for part in (session["name"], f"{hour(starts)}–{hour(ends)} {short_day(starts)}") if part)


def _lines(value: list[Any]) -> str:
    return ngettext("%(num)d mục", "%(num)d mục", len(value))


def _persons(value: list[Any]) -> str:
    return ngettext("%(num)d người", "%(num)d người", len(value))


_VALUES: dict[str, Callable[[Any], str]] = {
    "mode": lambda value: str(MODE_WORDS[EventMode(value)]),
    "state": lambda value: str(STATE_WORDS[EventState(value)]),
    "audience": lambda value: str(AUDIENCE_WORDS[Audience(value)]),
    "attendance_rule": lambda value: str(RULE_WORDS[AttendanceRule(value)]),
    "registration_opens_at": _instant,
    "registration_closes_at": _instant,
    "sessions": _sessions,
    "agenda": _lines,
    "door_staff": _persons,
}
