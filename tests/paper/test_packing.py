"""The file: the same bytes each time, sound order of elements, one type, one language."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import etree

from kstthc_training.paper import OfficialDocument
from tests.paper.opened import W, opened, parts
from tests.paper.sample_papers import sample_confirmation, sample_invitation, sample_letter_to_many, sample_sheet
from tests.paper.sample_report import HEAD, LETTERHEAD, MADE_AT, sample_report

SAMPLES = [sample_report, sample_invitation, sample_confirmation, sample_letter_to_many, sample_sheet]
# The order ISO/IEC 29500-1 asks for; Word calls a file damaged when some of these stand otherwise.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang",
    "style": "name basedOn uiPriority semiHidden qFormat pPr rPr tblPr",
}


def roots(data: bytes) -> list[Any]:
    return [
        etree.fromstring(content)
        for name, content in parts(data).items()
        if name.startswith("word/") and name.endswith(".xml")
    ]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_content_gives_the_same_bytes(sample: Any) -> None:
    assert sample.__wrapped__() == sample.__wrapped__()


def test_entries_carry_no_time_of_day() -> None:
    with zipfile.ZipFile(io.BytesIO(sample_report())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_the_file_holds_what_the_document_needs_and_no_more() -> None:
    assert sorted(parts(sample_report())) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/media/image1.png",
        "word/settings.xml",
        "word/styles.xml",
    ]


@pytest.mark.parametrize("sample", SAMPLES)
def test_one_type_in_every_script_and_no_other(sample: Callable[[], bytes]) -> None:
    fonts = [element for root in roots(sample()) for element in root.iter(f"{{{W['w']}}}rFonts")]
    assert fonts
    for element in fonts:
        assert {re.sub(r"{.*}", "", name): face for name, face in element.attrib.items()} == dict.fromkeys(
            ("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"
        )
    for content in parts(sample()).values():
        assert not re.search(rb"Calibri|Cambria|ja-JP|en-US", content)


@pytest.mark.parametrize("sample", SAMPLES)
def test_elements_stand_in_the_order_of_the_standard(sample: Callable[[], bytes]) -> None:
    for root in roots(sample()):
        for element in root.iter():
            name = etree.QName(element).localname
            if name in ORDER:
                wanted = ORDER[name].split()
                places = [wanted.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), etree.tostring(element)


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch(sample: Callable[[], bytes]) -> None:
    root = etree.fromstring(parts(sample())["word/document.xml"])
    assert all(etree.QName(cell[-1]).localname == "p" for cell in root.iter(f"{{{W['w']}}}tc"))
    assert not root.xpath("//w:tbl[following-sibling::*[1][self::w:tbl or self::w:sectPr]]", namespaces=W)


def test_the_document_is_vietnamese_in_compatibility_mode_15() -> None:
    settings = parts(sample_report())["word/settings.xml"].decode()
    assert re.search(r'w:name="compatibilityMode"[^>]*w:val="15"', settings)
    assert b'<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/>' in parts(sample_report())["word/styles.xml"]


def test_the_properties_are_told_and_dated() -> None:
    properties = opened(sample_report()).core_properties
    assert properties.title == f"Báo cáo: {HEAD.subject}"
    assert (properties.author, properties.language) == (LETTERHEAD.full_name, "vi-VN")
    assert (properties.created, properties.modified) == (MADE_AT, MADE_AT)
    assert properties.comments == ""


def test_an_instant_of_another_zone_is_stored_as_utc() -> None:
    local = datetime(2024, 9, 18, 15, 30, tzinfo=timezone(timedelta(hours=7)))
    made = opened(OfficialDocument(LETTERHEAD, HEAD, made_at=local).to_bytes()).core_properties.created
    assert made == datetime(2024, 9, 18, 8, 30, tzinfo=UTC)


def test_another_date_changes_only_the_properties() -> None:
    early, late = (
        parts(OfficialDocument(LETTERHEAD, HEAD, made_at=MADE_AT + timedelta(days=days)).to_bytes()) for days in (0, 1)
    )
    assert [name for name in early if early[name] != late[name]] == ["docProps/core.xml"]
