"""Sheets: A4, margins, page numbers from page 2, and the sections of annexes."""

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from kstthc_training.paper.paragraphs import write
from kstthc_training.paper.styles import FONT, PAGE_NUMBER, SECTION_BREAK
from kstthc_training.paper.units import twips

_SHORT_MM, _LONG_MM = 210, 297
_TOP_MM, _BOTTOM_MM, _LEFT_MM, _RIGHT_MM, _HEADER_MM = 20, 20, 30, 15, 10


def text_width_mm(landscape: bool) -> float:
    """The width of the text: 165 mm upright, 252 mm lying."""
    return (_LONG_MM if landscape else _SHORT_MM) - _LEFT_MM - _RIGHT_MM


def shape_page(section: Any, *, landscape: bool) -> None:
    """A4 with the margins 20, 20, 30 and 15 mm, no number on the first page."""
    width, height = (_LONG_MM, _SHORT_MM) if landscape else (_SHORT_MM, _LONG_MM)
    section.page_width, section.page_height = Twips(twips(width)), Twips(twips(height))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Twips(twips(_TOP_MM)), Twips(twips(_BOTTOM_MM))
    section.left_margin, section.right_margin = Twips(twips(_LEFT_MM)), Twips(twips(_RIGHT_MM))
    section.header_distance = section.footer_distance = Twips(twips(_HEADER_MM))
    section.gutter = 0
    section.different_first_page_header_footer = True


def number_pages(section: Any) -> None:
    """Arabic numbers of 14 pt, upright, centred in the top margin; the header of the first page stays empty."""
    for header in (section.header, section.first_page_header):
        header.is_linked_to_previous = False
        for given in list(header._element):
            header._element.remove(given)
    _write_number(section.header._element)
    write(section.first_page_header._element, PAGE_NUMBER)


def _write_number(header: Any) -> None:
    paragraph = write(header, PAGE_NUMBER)
    begin, instruction, separate, shown, end = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    look = (
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    )
    for part in (begin, instruction, separate, shown, end):
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{look}{part}</w:r>"))


def begin_annex(document: Any, *, landscape: bool) -> None:
    """Break to a new page whose numbers start again at 1; the break stands in a paragraph too low to spill over."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1]._p.style = SECTION_BREAK.style
    shape_page(section, landscape=landscape)
    _restart_numbers(section._sectPr)


def _restart_numbers(properties: Any) -> None:
    for given in properties.findall(qn("w:pgNumType")):
        properties.remove(given)
    properties.insert_element_before(
        parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'),
        "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter",
        "w:docGrid", "w:printerSettings", "w:sectPrChange",
    )  # fmt: skip
