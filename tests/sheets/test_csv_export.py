import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kstthc_training.sheets import Cell, CellKind, Column, Share, write_csv
from kstthc_training.sheets.guard import guarded, unguarded
from kstthc_training.text import clean

BOM = b"\xef\xbb\xbf"


def one(cell: Cell, kind: CellKind = CellKind.TEXT) -> str:
    """The only cell of a file, as a reader of CSV sees it."""
    text = write_csv([Column("Cột", kind)], [[cell]]).decode("utf-8-sig")
    _, (value,) = csv.reader(io.StringIO(text, newline=""), delimiter=";") if cell not in (None, "") else ([], [""])
    return value


def test_write_csv_writes_these_bytes() -> None:
    columns = [Column("STT", CellKind.INTEGER), Column("Họ và tên"), Column("Điện thoại"), Column("Ngày", CellKind.DATE)]
    rows: list[list[Cell]] = [[1, "Nguyễn Thị Bảy", "+84912345678", date(2024, 3, 5)], [2, 'Trần "Ẩn"; Đỗ', "0912", None]]
    assert (
        write_csv(columns, rows)
        == BOM
        + (
            'STT;Họ và tên;Điện thoại;Ngày\r\n1;Nguyễn Thị Bảy;\'+84912345678;05/03/2024\r\n2;"Trần ""Ẩn""; Đỗ";0912;\r\n'
        ).encode()
    )


def test_a_share_is_in_percent_in_any_column() -> None:
    assert one(Share(0.896), CellKind.INTEGER) == one(0.896, CellKind.PERCENT) == "89,6%"


def test_write_csv_of_no_rows_is_the_heading() -> None:
    assert write_csv([Column("A"), Column("B")], []) == BOM + b"A;B\r\n"


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        (1234567, CellKind.INTEGER, "1234567"),
        (-5, CellKind.INTEGER, "-5"),
        (2.5, CellKind.INTEGER, "2,5"),
        (Decimal("0.896"), CellKind.PERCENT, "89,6%"),
        (1, CellKind.PERCENT, "100,0%"),
        (-0.05, CellKind.PERCENT, "-5,0%"),
        (date(1999, 12, 1), CellKind.DATE, "01/12/1999"),
        (datetime(2024, 3, 14, 18, 5, tzinfo=UTC), CellKind.DATETIME, "15/03/2024 01:05"),
        ("không rõ", CellKind.DATE, "không rõ"),
        (2024, CellKind.TEXT, "2024"),
        ("0012", CellKind.TEXT, "0012"),
        ("", CellKind.TEXT, ""),
        (None, CellKind.INTEGER, ""),
    ],
)
def test_write_csv_shows_values_as_people_here_write_them(cell: Cell, kind: CellKind, shown: str) -> None:
    assert one(cell, kind) == shown


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+84912345678", "'+84912345678"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("\x00=1", "'=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("a=1", "a=1"),
        ("'a", "'a"),
        ("{{7*7}}", "{{7*7}}"),
    ],
)
def test_write_csv_guards_what_would_be_a_formula(typed: str, written: str) -> None:
    assert one(typed) == written


def test_write_csv_guards_headings_too() -> None:
    assert write_csv([Column("=1")], []) == BOM + b"'=1\r\n"


@pytest.mark.parametrize("sign", ["\t", "\r"])
def test_guarded_knows_the_signs_that_cleaning_takes_away(sign: str) -> None:
    assert guarded(f"{sign}1") == f"'{sign}1"


@given(st.text() | st.text("'=+-@a"))
def test_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_any_text_comes_out_of_a_csv_reader(rows: list[list[str]]) -> None:
    octets = write_csv([Column("A"), Column("B")], rows)
    read = list(csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read[1:] == [[guarded(clean(cell)) for cell in row] for row in rows]


def test_write_csv_refuses_an_instant_without_zone() -> None:
    with pytest.raises(ValueError, match="without zone"):
        write_csv([Column("Lúc", CellKind.DATETIME)], [[datetime(2024, 3, 15, 8, 0)]])  # noqa: DTZ001


def test_write_csv_refuses_rows_of_another_width() -> None:
    with pytest.raises(ValueError, match="zip"):
        write_csv([Column("A")], [["a", "b"]])
