from dataclasses import dataclass
from datetime import date

import pytest

from kstthc_training.sheets import RowCheck, RowError, Table, check_rows, date_of, map_columns, read_table

FIELDS = {"name": ["họ và tên"], "phone": ["điện thoại"], "born": ["ngày sinh"], "note": ["ghi chú"]}


@dataclass(frozen=True)
class Person:
    name: str
    phone: str
    born: date | None


def table(*rows: str) -> Table:
    return read_table("a.csv", "\r\n".join(["Họ và tên (*);Điện thoại;Ngày sinh", *rows]).encode(), fields=FIELDS)


def person(row: RowCheck) -> Person:
    if row.text("name").startswith("x"):
        row.refuse("name", "stranger")
    return Person(row.text("name", required=True, most=10), row.text("phone"), row.read("born", date_of, code="no_date"))


def checked(*rows: str):
    found = table(*rows)
    return check_rows(found, map_columns(found, FIELDS), person)


def test_check_rows_gives_all_drafts_when_nothing_is_wrong() -> None:
    result = checked("Bảy;0912;15/3/1985", "Ẩn;;")
    assert result.drafts == (Person("Bảy", "0912", date(1985, 3, 15)), Person("Ẩn", "", None))
    assert result.errors == ()


def test_check_rows_gives_every_error_of_every_row_and_no_draft() -> None:
    result = checked("Bảy;0912;hôm qua", "", ";0913;", "Ẩn;0914;", "x;;31/2/2000", "Nguyễn Văn Dài;0912;")
    assert result.drafts == ()
    assert result.errors == (
        RowError(2, "Ngày sinh", "no_date", "hôm qua", "born"),
        RowError(4, "Họ và tên (*)", "missing", "", "name"),
        RowError(6, "Họ và tên (*)", "stranger", "x", "name"),
        RowError(6, "Ngày sinh", "no_date", "31/2/2000", "born"),
        RowError(7, "Họ và tên (*)", "too_long", "Nguyễn Văn Dài", "name"),
    )


def test_check_rows_of_no_rows_is_neither_draft_nor_error() -> None:
    result = checked()
    assert (result.drafts, result.errors) == ((), ())


@pytest.mark.parametrize(("text", "codes"), [("x" * 10, []), ("x" * 11, ["too_long"])])
def test_text_counts_characters_to_the_last(text: str, codes: list[str]) -> None:
    found = table(text)
    result = check_rows(found, map_columns(found, FIELDS), lambda row: row.text("name", most=10))
    assert [error.code for error in result.errors] == codes


def test_read_notes_a_required_value_that_is_missing_once() -> None:
    found = table("Bảy;;")
    result = check_rows(found, map_columns(found, FIELDS), lambda row: row.read("born", date_of, required=True))
    assert result.errors == (RowError(2, "Ngày sinh", "missing", "", "born"),)


def test_read_notes_what_it_cannot_read_under_a_common_code() -> None:
    found = table("Bảy;;x")
    result = check_rows(found, map_columns(found, FIELDS), lambda row: row.read("born", date_of))
    assert [error.code for error in result.errors] == ["unreadable"]


def test_a_field_without_column_is_blank_and_named_by_itself() -> None:
    found = table("Bảy;;")
    result = check_rows(found, map_columns(found, FIELDS), lambda row: row.text("note", required=True))
    assert result.errors == (RowError(2, "note", "missing", "", "note"),)
