"""What every act that is recorded is called, in the one log of all and in the log of one event."""

from typing import Any

from flask_babel import gettext, lazy_pgettext
from flask_babel import lazy_gettext as _

ERASED = "Người đã xóa dữ liệu"  # what stands, there and in the directory, for whoever had his data erased
PRODUCT = "Hệ thống"  # the name under which the log keeps what nobody in particular did
BEARER = "liên kết mời của "  # before the name of an invitee: what was done by the link in an invitation
BY_MAIL = "thư trả lời của "  # before the name of somebody whose calendar program answered by mail
GUEST = "khách qua liên kết: "  # before the name of a guest: what was done by the shared link of an event
# What the parts of an address narrow a list by.
FILTERS: dict[str, Any] = {
    "q": _("chữ tìm"),
    "tt": _("tình trạng"),
    "dv": _("đơn vị"),
    "xep": _("thứ tự"),
    "cot": _("cột"),
    "ai": _("người có chỗ hay cả người chờ"),
    "noi": _("nơi dự"),
}
ACTS: dict[str, Any] = {
    "accounts.read": _("Xem danh sách tài khoản"),
    "letters.read": _("Xem danh sách thư"),
    "letter.read": _("Đọc một lá thư"),
    "log.read": _("Xem nhật ký hệ thống"),
    "people.read": _("Xem danh sách người"),
    "person.read": _("Xem trang của một người"),
    "invitations.read": _("Xem danh sách mời"),
    "registrations.read": _("Xem danh sách đăng ký"),
    "registrations.import_undone": _("Hoàn tác nhập danh sách dự"),
    "answer.file_opened": _("Mở tệp kèm câu trả lời"),
    "registrations.exported": _("Xuất danh sách đăng ký"),
    "roster.read": _("Xem bảng điểm danh"),
    "roster.exported": _("Xuất bảng điểm danh"),
    "report.exported": _("Xuất báo cáo"),
    "personal.exported": _("Tải dữ liệu của một người"),
    "erasures.read": _("Xem các yêu cầu xóa dữ liệu"),
    "erasure.asked": _("Yêu cầu xóa dữ liệu"),
    "erasure.withdrawn": _("Rút yêu cầu xóa dữ liệu"),
    "erasure.refused": _("Từ chối xóa dữ liệu"),
    "erasure.done": _("Xóa dữ liệu của một người"),
    "sign_in.begun": _("Đăng nhập"),
    "sign_in.failed": _("Đăng nhập không được"),
    "sign_in.ended": _("Đăng xuất"),
    "sign_in.others_ended": _("Đăng xuất các nơi khác"),
    "sign_in.all_ended": _("Đăng xuất một tài khoản khỏi mọi nơi"),
    "link.requested": _("Xin liên kết qua email"),
    "account.password_set": _("Đặt mật khẩu"),
    "account.invited": _("Mở tài khoản"),
    "account.link_resent": _("Gửi lại liên kết đặt mật khẩu"),
    "account.role_granted": _("Giao quyền"),
    "account.role_revoked": _("Thu quyền"),
    "account.disabled": _("Ngừng tài khoản"),
    "account.enabled": _("Mở lại tài khoản"),
    "account.login_changed": _("Đổi email đăng nhập"),
    "feed.renewed": _("Đổi địa chỉ nguồn lịch"),
    "feed.stopped": _("Ngừng nguồn lịch"),
    "event.created": _("Tạo cuộc họp"),
    "event.edited": _("Sửa cuộc họp"),
    "event.released": _("Phát hành cuộc họp"),
    "event.postponed": _("Hoãn cuộc họp"),
    "event.redated": _("Định ngày mới, phát hành lại"),
    "event.cancelled": _("Hủy cuộc họp"),
    "event.discarded": _("Bỏ dự thảo"),
    "event.capacity_set": _("Đổi số chỗ"),
    "registration.made": lazy_pgettext("act", "Đăng ký"),
    "registration.cancelled": _("Hủy đăng ký"),
    "registration.promoted": _("Chuyển từ danh sách chờ thành có chỗ"),
    "registration.approved": _("Duyệt đăng ký"),
    "registration.refused": _("Không duyệt đăng ký"),
    "registration.substituted": _("Cử người dự thay"),
    "registration.offer_taken": _("Nhận chỗ được giữ"),
    "registration.offer_declined": _("Không nhận chỗ được giữ"),
    "registration.offer_expired": _("Hết hạn nhận chỗ được giữ"),
    "registration.places_held": _("Giữ chỗ cho đơn vị"),
    "registration.places_freed": _("Thu lại chỗ đơn vị giữ"),
    "event.limits_set": _("Đổi giới hạn chỗ"),
    "event.rules_set": _("Đổi cách nhận đăng ký"),
    "event.guest_link_renewed": _("Đổi liên kết nhận khách"),
    "question.added": _("Thêm câu hỏi khi đăng ký"),
    "question.changed": _("Sửa câu hỏi khi đăng ký"),
    "question.removed": _("Bỏ câu hỏi khi đăng ký"),
    "allocation.drawn": _("Rút thăm hạt giống phân bổ chỗ"),
    "allocation.said": _("Ghim hoặc xếp cuối một người khi phân bổ chỗ"),
    "allocation.decided": _("Quyết định phân bổ chỗ"),
    "ticket.renewed": _("Cấp lại vé"),
    "invitations.made": _("Mời dự"),
    "invitations.exported": _("Xuất danh sách mời"),
    "invitations.reported": _("Báo lãnh đạo tình hình trả lời giấy mời"),
    "invitations.leaders_told": _("Báo lãnh đạo đơn vị quá hạn trả lời"),
    "reminders.set": _("Đặt lịch nhắc"),
    "reminders.sent": _("Nhắc người dự, nhắc gửi tên"),
    "reminders.skipped": _("Bỏ một lần nhắc"),
    "reminders.resumed": _("Cho nhắc lại một lần đã bỏ"),
    "invitations.reminded": _("Nhắc trả lời giấy mời"),
    "invitations.deadline_set": _("Đổi hạn trả lời giấy mời"),
    "invitation.places_set": _("Đổi số chỗ mời"),
    "invitation.places_released": _("Thu hồi chỗ mời chưa có tên"),
    "invitation.revoked": _("Thu hồi giấy mời"),
    "invitation.link_renewed": _("Đổi liên kết giấy mời"),
    "invitation.accepted": _("Nhận lời mời"),
    "invitation.declined": _("Báo không dự được"),
    "calendar.answered": _("Trả lời lời mời bằng thư"),
    "inbox.read": _("Xem danh sách thư đến"),
    "inbox.letter_read": _("Đọc một thư đến"),
    "inbox.ignored": _("Bỏ qua một thư đến"),
    "inbox.reopened": _("Đưa một thư đến lại mục cần xem"),
    "inbox.counter_declined": _("Trả lời là giờ họp giữ nguyên"),
    "inbox.confirmed": _("Nhận một thư trả lời là của người được mời"),
    "inbox.undone": _("Hoàn tác việc một thư trả lời đã làm"),
    "invitees.group_saved": _("Lưu một nhóm mời"),
    "invitees.group_changed": _("Sửa một nhóm mời"),
    "invitees.group_deleted": _("Bỏ một nhóm mời"),
    "session.closed": _("Chốt điểm danh"),
    "session.reopened": _("Mở lại điểm danh"),
    "material.added": _("Thêm tài liệu"),
    "material.changed": _("Sửa tài liệu"),
    "material.withdrawn": _("Rút tài liệu"),
    "material.restored": _("Trả lại tài liệu"),
    "person.added": _("Thêm người"),
    "person.changed": _("Sửa người"),
    "person.united": _("Gộp người trùng"),
    "person.parted": _("Hoàn tác gộp người trùng"),
    "person.told_apart": _("Ghi là những người khác nhau"),
    "person.doubted_again": _("Bỏ ghi là những người khác nhau"),
    "organisation.added": _("Thêm đơn vị"),
    "organisation.changed": _("Sửa đơn vị"),
    "organisation.renamed": _("Đổi tên đơn vị"),
    "organisation.name_corrected": _("Sửa tên đơn vị"),
    "organisation.ended": _("Kết thúc đơn vị"),
    "organisation.resumed": _("Mở lại đơn vị"),
    "organisation.succeeded": _("Ghi đơn vị kế thừa"),
    "organisation.merged": _("Sáp nhập đơn vị"),
    "organisation.merger_undone": _("Hoàn tác sáp nhập đơn vị"),
    "directory.file_kept": _("Tải lên một danh sách"),
    "directory.people_imported": _("Nhập người từ tệp"),
    "directory.mergers_imported": _("Sáp nhập theo danh sách"),
    "directory.organisations_imported": _("Nhập đơn vị từ tệp"),
    "venue.added": _("Thêm địa điểm"),
    "mandate.added": _("Lập khóa bắt buộc"),
    "mandate.changed": _("Sửa khóa bắt buộc"),
    "mandate.withdrawn": _("Rút khóa bắt buộc"),
    "mandate.restored": _("Yêu cầu lại khóa bắt buộc"),
    "mandate.people_added": _("Thêm người phải dự khóa bắt buộc"),
    "mandate.people_dropped": _("Bỏ người khỏi khóa bắt buộc"),
    "mandate.exempted": _("Miễn dự khóa bắt buộc"),
    "mandate.exemption_lifted": _("Thôi miễn dự khóa bắt buộc"),
    "mandate.event_added": _("Tính một cuộc cho khóa bắt buộc"),
    "mandate.event_dropped": _("Thôi tính một cuộc cho khóa bắt buộc"),
    "mandate.exported": _("Xuất danh sách khóa bắt buộc"),
    "text.changed": _("Sửa mẫu thư"),
    "text.returned": _("Trở lại mẫu gốc của thư"),
    "text.undone": _("Hoàn tác sửa mẫu thư"),
    "setting.changed": _("Đổi cài đặt"),
    "letter.sent_again": _("Gửi lại một lá thư"),
    "letters.sent_again": _("Cho các thư đã chọn đi"),
    "letters.chosen_held": _("Giữ lại các thư đã chọn"),
    "letters.chosen_discarded": _("Bỏ các thư đã chọn, không gửi"),
    "letters.undone": _("Hoàn tác việc với các thư"),
    "letter.readdressed": _("Đổi địa chỉ thư"),
    "letters.held": _("Giữ mọi thư"),
    "letters.let_go": _("Cho thư đi tiếp"),
    "event.letters_held": _("Giữ thư của cuộc họp"),
    "event.letters_let_go": _("Cho thư của cuộc họp đi tiếp"),
    "job.tried_again": _("Làm lại một việc nền bị hỏng"),
}


def filter_words(asked: list[str]) -> str:
    """What a list was narrowed by when somebody took it away."""
    return ", ".join(str(FILTERS.get(name, name)) for name in asked)


def action_words(action: str) -> str:
    """An act in words; one of a version that is gone by its own name."""
    return str(ACTS.get(action, action))


def author_words(name: str) -> str:
    """Who did something, as the log kept it: a person by name; links, the product itself and strangers in words."""
    if name.startswith(BEARER):
        return gettext("liên kết mời của %(name)s", name=name.removeprefix(BEARER))
    if name.startswith(BY_MAIL):
        return gettext("thư trả lời của %(name)s", name=name.removeprefix(BY_MAIL))
    if name.startswith(GUEST):
        return gettext("khách %(name)s, qua liên kết", name=name.removeprefix(GUEST))
    if name == ERASED:
        return gettext("Người đã xóa dữ liệu")
    return gettext("Hệ thống") if name == PRODUCT else name or gettext("Chưa đăng nhập")
