"""The report as DOCX and the figures as XLSX, opened again as those programs do."""

import io
from datetime import date
from urllib.parse import quote

import docx
import openpyxl
import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.organisations.models import OrganisationName
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.reports import periods
from kstthc_training.reports.wording import period_name, signing_day
from kstthc_training.settings.service import set_value
from kstthc_training.web.downloads import DOCX, XLSX
from tests.reports.made import EXCUSED, PRESENT, at, hold, make_plan, make_quarter
from tests.support.factories import make_account, make_organisation, make_person

QUARTER = "/bao-cao/2026/quy-1"
PLAN = "Kế hoạch số 21/KH-UBND ngày 26 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh"


@pytest.fixture
def organizer(app, client_for):
    return client_for(make_account(Role.ORGANIZER))


def set_office(now, **values):
    with unit_of_work():
        for name, value in values.items():
            set_value(actor=SYSTEM, name=name, value=value, valid_from=date(2020, 1, 1), now=now)


def opened(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, DOCX)
    return docx.Document(io.BytesIO(answer.data))


def lines(document):
    return [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs if paragraph.text]


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_report_says_what_the_figures_say(organizer, now):
    set_office(
        now, name="Văn phòng UBND tỉnh", parent_agency="UBND tỉnh Kiên Giang", agency="Văn phòng", place="Kiên Giang",
        addressee="UBND tỉnh", plan_reference=PLAN, signer_post="KT. Chánh Văn phòng\nPhó Chánh Văn phòng",
        signer_name="Nguyễn Mẫu An", archive_unit="KSTTHC",
    )  # fmt: skip
    make_quarter()
    said = lines(opened(organizer, f"{QUARTER}.docx"))
    begin = said.index("Kính gửi: UBND tỉnh")
    assert said[begin + 1 : said.index("Phụ lục I")] == [
        f"Thực hiện {PLAN}, Văn phòng UBND tỉnh báo cáo kết quả quý I năm 2026 (số liệu từ ngày 15 tháng 12 năm 2025 đến "
        "hết ngày 14 tháng 3 năm 2026) như sau:",
        "I. TÌNH HÌNH, KẾT QUẢ",
        "1. Số cuộc và lượt người tham dự",
        "Trong kỳ, Văn phòng UBND tỉnh đã tổ chức 02 cuộc, gồm: 01 lớp tập huấn và 01 cuộc họp báo; với 05 lượt người có "
        "mặt trên 08 lượt người đăng ký (đạt 62,5%); số người tham dự là 04 người. Theo kế hoạch có 03 cuộc đến hạn trong "
        "kỳ; trong số cuộc đã tổ chức có 01 cuộc thuộc kế hoạch. Kết quả theo loại hình tại Bảng 1; chi tiết từng cuộc tại "
        "Phụ lục I.",
        "Bảng 1. Kết quả theo loại hình cuộc",
        "So với kỳ trước (quý IV năm 2025), số cuộc tăng 01 cuộc, số lượt người có mặt tăng 04 lượt, tỷ lệ có mặt giảm 37,5 "
        "điểm phần trăm.",
        "So với cùng kỳ năm trước (quý I năm 2025), số cuộc tăng 02 cuộc, số lượt người có mặt tăng 05 lượt; chi tiết tại "
        "Bảng 2.",
        "Bảng 2. So sánh với kỳ trước và cùng kỳ năm trước",
        "2. Thành phần tham dự",
        "Tham dự có 02 cơ quan, đơn vị trên 05 cơ quan, đơn vị hiện có; gồm 01 lượt phóng viên, biên tập viên của 01 cơ "
        "quan báo chí và 04 lượt cán bộ, công chức, viên chức của 01 cơ quan, đơn vị. Có 03 lượt vắng mặt, gồm 01 lượt vắng "
        "có lý do và 02 lượt vắng không lý do. Kết quả theo cơ quan, đơn vị tại Phụ lục II.",
        "Biểu đồ 1. Lượt người đăng ký và có mặt theo nhóm cơ quan",
        "3. Nội dung, tài liệu",
        "a) Nội dung tập trung vào: Chủ đề II.2; Chủ đề II.1;",
        "b) Đã phát hành 02 tài liệu cho người dự.",
        "II. ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        "Đã tổ chức 02 cuộc, tỷ lệ có mặt đạt 62,5%. Qua đó, nâng cao nhận thức, trách nhiệm của cán bộ, công chức, viên "
        "chức trong thực hiện thủ tục hành chính.",
        "2. Tồn tại, hạn chế",
        "a) Còn 02 cuộc chưa chốt điểm danh nên chưa tính vào số liệu: Mở lại (01/02/2026); Chưa chốt (10/03/2026);",
        "b) Số cuộc thuộc kế hoạch đã tổ chức ít hơn số đến hạn trong kỳ 02 cuộc;",
        "c) Còn 02 cơ quan, đơn vị đã đăng ký nhưng không có người dự;",
        "d) Có 01 cơ quan, đơn vị chưa cử người dự cuộc nào trong kỳ.",
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II NĂM 2026",
        "1. Hội nghị: 05 cuộc, trong tháng 4.",
        "IV. KIẾN NGHỊ",
        "Kính đề nghị UBND tỉnh chỉ đạo các cơ quan, đơn vị, địa phương cử đúng thành phần, đúng thời hạn và bố trí thời "
        "gian để người được cử tham dự đầy đủ.",
        "Trên đây là báo cáo kết quả tổ chức họp báo, giao ban báo chí, hội nghị và tập huấn về kiểm soát thủ tục hành "
        "chính quý I năm 2026, Văn phòng UBND tỉnh kính báo cáo UBND tỉnh./.",
    ]


def test_tables_of_the_report(organizer, now):
    set_office(
        now,
        parent_agency="UBND tỉnh Kiên Giang",
        agency="Văn phòng",
        signer_post="KT. Chánh Văn phòng\nPhó Chánh Văn phòng",
        signer_name="Nguyễn Mẫu An",
        archive_unit="KSTTHC",
    )
    make_quarter()
    head, by_kind, compared, foot, events, organisations = (
        cells(table) for table in opened(organizer, f"{QUARTER}.docx").tables
    )
    assert head[0][0].split("\n")[:2] == ["UBND TỈNH KIÊN GIANG", "VĂN PHÒNG"]
    assert head[1][0].startswith("Số:")
    assert head[1][0].strip().endswith("/BC-VP")
    assert by_kind == [
        ["STT", "Loại hình", "Số cuộc", "Đăng ký (lượt)", "Có mặt (lượt)", "Tỷ lệ có mặt"],
        ["1", "Tập huấn", "1", "5", "3", "60,0%"],
        ["2", "Họp báo", "1", "3", "2", "66,7%"],
        ["Tổng cộng", "Tổng cộng", "2", "8", "5", "62,5%"],
    ]
    assert compared == [
        ["STT", "Chỉ tiêu", "Kỳ này", "Quý IV năm 2025", "Quý IV năm 2025", "Quý I năm 2025", "Quý I năm 2025"],
        ["STT", "Chỉ tiêu", "Kỳ này", "Số liệu", "Tăng, giảm", "Số liệu", "Tăng, giảm"],
        ["1", "Số cuộc", "2", "1", "+1", "0", "+2"],
        ["2", "– Họp", "0", "1", "-1", "0", "0"],
        ["3", "– Tập huấn", "1", "0", "+1", "0", "+1"],
        ["4", "– Họp báo", "1", "0", "+1", "0", "+1"],
        ["5", "Lượt người đăng ký", "8", "1", "+7", "0", "+8"],
        ["6", "Lượt người có mặt", "5", "1", "+4", "0", "+5"],
        ["7", "Tỷ lệ có mặt", "62,5%", "100,0%", "-37,5 điểm", "-", "-"],
        ["8", "Số người tham dự", "4", "1", "+3", "0", "+4"],
        ["9", "Cơ quan, đơn vị dự", "2", "1", "+1", "0", "+2"],
        ["10", "Cơ quan báo chí dự", "1", "0", "+1", "0", "+1"],
        ["11", "Tài liệu đã phát hành", "2", "0", "+2", "0", "+2"],
        ["12", "Chủ đề đã triển khai", "2", "0", "+2", "0", "+2"],
    ]
    assert "- Lưu: VT, KSTTHC." in foot[0][0]
    assert foot[0][1].split("\n") == ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Nguyễn Mẫu An"]
    assert events[1:] == [
        ["1", "15/12/2025", "Tập huấn đầu mối quý I", "Tập huấn", "II.1, II.2", "", "5", "3", "60,0%"],
        ["2", "13/03 - 14/03/2026", "Họp báo quý I", "Họp báo", "II.2", "", "3", "2", "66,7%"],
        [*["Tổng cộng: 2 cuộc"] * 6, "8", "5", "62,5%"],
    ]
    assert organisations[1:] == [
        ["I", "Sở, ban, ngành", "3", "3", "0", "0", "100,0%"],
        ["1", "Sở Tư pháp", "3", "3", "0", "0", "100,0%"],
        ["II", "Xã, phường, thị trấn", "2", "0", "1", "1", "0,0%"],
        ["1", "UBND xã Bình An", "1", "0", "0", "1", "0,0%"],
        ["2", "UBND xã Hòn Tre", "1", "0", "1", "0", "0,0%"],
        ["III", "Cơ quan báo chí", "2", "1", "0", "1", "50,0%"],
        ["1", "Báo Kiên Giang", "2", "1", "0", "1", "50,0%"],
        ["IV", "Người dự không ghi cơ quan", "1", "1", "0", "0", "100,0%"],
        ["Tổng cộng", "Tổng cộng", "8", "5", "1", "2", "62,5%"],
    ]


def test_annex_names_organisations_as_of_the_periods_end(organizer):
    body = make_organisation("Sở Mới")
    with unit_of_work() as session:
        session.add(OrganisationName(organisation_id=body.id, name="Sở Cũ", valid_from=None))
        session.add(OrganisationName(organisation_id=body.id, name="Sở Mới", valid_from=date(2026, 3, 15)))
    hold(at(10, 2), [(make_person(), body, PRESENT)])
    hold(at(15, 3), [(make_person(), body, EXCUSED)])
    named = {slug: cells(opened(organizer, f"/bao-cao/2026/{slug}.docx").tables[-1])[2][1] for slug in ("quy-1", "quy-2")}
    assert named == {"quy-1": "Sở Cũ", "quy-2": "Sở Mới"}


def test_report_on_a_period_without_events_claims_nothing(organizer):
    document = opened(organizer, "/bao-cao/2020/quy-1.docx")
    said = lines(document)
    assert "Trong kỳ chưa có cuộc nào được tổ chức và chốt điểm danh." in said
    assert "Số liệu trong kỳ không cho thấy tồn tại, hạn chế." in said
    assert len(document.tables) == 2
    assert not [line for line in said if "Phụ lục" in line]


def test_report_on_days_chosen_freely(organizer):
    make_quarter()
    said = lines(opened(organizer, "/bao-cao/tu-chon.docx?tu=15/12/2025&den=14/3/2026"))
    assert "III. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI" in said
    assert [line for line in said if line.startswith("So với kỳ trước (từ ngày 16/09/2025 đến ngày 14/12/2025),")]


@pytest.mark.parametrize(("today", "said"), [(at(14, 4), False), (at(15, 4), True)])
def test_report_on_a_running_period_names_no_arrears_of_months_to_come(app, client_for, today, said):
    make_plan(items=[("1", "Hội nghị", 4, 5), ("2", "Họp báo", 6, 5)])
    hold(at(16, 3))
    with clock.frozen(today):
        document = opened(client_for(make_account(Role.LEADER)), "/bao-cao/2026/quy-2.docx")
    found = [line for line in lines(document) if "ít hơn số đến hạn" in line]
    assert found == (["Số cuộc thuộc kế hoạch đã tổ chức ít hơn số đến hạn trong kỳ 05 cuộc."] if said else [])


def test_papers_have_vietnamese_names_and_are_recorded(organizer):
    make_plan()
    wanted = {
        f"{QUARTER}.docx": ("Báo cáo quý I năm 2026.docx", DOCX),
        f"{QUARTER}.xlsx": ("Báo cáo quý I năm 2026.xlsx", XLSX),
        "/bao-cao/tu-chon.docx?tu=1/2/2026&den=3/2/2026": ("Báo cáo từ ngày 01-02-2026 đến ngày 03-02-2026.docx", DOCX),
    }
    for address, (name, media_type) in wanted.items():
        answer = organizer.get(address)
        disposition = answer.headers["Content-Disposition"]
        assert (answer.mimetype, disposition.startswith("attachment")) == (media_type, True)
        assert f"filename*=UTF-8''{quote(name)}" in disposition
        assert disposition.isascii()
    facts = db.session.scalars(
        select(AuditEntry.facts).where(AuditEntry.action == "report.exported").order_by(AuditEntry.id)
    )
    assert facts.all() == [
        {"form": "docx", "period": "quy-1", "first": "2025-12-15", "last": "2026-03-14"},
        {"form": "xlsx", "period": "quy-1", "first": "2025-12-15", "last": "2026-03-14"},
        {"form": "docx", "period": "tu-chon", "first": "2026-02-01", "last": "2026-02-03"},
    ]


def test_workbook_has_four_sheets_that_agree(organizer):
    make_quarter()
    answer = organizer.get(f"{QUARTER}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert list(sheets) == ["Tổng hợp", "Cuộc họp", "Theo đơn vị", "Theo chủ đề"]
    totals = {row[0]: row[1] for row in sheets["Tổng hợp"]}
    assert [row[:6] for row in sheets["Tổng hợp"][:9]] == [
        ["Chỉ tiêu", "Quý I/2026", "Quý IV/2025", "Tăng, giảm", "Quý I/2025", "Tăng, giảm"],
        ["Số liệu", "15/12/2025 – 14/03/2026", "15/09/2025 – 14/12/2025", None, "15/12/2024 – 14/03/2025", None],
        ["Cuộc đã tổ chức", 2, 1, 1, 0, 2],
        ["– Họp", 0, 1, -1, 0, 0],
        ["– Tập huấn", 1, 0, 1, 0, 1],
        ["– Họp báo", 1, 0, 1, 0, 1],
        ["Lượt người đăng ký", 8, 1, 7, 0, 8],
        ["Lượt người dự", 5, 1, 4, 0, 5],
        ["Tỷ lệ có mặt", 0.625, 1, -0.375, None, None],
    ]
    assert [cell.number_format for cell in book["Tổng hợp"][9][1:4]] == ["0.0%"] * 3
    assert (totals["Cuộc đã tổ chức"], totals["Lượt người đăng ký"], totals["Lượt người dự"], totals["Số người dự"]) == (
        2,
        8,
        5,
        4,
    )
    assert [row[3:9] for row in sheets["Cuộc họp"][1:]] == [
        ["Tập huấn đầu mối quý I", "Tập huấn", "II.1; II.2", None, 5, 3],
        ["Họp báo quý I", "Họp báo", "II.2", None, 3, 2],
    ]
    assert sheets["Cuộc họp"][1][9] == pytest.approx(0.6)
    for column, figure in ((3, "Lượt người đăng ký"), (4, "Lượt người dự")):
        assert sum(row[column] for row in sheets["Theo đơn vị"][1:]) == totals[figure]
    assert sheets["Theo chủ đề"][1:] == [["II.1", "Chủ đề II.1", 1, 3], ["II.2", "Chủ đề II.2", 2, 5]]


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (periods.month(2026, 3), "tháng 3 năm 2026"),
        (periods.quarter(2026, 4), "quý IV năm 2026"),
        (periods.first_half(2026), "6 tháng đầu năm 2026"),
        (periods.second_half(2026), "6 tháng cuối năm 2026"),
        (periods.nine_months(2026), "9 tháng năm 2026"),
        (periods.whole_year(2026), "năm 2026"),
    ],
)
def test_names_of_periods_on_paper(period, name):
    assert period_name(period) == name


def test_a_report_bears_the_names_of_the_day_it_falls_due():
    quarter = periods.quarter(2026, 1)
    assert signing_day(quarter, date(2026, 3, 18)) == date(2026, 3, 18)
    assert signing_day(quarter, date(2026, 12, 1)) == date(2026, 3, 25)
