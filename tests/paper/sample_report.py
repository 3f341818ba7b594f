"""A whole quarterly report, invented, that exercises every part of the layout."""

from datetime import UTC, date, datetime
from functools import cache

from kstthc_training.paper import (
    Align,
    Annex,
    BarChart,
    Cells,
    Column,
    DataTable,
    DocumentHead,
    Group,
    Letterhead,
    OfficialDocument,
    Recipients,
    Series,
    Signature,
    TotalRow,
    grouped,
    numbered,
)

MADE_AT = datetime(2024, 9, 18, 8, 30, tzinfo=UTC)
LETTERHEAD = Letterhead(
    parent_agency="UBND tỉnh Kiên Giang",
    agency="Văn phòng",
    full_name="Văn phòng Ủy ban nhân dân tỉnh Kiên Giang",
    place="Kiên Giang",
)
HEAD = DocumentHead(
    type_name="Báo cáo",
    subject=(
        "Kết quả tổ chức họp báo, giao ban báo chí, hội nghị và tập huấn về kiểm soát thủ tục hành chính quý III năm 2024"
    ),
    symbol="BC-VP",
    number=86,
    issued_on=date(2024, 9, 18),
)
SIGNATURE = Signature(posts=("KT. Chánh Văn phòng", "Phó Chánh Văn phòng"), signer="Nguyễn Mẫu An")
RECIPIENTS = Recipients(
    names=(
        "Như trên",
        "Cục Kiểm soát TTHC (VPCP)",
        "Chủ tịch, các PCT UBND tỉnh",
        "Lãnh đạo Văn phòng",
        "Các sở, ban, ngành cấp tỉnh",
        "UBND các huyện, thành phố",
        "Cổng Thông tin điện tử tỉnh",
    )
)
TABLE = DataTable(
    caption="Kết quả theo loại hình cuộc",
    cells=Cells.PLAIN,
    columns=(
        Column("STT", 12, Align.CENTRE),
        Column("Loại hình", 45),
        Column("Số cuộc", 22, Align.RIGHT, inset_mm=3),
        Column("Đăng ký (lượt)", 27, Align.RIGHT, inset_mm=3),
        Column("Có mặt (lượt)", 27, Align.RIGHT, inset_mm=3),
        Column("Tỷ lệ có mặt", 32, Align.RIGHT, inset_mm=3),
    ),
    rows=(
        *numbered(
            (
                ("Cuộc họp", "2", "73", "67", "91,8%"),
                ("Hội nghị", "3", "465", "411", "88,4%"),
                ("Lớp tập huấn", "5", "381", "342", "89,8%"),
                ("Họp báo", "1", "41", "38", "92,7%"),
                ("Giao ban báo chí", "3", "54", "48", "88,9%"),
            )
        ),
        TotalRow("Tổng cộng", ("14", "1.014", "906", "89,3%")),
    ),
)
CHART = BarChart(
    caption="Lượt người đăng ký và có mặt theo nhóm cơ quan",
    categories=("Sở, ban, ngành cấp tỉnh", "UBND cấp huyện, cấp xã", "Cơ quan báo chí", "Doanh nghiệp"),
    series=(
        Series("Đăng ký", (365, 466, 121, 62)),
        Series("Có mặt", (336, 412, 109, 49), ("336 (92,1%)", "412 (88,4%)", "109 (90,1%)", "49 (79,0%)")),
    ),
)
EVENTS = Annex(
    title="Danh sách các cuộc tổ chức trong quý III năm 2024",
    landscape=True,
    note=(
        "Mã nội dung theo mục II Kế hoạch số 21/KH-UBND. “Đăng ký” là số lượt người được xác nhận, kể cả người đến "
        "không đăng ký trước; “Có mặt” gồm cả người đến muộn, về sớm."
    ),
    table=DataTable(
        columns=(
            Column("STT", 11, Align.CENTRE),
            Column("Thời gian", 23, Align.CENTRE),
            Column("Tên cuộc", 74),
            Column("Loại hình", 23),
            Column("Nội dung (mã)", 16, Align.CENTRE),
            Column("Địa điểm", 41),
            Column("Mời", 14, Align.RIGHT),
            Column("Đăng ký", 17, Align.RIGHT),
            Column("Có mặt", 16, Align.RIGHT),
            Column("Tỷ lệ", 17, Align.RIGHT),
        ),
        rows=(
            *numbered(
                (
                    f"{day:02d}/0{6 + day % 4}/2024",
                    "Hội nghị sơ kết công tác kiểm soát thủ tục hành chính 6 tháng đầu năm 2024"
                    if day % 3
                    else f"Giao ban báo chí tháng {day} năm 2024",
                    "Giao ban báo chí" if day % 3 == 0 else "Hội nghị",
                    f"II.{1 + day % 2}",
                    "Hội trường A, UBND tỉnh" if day % 2 else "Phòng họp B, Văn phòng UBND tỉnh",
                    f"{20 * day}",
                    f"{19 * day}",
                    f"{18 * day}",
                    "94,7%",
                )
                for day in range(1, 15)
            ),
            TotalRow("Tổng cộng: 14 cuộc", ("1.080", "1.014", "906", "89,3%")),
        ),
    ),
)
ORGANISATIONS = Annex(
    title="Kết quả tham dự theo cơ quan, đơn vị",
    note="Tính theo lượt người (người x cuộc). Tỷ lệ có mặt = có mặt / đăng ký.",
    table=DataTable(
        columns=(
            Column("STT", 11, Align.CENTRE),
            Column("Cơ quan, đơn vị", 62),
            Column("Đăng ký", 20, Align.RIGHT),
            Column("Có mặt", 18, Align.RIGHT),
            Column("Vắng có lý do", 18, Align.RIGHT),
            Column("Vắng không lý do", 18, Align.RIGHT),
            Column("Tỷ lệ", 18, Align.RIGHT),
        ),
        rows=(
            *grouped(
                (
                    Group(
                        "Sở, ban, ngành cấp tỉnh",
                        ("365", "336", "18", "11", "92,1%"),
                        tuple(("Sở Nông nghiệp và Phát triển nông thôn", "18", "17", "1", "0", "94,4%") for _ in range(20)),
                    ),
                    Group(
                        "Ủy ban nhân dân cấp huyện, cấp xã",
                        ("466", "412", "40", "14", "88,4%"),
                        tuple(("Huyện U Minh Thượng", "25", "23", "1", "1", "92,0%") for _ in range(15)),
                    ),
                )
            ),
            TotalRow("Tổng cộng", ("1.014", "906", "75", "33", "89,3%")),
        ),
    ),
)


@cache
def sample_report() -> bytes:
    """The report as a DOCX."""
    paper = OfficialDocument(LETTERHEAD, HEAD, made_at=MADE_AT)
    paper.addressees("Ủy ban nhân dân tỉnh Kiên Giang")
    paper.paragraph(
        "Thực hiện Kế hoạch số 21/KH-UBND ngày 26 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh về thông tin, truyền "
        "thông về kiểm soát thủ tục hành chính, thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ "
        "tục hành chính trên địa bàn tỉnh Kiên Giang năm 2024, Văn phòng Ủy ban nhân dân tỉnh báo cáo kết quả quý "
        "III năm 2024 (số liệu từ ngày 15 tháng 6 năm 2024 đến hết ngày 14 tháng 9 năm 2024) như sau:"
    )
    _results(paper)
    _assessment(paper)
    paper.heading1("Kiến nghị")
    paper.paragraph(
        "Kính đề nghị Ủy ban nhân dân tỉnh chỉ đạo các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố cử đúng "
        "thành phần tham dự và bố trí thời gian để cán bộ đầu mối tham gia đầy đủ các lớp tập huấn."
    )
    paper.closing(
        "Trên đây là báo cáo kết quả tổ chức họp báo, giao ban báo chí, hội nghị và tập huấn về kiểm soát thủ tục "
        "hành chính quý III năm 2024, Văn phòng Ủy ban nhân dân tỉnh kính báo cáo Ủy ban nhân dân tỉnh."
    )
    paper.signature(SIGNATURE, RECIPIENTS)
    paper.annexes(EVENTS, ORGANISATIONS)
    return paper.to_bytes()


def _results(paper: OfficialDocument) -> None:
    paper.heading1("Kết quả tổ chức")
    paper.heading2("Số cuộc và lượt người tham dự")
    paper.paragraph(
        "Trong quý, Văn phòng Ủy ban nhân dân tỉnh đã tổ chức 14 cuộc, gồm: 02 cuộc họp, 03 hội nghị, 05 lớp tập "
        "huấn, 01 cuộc họp báo và 03 cuộc giao ban báo chí; với 906 lượt người có mặt trên 1.014 lượt người đăng ký "
        "(đạt 89,3%). Số người tham dự là 612 người, trong đó có 214 người dự từ 02 cuộc trở lên. Kết quả theo loại "
        "hình tại Bảng 1; chi tiết từng cuộc tại Phụ lục I."
    )
    paper.table(TABLE)
    paper.heading2("Thành phần tham dự")
    paper.paragraph(
        "Tham dự có 40 cơ quan, đơn vị, địa phương và cơ quan báo chí; trong đó có 109 lượt phóng viên, biên tập viên "
        "và 797 lượt cán bộ, công chức, viên chức, đại diện doanh nghiệp. Có 108 lượt vắng mặt, gồm 75 lượt vắng có "
        "lý do và 33 lượt vắng không lý do. Kết quả theo cơ quan, đơn vị tại Phụ lục II."
    )
    paper.chart(CHART)
    paper.heading2("Nội dung, tài liệu và kết quả đăng, phát")
    paper.points(
        (
            "Nội dung tập trung vào: cập nhật, công khai thủ tục hành chính; số hóa hồ sơ, kết quả giải quyết thủ tục "
            "hành chính; tiếp nhận, xử lý phản ánh, kiến nghị; cơ chế một cửa, một cửa liên thông; dịch vụ công trực "
            "tuyến toàn trình",
            "Đã phát hành 31 tài liệu; 100% đại biểu đăng ký được nhận tài liệu trước ngày họp ít nhất 03 ngày làm việc",
            "Các cơ quan báo chí đã đăng, phát 43 tin, bài, phóng sự, gồm: 19 tin, bài của Báo Kiên Giang; 08 phóng sự "
            "của Đài Phát thanh và Truyền hình Kiên Giang; 16 tin, bài của các cơ quan báo chí khác",
        )
    )


def _assessment(paper: OfficialDocument) -> None:
    paper.heading1("Đánh giá chung")
    paper.heading2("Ưu điểm")
    paper.paragraph(
        "Các cuộc được tổ chức đúng kế hoạch, đúng thành phần; giấy mời và tài liệu gửi đúng thời hạn. Qua đó, nâng "
        "cao nhận thức, trách nhiệm của cán bộ, công chức, viên chức và sự đồng thuận của người dân, doanh nghiệp "
        "trong thực hiện thủ tục hành chính."
    )
    paper.heading2("Tồn tại, hạn chế và nguyên nhân")
    paper.points(
        (
            "Tỷ lệ có mặt của khối doanh nghiệp còn thấp (79,0%), do lịch tổ chức trùng với thời điểm quyết toán của "
            "doanh nghiệp",
            "Còn 06 đơn vị cấp xã cử người dự tập huấn chậm so với thời hạn, do cán bộ đầu mối kiêm nhiệm nhiều nhiệm vụ",
        )
    )
    paper.heading1("Phương hướng, nhiệm vụ quý IV năm 2024")
    paper.numbered(
        (
            "Tổ chức 12 cuộc theo kế hoạch, gồm: 03 cuộc giao ban báo chí, 01 cuộc họp báo, 02 hội nghị, 04 lớp tập "
            "huấn và 02 cuộc họp",
            "Xây dựng dự thảo Kế hoạch thông tin, truyền thông về kiểm soát thủ tục hành chính năm 2025, trình Ủy ban "
            "nhân dân tỉnh trước ngày 15 tháng 12 năm 2024",
        )
    )
