"""A list of people as its file has it: columns, and each row read cell by cell."""

from dataclasses import dataclass

from kstthc_training.directory.importing.contacts import email_of, numbers_mended, phone_of
from kstthc_training.directory.importing.plans import Problem, problem_of
from kstthc_training.sheets import ColumnMap, Fields, RowCheck, Table, check_rows
from kstthc_training.text import fold

FIELDS: Fields = {
    "full_name": ("họ và tên", "họ tên", "tên", "full_name", "full name", "name"),
    "title": ("chức vụ", "c.vụ", "cv", "chức danh", "title"),
    "organisation": (
        "đơn vị", "đơn vị công tác", "tên đơn vị", "mã đơn vị", "cơ quan", "nơi công tác", "organisation", "unit",
    ),
    "district": ("huyện", "thuộc huyện", "cấp huyện", "địa bàn", "district"),
    "phone": ("điện thoại", "số điện thoại", "sđt", "đt", "di động", "phone"),
    "email": ("thư điện tử", "email", "e-mail", "mail", "thư", "địa chỉ thư"),
    "focal_point": ("đầu mối", "cán bộ đầu mối", "là đầu mối", "focal_point", "focal point"),
}  # fmt: skip
REQUIRED = ("full_name", "organisation")
_YES = {"x", "co", "1", "yes", "y", "true", "dung", "dau moi", "v", "✓", "chinh"}
_NO = {"khong", "0", "no", "n", "false", "sai", "-"}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one row says; '' says nothing, and leaves what is known as it is."""

    line: int
    full_name: str
    title: str
    organisation: str
    district: str
    phone: str
    email: str
    focal_point: bool


def read_rows(table: Table, columns: ColumnMap) -> tuple[list[PersonRow], list[Problem], int]:
    """Every row as far as it can be read, what is wrong with cells taken by themselves, and how many numbers were mended.

    Numbers without their leading zero, which spreadsheet programs take away, get it back.
    """
    mended = numbers_mended(table, columns)
    rows: list[PersonRow] = []

    def read(check: RowCheck) -> None:
        phone = phone_of(check, mended)
        rows.append(
            PersonRow(
                line=check.row.line,
                full_name=check.text("full_name", required=True, most=150),
                title=check.text("title", most=200),
                organisation=check.text("organisation", required=True, most=300),
                district=check.text("district", most=200),
                phone=phone,
                email=email_of(check),
                focal_point=check.read("focal_point", yes_or_no) or False,
            )
        )

    errors = check_rows(table, columns, read).errors
    return rows, [problem_of(error) for error in errors], len(mended)


def yes_or_no(value: str) -> bool | None:
    """What a cell answers: `x`, `có`, `1` and the like, or `không`, `0`; None for anything else."""
    word = fold(value)
    return True if word in _YES else (False if word in _NO else None)
