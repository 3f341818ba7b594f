"""A list of people from a file, read row by row: whom of the organisation a row means, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kstthc_training.registrations.service import NewPerson
from kstthc_training.sheets import ColumnMap, Doubt, Fields, RowCheck, SheetRefused, Table, check_rows, map_columns
from kstthc_training.sheets import read_table as read_sheet
from kstthc_training.text import is_address, phone_digits

MOST_LISTED = 100
# No heading that is a name as well (Thư, Mai): in a list of one column such a row would be taken for the heading.
FIELDS: Fields = {
    "full_name": ("họ và tên", "họ tên", "tên người dự", "người dự", "full name"),
    "title": ("chức vụ", "chức danh", "title"),
    "phone": ("điện thoại", "số điện thoại", "sđt", "di động", "phone"),
    "email": ("thư điện tử", "email", "e-mail", "địa chỉ email"),
}
_SURE_ENOUGH = 0.7  # below it stand "Tên đơn vị", "Tiền" and the like
_LONGEST = {"full_name": 150, "title": 200}


class RowProblem(StrEnum):
    """Why somebody in the list is not named."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNREADABLE_PHONE = "phone"
    UNREADABLE_EMAIL = "email"
    REPEATED = "repeated"
    NAMED_ALREADY = "named"
    SEVERAL = "several"


class NoNames(SheetRefused):
    """No sheet of the file has a column with names; `sheet_names` are those it has."""


class TooMany(SheetRefused):
    """The list has more rows (`rows`) than are named at once (`limit`)."""


@dataclass(frozen=True)
class Member:
    """Somebody of the organisation, and whether he is on the list of the event already."""

    id: int
    full_name: str
    phone: str
    email: str
    is_named: bool


@dataclass(frozen=True)
class ListedRow:
    """One row: whom it names, the person of the organisation that he is (None: somebody new), and what speaks against it;
    `hint` is the line that it repeats, or how many people it could be."""

    line: int
    person: NewPerson
    person_id: int | None = None
    problem: RowProblem | None = None
    hint: str = ""


def read_table(file_name: str, content: bytes) -> Table:
    """The first sheet with a column of names. Raises `NoNames`, `TooMany`, and what reading a file raises."""
    table = read_sheet(file_name, content, fields=FIELDS)
    names = [table.sheet, *(name for name in table.sheet_names if name != table.sheet)]
    for name in names:
        table = table if name == table.sheet else read_sheet(file_name, content, fields=FIELDS, sheet=name)
        match = map_columns(table, FIELDS).matches.get("full_name")
        if match and match.confidence >= _SURE_ENOUGH:
            if len(table.rows) > MOST_LISTED:
                raise TooMany(rows=len(table.rows), limit=MOST_LISTED)
            return table
    raise NoNames(sheet_names=[name for name in names if name])


def read_rows(table: Table, members: Sequence[Member]) -> list[ListedRow]:
    """Every row in its order; of two that are one person the first is named."""
    columns = map_columns(table, FIELDS)
    mended = _numbers_mended(table, columns)
    rows: list[ListedRow] = []

    def read(check: RowCheck) -> None:
        rows.append(_placed(_read(check, columns, mended), members, rows))

    check_rows(table, columns, read)
    return rows


def _read(check: RowCheck, columns: ColumnMap, mended: dict[int, str]) -> ListedRow:
    typed = {name: check.text(name) for name in FIELDS}
    phone = mended.get(check.row.line) or typed["phone"]
    person = NewPerson(full_name=typed["full_name"], title=typed["title"], phone=phone, email=typed["email"])
    return ListedRow(check.row.line, person, problem=_problem(person))


def _problem(person: NewPerson) -> RowProblem | None:
    if not person.full_name:
        return RowProblem.MISSING
    if len(person.full_name) > _LONGEST["full_name"] or len(person.title) > _LONGEST["title"]:
        return RowProblem.TOO_LONG
    if person.phone and not phone_digits(person.phone):
        return RowProblem.UNREADABLE_PHONE
    return RowProblem.UNREADABLE_EMAIL if person.email and not is_address(person.email) else None


def _placed(row: ListedRow, members: Sequence[Member], before: Sequence[ListedRow]) -> ListedRow:
    """The row with whom it means, unless it repeats one before, means somebody named already, or could mean several."""
    if row.problem:
        return row
    earlier = next((each for each in before if each.problem is None and _same(each.person, row.person)), None)
    if earlier:
        return ListedRow(row.line, row.person, problem=RowProblem.REPEATED, hint=str(earlier.line))
    found = _members(row.person, members)
    if len(found) > 1:
        return ListedRow(row.line, row.person, problem=RowProblem.SEVERAL, hint=str(len(found)))
    if not found:
        return row
    named = RowProblem.NAMED_ALREADY if found[0].is_named else None
    return ListedRow(row.line, row.person, person_id=found[0].id, problem=named)


def _members(person: NewPerson, members: Sequence[Member]) -> list[Member]:
    """As a name typed is understood (`registrations.service.newcomers.known_as`), for a list of people already read."""
    likely = [each for each in members if _same(each, person)]
    return [each for each in likely if _shares(each, person)] or likely


def _shares(member: Member, person: NewPerson) -> bool:
    phone, email = phone_digits(person.phone), person.email.casefold()
    return bool(phone and phone_digits(member.phone) == phone) or bool(email and member.email.casefold() == email)


def _same(one: NewPerson | Member, other: NewPerson) -> bool:
    return (
        one.full_name.casefold() == other.full_name.casefold()
        and _agree(phone_digits(one.phone), phone_digits(other.phone))
        and _agree(one.email.casefold(), other.email.casefold())
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _numbers_mended(table: Table, columns: ColumnMap) -> dict[int, str]:
    """Numbers by line that have their leading zero back, which spreadsheet programs take away."""
    column = columns.column("phone")
    doubts = table.doubts([column]) if column is not None else ()
    return {doubt.line: doubt.likely for doubt in doubts if doubt.doubt is Doubt.ZERO_LOST}
