"""The paragraph styles of an official document: one line for each element of the layout."""

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kstthc_training.paper.measures import Face
from kstthc_training.paper.units import twips

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_LINE = 240  # twentieths of a point times twelve: the file's unit of one single line


@dataclass(frozen=True)
class Look:
    """How one element looks: sizes in points, spaces before and after in points, alignment as the file names it."""

    style: str
    name: str
    pt: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 1.0
    exact_pt: float = 0
    first_line_mm: float = 0
    keep_next: bool = False
    outline: int | None = None
    ruled: bool = False

    @property
    def face(self) -> Face:
        """The cut of the type this element is set in, for measuring."""
        return Face(self.pt, bold=self.bold, italic=self.italic)


PAGE_NUMBER = Look("PageNumber", "Số trang", 14, align="center")
PARENT_AGENCY = Look("ParentAgency", "Cơ quan chủ quản", 12, align="center")
AGENCY = Look("Agency", "Cơ quan ban hành", 12, bold=True, align="center")
NATIONAL_NAME = Look("NationalName", "Quốc hiệu", 12, bold=True, align="center")
MOTTO = Look("Motto", "Tiêu ngữ", 13, bold=True, align="center")
RULE = Look("Rule", "Đường kẻ", 2, before=2, exact_pt=3, ruled=True)
NUMBER = Look("Number", "Số, ký hiệu", 13, align="center", before=6)
PLACE_AND_DATE = Look("PlaceAndDate", "Địa danh, thời gian", 13, italic=True, align="center", before=6)
TYPE_NAME = Look("TypeName", "Tên loại văn bản", 14, bold=True, align="center", before=18, keep_next=True)
SUBJECT = Look("Subject", "Trích yếu", 14, bold=True, align="center", keep_next=True)
ADDRESSEE = Look("Addressee", "Kính gửi", 14, align="center", before=6, after=12)
ADDRESSEE_LINE = Look("AddresseeLine", "Nơi kính gửi", 14)
BODY = Look("BodyText", "Nội dung", 14, align="both", after=6, line=1.15, first_line_mm=12.7)
HEADING_1 = Look(
    "Heading1", "heading 1", 14, bold=True, align="both", before=6, after=6, line=1.15, first_line_mm=12.7,
    keep_next=True, outline=0,
)  # fmt: skip
HEADING_2 = replace(HEADING_1, style="Heading2", name="heading 2", before=0, outline=1)
TABLE_CAPTION = Look("TableCaption", "Tên bảng", 13, bold=True, align="center", before=6, after=4, keep_next=True)
CELL_SMALL = Look("CellSmall", "Ô bảng nhỏ", 12, before=2, after=2)
CELL_PLAIN = Look("CellPlain", "Ô bảng", 13, before=2, after=2)
CELL_SIGNED = Look("CellSigned", "Ô bảng ký nhận", 13, before=3, after=3)
CHART = Look("Chart", "Biểu đồ", 14, align="center", before=6, keep_next=True)
CHART_CAPTION = Look("ChartCaption", "Tên biểu đồ", 13, bold=True, align="center", before=2, after=8)
NOTE = Look("Note", "Ghi chú", 12, italic=True, align="both", before=6)
RECIPIENTS = Look("Recipients", "Nơi nhận", 12, bold=True, italic=True, before=6, keep_next=True)
RECIPIENT = Look("Recipient", "Nơi nhận cụ thể", 11, keep_next=True)
POST = Look("Post", "Chức vụ người ký", 14, bold=True, align="center", keep_next=True)
SIGNER = Look("Signer", "Họ tên người ký", 14, bold=True, align="center", before=72, keep_next=True)
ANNEX_NAME = Look("AnnexName", "Phụ lục", 14, bold=True, align="center", keep_next=True, outline=0)
ANNEX_TITLE = Look("AnnexTitle", "Tên phụ lục", 14, bold=True, align="center", keep_next=True)
ANNEX_OF = Look("AnnexOf", "Kèm theo", 14, italic=True, align="center", keep_next=True)
SHEET_NAME = replace(TYPE_NAME, style="SheetName", name="Tên danh sách", before=10)
OCCASION = Look("Occasion", "Thời gian, địa điểm", 13, align="center", keep_next=True)
SHEET_HEADING = Look("SheetHeading", "Mục danh sách", 13, bold=True, before=8, after=4, keep_next=True, outline=0)
SHEET_FOOT = Look("SheetFoot", "Cộng danh sách", 13, align="both", before=8, keep_next=True)
SHEET_DATE = Look("SheetDate", "Ngày lập", 13, italic=True, align="center", before=4, keep_next=True)
SHEET_POST = replace(POST, style="SheetPost", name="Người xác nhận", pt=13)
SHEET_SIGNER = replace(SIGNER, style="SheetSigner", name="Họ tên người xác nhận", pt=13, before=62)
SECTION_BREAK = Look("SectionBreak", "Ngắt phần", 1, exact_pt=1)

_LOOKS = (
    PAGE_NUMBER, PARENT_AGENCY, AGENCY, NATIONAL_NAME, MOTTO, RULE, NUMBER, PLACE_AND_DATE, TYPE_NAME, SUBJECT,
    ADDRESSEE, ADDRESSEE_LINE, BODY, HEADING_1, HEADING_2, TABLE_CAPTION, CELL_SMALL, CELL_PLAIN, CELL_SIGNED,
    CHART, CHART_CAPTION, NOTE, RECIPIENTS, RECIPIENT, POST, SIGNER, ANNEX_NAME, ANNEX_TITLE, ANNEX_OF,
    SHEET_NAME, OCCASION, SHEET_HEADING, SHEET_FOOT, SHEET_DATE, SHEET_POST, SHEET_SIGNER, SECTION_BREAK,
)  # fmt: skip


def install_styles(styles: Any, *, body_line: float) -> None:
    """Put the styles of the layout in place of the template's; the body and its headings get this line spacing."""
    element = styles.element
    for child in list(element):
        element.remove(child)
    element.append(_defaults())
    for builtin in _BUILTIN:
        element.append(parse_xml(builtin))
    for look in _LOOKS:
        element.append(_style(replace(look, line=body_line) if look.line != 1 else look))


def _defaults() -> Any:
    return parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_FONTS}"
        '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="{LANGUAGE}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


_BUILTIN = (
    f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f'<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="auto"/></w:pPr>'
    f'<w:rPr>{_FONTS}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>',
    f'<w:style {nsdecls("w")} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
    f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
)


def _style(look: Look) -> Any:
    own = "" if look.name.startswith("heading ") else ' w:customStyle="1"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{own} w:styleId="{look.style}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph_properties(look)}</w:pPr>'
        f"<w:rPr>{_run_properties(look)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look) -> str:
    line, line_rule = (round(look.exact_pt * 20), "exact") if look.exact_pt else (round(look.line * _LINE), "auto")
    spacing = f'w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" w:line="{line}"'
    parts = (
        "<w:keepNext/>" if look.keep_next else "",
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>' if look.ruled else "",
        f'<w:spacing {spacing} w:lineRule="{line_rule}"/>',
        f'<w:ind w:firstLine="{twips(look.first_line_mm)}"/>' if look.first_line_mm else "",
        f'<w:jc w:val="{look.align}"/>',
        f'<w:outlineLvl w:val="{look.outline}"/>' if look.outline is not None else "",
    )
    return "".join(parts)


def _run_properties(look: Look) -> str:
    weight = "<w:b/><w:bCs/>" if look.bold else ""
    slope = "<w:i/><w:iCs/>" if look.italic else ""
    size = round(look.pt * 2)
    return f'{_FONTS}{weight}{slope}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
