"""A list of organisations as its file has it: columns, and each row read cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.contacts import email_of, numbers_mended, phone_of
from kstthc_training.directory.importing.plans import Problem, problem_of
from kstthc_training.organisations.models import OrganisationKind, OrganisationLevel
from kstthc_training.sheets import ColumnMap, Fields, RowCheck, Table, check_rows, date_of
from kstthc_training.text import fold

FIELDS: Fields = {
    "code": ("code", "mã", "mã đơn vị", "mã số"),
    "name": ("name", "tên", "tên đơn vị", "tên cơ quan", "tên nơi", "đơn vị"),
    "short_name": ("short_name", "short name", "tên viết tắt", "viết tắt", "tên ngắn"),
    "kind": ("kind", "loại", "loại hình", "loại đơn vị"),
    "level": ("level", "cấp", "cấp hành chính"),
    "parent": ("parent_code", "parent", "mã cấp trên", "cấp trên", "đơn vị cấp trên", "trực thuộc", "thuộc"),
    "email": ("email", "e-mail", "mail", "thư điện tử", "thư", "hộp thư"),
    "phone": ("phone", "điện thoại", "số điện thoại", "sđt", "đt"),
    "valid_from": ("valid_from", "từ ngày", "hiệu lực từ", "ngày thành lập"),
}
REQUIRED = ("name", "kind")
LONGEST_NAME = 300
LONGEST_SHORT = 120


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """What one row says; '' and None say nothing, and leave what is known as it is."""

    line: int
    name: str
    short_name: str
    code: str
    kind_id: int
    level_id: int | None
    parent: str
    email: str
    phone: str
    valid_from: date | None


def read_rows(
    table: Table, columns: ColumnMap, kinds: list[OrganisationKind], levels: list[OrganisationLevel]
) -> tuple[list[OrganisationRow], list[Problem], int]:
    """Every row as far as it can be read, what is wrong with cells taken by themselves, and how many numbers were mended."""
    mended = numbers_mended(table, columns)
    kind_ids, level_ids = _by_names(kinds), _by_names(levels)
    rows: list[OrganisationRow] = []

    def read(check: RowCheck) -> None:
        kind_id = check.read("kind", lambda value: kind_ids.get(fold(value)), required=True, code=ProblemCode.UNKNOWN_KIND)
        rows.append(
            OrganisationRow(
                line=check.row.line,
                name=check.text("name", required=True, most=LONGEST_NAME),
                short_name=check.text("short_name", most=LONGEST_SHORT),
                code=check.text("code", most=50),
                kind_id=kind_id or 0,
                level_id=check.read("level", lambda value: level_ids.get(fold(value)), code=ProblemCode.UNKNOWN_LEVEL),
                parent=check.text("parent", most=LONGEST_NAME),
                email=email_of(check),
                phone=phone_of(check, mended),
                valid_from=check.read("valid_from", date_of),
            )
        )

    checked = check_rows(table, columns, read)
    words = {
        ProblemCode.UNKNOWN_KIND: tuple(kind.name_vi for kind in kinds),
        ProblemCode.UNKNOWN_LEVEL: tuple(level.name_vi for level in levels),
    }
    return rows, [problem_of(error, words.get(ProblemCode(error.code), ())) for error in checked.errors], len(mended)


def _by_names(things: list[OrganisationKind] | list[OrganisationLevel]) -> Mapping[str, int]:
    return {fold(name): thing.id for thing in things for name in (thing.code, thing.name_vi, thing.name_en)}
