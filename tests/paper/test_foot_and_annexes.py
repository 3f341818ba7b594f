"""Signature, recipients, and what comes after them."""

from dataclasses import replace
from typing import Any

import pytest
from docx.oxml.ns import qn

from kstthc_training.paper import Annex, Column, DataTable, DocumentHead, OfficialDocument, Recipients, Row
from kstthc_training.paper.measures import even_break, wrapped
from kstthc_training.paper.styles import ANNEX_OF
from kstthc_training.paper.units import twips
from kstthc_training.paper.wording import blank_date, document_number
from tests.paper.opened import W, body, number, opened, style_sheet, styled, texts
from tests.paper.sample_papers import (
    VERIFICATION,
    sample_confirmation,
)
from tests.paper.sample_report import EVENTS, HEAD, LETTERHEAD, MADE_AT, ORGANISATIONS, SIGNATURE, sample_report


def begun(head: DocumentHead = HEAD, **changes: Any) -> OfficialDocument:
    return OfficialDocument(replace(LETTERHEAD, **changes), head, made_at=MADE_AT)


def test_the_signature_stands_beside_the_recipients() -> None:
    (grid,) = body(sample_report()).xpath('w:tbl[.//w:pStyle[@w:val="Signer"]]', namespaces=W)
    assert grid.xpath("w:tblGrid/w:gridCol/@w:w", namespaces=W) == [str(twips(80)), str(twips(165) - twips(80))]
    left, right = grid.iter(qn("w:tc"))
    assert texts(left, "Recipients") == ["Nơi nhận:"]
    assert texts(left, "Recipient")[0] == "- Như trên;"
    assert texts(left, "Recipient")[-1] == "- Lưu: VT, KSTTHC."
    assert texts(right, "Post") == ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]
    assert texts(right, "Signer") == ["Nguyễn Mẫu An"]
    assert [number(post, "w:pPr/w:spacing/@w:before") for post in styled(right, "Post")] == [120, 0]


def test_recipients_end_with_semicolons_and_the_archive_with_a_full_stop() -> None:
    assert Recipients(("Như trên.", "Các sở;"), archives=("VT", "KSTTHC (02b)")).lines == (
        "- Như trên;", "- Các sở;", "- Lưu: VT, KSTTHC (02b).",
    )  # fmt: skip


def test_a_signature_right_below_a_table_does_not_grow_into_it() -> None:
    paper = begun()
    paper.table(DataTable((Column("A", 40),), (Row(("b",)),)))
    paper.signature(SIGNATURE, Recipients(("Như trên",)))
    root = body(paper.to_bytes())
    tables = root.findall("w:tbl", W)
    assert [table.getnext().tag for table in tables] == [qn("w:p")] * 3


def test_a_confirmation_shows_the_square_and_the_address_of_its_check() -> None:
    root = body(sample_confirmation())
    (described,) = root.iter(qn("wp:docPr"))
    assert described.get("descr") == f"Mã QR dẫn đến {VERIFICATION.address}"
    (extent,) = root.iter(qn("wp:extent"))
    assert [round(int(extent.get(side)) / 36000, 1) for side in ("cx", "cy")] == [25, 25]
    assert texts(root, "Recipient")[-2:] == [f"Mã kiểm tra: {VERIFICATION.code}", VERIFICATION.address]


def test_each_annex_is_a_section_that_counts_its_own_pages() -> None:
    main, first, second = opened(sample_report()).sections
    assert [round(section.page_width.mm) for section in (main, first, second)] == [210, 297, 210]
    assert [section.orientation for section in (main, first, second)] == [0, 1, 0]
    starts = [section._sectPr.xpath("w:pgNumType/@w:start") for section in (main, first, second)]
    assert starts == [[], ["1"], ["1"]]
    assert all(section.different_first_page_header_footer for section in (first, second))
    assert first.header.is_linked_to_previous
    assert first.first_page_header.is_linked_to_previous


def test_an_annex_tells_its_number_title_and_document() -> None:
    root = body(sample_report())
    assert texts(root, "AnnexName") == ["Phụ lục I", "Phụ lục II"]
    assert texts(root, "AnnexTitle") == [EVENTS.title.upper(), ORGANISATIONS.title.upper()]
    assert set(texts(root, "AnnexOf")) == {
        "(Kèm theo Báo cáo số 86/BC-VP ngày 18 tháng 9 năm 2024 của\u00a0Văn\u00a0phòng Ủy ban nhân dân tỉnh Kiên Giang)"
    }
    assert all(note.startswith("Ghi chú: ") and note.endswith("./.") for note in texts(root, "Note"))


@pytest.mark.parametrize("wide_blanks", [False, True], ids=["as Word sets blanks", "as LibreOffice does"])
def test_a_reference_to_be_filled_in_takes_two_lines_in_either_program(wide_blanks: bool) -> None:
    reference = (
        f"Báo cáo số {document_number(None, 'BC-VP')} {blank_date()} của\u00a0Văn\u00a0phòng Ủy ban nhân dân tỉnh Kiên Giang"
    )
    text = f"(Kèm theo {reference})"
    fit = even_break(text, ANNEX_OF.face, 165, 0, 45)
    assert len(fit.lines) == 2
    assert wrapped(text, ANNEX_OF.face, 165 - 2 * fit.indent_mm, wide_blanks=wide_blanks) == fit.lines


def test_an_only_annex_has_no_number() -> None:
    paper = begun()
    paper.annexes(Annex("Danh sách", DataTable((Column("A", 40),), (Row(("b",)),))))
    root = body(paper.to_bytes())
    assert texts(root, "AnnexName") == ["Phụ lục"]
    assert texts(root, "Note") == []


def test_the_break_before_an_annex_is_too_low_to_spill_onto_a_page() -> None:
    breaks = styled(body(sample_report()), "SectionBreak")
    assert [len(p.xpath("w:pPr/w:sectPr", namespaces=W)) for p in breaks] == [1, 1]
    (style,) = style_sheet(sample_report()).xpath('w:style[@w:styleId="SectionBreak"]', namespaces=W)
    assert (number(style, "w:pPr/w:spacing/@w:line"), style.xpath("w:pPr/w:spacing/@w:lineRule", namespaces=W)) == (
        20,
        ["exact"],
    )


def test_a_document_that_ends_with_a_table_gets_a_last_paragraph() -> None:
    paper = begun()
    paper.signature(SIGNATURE, Recipients(("Như trên",)))
    last = [child for child in body(paper.to_bytes()) if child.tag != qn("w:sectPr")][-1]
    assert last.xpath("w:pPr/w:pStyle/@w:val", namespaces=W) == ["SectionBreak"]
