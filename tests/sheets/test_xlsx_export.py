import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kstthc_training.sheets import Cell, CellKind, Column, Share, Sheet, write_xlsx, xlsx_export
from kstthc_training.sheets.refusals import TooManyRows
from kstthc_training.sheets.sheet_names import usable_names
from kstthc_training.text import clean

COLUMNS = [
    Column("STT", CellKind.INTEGER),
    Column("Họ và tên", width=30),
    Column("Điện thoại"),
    Column("Ngày sinh", CellKind.DATE),
    Column("Đăng ký lúc", CellKind.DATETIME),
    Column("Tỷ lệ", CellKind.PERCENT),
]
ROW: list[Cell] = [
    1,
    "Nguyễn Thị Bảy",
    "+84912345678",
    date(1985, 3, 15),
    datetime(2024, 3, 14, 18, 5, tzinfo=UTC),
    Decimal("0.896"),
]
BOTH_WAYS = pytest.mark.parametrize("rows_of", [list, iter], ids=["in memory", "row by row"])


def opened(octets: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(octets))


@BOTH_WAYS
def test_write_xlsx_types_its_cells(rows_of) -> None:
    page = opened(write_xlsx([Sheet("Danh sách", COLUMNS, rows_of([ROW]))]))["Danh sách"]
    assert [cell.value for cell in page[1]] == [column.title for column in COLUMNS]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in page[2]] == [
        (1, "n", "#,##0"),
        ("Nguyễn Thị Bảy", "s", "@"),
        ("+84912345678", "s", "@"),
        (datetime(1985, 3, 15), "d", "dd/mm/yyyy"),  # noqa: DTZ001
        (datetime(2024, 3, 15, 1, 5), "d", "dd/mm/yyyy hh:mm"),  # noqa: DTZ001
        (0.896, "n", "0.0%"),
    ]


@BOTH_WAYS
def test_a_share_is_in_percent_in_any_column(rows_of) -> None:
    page = opened(write_xlsx([Sheet("A", [Column("Số", CellKind.INTEGER)], rows_of([[Share(0.625)], [3]]))])).active
    assert [(cell.value, cell.number_format) for cell in page["A"][1:]] == [(0.625, "0.0%"), (3, "#,##0")]


@BOTH_WAYS
def test_write_xlsx_keeps_the_heading_in_sight_bold_and_filtering(rows_of) -> None:
    page = opened(write_xlsx([Sheet("A", COLUMNS, rows_of([ROW, ROW]))])).active
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:F3"
    assert all(cell.font.bold for cell in page[1])
    assert not any(cell.font.bold for cell in page[2])


def test_write_xlsx_fits_widths_to_what_stands_in_the_columns() -> None:
    columns = [Column("A"), Column("B"), Column("C", width=12), Column("Tỷ lệ có mặt", CellKind.PERCENT)]
    page = opened(write_xlsx([Sheet("A", columns, [["x" * 20, "y" * 500, "z", 1]])])).active
    widths = [round(page.column_dimensions[letter].width) for letter in "ABCD"]
    assert widths == [24, 61, 13, 16]


def test_write_xlsx_keeps_empty_cells_of_text_columns_text() -> None:
    page = opened(write_xlsx([Sheet("Mẫu", [Column("Điện thoại")], [])])).active
    assert page.column_dimensions["A"].number_format == "@"
    assert page.auto_filter.ref == "A1"


@BOTH_WAYS
def test_write_xlsx_is_the_same_octets_for_the_same_rows(rows_of) -> None:
    first = write_xlsx([Sheet("A", COLUMNS, rows_of([ROW]))])
    assert write_xlsx([Sheet("A", COLUMNS, rows_of([ROW]))]) == first
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert {member.date_time[0] for member in archive.infolist()} == {1980}
    assert archive.read("docProps/core.xml").count(b">2000-01-01T00:00:00Z<") == 2


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+84912345678",
    "-1",
    "@SUM(A1)",
    "{=1}",
    "0012",
    "900000018",
    "http://example.org",
    "mailto:a@b.vn",
    "internal:A!A1",
    "TRUE",
    "1e5",
    "a\nb",
    "<b>&amp;\"'",
    "{{ 7*7 }}",
    "🇻🇳 👩\u200d👩\u200d👧",
    "</t></is></c>",
    "<r>",
]


@BOTH_WAYS
def test_write_xlsx_keeps_hostile_text_text(rows_of) -> None:
    octets = write_xlsx([Sheet("A", [Column("A")], rows_of([[text] for text in HOSTILE]))])
    cells = [cell for (cell,) in opened(octets).active.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in HOSTILE]
    assert all(cell.hyperlink is None for cell in cells)
    assert not any("<f" in zipfile.ZipFile(io.BytesIO(octets)).read(name).decode() for name in sheets_of(octets))


def test_write_xlsx_keeps_text_that_looks_like_an_escaped_letter() -> None:
    assert opened(write_xlsx([Sheet("A", [Column("A")], [["_x000D_"]])])).active["A2"].value == "_x000D_"


def sheets_of(octets: bytes) -> list[str]:
    return [name for name in zipfile.ZipFile(io.BytesIO(octets)).namelist() if name.startswith("xl/worksheets/")]


@BOTH_WAYS
@pytest.mark.parametrize("text", ["<r></r>", "<r><t>x</t></r>", "<r><evil/></r>", "<r>" + "x" * 32_759 + "</r>yy"])
def test_write_xlsx_never_takes_text_for_markup(rows_of, text: str) -> None:
    page = opened(write_xlsx([Sheet("A", [Column("A")], rows_of([[text]]))])).active
    assert page["A2"].value == (f"{text} " if text.endswith("</r>") else f"{text[:32_766]} ")


def test_write_xlsx_cuts_what_a_cell_cannot_hold() -> None:
    page = opened(write_xlsx([Sheet("A", [Column("A")], [["ệ" * 40_000]])])).active
    assert page["A2"].value == "ệ" * 32_766


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("không rõ", CellKind.DATE, "không rõ"),
        (date(1899, 12, 31), CellKind.DATE, "31/12/1899"),
        (date(1900, 1, 1), CellKind.DATE, datetime(1900, 1, 1)),  # noqa: DTZ001
        (123_456_789_012_345_678, CellKind.INTEGER, "123456789012345678"),
        (-999_999_999_999_999, CellKind.INTEGER, -999_999_999_999_999),
        (None, CellKind.INTEGER, None),
        ("", CellKind.TEXT, None),
    ],
)
def test_write_xlsx_writes_as_text_what_the_column_cannot_show(cell: Cell, kind: CellKind, value: object) -> None:
    page = opened(write_xlsx([Sheet("A", [Column("A", kind)], [[cell]])])).active
    assert page["A2"].value == value


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=60), max_size=20), st.sampled_from([list, iter]))
def test_any_text_comes_out_of_a_foreign_reader(texts: list[str], rows_of) -> None:
    page = opened(write_xlsx([Sheet("A", [Column("A")], rows_of([[text] for text in texts]))])).active
    read = [page.cell(line, 1).value for line in range(2, len(texts) + 2)]
    assert read == [clean(text) or None for text in texts]


def test_write_xlsx_refuses_an_instant_without_zone() -> None:
    with pytest.raises(ValueError, match="without zone"):
        write_xlsx([Sheet("A", [Column("A", CellKind.DATETIME)], [[datetime(2024, 3, 15)]])])  # noqa: DTZ001


def test_write_xlsx_refuses_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_export, "MOST_ROWS", 3)
    assert opened(write_xlsx([Sheet("A", [Column("A")], [["x"]] * 3)])).active.max_row == 4
    with pytest.raises(TooManyRows) as refused:
        write_xlsx([Sheet("A", [Column("A")], [["x"]] * 4)])
    assert refused.value.facts == {"rows": 4, "limit": 3}


def test_write_xlsx_of_several_sheets_keeps_their_order_and_tames_their_names() -> None:
    names = ["Quý 1/2024", "quý 1-2024", "A" * 40, "", "'x'"]
    book = opened(write_xlsx([Sheet(name, [Column(name)], []) for name in names]))
    assert book.sheetnames == ["Quý 1-2024", "quý 1-2024 (2)", "A" * 31, "Sheet", "x"]


@given(st.lists(st.text(max_size=40) | st.sampled_from(["History", "[]", "a/b", "'", "🇻🇳" * 20])))
def test_usable_names_are_distinct_and_allowed(names: list[str]) -> None:
    usable = usable_names(names)
    assert len({name.casefold() for name in usable}) == len(names) == len(usable)
    for name in usable:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.casefold() != "history"
