from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kstthc_training.sheets import (
    LIMITS,
    CellDoubt,
    Column,
    Doubt,
    Row,
    Sheet,
    Table,
    read_table,
    write_csv,
    write_xlsx,
)
from kstthc_training.sheets.guard import unguarded
from kstthc_training.sheets.refusals import TooManyColumns, TooManyRows
from kstthc_training.text import clean

FIELDS = {"code": ["mã"], "name": ["họ và tên", "họ tên"], "phone": ["điện thoại"]}


def read(text: str, **given: object) -> Table:
    return read_table("a.csv", text.encode(), **given)  # type: ignore[arg-type]


def test_read_table_finds_the_heading_by_the_words_expected() -> None:
    text = "ỦY BAN;NHÂN DÂN;TỈNH\r\nDANH SÁCH\r\n\r\nMã;Họ và tên;Điện thoại\r\n01;Bảy;0912\r\n"
    table = read(text, fields=FIELDS)
    assert (table.header_line, table.header) == (4, ("Mã", "Họ và tên", "Điện thoại"))
    assert table.rows == (Row(5, ("01", "Bảy", "0912")),)
    assert (table.filename, table.sheet, table.sheet_names) == ("a.csv", None, ())


def test_read_table_takes_the_lower_of_two_equal_headings() -> None:
    table = read("Mã;Họ và tên\r\nMã;Họ và tên\r\n01;Bảy\r\n", fields=FIELDS)
    assert (table.header_line, len(table.rows)) == (2, 1)


def test_read_table_looks_for_the_heading_in_ten_filled_lines() -> None:
    above = "".join(f"Dòng {number}\r\n\r\n" for number in range(9))
    assert read(f"{above}Mã;Họ tên\r\n01;Bảy\r\n", fields=FIELDS).header == ("Mã", "Họ tên")
    assert read(f"Dòng\r\n{above}Mã;Họ tên\r\n01;Bảy\r\n", fields=FIELDS).header == ("Dòng",)


@pytest.mark.parametrize("fields", [{}, {"place": ["địa chỉ"]}])
def test_read_table_without_expected_words_takes_the_first_full_line(fields: dict[str, list[str]]) -> None:
    table = read("DANH SÁCH\r\nSTT;Tên;;Ghi chú\r\n1;Bảy;x;y;z\r\n", fields=fields)
    assert (table.header_line, table.header) == (2, ("STT", "Tên", "", "Ghi chú"))


@pytest.mark.parametrize("numbers", ["(1);(2);(3)", "1;2;3", "A;B;1;2", "(1);;(2);(3)"])
def test_read_table_skips_a_line_that_only_numbers_the_columns(numbers: str) -> None:
    table = read(f"Mã;Họ tên;Điện thoại;Ghi chú\r\n{numbers}\r\n01;Bảy;0912;\r\n", fields=FIELDS)
    assert table.rows == (Row(3, ("01", "Bảy", "0912")),)


@pytest.mark.parametrize("data", ["1;2", "1;Bảy;3", "2;3;4", "1;1;2", "A;B;C"])
def test_read_table_keeps_a_first_row_that_is_data(data: str) -> None:
    assert read(f"Mã;Họ tên;Điện thoại\r\n{data}\r\n", fields=FIELDS).rows == (Row(2, tuple(data.split(";"))),)


def test_read_table_leaves_out_blank_lines_and_keeps_the_real_numbers() -> None:
    table = read('Mã;Họ tên\r\n\r\n01;"Bảy\r\nchị"\r\n ; \r\n02;Ẩn;;\r\n', fields=FIELDS)
    assert table.rows == (Row(3, ("01", "Bảy\nchị")), Row(6, ("02", "Ẩn")))


def test_read_table_cleans_cells_and_takes_guards_off() -> None:
    table = read("Mã;Họ tên\r\n'+84912;  Nguye\u0302\u0303n\x07\u202e \r\n'=1;'a\r\n", fields=FIELDS)
    assert table.rows == (Row(2, ("+84912", "Nguyễn")), Row(3, ("=1", "'a")))


def test_row_gives_blanks_beyond_its_end() -> None:
    row = Row(2, ("a",))
    assert (row.at(0), row.at(1), row.at(99)) == ("a", "", "")


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_read_table_counts_rows_below_the_heading_to_the_last(extension: str) -> None:
    def file(rows: int) -> bytes:
        lines = [["DANH SÁCH", ""], ["Mã", "Họ tên"], *([str(row), "Bảy"] for row in range(rows))]
        columns = [Column("x"), Column("y")]
        return write_csv(columns, lines) if extension == "csv" else write_xlsx([Sheet("A", columns, lines)])

    limits = replace(LIMITS, rows=20)
    assert len(read_table(f"a.{extension}", file(20), fields=FIELDS, limits=limits).rows) == 20
    for rows in (21, 40):
        with pytest.raises(TooManyRows) as refused:
            read_table(f"a.{extension}", file(rows), fields=FIELDS, limits=limits)
        assert refused.value.facts == {"rows": rows, "limit": 20}


def test_read_table_counts_columns_to_the_last_filled() -> None:
    limits = replace(LIMITS, columns=3)
    assert read("Mã;Họ tên;c;;;\r\n", limits=limits).header == ("Mã", "Họ tên", "c")
    with pytest.raises(TooManyColumns) as refused:
        read("Mã;Họ tên\r\n1;2;3;4\r\n", limits=limits)
    assert refused.value.facts == {"columns": 4, "limit": 3, "line": 2}


def test_doubts_report_lost_zeros_and_digits_of_the_columns_asked_for() -> None:
    text = "Mã;Họ tên;Điện thoại\r\n900000018;a;912345678\r\n1.2e+17;b;0912345678\r\n1;c;2973123456\r\n1;d;123456789\r\n"
    assert read(text, fields=FIELDS).doubts([2, 0]) == (
        CellDoubt(2, 2, Doubt.ZERO_LOST, "912345678", "0912345678"),
        CellDoubt(2, 0, Doubt.ZERO_LOST, "900000018", "0900000018"),
        CellDoubt(3, 0, Doubt.DIGITS_LOST, "1.2e+17", ""),
        CellDoubt(4, 2, Doubt.ZERO_LOST, "2973123456", "02973123456"),
    )
    assert read(text, fields=FIELDS).doubts([]) == ()


CELLS = st.text(max_size=20) | st.sampled_from(["+84912345678", "0012", "=1+1", "'=1", 'a";b', "x,y\nz,t", "sep=,"])
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=12)
COLUMNS = [Column("Mã"), Column("Họ và tên")]


def expected(rows: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    cleaned = [(clean(first), clean(second)) for first, second in rows]
    return [(first, second) if second else (first,) for first, second in cleaned if first or second]


@given(TABLES)
def test_what_was_written_as_csv_is_read_back(rows: list[tuple[str, str]]) -> None:
    table = read_table("a.csv", write_csv(COLUMNS, rows), fields=FIELDS)
    assert [row.cells for row in table.rows] == expected(rows)


@settings(max_examples=15, deadline=None)
@given(TABLES)
def test_what_was_written_as_xlsx_is_read_back(rows: list[tuple[str, str]]) -> None:
    table = read_table("a.xlsx", write_xlsx([Sheet("A", COLUMNS, rows)]), fields=FIELDS)
    assert [row.cells for row in table.rows] == [tuple(map(unguarded, cells)) for cells in expected(rows)]
