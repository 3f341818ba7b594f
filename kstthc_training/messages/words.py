"""What the groups of letters and the ways of being told are called."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _

from kstthc_training.messages.enums import Group, Way


class About(NamedTuple):
    """A group of letters: its name, and what belongs to it."""

    name: Any
    what: Any


GROUPS: dict[Group, About] = {
    Group.REGISTRATIONS: About(_("Đăng ký của tôi"), _("Có chỗ, vào danh sách chờ, chờ duyệt, được chuyển thành có chỗ.")),
    Group.REMINDERS: About(_("Nhắc trước cuộc họp"), _("Cuộc họp sắp tới mà tôi có chỗ.")),
    Group.ORGANISATION: About(
        _("Lời mời và đơn vị"), _("Nhắc trả lời giấy mời, nhắc gửi tên, đổi số chỗ hoặc hạn trả lời.")
    ),
    Group.EVENT: About(_("Cuộc họp hủy, hoãn, thay đổi"), _("Hủy, hoãn, đổi giờ, đổi địa điểm.")),
    Group.ACCOUNT: About(_("Tài khoản và dữ liệu cá nhân"), _("Mật khẩu, liên kết đăng nhập, yêu cầu về dữ liệu.")),
}
WAYS: dict[Way, Any] = {
    Way.MAIL: _("Thư và thông báo"),
    Way.NOTICE: _("Chỉ thông báo trong phần mềm"),
    Way.DIGEST: _("Gộp vào thư tổng hợp mỗi sáng"),
}
