"""How the directory says what a file's columns are and what is wrong with it; each problem with its cure."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from kstthc_training.directory.enums import ImportKind, ProblemCode
from kstthc_training.directory.importing import organisation_rows, person_rows
from kstthc_training.directory.importing.plans import Problem
from kstthc_training.directory.merging import lists
from kstthc_training.organisations.models import Organisation
from kstthc_training.sheets import Fields
from kstthc_training.web.locale import named

FIELDS_OF: dict[ImportKind, Fields] = {
    ImportKind.ORGANISATIONS: organisation_rows.FIELDS,
    ImportKind.PEOPLE: person_rows.FIELDS,
    ImportKind.MERGERS: lists.FIELDS,
}
KINDS = {
    ImportKind.ORGANISATIONS: _l("Danh sách nơi"),
    ImportKind.PEOPLE: _l("Danh sách người, đầu mối"),
    ImportKind.MERGERS: _l("Danh sách sáp nhập"),
}
FIELD_WORDS: dict[ImportKind, dict[str, Any]] = {
    ImportKind.MERGERS: {
        "old_name": _l("Nơi cũ"),
        "old_district": _l("Thuộc huyện"),
        "new_name": _l("Nơi mới"),
        "extent": _l("Toàn bộ hay một phần"),
    },
    ImportKind.ORGANISATIONS: {
        "code": _l("Mã"),
        "name": _l("Tên"),
        "short_name": _l("Tên viết tắt"),
        "kind": _l("Loại"),
        "level": _l("Cấp"),
        "parent": _l("Cấp trên (mã hoặc tên)"),
        "email": _l("Email"),
        "phone": _l("Điện thoại"),
        "valid_from": _l("Hiệu lực từ ngày"),
    },
    ImportKind.PEOPLE: {
        "full_name": _l("Họ và tên"),
        "title": _l("Chức vụ"),
        "organisation": _l("Đơn vị (mã hoặc tên)"),
        "district": _l("Thuộc huyện"),
        "phone": _l("Điện thoại"),
        "email": _l("Email"),
        "focal_point": _l("Là đầu mối"),
    },
}


def problem_words(problem: Problem, kind: ImportKind) -> tuple[str, str]:
    """What is wrong and what to do about it, in the page's language."""
    field = str(FIELD_WORDS[kind].get(problem.field, problem.field))
    hints = "; ".join(problem.hints)
    return _WORDS[problem.code](problem, field, hints)


def _unreadable(problem: Problem, field: str, hints: str) -> tuple[str, str]:
    if problem.field == "phone":
        return _("Không phải một số điện thoại."), _("Ghi một số, 10 chữ số, bắt đầu bằng 0.")
    if problem.field == "email":
        return _("Không phải một địa chỉ email."), _("Ghi một địa chỉ không dấu như ten@donvi.gov.vn.")
    if problem.field == "extent":
        return _("Không rõ toàn bộ hay một phần."), _("Ghi toàn bộ hoặc một phần.")
    if problem.field == "focal_point":
        return _("Không rõ có hay không."), _("Ghi x hoặc có nếu là đầu mối, để trống nếu không.")
    return _("Ngày không đọc được."), _("Ghi ngày như 01/07/2025.")


def _unknown_place(problem: Problem, field: str, hints: str) -> tuple[str, str]:
    cure = _("Có phải: %(names)s?", names=hints) if hints else _("Thêm nơi này vào danh bạ trước, hoặc ghi mã.")
    return _("Không có nơi này trong danh bạ."), cure


def _repeated(problem: Problem, field: str, hints: str) -> tuple[str, str]:
    if problem.field == "code":
        return _("Mã này đã có ở dòng %(line)s.", line=hints), _("Mỗi nơi một mã; sửa một trong hai dòng.")
    return _("Lặp lại dòng %(line)s.", line=hints), _("Giữ một dòng, xóa dòng kia.")


def _address_taken(problem: Problem, field: str, hints: str) -> tuple[str, str]:
    cure = _("Mỗi đầu mối cần một địa chỉ riêng để đăng nhập.")
    if hints:
        return _("Email này đã dùng cho đầu mối ở dòng %(line)s.", line=hints), cure
    return _("Người khác đã đăng nhập bằng email này."), cure


_Words = Callable[[Problem, str, str], tuple[str, str]]
_WORDS: dict[ProblemCode, _Words] = {
    ProblemCode.MISSING: lambda p, field, hints: (_("Ô này trống."), _("Điền %(field)s cho dòng này.", field=field)),
    ProblemCode.TOO_LONG: lambda p, field, hints: (
        _("Dài %(length)s ký tự.", length=len(p.value)),
        _("Rút ngắn lại, phần thừa chuyển sang cột khác."),
    ),
    ProblemCode.UNREADABLE: _unreadable,
    ProblemCode.REPEATED: _repeated,
    ProblemCode.COLUMN_MISSING: lambda p, field, hints: (
        _("Chưa biết cột nào là %(field)s.", field=field),
        _("Chọn cột ấy ở bảng “Cột nào là gì”, hoặc chọn trang khác của tệp."),
    ),
    ProblemCode.COLUMN_TWICE: lambda p, field, hints: (
        _("Hai cột cùng là %(field)s.", field=field),
        _("Giữ một cột, cột kia chọn “Không nhập”."),
    ),
    ProblemCode.UNKNOWN_KIND: lambda p, field, hints: (
        _("Không có loại này."),
        _("Dùng một trong các loại: %(names)s.", names=hints),
    ),
    ProblemCode.UNKNOWN_LEVEL: lambda p, field, hints: (
        _("Không có cấp này."),
        _("Dùng một trong các cấp: %(names)s.", names=hints),
    ),
    ProblemCode.UNKNOWN_PLACE: _unknown_place,
    ProblemCode.AMBIGUOUS_PLACE: lambda p, field, hints: (
        ngettext("%(num)d nơi cùng tên: %(names)s.", "%(num)d nơi cùng tên: %(names)s.", len(p.hints), names=hints),
        _("Ghi thêm tên huyện sau dấu phẩy, hoặc dùng mã."),
    ),
    ProblemCode.CODE_TAKEN: lambda p, field, hints: (
        _("Mã này của %(name)s, chưa hết hiệu lực vào ngày ấy.", name=hints),
        _("Kiểm tra ngày bắt đầu, hoặc bỏ mã."),
    ),
    ProblemCode.PARENT_BENEATH: lambda p, field, hints: (
        _("Nơi cấp trên lại thuộc chính nơi này."),
        _("Sửa cột cấp trên của một trong hai nơi."),
    ),
    ProblemCode.SEVERAL_PEOPLE: lambda p, field, hints: (
        _("Nhiều người cùng tên ở đây: %(people)s.", people=hints),
        _("Ghi đúng điện thoại hoặc email để biết là ai."),
    ),
    ProblemCode.ADDRESS_NEEDED: lambda p, field, hints: (
        _("Đầu mối chưa có email để nhận liên kết."),
        _("Ghi email của người này, hoặc bỏ chọn gửi liên kết."),
    ),
    ProblemCode.ADDRESS_TAKEN: _address_taken,
}


def where_words(organisation: Organisation) -> str:
    """Level and where it belongs, or its kind when it stands right below the top: what tells communes of one name apart."""
    parent = organisation.parent
    if parent is None or parent.parent_id is None:
        return named(organisation.kind)
    return _("%(level)s, thuộc %(parent)s", level=named(organisation.level), parent=parent.short_name or parent.name)
