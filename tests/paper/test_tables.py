"""Tables: grid, heads, groups, total, and what may not break."""

from typing import Any

import pytest
from docx.oxml.ns import qn

from kstthc_training.paper import (
    Align,
    Cells,
    Column,
    DataTable,
    Group,
    GroupRow,
    OfficialDocument,
    Row,
    TotalRow,
    grouped,
    numbered,
)
from kstthc_training.paper.units import column_twips, twips
from tests.paper.opened import W, body, number, text
from tests.paper.sample_papers import SHEET_TABLE, sample_sheet
from tests.paper.sample_report import HEAD, LETTERHEAD, MADE_AT, TABLE, sample_report


def bordered(root: Any) -> list[Any]:
    """The tables of figures, without the grids of letterhead and signature."""
    return root.xpath("w:tbl[w:tblPr/w:tblBorders]", namespaces=W)


def drawn(table: DataTable) -> Any:
    paper = OfficialDocument(LETTERHEAD, HEAD, made_at=MADE_AT)
    paper.table(table)
    (only,) = bordered(body(paper.to_bytes()))
    return only


def rows(table: Any) -> list[Any]:
    return table.findall("w:tr", W)


def cells(row: Any) -> list[str]:
    return [text(cell) for cell in row.findall("w:tc", W)]


def test_the_columns_have_the_widths_of_the_sheet() -> None:
    table = bordered(body(sample_report()))[0]
    grid = [int(width) for width in table.xpath("w:tblGrid/w:gridCol/@w:w", namespaces=W)]
    assert [round(width * 25.4 / 1440, 1) for width in grid] == [12, 45, 22, 27, 27, 32]
    assert sum(grid) == number(table, "w:tblPr/w:tblW/@w:w") == twips(165)


@pytest.mark.parametrize(("place", "width_mm", "columns"), [(1, 252, 10), (2, 165, 7)])
def test_an_annex_table_fills_the_width_of_its_page(place: int, width_mm: float, columns: int) -> None:
    grid = bordered(body(sample_report()))[place].xpath("w:tblGrid/w:gridCol/@w:w", namespaces=W)
    assert (sum(map(int, grid)), len(grid)) == (twips(width_mm), columns)


def test_rounding_does_not_add_up_over_columns() -> None:
    assert sum(column_twips([11, 23, 74, 23, 16, 41, 14, 17, 16, 17])) == twips(252)
    assert sum(column_twips([0.4] * 100)) == twips(40)


def test_every_cell_is_as_wide_as_the_columns_it_covers() -> None:
    for table in bordered(body(sample_report())) + bordered(body(sample_sheet())):
        grid = [int(width) for width in table.xpath("w:tblGrid/w:gridCol/@w:w", namespaces=W)]
        for row in rows(table):
            covered = 0
            for cell in row.findall("w:tc", W):
                span = int((cell.xpath("w:tcPr/w:gridSpan/@w:val", namespaces=W) or [1])[0])
                assert number(cell, "w:tcPr/w:tcW/@w:w") == sum(grid[covered : covered + span])
                covered += span
            assert covered == len(grid)


def test_borders_are_single_and_half_a_point() -> None:
    borders = bordered(body(sample_report()))[0].find("w:tblPr/w:tblBorders", W)
    assert {(side.get(qn("w:val")), side.get(qn("w:sz"))) for side in borders} == {("single", "4")}
    assert len(borders) == 6


def test_the_head_repeats_and_no_row_breaks() -> None:
    for table in bordered(body(sample_report())):
        heads = [bool(row.xpath("w:trPr/w:tblHeader", namespaces=W)) for row in rows(table)]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(row.xpath("w:trPr/w:cantSplit", namespaces=W) for row in rows(table))


def test_the_head_is_bold_and_centred() -> None:
    head = rows(bordered(body(sample_report()))[0])[0]
    assert cells(head) == [column.title for column in TABLE.columns]
    assert set(head.xpath("w:tc/w:p/w:pPr/w:jc/@w:val", namespaces=W)) == {"center"}
    assert len(head.xpath("w:tc/w:p/w:r/w:rPr/w:b", namespaces=W)) == len(TABLE.columns)


def test_figures_stand_right_and_words_left() -> None:
    first = rows(bordered(body(sample_report()))[0])[1]
    assert first.xpath("w:tc/w:p/w:pPr/w:jc/@w:val", namespaces=W) == ["center", "left", *["right"] * 4]
    assert first.xpath("w:tc/w:p/w:pPr/w:ind/@w:right", namespaces=W) == [str(twips(3))] * 4
    assert set(first.xpath("w:tc/w:tcPr/w:vAlign/@w:val", namespaces=W)) == {"center"}


def test_the_total_is_bold_under_merged_first_cells() -> None:
    total = rows(bordered(body(sample_report()))[0])[-1]
    assert cells(total) == ["Tổng cộng", "14", "1.014", "906", "89,3%"]
    assert total.xpath("w:tc[1]/w:tcPr/w:gridSpan/@w:val", namespaces=W) == ["2"]
    assert len(total.xpath("w:tc/w:p/w:r/w:rPr/w:b", namespaces=W)) == 5


def test_the_total_and_the_two_rows_before_it_stay_together() -> None:
    kept = [len(row.xpath("w:tc/w:p/w:pPr/w:keepNext", namespaces=W)) for row in rows(drawn(TABLE))]
    assert kept == [6, 0, 0, 0, 6, 6, 5]


def test_groups_have_roman_numbers_and_count_their_members_anew() -> None:
    table = bordered(body(sample_report()))[2]
    listed = [cells(row) for row in rows(table)[1:]]
    assert [row[0] for row in listed] == ["I", *map(str, range(1, 21)), "II", *map(str, range(1, 16)), "Tổng cộng"]
    group = rows(table)[1]
    assert len(group.xpath("w:tc/w:p/w:r/w:rPr/w:b", namespaces=W)) == 7
    assert len(group.xpath("w:tc/w:p/w:pPr/w:keepNext", namespaces=W)) == 7


def test_a_group_without_figures_covers_the_other_columns() -> None:
    columns = (Column("STT", 10, Align.CENTRE), Column("Tên", 50), Column("Số", 20, Align.RIGHT))
    group = rows(drawn(DataTable(columns, (GroupRow(("I", "Nhóm")), Row(("1", "A", "5"))))))[1]
    assert cells(group) == ["I", "Nhóm"]
    assert group.xpath("w:tc[2]/w:tcPr/w:gridSpan/@w:val", namespaces=W) == ["2"]


def test_heads_of_a_group_share_one_above_and_the_others_run_down() -> None:
    upper, lower = rows(bordered(body(sample_sheet()))[0])[:2]
    assert cells(upper) == ["STT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Số điện thoại", "Ký tên", "Ghi chú"]
    assert cells(lower) == ["", "", "", "", "", "Sáng", "Chiều", ""]
    assert upper.xpath("w:tc/w:tcPr/w:vMerge/@w:val", namespaces=W) == ["restart"] * 6
    assert lower.xpath("w:tc/w:tcPr/w:vMerge/@w:val", namespaces=W) == ["continue"] * 6
    assert upper.xpath("w:tc[6]/w:tcPr/w:gridSpan/@w:val", namespaces=W) == ["2"]
    assert all(row.xpath("w:trPr/w:tblHeader", namespaces=W) for row in (upper, lower))


def test_rows_to_sign_are_at_least_eleven_millimetres_high() -> None:
    table = bordered(body(sample_sheet()))[0]
    heights = [row.xpath("w:trPr/w:trHeight/@w:val", namespaces=W) for row in rows(table)]
    assert heights == [[], []] + [[str(twips(11))]] * len(SHEET_TABLE.rows)
    assert set(table.xpath(".//w:trHeight/@w:hRule", namespaces=W)) == {"atLeast"}


@pytest.mark.parametrize(("room", "style"), [(Cells.SMALL, "CellSmall"), (Cells.PLAIN, "CellPlain")])
def test_the_room_of_cells_is_a_style(room: Cells, style: str) -> None:
    table = drawn(DataTable((Column("A", 40),), (Row(("b",)),), cells=room))
    assert set(table.xpath(".//w:pStyle/@w:val", namespaces=W)) == {style}


def test_a_table_without_rows_has_its_head() -> None:
    assert [cells(row) for row in rows(drawn(DataTable((Column("A", 40), Column("B", 40)), ())))] == [["A", "B"]]


@pytest.mark.parametrize(
    "row", [Row(("a",)), Row(("a", "b", "c", "d")), GroupRow(("I",)), TotalRow("Cộng", ("1", "2", "3"))]
)
def test_a_row_that_does_not_fill_the_columns_is_refused(row: Row | TotalRow) -> None:
    with pytest.raises(ValueError, match="3 columns"):
        DataTable((Column("A", 10), Column("B", 10), Column("C", 10)), (row,))


def test_rows_are_numbered_from_where_told() -> None:
    assert numbered([["a"], ["b"]], start=9) == (Row(("9", "a")), Row(("10", "b")))
    assert grouped([Group("X", ("5",), (("y", "5"),))]) == (GroupRow(("I", "X", "5")), Row(("1", "y", "5")))
