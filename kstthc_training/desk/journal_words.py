"""The words of an event's log: what its acts were about, and each field before and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_pgettext, ngettext
from flask_babel import lazy_gettext as _

from kstthc_training.audit.words import filter_words
from kstthc_training.calendars.replies.words import ANSWERS, REASONS
from kstthc_training.events.words import AUDIENCE_WORDS, MODE_WORDS, RULE_WORDS, STATE_WORDS
from kstthc_training.materials.words import AUDIENCE_WORDS as PAPER_AUDIENCES
from kstthc_training.registrations.allocation_words import WORDS
from kstthc_training.registrations.rule_words import ADMISSIONS, PROMOTIONS
from kstthc_training.registrations.words import RULES, SOURCES, STATES, VACANCIES
from kstthc_training.reminders.words import REMINDED, span_words
from kstthc_training.web.locale import day, figure, hour, moment, size

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
    "limit_press": _("Giới hạn chỗ báo chí"),
    "limit_officials": _("Giới hạn chỗ cán bộ"),
    "limit_room": _("Giới hạn chỗ trong phòng"),
    "limit_online": _("Giới hạn chỗ trực tuyến"),
    "limit_each_organisation": _("Giới hạn chỗ mỗi đơn vị"),
    "places": _("Chỗ giữ chưa có tên"),
    "quota": _("Số chỗ mời"),
    "places_accepted": _("Số chỗ nhận"),
    "answer_by": _("Hạn trả lời"),
    "remind_days": _("Nhắc trước hạn (ngày)"),
    "minutes_before": _("Nhắc người dự trước giờ họp"),
    "names_days": _("Nhắc gửi tên trước hạn (ngày)"),
    "tells_leaders": _("Báo lãnh đạo đơn vị khi quá hạn"),
    "admission": _("Nhận đăng ký"),
    "promotion": _("Khi có chỗ trống"),
    "offer_hours": _("Giữ chỗ, giờ"),
    "cutoff_hours": _("Thôi chuyển chỗ trước giờ họp, giờ"),
    "names_until": _("Hạn đổi người"),
    "asks_credentials": _("Hỏi giấy tờ báo chí"),
    "guests_allowed": _("Nhận khách chưa có tài khoản"),
    "material_audience": _("Ai được xem"),
    "material_available_at": _("Phát lúc"),
}
_LONGEST = 160


@dataclass(frozen=True)
class Known:
    """What ids in the log stand for: people by name, sessions by what they are called."""

    people: Mapping[int, str]
    sessions: Mapping[int, str]


def detail_words(facts: Mapping[str, Any], known: Known) -> tuple[str, ...]:
    """What the facts of an act say, a line each: what it was about, what changed from what to what, and why."""
    about = [say(facts[name], known) for name, say in FACTS.items() if facts.get(name) not in (None, "")]
    lines = [" · ".join(said for said in about if said)]
    lines += [_change(name, pair, known) for name, pair in _changes(facts).items() if name in _FIELDS]
    return tuple(line for line in [*lines, str(facts.get("reason") or "")] if line)


def session_words(name: str, number: int) -> str:
    """What a session is called: by its name, else by its place among the others, from 1."""
    return name or gettext("Buổi %(n)s", n=number)


def people_in(facts: Mapping[str, Any]) -> set[int]:
    """The ids of the people that the facts of an act are about."""
    door_staff = facts.get("changes", {}).get("door_staff", ([], []))
    found = [facts.get("person_id"), facts.get("replaced_id"), *door_staff[0], *door_staff[1]]
    return {person for person in found if isinstance(person, int)}


def _changes(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Each field with its value before and after, in whichever of three shapes the act wrote it down."""
    before, after = facts.get("before"), facts.get("after")
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return {f"material_{name}": (before[name], after[name]) for name in after if before.get(name) != after[name]}
    if "before" in facts:
        return {"capacity": (before, after)}
    return dict(facts.get("changes", {}))


def _change(name: str, pair: Sequence[Any], known: Known) -> str:
    before, after = pair
    say = _VALUES.get(name, _plain)
    return f"{_FIELDS[name]}: {say(before, known)} → {say(after, known)}"


def _plain(value: Any, _known: Known) -> str:
    text = "–" if value in (None, "", []) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _instant(value: str | None, _known: Known) -> str:
    return moment(datetime.fromisoformat(value)) if value else "–"


def _sessions(value: list[dict[str, Any]], known: Known) -> str:
    return _plain([" ".join(part for part in (session["name"], _span(session)) if part) for session in value], known)


def _span(session: Mapping[str, Any]) -> str:
    starts, ends = (datetime.fromisoformat(session[end]) for end in ("starts_at", "ends_at"))
    return f"{hour(starts)}–{hour(ends)} {day(starts)}"


def _lines(value: list[dict[str, Any]], known: Known) -> str:
    return _plain([f"{hour(datetime.fromisoformat(line['starts_at']))} {line['title']}" for line in value], known)


def _people(value: list[int], known: Known) -> str:
    return _plain([known.people.get(person, str(person)) for person in value], known)


def _seats(value: int | None, _known: Known) -> str:
    return gettext("không giới hạn") if value is None else figure(value)


def _word_of(words: Mapping[Any, Any]) -> Callable[[Any, Known], str]:
    """How a member of an enumeration, which the log keeps as plain text, is said; one that is gone as it stands."""
    return lambda value, _known: str(words.get(value, value))


_VALUES: dict[str, Callable[[Any, Known], str]] = {
    "mode": _word_of(MODE_WORDS),
    "state": _word_of(STATE_WORDS),
    "audience": _word_of(AUDIENCE_WORDS),
    "attendance_rule": _word_of(RULE_WORDS),
    "capacity": _seats,
    **dict.fromkeys(("limit_press", "limit_officials", "limit_room", "limit_online", "limit_each_organisation"), _seats),
    "admission": _word_of(ADMISSIONS),
    "promotion": _word_of(PROMOTIONS),
    "names_until": _instant,
    **dict.fromkeys(
        ("asks_credentials", "guests_allowed"), lambda value, _known: gettext("có") if value else gettext("không")
    ),
    "registration_opens_at": _instant,
    "registration_closes_at": _instant,
    "answer_by": _instant,
    "minutes_before": lambda value, known: _plain([span_words(minutes) for minutes in value], known),
    "sessions": _sessions,
    "agenda": _lines,
    "door_staff": _people,
    "material_audience": _word_of(PAPER_AUDIENCES),
    "material_available_at": _instant,
}
FACTS: dict[str, Callable[[Any, Known], str]] = {
    "person_id": lambda value, known: known.people.get(value, ""),
    "replaced_id": lambda value, known: gettext("thay cho %(name)s", name=known.people.get(value, "")),
    "organisation": _plain,
    "session_id": lambda value, known: known.sessions.get(value, ""),
    "title": _plain,
    "audience": _word_of(PAPER_AUDIENCES),
    "size": lambda value, _known: size(value),
    "state": _word_of(STATES),
    "source": _word_of(SOURCES),
    "rule": _word_of(RULES),
    "vacancy": _word_of(VACANCIES),
    "absent": lambda value, _known: ngettext("%(num)d người ghi vắng", "%(num)d người ghi vắng", value),
    "people": lambda value, _known: ngettext("%(num)d người", "%(num)d người", value),
    "reminded": _word_of(REMINDED),
    "invitees": lambda value, _known: ngettext("%(num)d nơi", "%(num)d nơi", value),
    "rows": lambda value, _known: ngettext("%(num)d dòng", "%(num)d dòng", value),
    "form": lambda value, _known: str(value).upper(),
    "asked": lambda value, _known: gettext("lọc theo %(what)s", what=filter_words(value)) if value else "",
    "seed": lambda value, _known: gettext("hạt giống %(seed)s", seed=value),
    "partstat": _word_of(ANSWERS),
    "outcome": _word_of(REASONS),
    "word": lambda value, _known: str(WORDS.get(value, "")),
}
