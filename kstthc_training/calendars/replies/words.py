"""What answers by mail are called, why one waits for people, and what it did."""

from typing import Any

from flask_babel import lazy_gettext as _

from kstthc_training.calendars.replies.enums import ReplyReason
from kstthc_training.ical.incoming import Fault
from kstthc_training.scheduling.enums import PartStat

ANSWERS: dict[PartStat, Any] = {
    PartStat.NEEDS_ACTION: _("Chưa trả lời"),
    PartStat.ACCEPTED: _("Nhận lời qua thư"),
    PartStat.TENTATIVE: _("Chưa chắc, trả lời qua thư"),
    PartStat.DECLINED: _("Từ chối qua thư"),
    PartStat.DELEGATED: _("Cử người khác, trả lời qua thư"),
}
REASONS: dict[ReplyReason, Any] = {
    ReplyReason.MALFORMED: _("Thư trả lời của chương trình lịch viết sai nên không đọc được."),
    ReplyReason.UNKNOWN_ENTRY: _("Trả lời một cuộc họp không có ở đây."),
    ReplyReason.NOT_INVITED: _("Người trả lời không ở trong số những địa chỉ đã được mời."),
    ReplyReason.OTHER_SENDER: _("Thư gửi từ một địa chỉ khác với địa chỉ của người được mời."),
    ReplyReason.FORGED: _("Máy chủ thư của cơ quan thấy thư này giả địa chỉ người gửi."),
    ReplyReason.OLD_VERSION: _("Trả lời thư mời cũ; từ đó cuộc họp đã đổi."),
    ReplyReason.MADE_UP_VERSION: _("Trả lời một thư mời chưa từng gửi."),
    ReplyReason.NO_LONGER_ASKED: _("Người này không còn được mời."),
    ReplyReason.SAME_ANSWER: _("Đã nhận câu trả lời này rồi."),
    ReplyReason.NEWER_ANSWER_TAKEN: _("Đã có câu trả lời mới hơn."),
    ReplyReason.NO_ANSWER: _("Không nói là dự hay không."),
    ReplyReason.ONE_SESSION: _("Từ chối một trong nhiều buổi; chỗ vẫn giữ."),
    ReplyReason.DELEGATED: _("Muốn cử người khác dự thay."),
    ReplyReason.COUNTERED: _("Chưa đổi gì; ban tổ chức quyết định."),
    ReplyReason.NOT_DONE: _("Quy định của cuộc họp không cho làm việc này nữa."),
    ReplyReason.NOTED: _("Đã ghi câu trả lời."),
    ReplyReason.NOT_COMING_ALREADY: _("Người này vốn không có chỗ."),
    ReplyReason.TAKEN_BACK: _("Đã hủy đăng ký, chỗ dành cho người khác."),
    ReplyReason.DECLINED: _("Đã ghi là không dự."),
    ReplyReason.ACCEPTED: _("Đã đăng ký."),
    ReplyReason.SENT_ANEW: _("Chương trình lịch hỏi lại: đã gửi lại thư mời."),
    ReplyReason.SENT_JUST_NOW: _("Chương trình lịch hỏi lại; thư mời vừa được gửi trong một giờ qua."),
    ReplyReason.ASKED_BY_MACHINE: _("Máy tự hỏi lại, không trả lời."),
    ReplyReason.COUNTER_DECLINED: _("Đã trả lời là không đổi giờ."),
    ReplyReason.CONFIRMED: _("Đã nhận là câu trả lời của người này."),
    ReplyReason.UNDONE: _("Đã hoàn tác."),
}
FAULTS: dict[Fault, Any] = {
    Fault.UNREADABLE: _("không phải dữ liệu lịch"),
    Fault.TOO_LONG: _("quá dài"),
    Fault.NO_ENTRY: _("không có cuộc họp nào"),
    Fault.SEVERAL_ENTRIES: _("nói về nhiều cuộc họp một lúc"),
    Fault.NO_ATTENDEE: _("không nói ai trả lời"),
    Fault.SEVERAL_ATTENDEES: _("trả lời cho nhiều người một lúc"),
    Fault.NO_UID: _("mã cuộc họp không phải của hệ thống này"),
    Fault.ONE_OF_MANY: _("nói về một lần của cuộc họp lặp lại"),
    Fault.NO_STAMP: _("không có giờ trả lời"),
    Fault.UNKNOWN_METHOD: _("không rõ muốn gì"),
}
# Why the rules of an event said no, by the name of the refusal.
REFUSALS: dict[str, Any] = {
    "AlreadyBegun": _("cuộc họp đã bắt đầu"),
    "AlreadyHeld": _("cuộc họp đã kết thúc"),
    "NotOffered": _("cuộc họp không còn nhận đăng ký"),
    "AnswerOver": _("đã quá hạn trả lời giấy mời"),
    "Revoked": _("giấy mời đã thu hồi"),
    "NotAllowed": _("người này không được làm việc đó"),
    "PapersWanted": _("cần giấy tờ báo chí"),
    "Unknown": _("người này không còn trong danh bạ"),
}
