import io
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kstthc_training.sheets import Row, map_columns, read_table
from kstthc_training.sheets.refusals import BrokenFile, NoSuchSheet, TooHeavy
from kstthc_training.sheets.workbook_child import cell_text

FILES = Path(__file__).parent / "files"
FIELDS = {
    "name": ["họ và tên"],
    "organisation": ["đơn vị"],
    "phone": ["số điện thoại", "điện thoại"],
    "email": ["thư điện tử", "email"],
    "born": ["ngày sinh"],
}
HEADER = ("STT", "Họ và tên", "Đơn vị", "Số điện thoại", "Thư điện tử", "Ngày sinh", "Ghi chú")


def people(first_line: int, *, organisation: str) -> tuple[Row, ...]:
    """The rows of the sample files; `organisation` stands in the second and third, where cells are merged."""
    return (
        Row(first_line, ("1", "Nguyễn Thị Bảy", "Sở Nội vụ", "900000018", "bay@kiengiang.gov.vn", "15/03/1985")),
        Row(
            first_line + 1,
            ("2", "Trần Văn Ẩn", organisation, "0912 345 678", "an@kiengiang.gov.vn", "1/2/1990", "Ăn chay"),
        ),
        Row(first_line + 2, ("3", "Đỗ Thanh Bình", organisation, "+84 297 3123456", "", "31/12/1979", "a\nb")),
        Row(first_line + 4, ("4", "Lê Thị Hoa", "Báo Kiên Giang", "0987654321", "hoa@baokiengiang.vn", "", "0.5")),
    )


@pytest.mark.parametrize("name", ["cu-tham-du.xlsx", "cu-tham-du.xls"])
def test_read_table_reads_an_official_list_with_titles_merged_cells_and_a_hidden_sheet(name: str) -> None:
    table = read_table(name, (FILES / name).read_bytes(), fields=FIELDS)
    assert (table.sheet, table.sheet_names) == ("Danh sách", ("Danh sách", "Đơn vị"))
    assert (table.header_line, table.header) == (6, HEADER)
    assert table.rows == people(8, organisation="Sở Nội vụ")


def test_read_table_reads_open_document_sheets_whose_format_tells_nothing_of_merged_cells() -> None:
    table = read_table("a.ods", (FILES / "cu-tham-du.ods").read_bytes(), fields=FIELDS)
    assert (table.sheet_names, table.header_line, table.header) == (("Danh sách", "Đơn vị"), 3, HEADER)
    assert table.rows == people(4, organisation="")


@pytest.mark.parametrize("name", ["cu-tham-du.xlsx", "cu-tham-du.xls"])
def test_read_table_reads_the_sheet_that_is_named(name: str) -> None:
    table = read_table(name, (FILES / name).read_bytes(), sheet="Đơn vị")
    assert (table.sheet, table.header, table.rows) == ("Đơn vị", ("Mã", "Tên"), (Row(2, ("01", "Sở Nội vụ")),))


@pytest.mark.parametrize("sheet", ["foxz", "Không có", "đơn vị", "a\0b"])
def test_read_table_refuses_a_sheet_that_is_hidden_or_not_there(sheet: str) -> None:
    with pytest.raises(NoSuchSheet) as refused:
        read_table("a.xlsx", (FILES / "cu-tham-du.xlsx").read_bytes(), sheet=sheet)
    assert refused.value.facts == {"sheet": sheet, "sheet_names": ("Danh sách", "Đơn vị")}


def workbook(cells: dict[str, object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    for block in merged:
        book.active.merge_cells(block)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_text(octets: bytes, old: str, new: str) -> bytes:
    """The same workbook, `new` standing for `old` in all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old.encode(), new.encode()))
    return out.getvalue()


def test_read_table_counts_lines_and_columns_from_the_first_of_the_sheet() -> None:
    table = read_table("a.xlsx", workbook({"C5": "Mã", "D5": "Tên", "C7": "01", "D7": "Sở"}))
    assert (table.header_line, table.header) == (5, ("", "", "Mã", "Tên"))
    assert table.rows == (Row(7, ("", "", "01", "Sở")),)


def test_read_table_carries_a_merged_value_only_down_and_only_where_the_row_is_not_blank() -> None:
    cells = {"A1": "Đơn vị", "B1": "Tên", "C1": "Ghi chú", "A2": "Sở", "B2": "Bảy", "B3": "Ẩn", "C3": "x", "B5": "Hoa"}
    table = read_table("a.xlsx", workbook(cells, merged=("A2:A4", "C3:D3", "B6:B9")))
    assert table.rows == (Row(2, ("Sở", "Bảy")), Row(3, ("Sở", "Ẩn", "x")), Row(5, ("", "Hoa")))


def test_read_table_reads_a_block_merged_to_the_last_row_of_the_sheet() -> None:
    cells = {"A1": "Đơn vị", "B1": "Tên", "A2": "Sở", "B2": "Bảy", "B3": "Ẩn"}
    table = read_table("a.xlsx", with_text(workbook(cells, merged=("A2:A3",)), "A2:A3", "A2:A1048576"))
    assert [row.cells for row in table.rows] == [("Sở", "Bảy"), ("Sở", "Ẩn")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (900_000_018.0, "900000018"),
        (900_000_018, "900000018"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (1.5, "1.5"),
        (123_456_789_012_345.0, "123456789012345"),
        (1.234567890123457e17, "1.234567890123457e+17"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("0912", "0912"),
        (date(2024, 3, 5), "05/03/2024"),
        (datetime(2024, 3, 5), "05/03/2024"),  # noqa: DTZ001
        (datetime(2024, 3, 5, 8, 30), "05/03/2024 08:30"),  # noqa: DTZ001
        (datetime(2024, 3, 5, 8, 30, 9), "05/03/2024 08:30:09"),  # noqa: DTZ001
        (clock_time(13, 30), "13:30"),
        (timedelta(hours=26, minutes=5), "26:05"),
    ],
)
def test_cell_text_is_what_a_person_would_have_typed(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_read_table_shows_numbers_and_dates_of_a_real_workbook_as_text() -> None:
    cells = {"A1": "Mã", "B1": "Số", "C1": "Ngày", "A2": 900_000_018, "B2": 0.1, "C2": date(2024, 3, 5)}
    (row,) = read_table("a.xlsx", workbook(cells)).rows
    assert row.cells == ("900000018", "0.1", "05/03/2024")


def test_read_table_leaves_formulas_and_errors_without_result_blank() -> None:
    cells = {"A1": "Mã", "B1": "Số", "A2": "1", "B2": "=1/0"}
    (row,) = read_table("a.xlsx", workbook(cells)).rows
    assert row.cells == ("1",)


def test_read_table_reads_the_kept_result_of_a_formula() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Mã", "Số"])
        page.write_formula(1, 0, "=20+1", value=21)
        page.write_formula(1, 1, '="a"&"b"', value="ab")
    assert read_table("a.xlsx", out.getvalue()).rows == (Row(2, ("21", "ab")),)


def test_a_workbook_built_to_fill_the_memory_ends_its_reader_and_not_us() -> None:
    bomb = workbook({"A1": "a", "XFD1048576": "b"})
    assert len(bomb) < 10_000
    with pytest.raises(TooHeavy) as refused:
        read_table("bom.xlsx", bomb)
    assert refused.value.facts == {"filename": "bom.xlsx"}


def test_one_text_repeated_in_very_many_cells_is_refused() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for line in range(1200):
            page.write_string(line, 0, "x" * 32_000)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(TooHeavy):
        read_table("bom.xlsx", out.getvalue())


def test_a_sheet_of_repeated_rows_built_to_fill_the_memory_is_refused() -> None:
    cell = '<table:table-cell table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="28000">{cell}</table:table-cell></table:table-row>'
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{row}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    with pytest.raises(TooHeavy):
        read_table("bom.ods", out.getvalue())


def test_reading_five_thousand_rows_tells_its_time(record_property) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        for line in range(1, 5001):
            page.write_row(line, 0, [line, f"Nguyễn Văn {line}", "Sở Nội vụ", f"0912{line:06}", "a@b.vn", "1/2/1990", ""])
    began = time.perf_counter()
    table = read_table("a.xlsx", out.getvalue(), fields=FIELDS)
    record_property("seconds", round(time.perf_counter() - began, 3))
    assert len(table.rows) == 5000
    assert map_columns(table, FIELDS).missing == ()
    assert table.rows[-1].cells[:4] == ("5000", "Nguyễn Văn 5000", "Sở Nội vụ", "0912005000")


def test_a_workbook_never_brings_a_file_of_this_machine_along(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("bí mật", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY own "cua minh">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"A1": "Họ và tên", "A2": "MARK"}))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("<worksheet", f"{entity}<worksheet", 1).replace("MARK", "&e;&own;"))
    with zipfile.ZipFile(out) as made:
        assert b"&e;" in made.read("xl/worksheets/sheet1.xml")
    try:
        read = str(read_table("a.xlsx", out.getvalue()))
    except BrokenFile:
        read = ""
    assert "bí mật" not in read
    assert "cua minh" not in read
