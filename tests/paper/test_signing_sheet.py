"""The list people sign on the day."""

from lxml import etree

from kstthc_training.paper.units import twips
from tests.paper.opened import W, body, opened, parts, styled, text, texts
from tests.paper.sample_papers import (
    sample_sheet,
)
from tests.paper.sample_report import sample_report


def test_a_list_to_sign_lies_and_has_no_number() -> None:
    data = sample_sheet()
    (section,) = opened(data).sections
    assert (round(section.page_width.mm), round(section.page_height.mm), section.orientation) == (297, 210, 1)
    grid = body(data).find("w:tbl", W)
    assert grid.xpath("w:tblGrid/w:gridCol/@w:w", namespaces=W) == [str(twips(110)), str(twips(252) - twips(110))]
    assert texts(body(data), "Number") == []
    assert texts(body(data), "SheetName") == ["DANH SÁCH ĐẠI BIỂU KÝ NHẬN"]
    assert texts(body(data), "SheetHeading") == [
        "I. ĐẠI BIỂU CÁC CƠ QUAN, ĐƠN VỊ", "II. PHÓNG VIÊN, BIÊN TẬP VIÊN CÁC CƠ QUAN BÁO CHÍ",
    ]  # fmt: skip


def test_the_press_signs_on_a_page_of_its_own() -> None:
    ours, press = styled(body(sample_sheet()), "SheetHeading")
    assert not ours.xpath("w:pPr/w:pageBreakBefore", namespaces=W)
    assert press.xpath("w:pPr/w:pageBreakBefore", namespaces=W)


def test_a_list_to_sign_ends_with_two_who_answer_for_it() -> None:
    root = body(sample_sheet())
    assert texts(root, "SheetDate") == ["", "Kiên Giang, ngày …… tháng 9 năm 2024"]
    assert texts(root, "SheetPost") == ["NGƯỜI LẬP", "XÁC NHẬN CỦA ĐƠN VỊ TỔ CHỨC"]
    assert texts(root, "SheetSigner") == ["Lê Mẫu Hạnh", "Nguyễn Mẫu An"]


def test_the_words_of_a_document_are_found_as_typed() -> None:
    shown = text(etree.fromstring(parts(sample_report())["word/document.xml"]))
    assert "với 906 lượt người có mặt trên 1.014 lượt người đăng ký (đạt 89,3%)" in shown
