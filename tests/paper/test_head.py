"""Letterhead, rules, title and addressees."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn

from kstthc_training.paper import DocumentHead, OfficialDocument
from kstthc_training.paper.measures import Face, text_width
from kstthc_training.paper.units import twips
from tests.paper.opened import W, body, number, style_sheet, styled, text, texts
from tests.paper.sample_papers import (
    sample_letter_to_many,
)
from tests.paper.sample_report import HEAD, LETTERHEAD, MADE_AT, sample_report


def begun(head: DocumentHead = HEAD, **changes: Any) -> OfficialDocument:
    return OfficialDocument(replace(LETTERHEAD, **changes), head, made_at=MADE_AT)


def rule_length(paragraph: Any, container_mm: float) -> float:
    """The length in millimetres that the indents leave."""
    left, right = (number(paragraph, f"w:pPr/w:ind/@w:{side}") for side in ("left", "right"))
    assert left == right
    return container_mm - (left + right) * 25.4 / 1440


def test_the_letterhead_has_its_columns_and_lines() -> None:
    grid = body(sample_report()).find("w:tbl", W)
    widths = [int(width) for width in grid.xpath("w:tblGrid/w:gridCol/@w:w", namespaces=W)]
    assert widths == [twips(68), twips(165) - twips(68)]
    assert grid.xpath("w:tblPr/w:tblLayout/@w:type", namespaces=W) == ["fixed"]
    assert number(grid, "w:tblPr/w:tblInd/@w:w") == 0
    assert set(grid.xpath("w:tblPr/w:tblCellMar/*/@w:w", namespaces=W)) == {"0"}
    assert len(grid.xpath("w:tr/w:trPr/w:cantSplit", namespaces=W)) == 2
    assert grid.xpath("w:tr/w:tc/w:tcPr/w:tcW/@w:w", namespaces=W) == [str(width) for width in widths] * 2
    lines = [text(paragraph) for paragraph in grid.iter(qn("w:p"))]
    assert [line for line in lines if line] == [
        "UBND TỈNH KIÊN GIANG",
        "VĂN PHÒNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 86/BC-VP",
        "Kiên Giang, ngày 18 tháng 9 năm 2024",
    ]


def test_the_rules_have_the_lengths_of_the_layout() -> None:
    agency, motto, subject, first_annex, second_annex = styled(body(sample_report()), "Rule")
    agency_width = text_width("VĂN PHÒNG", Face(12, bold=True))
    assert 0.4 <= rule_length(agency, 68) / agency_width <= 0.46
    assert rule_length(motto, 97) == pytest.approx(56.1, abs=0.1)
    first_line = "Kết quả tổ chức họp báo, giao ban báo chí, hội nghị và tập huấn"
    assert rule_length(subject, 165) == pytest.approx(0.4 * text_width(first_line, Face(14, bold=True)), abs=0.1)
    for rule, width, line in (
        (first_annex, 252, texts(body(sample_report()), "AnnexOf")[0]),
        (second_annex, 165, "(Kèm theo Báo cáo số 86/BC-VP ngày 18 tháng 9 năm 2024"),
    ):
        assert 1 / 3 <= rule_length(rule, width) / text_width(line, Face(14, italic=True)) <= 1 / 2


def test_a_rule_is_a_border_of_three_quarters_of_a_point_in_a_low_paragraph() -> None:
    (style,) = style_sheet(sample_report()).xpath('w:style[@w:styleId="Rule"]', namespaces=W)
    (border,) = style.find("w:pPr/w:pBdr", W)
    assert (border.tag, border.get(qn("w:val")), border.get(qn("w:sz")), border.get(qn("w:space"))) == (
        qn("w:top"), "single", "6", "0",
    )  # fmt: skip
    assert style.xpath("w:pPr/w:spacing/@w:lineRule", namespaces=W) == ["exact"]
    assert (number(style, "w:pPr/w:spacing/@w:line"), number(style, "w:rPr/w:sz/@w:val")) == (60, 4)
    assert not body(sample_report()).xpath(".//w:u", namespaces=W)


def test_the_space_around_rules() -> None:
    rules = styled(body(sample_report()), "Rule")
    spaces = [tuple(number(rule, f"w:pPr/w:spacing/@w:{side}") / 20 for side in ("before", "after")) for rule in rules]
    assert spaces == [(2, 0), (2, 0), (4, 12), (4, 10), (4, 10)]


def test_an_agency_without_parent_has_one_line() -> None:
    assert texts(body(begun(parent_agency="").to_bytes()), "ParentAgency") == []


def test_a_long_agency_gets_a_rule_of_its_longest_line_and_never_longer_than_its_column() -> None:
    rule = styled(body(begun(agency="Ban Quản lý Khu kinh tế tỉnh Kiên Giang và các khu").to_bytes()), "Rule")[0]
    assert 20 < rule_length(rule, 68) <= 0.46 * 68


@pytest.mark.parametrize(
    ("number_given", "day", "number_line", "date_line"),
    [
        (7, date(2026, 2, 5), "Số: 07/BC-VP", "Kiên Giang, ngày 05 tháng 02 năm 2026"),
        (10, date(2026, 12, 10), "Số: 10/BC-VP", "Kiên Giang, ngày 10 tháng 12 năm 2026"),
    ],
)
def test_number_and_date_are_padded(number_given: int, day: date, number_line: str, date_line: str) -> None:
    root = body(begun(replace(HEAD, number=number_given, issued_on=day)).to_bytes())
    assert (texts(root, "Number"), texts(root, "PlaceAndDate")) == ([number_line], [date_line])


def test_number_and_date_are_left_to_the_records_office_when_not_known() -> None:
    root = body(begun(replace(HEAD, number=None, issued_on=None)).to_bytes())
    assert texts(root, "Number") == ["Số: " + "\u00a0" * 8 + "/BC-VP"]
    (dated,) = texts(root, "PlaceAndDate")
    assert dated.split() == ["Kiên", "Giang,", "ngày", "tháng", "năm"]


def test_the_title_is_typed_in_capitals_and_the_subject_set_in() -> None:
    root = body(sample_report())
    assert texts(root, "TypeName") == ["BÁO CÁO"]
    (subject,) = styled(root, "Subject")
    assert text(subject) == HEAD.subject
    assert twips(13) <= number(subject, "w:pPr/w:ind/@w:left") <= twips(16)
    assert not root.xpath(".//w:caps", namespaces=W)


def test_one_addressee_stands_on_the_line_without_a_mark() -> None:
    assert texts(body(sample_report()), "Addressee") == ["Kính gửi: Ủy ban nhân dân tỉnh Kiên Giang"]


def test_several_addressees_are_listed_with_their_dashes_under_the_colon() -> None:
    lead, *lines = styled(body(sample_letter_to_many()), "AddresseeLine")
    assert [text(line) for line in (lead, *lines)] == [
        "Kính gửi:",
        "- Thường trực Tỉnh ủy;",
        "- Ủy ban nhân dân tỉnh Kiên Giang;",
        "- Cục Kiểm soát thủ tục hành chính.",
    ]
    colon = number(lead, "w:pPr/w:ind/@w:left") + twips(text_width("Kính gửi", Face(14)))
    for line in lines:
        dash = number(line, "w:pPr/w:ind/@w:left") - number(line, "w:pPr/w:ind/@w:hanging")
        assert dash == pytest.approx(colon, abs=2)


def test_no_addressee_leaves_no_line() -> None:
    paper = begun()
    paper.addressees()
    assert not styled(body(paper.to_bytes()), "Addressee")
