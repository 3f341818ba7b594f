"""Why a file that was handed in is not read as a table, in the page's language; each with its cure."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from kstthc_training.sheets import SheetRefused, refusals


def sheet_words(refusal: SheetRefused) -> str:
    """Why a file cannot be read as a table, and what to do, in the page's language."""
    return _SHEET_WORDS.get(type(refusal), _broken)(refusal.facts)


def _broken(facts: dict[str, Any]) -> str:
    if facts.get("line"):
        return _("Tệp hỏng từ dòng %(line)s. Mở bằng Excel, lưu lại thành .xlsx rồi thử lại.", line=facts["line"])
    return _("Tệp hỏng, không mở được. Mở bằng Excel, lưu lại thành .xlsx rồi thử lại.")


_SHEET_WORDS: dict[type[SheetRefused], Callable[[dict[str, Any]], str]] = {
    refusals.FileTooLarge: lambda f: _(
        "Tệp quá lớn, nhiều nhất %(limit)s MB. Chia thành nhiều tệp.", limit=f["limit"] // 10**6
    ),
    refusals.UnpacksTooLarge: lambda f: _("Tệp này giải nén ra quá lớn nên không mở. Lưu lại chỉ trang cần nhập."),
    refusals.TooManyRows: lambda f: _(
        "Tệp có %(rows)s dòng, mỗi lần nhập nhiều nhất %(limit)s. Chia thành nhiều tệp.", rows=f["rows"], limit=f["limit"]
    ),
    refusals.TooManyColumns: lambda f: _("Dòng %(line)s có quá nhiều cột. Xóa các cột không dùng.", line=f["line"]),
    refusals.TooHeavy: lambda f: _("Tệp này quá nặng để mở. Lưu lại chỉ trang cần nhập thành .xlsx hoặc .csv."),
    refusals.UnknownFormat: lambda f: _("Không đọc được loại tệp này. Dùng .xlsx, .xls, .ods hoặc .csv."),
    refusals.ContentMismatch: lambda f: _(
        "Nội dung không phải tệp .%(extension)s. Mở bằng Excel và lưu lại đúng loại.", extension=f["extension"]
    ),
    refusals.BrokenFile: _broken,
    refusals.LockedWorkbook: lambda f: _("Tệp có mật khẩu. Bỏ mật khẩu rồi thử lại."),
    refusals.NoSuchSheet: lambda f: _("Tệp không có trang này. Chọn một trang khác."),
    refusals.UnknownEncoding: lambda f: _(
        "Chữ ở dòng %(line)s không đọc được. Lưu lại thành CSV UTF-8 hoặc .xlsx.", line=f["line"]
    ),
    refusals.EmptyTable: lambda f: _("Tệp trống. Chọn tệp có dòng tiêu đề và các dòng bên dưới."),
}
