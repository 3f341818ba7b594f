"""Headings, paragraphs, lists and captions."""

from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from kstthc_training.paper import Column, DataTable, DocumentHead, OfficialDocument, Row, Run
from tests.paper.opened import W, body, styled, text, texts
from tests.paper.sample_report import HEAD, LETTERHEAD, MADE_AT, sample_report


def begun(head: DocumentHead = HEAD, **changes: Any) -> OfficialDocument:
    return OfficialDocument(replace(LETTERHEAD, **changes), head, made_at=MADE_AT)


def test_headings_number_themselves() -> None:
    root = body(sample_report())
    assert texts(root, "Heading1") == [
        "I. KẾT QUẢ TỔ CHỨC", "II. ĐÁNH GIÁ CHUNG", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV NĂM 2024", "IV. KIẾN NGHỊ",
    ]  # fmt: skip
    assert [title.split(" ")[0] for title in texts(root, "Heading2")] == ["1.", "2.", "3.", "1.", "2."]


def test_points_take_the_letters_of_the_alphabet_with_d_and_d_stroke() -> None:
    paper = begun()
    paper.points(["một", "hai.", "ba;", "bốn", "năm", "sáu"])
    assert texts(body(paper.to_bytes()), "BodyText") == ["a) một;", "b) hai;", "c) ba;", "d) bốn;", "đ) năm;", "e) sáu."]


def test_a_list_longer_than_the_alphabet_takes_dashes() -> None:
    paper = begun()
    paper.points([str(place) for place in range(24)])
    assert texts(body(paper.to_bytes()), "BodyText")[::23] == ["- 0;", "- 23."]


def test_sentences_are_numbered_and_ended() -> None:
    paper = begun()
    paper.numbered(["Tổ chức 12 cuộc", "Xây dựng dự thảo."])
    assert texts(body(paper.to_bytes()), "BodyText") == ["1. Tổ chức 12 cuộc.", "2. Xây dựng dự thảo."]


def test_runs_carry_weight_and_slope() -> None:
    paper = begun()
    paper.paragraph("Bà: ", Run("Thị Mẫu Huyền", bold=True), ", ", Run("chuyên viên", italic=True), ".")
    (paragraph,) = styled(body(paper.to_bytes()), "BodyText")
    assert text(paragraph) == "Bà: Thị Mẫu Huyền, chuyên viên."
    assert [text(run) for run in paragraph.xpath("w:r[w:rPr/w:b]", namespaces=W)] == ["Thị Mẫu Huyền"]
    assert [text(run) for run in paragraph.xpath("w:r[w:rPr/w:i]", namespaces=W)] == ["chuyên viên"]


def test_tables_and_charts_are_numbered_in_their_captions() -> None:
    paper = begun()
    table = DataTable((Column("A", 40),), (Row(("b",)),), caption="Kết quả")
    assert [paper.table(table), paper.table(table)] == [1, 2]
    assert texts(body(paper.to_bytes()), "TableCaption") == ["Bảng 1. Kết quả", "Bảng 2. Kết quả"]


def test_the_closing_ends_with_its_sign_and_stays_with_the_signature() -> None:
    closing = styled(body(sample_report()), "BodyText")[-1]
    assert text(closing).endswith("Ủy ban nhân dân tỉnh./.")
    assert closing.xpath("w:pPr/w:keepNext", namespaces=W)
    assert closing.xpath("w:pPr/w:keepLines", namespaces=W)
    assert closing.getnext().tag == qn("w:tbl")


def test_there_are_no_empty_paragraphs_tabs_or_breaks_for_layout() -> None:
    root = body(sample_report())
    assert not root.xpath(".//w:r/w:tab | .//w:br", namespaces=W)
    silent = {p.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=W) for p in root.iter(qn("w:p")) if not text(p)}
    assert silent == {"Rule", "Chart", "SectionBreak"}
