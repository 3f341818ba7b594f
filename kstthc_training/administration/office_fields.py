"""The office's settings as the page groups them: names of fields, their words and what they are for."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from kstthc_training.administration.forms import ValuesForm
from kstthc_training.web.forms import LineField, Needed

LABELS: dict[str, Any] = {
    "parent_agency": _("Cơ quan chủ quản"),
    "agency": _("Cơ quan ban hành"),
    "place": _("Địa danh"),
    "symbol_unit": _("Ký hiệu đơn vị"),
    "addressee": _("Kính gửi"),
    "archive_unit": _("Đơn vị lưu, soạn thảo"),
    "plan_reference": _("Căn cứ kế hoạch năm"),
    "signer_post": _("Quyền hạn, chức vụ người ký"),
    "signer_name": _("Họ và tên người ký"),
    "product": _("Tên phần mềm"),
    "name": _("Tên đầy đủ của văn phòng"),
    "short_name": _("Tên gọn, ghi trên đầu trang"),
    "division": _("Phòng phụ trách"),
    "province": _("Tỉnh, thành phố"),
    "data_contact": _("Đầu mối bảo vệ dữ liệu"),
    "data_email": _("Email đầu mối"),
    "data_phone": _("Điện thoại đầu mối"),
    "data_basis": _("Căn cứ pháp luật"),
    "data_kept": _("Thời hạn giữ"),
}
HINTS: dict[str, Any] = {
    "parent_agency": _("Chữ hoa, dòng trên cùng bên trái, như UBND TỈNH AN GIANG"),
    "agency": _("Chữ hoa, dòng thứ hai, như VĂN PHÒNG"),
    "place": _("Trước ngày tháng: An Giang, ngày …"),
    "symbol_unit": _("Sau gạch nối của số văn bản: 05/BC-VP"),
    "addressee": _("Nơi nhận báo cáo định kỳ"),
    "archive_unit": _("Sau “Lưu: VT,” ở nơi nhận"),
    "plan_reference": _("Số, ngày và trích yếu của kế hoạch mà báo cáo dựa vào"),
    "signer_post": _("Chữ hoa, in trên chữ ký, như KT. CHÁNH VĂN PHÒNG"),
    "data_contact": _("Người hoặc bộ phận trả lời về dữ liệu cá nhân; trống thì là văn phòng"),
    "data_basis": _("Ghi ở trang Bảo vệ dữ liệu cá nhân"),
    "data_kept": _("Đăng ký, điểm danh được giữ bao lâu, như: 05 năm kể từ ngày họp"),
}
_MUST = {"product", "name", "short_name", "parent_agency", "agency", "symbol_unit", "data_basis", "data_kept"}


@dataclass(frozen=True)
class Group:
    """Settings that change together, under one address."""

    path: str
    label: Any
    names: tuple[str, ...]


GROUPS = (
    Group(
        "van-ban",
        _("Đầu văn bản"),
        ("parent_agency", "agency", "place", "symbol_unit", "addressee", "archive_unit", "plan_reference"),
    ),
    Group("nguoi-ky", _("Người ký"), ("signer_post", "signer_name")),
    Group(
        "du-lieu",
        _("Dữ liệu cá nhân"),
        ("data_contact", "data_email", "data_phone", "data_basis", "data_kept"),
    ),
    Group("ten-goi", _("Tên gọi"), ("product", "name", "short_name", "division", "province")),
)


def settings_nav(current: str) -> list[dict[str, Any]]:
    """The groups of settings with their addresses, reminding last; `current` is the path of the one that is open."""
    groups = [(each.path, each.label, url_for("administration.settings_group", path=each.path)) for each in GROUPS]
    groups.append(("nhac-viec", _("Nhắc việc"), url_for("administration.reminding")))
    return [{"label": label, "href": href, "current": path == current} for path, label, href in groups]


def find_group(path: str) -> Group | None:
    """The group under an address."""
    return next((group for group in GROUPS if group.path == path), None)


@cache
def values_form(group: Group) -> type[ValuesForm]:
    """The form with one line for each setting of a group."""
    fields = {
        name: LineField(LABELS[name], [Needed()] if name in _MUST else [], description=HINTS.get(name, ""), longest=300)
        for name in group.names
    }
    return type(f"ValuesForm_{group.path}", (ValuesForm,), fields)
