"""What letters that come in are called, why one waits for people, and what became of it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.calendars.replies.enums import ReplyReason
from kstthc_training.calendars.replies.words import FAULTS, REASONS, REFUSALS
from kstthc_training.ical.incoming import AnswerMethod
from kstthc_training.inbox.enums import MailKind, MailState, Why
from kstthc_training.registrations.words import STATES as STANDINGS

STATES: dict[MailState, tuple[Any, str]] = {
    MailState.REVIEW: (_("Cần xem"), "warn"),
    MailState.HANDLED: (_("Đã xử lý"), ""),
    MailState.IGNORED: (_("Bỏ qua"), ""),
    MailState.NEW: (_("Vừa đến"), "info"),
}
KINDS: dict[MailKind, Any] = {
    MailKind.BOUNCE: _("Thư bị trả lại"),
    MailKind.DELAYED: _("Báo thư đến chậm"),
    MailKind.DELIVERED: _("Báo thư đã đến"),
    MailKind.CALENDAR: _("Trả lời lời mời"),
    MailKind.AUTOMATIC: _("Thư tự động"),
    MailKind.OWN: _("Thư của mình quay lại"),
    MailKind.ORDINARY: _("Thư thường"),
}
PARTSTATS = {
    "ACCEPTED": _("Nhận lời"),
    "DECLINED": _("Từ chối"),
    "TENTATIVE": _("Chưa chắc"),
    "DELEGATED": _("Cử người khác"),
}
_WHY: dict[Why, Any] = {
    Why.LETTER_BOUNCED: _("Đã ghi là thư bị trả lại; sửa địa chỉ ở hộp thư đi."),
    Why.BOUNCED_ELSEWHERE: _("Báo một thư bị trả lại, nhưng từ địa chỉ khác với nơi thư đã gửi."),
    Why.NOT_OUR_LETTER: _("Báo trả lại một thư không gửi từ đây."),
    Why.NO_LETTER_NAMED: _("Báo có thư bị trả lại mà không nói thư nào."),
    Why.STILL_ON_ITS_WAY: _("Máy chủ thư còn thử tiếp."),
    Why.ARRIVED: _("Thư đã tới nơi."),
    Why.WRITTEN_BY_MACHINE: _("Máy tự trả lời, như khi vắng mặt. Không ai phải làm gì."),
    Why.CAME_BACK: _("Một thư gửi từ đây quay lại."),
    Why.SAME_AGAIN: _("Đã nhận thư này rồi."),
    Why.WRITTEN_BY_SOMEBODY: _("Có người viết, cần đọc và trả lời."),
    Why.IN_WINMAIL: _("Outlook gửi câu trả lời trong tệp winmail.dat, không đọc được; xem tiêu đề thư."),
    Why.INVITES_US: _("Có nơi mời họp."),
    Why.TOO_LARGE: _("Thư quá lớn nên chỉ đọc được phần đầu."),
    Why.FAULT: _("Không xử lý được thư này; báo người quản trị hệ thống."),
    Why.PUT_ASIDE: _("Đã xem và bỏ qua."),
    Why.LOOKED_AT_AGAIN: _("Được đưa lại để xem."),
}


def said_words(facts: Mapping[str, Any]) -> str:
    """What somebody answered by his calendar program; empty for any other letter."""
    if facts.get("method") == AnswerMethod.COUNTER:
        return gettext("Đề nghị giờ khác")
    return str(PARTSTATS.get(facts.get("partstat", ""), ""))


def why_words(reason: str, facts: Mapping[str, Any]) -> str:
    """Why a letter stands where it does, in a sentence or two."""
    if reason in set(Why):
        return str(_WHY[Why(reason)])
    if reason not in set(ReplyReason):
        return reason
    said = str(REASONS[ReplyReason(reason)])
    outcome = facts.get("outcome")
    if reason in (ReplyReason.CONFIRMED, ReplyReason.UNDONE) and outcome in set(ReplyReason):
        return f"{said} {REASONS[ReplyReason(outcome)]}"
    return " ".join(filter(None, (said, _more(reason, facts))))


def _more(reason: str, facts: Mapping[str, Any]) -> str:
    if reason == ReplyReason.MALFORMED:
        fault = next((words for fault, words in FAULTS.items() if fault == facts.get("fault")), "")
        return gettext("Lý do: %(why)s.", why=fault) if fault else ""
    if reason == ReplyReason.NOT_DONE:
        refusal = REFUSALS.get(facts.get("refusal", ""), "")
        return gettext("Lý do: %(why)s.", why=refusal) if refusal else ""
    if reason == ReplyReason.ACCEPTED:
        return next((f"{words}." for state, words in STANDINGS.items() if state == facts.get("standing")), "")
    return ""
