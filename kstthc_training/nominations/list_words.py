"""How the page speaks of a list of people: why a file is no such list, and why somebody in it is not named."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from kstthc_training.nominations.listing import NoNames, RowProblem, TooMany
from kstthc_training.sheets import SheetRefused
from kstthc_training.web.sheet_words import sheet_words

TEMPLATE = (lazy_gettext("Họ và tên"), lazy_gettext("Chức vụ"), lazy_gettext("Điện thoại"), lazy_gettext("Email"))


def list_words(refusal: SheetRefused) -> str:
    """Why a file cannot be read as a list of people, and what to do."""
    if isinstance(refusal, NoNames):
        sheets = ", ".join(refusal.facts["sheet_names"])
        said = _("Không thấy cột “Họ và tên” trong tệp. Ghi tên cột ở dòng đầu như tệp mẫu rồi chọn lại.")
        return said + " " + _("Đã xem các trang: %(names)s.", names=sheets) if sheets else said
    if isinstance(refusal, TooMany):
        return _(
            "Danh sách có %(rows)s dòng, mỗi lần cử nhiều nhất %(limit)s người. Chia thành nhiều tệp.",
            rows=refusal.facts["rows"], limit=refusal.facts["limit"],
        )  # fmt: skip
    return sheet_words(refusal)


def problem_words(problem: RowProblem, hint: str) -> str:
    """Why a row is not taken, and what would mend it."""
    return _PROBLEMS[problem](hint)


_PROBLEMS: dict[RowProblem, Callable[[str], Any]] = {
    RowProblem.MISSING: lambda hint: _("Ô họ và tên trống; nếu là ô gộp thì tách ra rồi điền từng dòng."),
    RowProblem.TOO_LONG: lambda hint: _("Họ tên hoặc chức vụ dài quá. Rút ngắn lại."),
    RowProblem.UNREADABLE_PHONE: lambda hint: _("Không phải một số điện thoại. Ghi một số, 10 chữ số, bắt đầu bằng 0."),
    RowProblem.UNREADABLE_EMAIL: lambda hint: _("Không phải một địa chỉ email. Ghi như ten@donvi.gov.vn."),
    RowProblem.REPEATED: lambda hint: _("Cùng người với dòng %(line)s; chỉ cử một lần.", line=hint),
    RowProblem.NAMED_ALREADY: lambda hint: _("Đã có tên trong danh sách dự."),
    RowProblem.SEVERAL: lambda hint: _("Danh bạ có %(n)s người tên này: ghi điện thoại hoặc email để biết là ai.", n=hint),
}
