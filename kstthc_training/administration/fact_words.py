"""What the facts of an act say in the log of all: of an event as in its own log, of all else field by field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.administration.job_words import KINDS as JOBS
from kstthc_training.administration.queries.log_names import REFERENCES, Names
from kstthc_training.administration.text_words import LANGUAGES, TITLES
from kstthc_training.audit.models import AuditEntry
from kstthc_training.audit.words import filter_words
from kstthc_training.desk.journal_words import Known, detail_words
from kstthc_training.directory.wording import KINDS as IMPORTS
from kstthc_training.people.enums import LinkPurpose
from kstthc_training.people.words import ROLES
from kstthc_training.reports.periods import by_slug, free
from kstthc_training.reports.words import period_title
from kstthc_training.text import shown_phone
from kstthc_training.web.locale import day, figure

LONGEST = 120
LABELS = {
    "role": _("Quyền"),
    "organisation_id": _("Đơn vị"),
    "means": _("Cách vào"),
    "purpose": _("Để"),
    "name": _("Tên"),
    "short_name": _("Tên viết tắt"),
    "code": _("Mã"),
    "capacity": _("Số chỗ"),
    "before": _("Trước"),
    "after": _("Nay là"),
    "valid_from": _("Từ ngày"),
    "from_day": _("Từ ngày"),
    "effective_on": _("Từ ngày"),
    "valid_to": _("Đến ngày"),
    "fields": _("Mục"),
    "kind": _("Loại"),
    "count": _("Số thư"),
    "form": _("Định dạng"),
    "period": _("Kỳ"),
    "new": _("Thêm"),
    "gone": _("Bớt"),
    "changed": _("Cập nhật"),
    "invited": _("Gửi liên kết"),
    "granted": _("Giao quyền"),
    "successor_id": _("Nơi kế tục"),
    "whole": _("Kế tục toàn bộ"),
    "legal_basis": _("Căn cứ"),
    "closed": _("Dòng đóng lại"),
    "registrations": _("Đăng ký chuyển sang"),
    "united": _("Đăng ký được gộp"),
    "act_id": _("Lần gộp số"),
    "others": _("Không phải là"),
    "kind_id": _("Loại"),
    "level_id": _("Cấp"),
    "parent_id": _("Thuộc"),
    "due_on": _("Hạn"),
    "people": _("Số người"),
    "document": _("Theo văn bản"),
    "event": _("Cuộc họp"),
    "full_name": _("Họ và tên"),
    "title": _("Chức vụ"),
    "email": _("Email"),
    "phone": _("Điện thoại"),
    "reason": _("Lý do"),
    "rows": _("Số dòng"),
    "asked": _("Lọc theo"),
    "locale": _("Thứ tiếng"),
}
_MEANS = {"password": _("Mật khẩu"), "new-password": _("Mật khẩu mới"), "link": _("Liên kết qua email")}
_PURPOSES = {LinkPurpose.SET_PASSWORD: _("Đặt mật khẩu"), LinkPurpose.SIGN_IN: _("Đăng nhập")}


def said(entry: AuditEntry, names: Names) -> tuple[str, ...]:
    """What an act's facts say, in parts; what the row names already as its subject is left out."""
    subject = names.get((entry.subject_type, entry.subject_id or 0))
    if entry.subject_type == "event":
        facts = {name: value for name, value in entry.facts.items() if (name, value) != ("title", subject)}
        return detail_words(facts, _known(names))
    shown = {name: value for name, value in entry.facts.items() if name in LABELS and value not in (None, "", [], {})}
    if entry.subject_type == "setting":
        shown.pop("name", None)
    changes = entry.facts.get("changes", {}).items()
    parts = [_part(name, _said(name, value, entry.facts, names)) for name, value in shown.items()]
    return (*parts, *(_part(name, _change(name, pair, names)) for name, pair in changes))


def fact_words(entry: AuditEntry, names: Names) -> str:
    """The same on one line, at most some hundred characters."""
    line = " · ".join(said(entry, names))
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _known(names: Names) -> Known:
    people, sessions = (
        {number: name for (kind, number), name in names.items() if kind == wanted} for wanted in ("person", "session")
    )
    return Known(people, sessions)


def _part(name: str, value: str) -> str:
    return f"{LABELS.get(name, name)}: {value}"


def _change(name: str, pair: Sequence[Any], names: Names) -> str:
    before, after = (_said(name, value, {}, names) if value not in (None, "") else "–" for value in pair)
    return f"{before} → {after}"


def _said(name: str, value: Any, facts: Mapping[str, Any], names: Names) -> str:
    if name in REFERENCES:
        return names.get((REFERENCES[name], value), str(value))
    if name == "period":
        return _period(facts)
    return _SAY.get(name, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value if each)
    if isinstance(value, bool):
        return gettext("có") if value else gettext("không")
    return figure(value) if isinstance(value, int) else str(value)


def _period(facts: Mapping[str, Any]) -> str:
    """A period as its page is called; its address names no year, but none ends in another than its own."""
    first, last = (date.fromisoformat(facts[end]) for end in ("first", "last"))
    return period_title(by_slug(last.year, facts["period"]) or free(first, last))


def _day(value: str) -> str:
    return day(date.fromisoformat(value))


def _word_of(words: Mapping[Any, Any]) -> Callable[[Any], str]:
    """How a member of an enumeration, which the log keeps as plain text, is said; one that is gone as it stands."""
    return lambda value: str(words.get(value, value))


_SAY: dict[str, Callable[[Any], str]] = {
    "role": _word_of(ROLES),
    "means": _word_of(_MEANS),
    "purpose": _word_of(_PURPOSES),
    "kind": _word_of({**IMPORTS, **JOBS, **TITLES}),
    "locale": _word_of(LANGUAGES),
    "fields": lambda names: ", ".join(str(LABELS.get(name, name)) for name in names),
    "form": str.upper,
    "phone": shown_phone,
    "asked": filter_words,
    "people": lambda listed: figure(len(listed)),
    **dict.fromkeys(("valid_from", "valid_to", "from_day", "effective_on", "due_on"), _day),
}
