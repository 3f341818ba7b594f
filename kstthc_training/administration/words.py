"""What acts, states and troubles are called on the pages of Quản trị."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.administration.queries.accounts import AccountState
from kstthc_training.audit.words import ACTS
from kstthc_training.outbox.enums import KnownTrouble, MessageState
from kstthc_training.people.enums import Role
from kstthc_training.text import fold

ACCOUNT_STATES = {
    AccountState.ACTIVE: (_("Đang dùng"), "ok"),
    AccountState.INVITED: (_("Chưa đặt mật khẩu"), "warn"),
    AccountState.DISABLED: (_("Đã ngừng"), ""),
}

ROLE_HINTS = {
    Role.ADMINISTRATOR.value: _("Tài khoản, cài đặt, thư, nhật ký; cũng làm được việc của cán bộ tổ chức"),
    Role.ORGANIZER.value: _("Lập cuộc họp, mời, điểm danh, báo cáo, giữ danh bạ"),
    Role.LEADER.value: _("Xem kế hoạch, số liệu, danh bạ"),
}

LETTER_STATES = {
    MessageState.WAITING: (_("Chờ gửi"), "info"),
    MessageState.SENT: (_("Đã gửi"), ""),
    MessageState.FAILED: (_("Không gửi được"), "bad"),
}

TROUBLES = {
    KnownTrouble.WORKER_LOST: _("Tiến trình gửi thư dừng giữa chừng; thư sẽ được gửi lại."),
    KnownTrouble.DISCARDED: _("Người vận hành đã bỏ thư này khi còn chờ."),
    KnownTrouble.NO_HANDLER: _("Phiên bản này không biết làm việc ấy."),
    KnownTrouble.NO_LINK: _("Liên kết riêng trong thư không còn dùng được, nên thư không đi nữa."),
    KnownTrouble.NO_BODY: _("Nội dung thư đã xóa theo hạn lưu giữ."),
}

# The groups of acts in which the log is filtered: address, words, and the acts with their words.
_GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "doc": (
        _("Đọc, xuất dữ liệu"),
        (
            "accounts.read",
            "letters.read",
            "letter.read",
            "log.read",
            "people.read",
            "registrations.read",
            "registrations.exported",
            "roster.read",
            "roster.exported",
            "report.exported",
        ),
    ),
    "dang-nhap": (
        _("Đăng nhập"),
        (
            "sign_in.begun",
            "sign_in.failed",
            "sign_in.ended",
            "sign_in.others_ended",
            "sign_in.all_ended",
            "link.requested",
            "account.password_set",
        ),
    ),
    "quyen": (
        _("Tài khoản, quyền"),
        (
            "account.invited",
            "account.link_resent",
            "account.role_granted",
            "account.role_revoked",
            "account.disabled",
            "account.enabled",
            "account.login_changed",
            "feed.renewed",
        ),
    ),
    "cuoc-hop": (
        _("Cuộc họp, đăng ký"),
        (
            "event.created",
            "event.edited",
            "event.released",
            "event.postponed",
            "event.redated",
            "event.cancelled",
            "event.discarded",
            "event.capacity_set",
            "registration.made",
            "registration.cancelled",
            "registration.promoted",
            "ticket.renewed",
            "session.closed",
            "session.reopened",
            "material.added",
            "material.changed",
            "material.withdrawn",
            "material.restored",
        ),
    ),
    "danh-ba": (
        _("Danh bạ, địa điểm"),
        (
            "person.added",
            "person.changed",
            "organisation.added",
            "organisation.changed",
            "organisation.renamed",
            "organisation.name_corrected",
            "organisation.ended",
            "organisation.resumed",
            "organisation.succeeded",
            "directory.file_kept",
            "directory.people_imported",
            "directory.organisations_imported",
            "venue.added",
        ),
    ),
    "van-hanh": (
        _("Cài đặt, thư"),
        (
            "setting.changed",
            "letter.sent_again",
            "letters.sent_again",
            "letters.held",
            "letters.let_go",
            "job.tried_again",
        ),
    ),
}  # fmt: skip
ACTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    group: (label, {act: ACTS[act] for act in acts}) for group, (label, acts) in _GROUPS.items()
}

_FACTS = {
    "role": _("quyền"),
    "means": _("bằng"),
    "purpose": _("để"),
    "name": _("tên"),
    "before": _("trước"),
    "after": _("nay là"),
    "valid_from": _("từ ngày"),
    "fields": _("mục"),
    "reason": _("lý do"),
    "count": _("số lượng"),
    "kind": _("loại"),
    "changes": _("thay đổi"),
    "organisation_id": _("đơn vị số"),
    "organisation": _("đơn vị"),
    "title": _("tên"),
    "code": _("mã"),
    "state": _("trạng thái"),
    "source": _("cách đăng ký"),
    "rule": _("do"),
    "absent": _("vắng"),
    "session_id": _("buổi số"),
    "registration_id": _("đăng ký số"),
    "person_id": _("người số"),
    "material_id": _("tài liệu số"),
    "form": _("dạng"),
    "period": _("kỳ"),
    "first": _("từ"),
    "last": _("đến"),
    "size": _("cỡ"),
    "new": _("thêm"),
    "changed": _("cập nhật"),
    "invited": _("mời"),
    "granted": _("giao quyền"),
    "audience": _("thành phần"),
    "audience_note": _("thành phần cụ thể"),
    "mode": _("hình thức"),
    "description": _("nội dung"),
    "venue": _("địa điểm"),
    "online_url": _("địa chỉ trực tuyến"),
    "chair": _("chủ trì"),
    "host": _("đơn vị chủ trì"),
    "contact_name": _("đầu mối liên hệ"),
    "contact_phone": _("điện thoại đầu mối"),
    "capacity": _("số chỗ"),
    "registration_opens_at": _("mở đăng ký"),
    "registration_closes_at": _("hạn đăng ký"),
    "plan_item": _("mục kế hoạch"),
    "topics": _("chủ đề"),
    "attendance_rule": _("tính là đã dự"),
    "sessions": _("các buổi"),
    "agenda": _("chương trình"),
    "door_staff": _("người trực cửa"),
    "state_reason": _("lý do"),
    "material_audience": _("ai được xem"),
    "material_available_at": _("phát lúc"),
    "valid_to": _("đến ngày"),
    "short_name": _("tên viết tắt"),
    "successor_id": _("nơi kế tục số"),
}
_VALUES = {
    "administrator": _("quản trị"),
    "organizer": _("cán bộ tổ chức"),
    "leader": _("lãnh đạo"),
    "focal_point": _("đầu mối"),
    "password": _("mật khẩu"),
    "new-password": _("mật khẩu mới"),
    "link": _("liên kết"),
    "set-password": _("đặt mật khẩu"),
    "sign-in": _("đăng nhập"),
    "draft": _("dự thảo"),
    "released": _("đã phát hành"),
    "postponed": _("đã hoãn"),
    "cancelled": _("đã hủy"),
    "closed": _("đã kết thúc"),
    "confirmed": _("có chỗ"),
    "waiting": _("chờ chỗ"),
    "self": _("tự đăng ký"),
    "nomination": _("đơn vị cử"),
    "walk_in": _("tại cửa"),
    "by-organizer": _("ban tổ chức"),
    "by-focal-point": _("đầu mối đơn vị"),
    "by-person": _("người dự"),
    "organisations": _("danh sách nơi"),
    "people": _("danh sách người"),
    "registered": _("người đăng ký"),
    "signed_in": _("mọi người đã đăng nhập"),
}
_SUBJECTS = {
    "account": _("tài khoản số %(id)s"),
    "event": _("cuộc họp số %(id)s"),
    "person": _("người số %(id)s"),
    "organisation": _("đơn vị số %(id)s"),
    "message": _("thư số %(id)s"),
    "venue": _("địa điểm số %(id)s"),
    "job": _("việc nền số %(id)s"),
    "directory_import": _("lần nhập danh bạ số %(id)s"),
}
_LONGEST = 120
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def folded_actions() -> dict[str, str]:
    """Every act with its words folded, for searching."""
    return {action: fold(str(words)) for _label, acts in ACTIONS.values() for action, words in acts.items()}


def subject_words(subject_type: str, subject_id: int, name: str | None) -> str:
    """What an act was about: by name, else by number."""
    if name:
        return name
    return str(_SUBJECTS.get(subject_type, subject_type + " %(id)s")) % {"id": subject_id}


def fact_words(facts: Mapping[str, Any]) -> str:
    """The facts of an act on one line, at most some hundred characters."""
    known = [
        f"{_FACTS.get(name, name)}: {_value(value)}" for name, value in facts.items() if value not in (None, "", [], {})
    ]
    line = ", ".join(known)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return " → ".join(_value(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{_FACTS.get(name, name)}: {_value(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return gettext("có") if value else gettext("không")
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    return str(_VALUES.get(value, value)) if isinstance(value, str) else str(value)


def trouble_words(last_error: str | None) -> str:
    """Why a letter did not go: in words when it is a trouble of our own, else as the mail server put it."""
    if not last_error:
        return ""
    known = next((words for trouble, words in TROUBLES.items() if trouble == last_error), None)
    return str(known) if known is not None else last_error
