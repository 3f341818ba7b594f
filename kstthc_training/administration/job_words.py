"""What the worker's jobs are called on the pages of Quản trị, and why one failed."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kstthc_training.administration.words import trouble_words
from kstthc_training.outbox.enums import KnownTrouble

KINDS = {
    "files.remove_orphans": _("Dọn tệp không còn ai dùng"),
    "people.link_requested": _("Gửi liên kết đăng nhập"),
    "people.tidy": _("Dọn phiên đăng nhập và liên kết cũ"),
    "inbox.erase_raw": _("Xóa thư đến để quá hạn"),
    "organisations.take_names": _("Đổi tên đơn vị đến ngày có hiệu lực"),
    "directory.forget_uploads": _("Xóa tệp danh bạ để quá một ngày"),
    "registrations.expire_offer": _("Hết hạn nhận chỗ được giữ"),
    "registrations.free_places": _("Thu lại chỗ giữ chưa có tên"),
    "messages.forget_old": _("Xóa thông báo quá nửa năm"),
    "nominations.digest": _("Gửi thư tổng hợp buổi sáng"),
    "privacy.discard": _("Xóa tệp và thư của người đã xóa dữ liệu"),
    "privacy.forget_last_letter": _("Xóa địa chỉ trong thư báo đã xóa dữ liệu"),
    "invitations.remind": _("Nhắc trả lời giấy mời"),
    "invitations.overdue": _("Báo lãnh đạo đơn vị quá hạn trả lời"),
    "events.timed": _("Lập lại các lần nhắc của cuộc họp"),
    "reminders.plan_day": _("Lập các lần nhắc của hai ngày tới"),
    "reminders.send": _("Nhắc người dự, nhắc gửi tên"),
    "people.address_changed": _("Chuyển lịch sang địa chỉ thư mới"),
    "scheduling.settle_wording": _("Báo lời lẽ mới của cuộc họp vào lịch của người dự"),
}


def job_words(kind: str) -> str:
    """What a job does."""
    return str(KINDS.get(kind, kind))


def job_trouble_words(last_error: str | None) -> str:
    """Why a job failed for good: in words when it is a trouble of our own, else as the program put it."""
    if last_error == KnownTrouble.WORKER_LOST:
        return gettext("Lần nào chạy cũng bị ngắt giữa chừng.")
    return trouble_words(last_error)
