"""How an event takes people in, in words: for the form of its rules, and for the log."""

from flask_babel import lazy_gettext as _

from kstthc_training.registrations.enums import Admission, Circle, Credential, Place, Promotion

ADMISSIONS = {
    Admission.DIRECT: _("Có chỗ ngay khi đăng ký"),
    Admission.APPROVAL: _("Ban tổ chức duyệt từng người"),
    Admission.ALLOCATION: _("Phân bổ chỗ một lần sau khi hết hạn đăng ký"),
}
PROMOTIONS = {
    Promotion.SEAT: _("Người chờ lâu nhất có chỗ luôn"),
    Promotion.OFFER: _("Giữ chỗ cho người chờ lâu nhất, chờ người đó nhận"),
}
PLACES = {Place.ROOM: _("Tại phòng họp"), Place.ONLINE: _("Trực tuyến")}
CIRCLES = {Circle.OFFICIALS: _("Đại biểu"), Circle.PRESS: _("Báo chí")}
CREDENTIALS = {
    Credential.PRESS_CARD: _("Thẻ nhà báo"),
    Credential.INTRODUCTION: _("Giấy giới thiệu của cơ quan báo chí"),
}
