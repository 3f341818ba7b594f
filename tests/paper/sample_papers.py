"""The shorter papers of the layout, invented: an invitation, a confirmation, a list to sign."""

from dataclasses import replace
from datetime import date
from functools import cache

from kstthc_training.paper import (
    Align,
    Cells,
    Column,
    DataTable,
    DocumentHead,
    OfficialDocument,
    Recipients,
    Run,
    SheetSigner,
    SigningSheet,
    Verification,
    numbered,
)
from tests.paper.sample_report import LETTERHEAD, MADE_AT, SIGNATURE

INVITATION_HEAD = DocumentHead(
    type_name="Giấy mời",
    subject="Dự lớp tập huấn nghiệp vụ kiểm soát thủ tục hành chính đợt II năm 2024",
    symbol="GM-VP",
    number=118,
    issued_on=date(2024, 9, 9),
)
CONFIRMATION_HEAD = DocumentHead(
    type_name="Giấy xác nhận",
    subject="Tham dự lớp tập huấn nghiệp vụ kiểm soát thủ tục hành chính đợt II năm 2024",
    symbol="GXN-VP",
    number=7,
    issued_on=date(2024, 10, 2),
)
VERIFICATION = Verification(code="7K3M-92QD", address="https://lich.vidu.vn/xn/7K3M-92QD")
ADDRESSED = ("Thường trực Tỉnh ủy", "Ủy ban nhân dân tỉnh Kiên Giang", "Cục Kiểm soát thủ tục hành chính")
SHEET_TABLE = DataTable(
    cells=Cells.SIGNED,
    row_height_mm=11,
    columns=(
        Column("STT", 12, Align.CENTRE),
        Column("Họ và tên", 48),
        Column("Chức vụ", 42),
        Column("Đơn vị công tác", 60),
        Column("Số điện thoại", 29, Align.CENTRE),
        Column("Sáng", 21, group="Ký tên"),
        Column("Chiều", 21, group="Ký tên"),
        Column("Ghi chú", 19),
    ),
    rows=numbered(
        [("Bùi Mẫu An", "Chuyên viên", "Sở Công Thương", "0912 xxx 101", "", "", "")] * 18 + [("",) * 7] * 4,
    ),
)


@cache
def sample_invitation() -> bytes:
    """A one-page invitation, its body single-spaced."""
    paper = OfficialDocument(LETTERHEAD, INVITATION_HEAD, made_at=MADE_AT, body_line=1.0)
    paper.paragraph(
        "Văn phòng Ủy ban nhân dân tỉnh Kiên Giang trân trọng kính mời: cán bộ đầu mối kiểm soát thủ tục hành chính "
        "của các sở, ban, ngành cấp tỉnh; Ủy ban nhân dân các huyện, thành phố (mỗi cơ quan, đơn vị 02 người)."
    )
    paper.paragraph("Thời gian: 01 ngày, thứ Ba, ngày 24 tháng 9 năm 2024 (buổi sáng từ 07 giờ 30 phút).")
    paper.closing("Lớp tập huấn có ghi âm, ghi hình. Rất mong các đại biểu đến dự đầy đủ, đúng giờ.")
    paper.signature(SIGNATURE, Recipients(("Như trên", "Chủ tịch, các PCT UBND tỉnh (để b/c)")))
    return paper.to_bytes()


@cache
def sample_confirmation() -> bytes:
    """A one-page confirmation with the square that leads to its check."""
    paper = OfficialDocument(LETTERHEAD, CONFIRMATION_HEAD, made_at=MADE_AT)
    paper.paragraph("Văn phòng Ủy ban nhân dân tỉnh Kiên Giang xác nhận:")
    paper.paragraph("Bà: ", Run("Thị Mẫu Huyền", bold=True), ".")
    paper.paragraph("Số buổi có mặt: 02 buổi trên tổng số 02 buổi.")
    paper.closing("Giấy xác nhận này được cấp theo kết quả điểm danh đã chốt ngày 27 tháng 9 năm 2024.")
    paper.signature(SIGNATURE, Recipients(("Bà Thị Mẫu Huyền", "UBND xã Định An, huyện Gò Quao")), VERIFICATION)
    return paper.to_bytes()


@cache
def sample_letter_to_many() -> bytes:
    """A report to several addressees whose number and date the records office still has to set."""
    paper = OfficialDocument(
        LETTERHEAD, replace(INVITATION_HEAD, type_name="Báo cáo", number=None, issued_on=None), made_at=MADE_AT
    )
    paper.addressees(*ADDRESSED)
    paper.closing("Văn phòng kính báo cáo.")
    return paper.to_bytes()


@cache
def sample_sheet() -> bytes:
    """A list to sign, with the press on a page of its own."""
    sheet = SigningSheet(
        LETTERHEAD,
        name="Danh sách đại biểu ký nhận",
        subject="Lớp tập huấn nghiệp vụ kiểm soát thủ tục hành chính đợt II năm 2024",
        occasion=(
            "Thời gian: thứ Ba, ngày 24 tháng 9 năm 2024 (sáng từ 07 giờ 30 phút, chiều từ 13 giờ 30 phút)",
            "Địa điểm: Hội trường B, Ủy ban nhân dân tỉnh Kiên Giang",
        ),
        made_at=MADE_AT,
    )
    sheet.section("Đại biểu các cơ quan, đơn vị", SHEET_TABLE)
    press = replace(SHEET_TABLE, rows=SHEET_TABLE.rows[:2] + SHEET_TABLE.rows[18:])
    sheet.section("Phóng viên, biên tập viên các cơ quan báo chí", press, new_page=True)
    sheet.foot(
        "Danh sách này có 20 người và 10 dòng trống. Số người có mặt: buổi sáng ……… người; buổi chiều ……… người.",
        dated="ngày …… tháng 9 năm 2024",
        left=SheetSigner("Người lập", "Lê Mẫu Hạnh"),
        right=SheetSigner("Xác nhận của đơn vị tổ chức", "Nguyễn Mẫu An"),
    )
    return sheet.to_bytes()
