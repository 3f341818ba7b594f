"""Sheets, page numbers and the measures of the styles."""

import pytest
from docx.oxml.ns import qn

from tests.paper.opened import W, body, number, opened, parts, style_sheet
from tests.paper.sample_papers import (
    sample_confirmation,
    sample_invitation,
    sample_sheet,
)
from tests.paper.sample_report import sample_report


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = opened(sample_report()).sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(measure.mm, 1) for measure in measures] == [210, 297, 20, 20]
    assert [round(m.mm, 1) for m in (section.left_margin, section.right_margin, section.header_distance)] == [30, 15, 10]


def test_page_numbers_stand_centred_on_top_from_the_second_page() -> None:
    section = opened(sample_report()).sections[0]
    assert section.different_first_page_header_footer
    (shown,) = section.header.paragraphs
    assert shown.style.paragraph_format.alignment == 1
    assert "".join(shown._p.itertext(qn("w:instrText"))) == " PAGE "
    assert [kind.get(qn("w:fldCharType")) for kind in shown._p.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    assert {run.font.size.pt for run in shown.runs} == {14}
    assert {run.font.name for run in shown.runs} == {"Times New Roman"}
    assert [paragraph.text for paragraph in section.first_page_header.paragraphs] == [""]
    assert not [name for name in parts(sample_report()) if "footer" in name]


@pytest.mark.parametrize(
    ("style", "pt", "bold", "italic", "align", "before", "after"),
    [
        ("PageNumber", 14, False, False, "center", 0, 0),
        ("ParentAgency", 12, False, False, "center", 0, 0),
        ("Agency", 12, True, False, "center", 0, 0),
        ("NationalName", 12, True, False, "center", 0, 0),
        ("Motto", 13, True, False, "center", 0, 0),
        ("Number", 13, False, False, "center", 6, 0),
        ("PlaceAndDate", 13, False, True, "center", 6, 0),
        ("TypeName", 14, True, False, "center", 18, 0),
        ("Subject", 14, True, False, "center", 0, 0),
        ("Addressee", 14, False, False, "center", 6, 12),
        ("BodyText", 14, False, False, "both", 0, 6),
        ("Heading1", 14, True, False, "both", 6, 6),
        ("Heading2", 14, True, False, "both", 0, 6),
        ("TableCaption", 13, True, False, "center", 6, 4),
        ("CellSmall", 12, False, False, "left", 2, 2),
        ("CellPlain", 13, False, False, "left", 2, 2),
        ("CellSigned", 13, False, False, "left", 3, 3),
        ("ChartCaption", 13, True, False, "center", 2, 8),
        ("Note", 12, False, True, "both", 6, 0),
        ("Recipients", 12, True, True, "left", 6, 0),
        ("Recipient", 11, False, False, "left", 0, 0),
        ("Post", 14, True, False, "center", 0, 0),
        ("Signer", 14, True, False, "center", 72, 0),
        ("AnnexName", 14, True, False, "center", 0, 0),
        ("AnnexTitle", 14, True, False, "center", 0, 0),
        ("AnnexOf", 14, False, True, "center", 0, 0),
    ],
)
def test_a_style_has_the_measures_of_the_layout(
    style: str, pt: float, bold: bool, italic: bool, align: str, before: int, after: int
) -> None:
    (element,) = style_sheet(sample_report()).xpath(f'w:style[@w:styleId="{style}"]', namespaces=W)
    assert number(element, "w:rPr/w:sz/@w:val") == number(element, "w:rPr/w:szCs/@w:val") == pt * 2
    assert bool(element.xpath("w:rPr/w:b", namespaces=W)) is bold
    assert bool(element.xpath("w:rPr/w:i", namespaces=W)) is italic
    assert element.xpath("w:pPr/w:jc/@w:val", namespaces=W) == [align]
    assert number(element, "w:pPr/w:spacing/@w:before") == before * 20
    assert number(element, "w:pPr/w:spacing/@w:after") == after * 20


@pytest.mark.parametrize("style", ["BodyText", "Heading1", "Heading2"])
def test_the_body_is_set_in_at_1_15_lines(style: str) -> None:
    (element,) = style_sheet(sample_report()).xpath(f'w:style[@w:styleId="{style}"]', namespaces=W)
    assert number(element, "w:pPr/w:ind/@w:firstLine") == 720
    assert (number(element, "w:pPr/w:spacing/@w:line"), element.xpath("w:pPr/w:spacing/@w:lineRule", namespaces=W)) == (
        276,
        ["auto"],
    )


def test_an_invitation_is_single_spaced() -> None:
    (element,) = style_sheet(sample_invitation()).xpath('w:style[@w:styleId="BodyText"]', namespaces=W)
    assert number(element, "w:pPr/w:spacing/@w:line") == 240


@pytest.mark.parametrize(
    "style", ["TypeName", "Subject", "Heading1", "Heading2", "TableCaption", "Chart", "AnnexName", "AnnexTitle"]
)
def test_titles_and_captions_stay_with_what_follows(style: str) -> None:
    assert style_sheet(sample_report()).xpath(f'w:style[@w:styleId="{style}"]/w:pPr/w:keepNext', namespaces=W)


def test_every_style_used_is_defined() -> None:
    for data in (sample_report(), sample_sheet(), sample_confirmation()):
        defined = set(style_sheet(data).xpath("w:style/@w:styleId", namespaces=W))
        used = set(body(data).xpath(".//w:pStyle/@w:val", namespaces=W))
        assert used <= defined


def test_widows_are_controlled() -> None:
    assert style_sheet(sample_report()).xpath('w:style[@w:default="1"]/w:pPr/w:widowControl', namespaces=W)
