"""What states, moves and the answers of mail servers are called."""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.mailroom.enums import Group
from kstthc_training.outbox.enums import KnownTrouble, MessageState, PathStep

STATES: dict[MessageState, tuple[Any, str]] = {
    MessageState.HELD: (_("Đang giữ"), "warn"),
    MessageState.WAITING: (_("Chờ gửi"), "info"),
    MessageState.SENT: (_("Đã gửi"), ""),
    MessageState.FAILED: (_("Bị từ chối"), "bad"),
    MessageState.BOUNCED: (_("Bị trả lại"), "bad"),
    MessageState.DISCARDED: (_("Đã bỏ"), ""),
}
GROUPS: dict[Group, Any] = {
    Group.HELD: _("Đang giữ"),
    Group.WAITING: _("Chờ gửi"),
    Group.TODAY: _("Đã gửi hôm nay"),
    Group.SENT: _("Đã gửi"),
    Group.REFUSED: _("Bị từ chối"),
    Group.BOUNCED: _("Bị trả lại"),
    Group.DISCARDED: _("Đã bỏ, không gửi"),
}
STEPS: dict[PathStep, tuple[Any, str]] = {
    PathStep.TAKEN: (_("Máy chủ thư nhận"), "ok"),
    PathStep.REFUSED: (_("Bị từ chối"), "bad"),
    PathStep.PUT_OFF: (_("Máy chủ hẹn lại"), "now"),
    PathStep.GIVEN_UP: (_("Thôi không thử nữa"), "bad"),
    PathStep.BOUNCED: (_("Bị trả lại"), "bad"),
    PathStep.HELD: (_("Giữ lại"), "now"),
    PathStep.RELEASED: (_("Cho đi"), "ok"),
    PathStep.SENT_AGAIN: (_("Cho gửi lại"), "ok"),
    PathStep.READDRESSED: (_("Đổi địa chỉ"), "ok"),
    PathStep.DISCARDED: (_("Bỏ, không gửi"), "bad"),
    PathStep.UNDONE: (_("Hoàn tác"), "ok"),
    PathStep.INTERRUPTED: (_("Tiến trình gửi dừng giữa chừng"), "bad"),
}


@dataclass(frozen=True)
class Why:
    """Why a letter did not arrive: in words, what to do, and the server's own words ('' when the trouble is ours)."""

    words: str
    advice: str
    said: str


_ANOTHER = _("Gửi lại địa chỉ cũ sẽ tiếp tục bị trả.")
_LATER = _("Chờ một thời gian rồi gửi lại, hoặc gửi tới địa chỉ khác.")
_OPERATORS = _("Báo người vận hành máy chủ thư; sửa địa chỉ không giúp được.")
_OURS: dict[str, tuple[Any, Any]] = {
    KnownTrouble.WORKER_LOST: (_("Tiến trình gửi thư dừng giữa chừng."), _("Thư tự đi lại, không phải làm gì.")),
    KnownTrouble.NO_LINK: (_("Liên kết riêng trong thư không còn dùng được."), _("Thư không đi nữa.")),
    KnownTrouble.NO_BODY: (_("Nội dung thư đã xóa theo hạn lưu giữ."), ""),
}
# Enhanced status codes (RFC 3463) without their class, the most particular first; then plain ones (RFC 5321, 4.2).
_ENHANCED: dict[str, tuple[Any, Any]] = {
    "1.1": (_("Không có hộp thư này."), _ANOTHER),
    "1.10": (_("Tên miền này không nhận thư."), _ANOTHER),
    "1.2": (_("Không có máy chủ thư nào tên như vậy."), _ANOTHER),
    "1.3": (_("Địa chỉ viết sai."), _ANOTHER),
    "1.6": (_("Hộp thư đã chuyển đi nơi khác."), _ANOTHER),
    "2.1": (_("Hộp thư đã ngừng hoạt động."), _ANOTHER),
    "2.2": (_("Hộp thư đầy."), _LATER),
    "2.3": (_("Thư quá lớn so với mức hộp thư cho phép."), _OPERATORS),
    "3.2": (_("Máy chủ người nhận tạm không nhận thư."), _LATER),
    "3.4": (_("Thư quá lớn so với mức máy chủ cho phép."), _OPERATORS),
    "4.1": (_("Máy chủ người nhận không trả lời."), _LATER),
    "4.4": (_("Không tìm được đường tới máy chủ người nhận."), _ANOTHER),
    "4.7": (_("Hết hạn chờ máy chủ người nhận."), _LATER),
    "7.1": (_("Máy chủ người nhận không cho gửi thư này."), _OPERATORS),
}
_ENHANCED_SUBJECT: dict[str, tuple[Any, Any]] = {
    "1": (_("Địa chỉ có vấn đề."), _ANOTHER),
    "2": (_("Hộp thư người nhận có vấn đề."), _LATER),
    "3": (_("Máy chủ người nhận có vấn đề."), _LATER),
    "4": (_("Đường truyền tới máy chủ người nhận có vấn đề."), _LATER),
    "7": (_("Máy chủ người nhận từ chối vì lý do an toàn."), _OPERATORS),
}
_PLAIN: dict[str, tuple[Any, Any]] = {
    "421": (_("Máy chủ thư đang đóng."), _LATER),
    "450": (_("Hộp thư tạm không nhận thư."), _LATER),
    "451": (_("Máy chủ thư gặp lỗi, hẹn lại sau."), _LATER),
    "452": (_("Máy chủ thư hết chỗ."), _LATER),
    "535": (_("Máy chủ thư không nhận mật khẩu của hệ thống."), _OPERATORS),
    "550": (_("Máy chủ từ chối người nhận này."), _ANOTHER),
    "551": (_("Người nhận không ở máy chủ này."), _ANOTHER),
    "552": (_("Thư quá lớn, hoặc hộp thư đầy."), _LATER),
    "553": (_("Tên hộp thư không hợp lệ."), _ANOTHER),
    "554": (_("Máy chủ từ chối thư này."), _OPERATORS),
}
_CODE = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"\b([45]\d\d)\b")


def why(last_error: str | None, *, bounced: bool = False) -> Why | None:
    """Why a letter did not go or came back; None when nothing is known to be wrong."""
    if not last_error:
        return Why(gettext("Thư bị trả lại, không nói vì sao."), str(_ANOTHER), "") if bounced else None
    if known := _OURS.get(last_error):
        return Why(str(known[0]), str(known[1]), "")
    words, advice = _meaning(last_error)
    return Why(str(words), str(advice), last_error)


def _meaning(said: str) -> tuple[Any, Any]:
    if code := _CODE.search(said):
        subject, detail = code.groups()
        found = _ENHANCED.get(f"{subject}.{detail}") or _ENHANCED_SUBJECT.get(subject)
        if found:
            return found
    if (reply := _REPLY.search(said)) and (known := _PLAIN.get(reply[1])):
        return known
    return _("Máy chủ thư không nhận."), _LATER
