"""Cells with telephone numbers and e-mail addresses, read by the rules of the pages."""

from kstthc_training.sheets import ColumnMap, Doubt, RowCheck, Table
from kstthc_training.text import is_address, phone_digits


def email_of(check: RowCheck) -> str:
    """The address in a row, '' when blank; noted when letters cannot be sent there."""
    return check.read("email", lambda value: value if is_address(value) else None) or ""


def phone_of(check: RowCheck, mended: dict[int, str]) -> str:
    """The number in a row as digits, '' when blank; noted when it is none. `mended` goes before what stands there."""
    return mended.get(check.row.line) or check.read("phone", lambda value: phone_digits(value) or None) or ""


def numbers_mended(table: Table, columns: ColumnMap) -> dict[int, str]:
    """Numbers by line that have their leading zero back, which spreadsheet programs take away."""
    column = columns.column("phone")
    doubts = table.doubts([column]) if column is not None else ()
    return {doubt.line: doubt.likely for doubt in doubts if doubt.doubt is Doubt.ZERO_LOST}
