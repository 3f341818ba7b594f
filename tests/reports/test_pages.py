"""The page of figures, the rows it opens, and days chosen freely."""

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account
from kstthc_training.reports.lists import Figure
from tests.attendance.doors import close
from tests.reports.made import ABSENT, PRESENT, at, hold, make_plan, make_quarter
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration

QUARTER = "/bao-cao/2026/quy-1"
FREE = "/bao-cao/tu-chon?tu=15/12/2025&den=14/3/2026"


@pytest.fixture
def leader(app, client_for):
    return client_for(make_account(Role.LEADER))


def words(element):
    return " ".join(element.text_content().split())


def figs(page):
    return [words(fig) for fig in page.xpath("//*[contains(@class, 'figs')]/a")]


def test_reports_open_at_the_last_closed_quarter(leader):
    answer = leader.get("/bao-cao")
    assert (answer.status_code, answer.location) == (303, "/bao-cao/2026/quy-1")


@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ("nam=2025&ky=nam", "/bao-cao/2025/nam"),
        ("nam=2025&ky=thang-12", "/bao-cao/2025/thang-12"),
        ("nam=2025&ky=tu-chon", "/bao-cao/tu-chon"),
        ("nam=2025&ky=quy-7", "/bao-cao/2026/quy-1"),
        ("nam=1&ky=nam", "/bao-cao/2026/quy-1"),
    ],
)
def test_choosing_leads_to_the_period(leader, chosen, address):
    assert leader.get(f"/bao-cao?{chosen}").location == address


def test_page_of_a_quarter(leader):
    make_quarter()
    page = leader.page(QUARTER)
    assert words(page.xpath("//h1")[0]) == "Báo cáo quý I/2026"
    assert words(page.xpath("//h1/following-sibling::p")[0]) == (
        "Số liệu từ 15/12/2025 đến hết 14/03/2026 · 2 cuộc đã chốt, 2 cuộc chưa chốt · cập nhật 09:00 18/03/2026"
    )
    assert [words(link) for link in page.xpath("//*[contains(@class, 'note--warn')]//a")] == [
        "Mở lại, 01/02",
        "Chưa chốt, 10/03",
    ]
    assert figs(page) == [
        "Cuộc đã tổ chức2↑ 1 so với quý IV/2025",
        "Lượt người dự5↑ 4",
        "Tỷ lệ có mặt62,5 %↓ 37,5 điểm",
        "Số người dự4↑ 3",
        "Cơ quan báo chí dự1↑ 1",
        "Cơ quan, đơn vị có người dự2 trên 5↑ 1",
        "Tài liệu đã phát hành2↑ 2",
        "Chủ đề đã triển khai2↑ 2",
    ]
    rows = page.xpath("//section[.//h2='Danh sách cuộc họp trong kỳ']//tbody/tr")
    assert [[words(cell) for cell in row] for row in rows] == [
        ["15/12", "Tập huấn đầu mối quý I", "Tập huấn", "5", "3", "60,0%"],
        ["13/03", "Họp báo quý I", "Họp báo", "3", "2", "66,7%"],
    ]
    assert [words(cell) for cell in page.xpath("//tfoot/tr/*")] == ["Cả kỳ, 2 cuộc", "8", "5", "62,5%"]


def test_prose_is_made_of_figures_that_are_links(leader):
    make_quarter()
    page = leader.page(QUARTER)
    prose = page.xpath("//*[contains(@class, 'prose')]")[0]
    assert [words(paragraph) for paragraph in prose.xpath("./p")] == [
        "Trong quý I/2026 (số liệu từ ngày 15/12/2025 đến hết ngày 14/03/2026), Văn phòng Ủy ban nhân dân tỉnh đã tổ chức "
        "02 cuộc, gồm: 01 lớp tập huấn, 01 cuộc họp báo.",
        "Có 05 lượt người tham dự trên 08 lượt người đăng ký (đạt 62,5%), trong đó có 01 lượt phóng viên, biên tập viên của "
        "01 cơ quan báo chí và 04 lượt cán bộ, công chức, viên chức của 01 cơ quan, đơn vị. Số người tham dự là 04 người.",
        "Kế hoạch năm có 03 cuộc đến hạn trong kỳ; trong số cuộc đã tổ chức có 01 cuộc thuộc kế hoạch.",
        "Đã phát hành 02 tài liệu.",
        "Nội dung tập trung vào: Chủ đề II.2; Chủ đề II.1.",
        "Còn 02 cuộc đã diễn ra nhưng chưa chốt điểm danh nên chưa tính vào số liệu.",
        "Số cuộc thuộc kế hoạch đã tổ chức ít hơn số đến hạn trong kỳ 02 cuộc.",
        "Còn 02 cơ quan, đơn vị đã đăng ký nhưng không có người dự.",
        "Có 01 cơ quan, đơn vị chưa cử người dự cuộc nào trong kỳ.",
    ]
    for link in prose.xpath(".//a"):
        assert link.get("class") == "cite"
        opened = leader.page(link.get("href"))
        number = words(link).split()[0]
        if number.isdigit() and "/bao-cao/" in link.get("href"):
            assert words(opened.xpath("//h1")[0]).endswith(f": {int(number)}")


def test_names_are_escaped_in_prose(leader):
    event = make_event("A & <b>B</b>", starts_at=at(10, 2))
    close(event)
    body = leader.get(QUARTER).text
    assert "<b>B</b>" not in body
    assert "A &amp; &lt;b&gt;B&lt;/b&gt;" in body


@pytest.mark.parametrize("figure", list(Figure))
def test_every_figure_opens_a_page_of_rows(leader, figure):
    make_quarter()
    for address in (f"{QUARTER}/{figure}", f"/bao-cao/tu-chon/{figure}?tu=15/12/2025&den=14/3/2026"):
        page = leader.page(address)
        rows = page.xpath("//table/tbody/tr")
        assert words(page.xpath("//h1")[0]).rpartition(": ")[2] == str(len(rows))
        assert len(rows) > 0


@pytest.mark.parametrize("figure", list(Figure))
def test_who_reads_names_of_people_is_noted(app, client_for, figure):
    make_quarter()
    account = make_account(Role.LEADER)
    leader = client_for(account)
    for address in (f"{QUARTER}/{figure}", f"{QUARTER}/{figure}?trang=2", f"/bao-cao/2026/nam/{figure}"):
        leader.page(address)
    names_people = figure in (
        Figure.EXPECTED, Figure.ATTENDED, Figure.PRESS_ATTENDED, Figure.OTHERS_ATTENDED, Figure.ABSENT, Figure.PERSONS,
    )  # fmt: skip
    read = db.session.execute(
        select(AuditEntry.account_id, AuditEntry.subject_type).where(AuditEntry.action == "people.read")
    )
    assert [tuple(row) for row in read] == [(account.id, "report")] * names_people


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bao-cao/2026/quy-5/so-nguoi", 404),
        ("/bao-cao/2026/quy-1/khong-co", 404),
        ("/bao-cao/tu-chon/so-nguoi?tu=x&den=y", 422),
    ],
)
def test_an_address_of_nothing_is_no_reading(leader, address, status):
    assert leader.get(address).status_code == status
    assert db.session.scalars(select(AuditEntry.id).where(AuditEntry.action == "people.read")).all() == []


def test_rows_are_paged_and_keep_what_they_are_narrowed_to(leader):
    event = make_event(starts_at=at(10, 2))
    body = make_organisation(kind="commune", level="commune")
    for _ in range(101):
        make_registration(event, organisation_id=body.id)
    close(event)
    page = leader.page(f"{QUARTER}/dang-ky?nhom=commune")
    assert words(page.xpath("//nav[@class='pager']/span")[0]) == "1–100 trong 101"
    following = page.xpath("//nav[@class='pager']//a[@rel='next']/@href")
    assert following == [f"{QUARTER}/dang-ky?nhom=commune&trang=2"]
    second = leader.page(following[0])
    assert len(second.xpath("//tbody/tr")) == 1
    assert second.xpath("//nav[@class='pager']//a/@rel") == ["prev"]


def comparison(page):
    table = page.xpath("//section[@aria-labelledby='so-sanh']//table")[0]
    return [[words(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]


def test_figures_are_set_beside_the_period_before_and_the_same_one_last_year(leader):
    make_quarter()
    hold(at(15, 2, 2025), [(make_person(), make_organisation(), mark) for mark in (PRESENT, ABSENT)])
    hold(at(16, 2, 2025))
    page = leader.page(QUARTER)
    assert comparison(page) == [
        ["Chỉ tiêu", "Kỳ này", "So với quý IV/2025", "So với quý I/2025"],
        ["Cuộc đã tổ chức", "2", "↑ 1 từ 1", "không đổi từ 2"],
        ["Lượt người đăng ký", "8", "↑ 7 từ 1", "↑ 6 từ 2"],
        ["Lượt người dự", "5", "↑ 4 từ 1", "↑ 4 từ 1"],
        ["Tỷ lệ có mặt", "62,5%", "↓ 37,5 điểm từ 100,0%", "↑ 12,5 điểm từ 50,0%"],
        ["Số người dự", "4", "↑ 3 từ 1", "↑ 3 từ 1"],
        ["Cơ quan, đơn vị có người dự", "2", "↑ 1 từ 1", "↑ 1 từ 1"],
        ["Cơ quan báo chí dự", "1", "↑ 1 từ 0", "↑ 1 từ 0"],
        ["Tài liệu đã phát hành", "2", "↑ 2 từ 0", "↑ 2 từ 0"],
        ["Chủ đề đã triển khai", "2", "↑ 2 từ 0", "↑ 2 từ 0"],
    ]


def test_every_compared_number_opens_its_rows(leader):
    make_quarter()
    hold(at(15, 2, 2025), [(make_person(), make_organisation(), PRESENT)])
    for row in leader.page(QUARTER).xpath("//section[@aria-labelledby='so-sanh']//tbody/tr"):
        for link in row.xpath(".//a"):
            opened = words(leader.page(link.get("href")).xpath("//h1")[0])
            if "%" not in words(link) and "–" not in words(link):
                assert opened.endswith(f": {words(link).removeprefix('từ ')}")


def test_a_share_of_nothing_is_compared_with_nothing(leader):
    make_quarter()
    share = comparison(leader.page(QUARTER))[4]
    assert share == ["Tỷ lệ có mặt", "62,5%", "↓ 37,5 điểm từ 100,0%", "– từ –"]


def test_a_period_that_comes_once_a_year_is_compared_once(leader):
    page = leader.page("/bao-cao/2026/nam")
    assert comparison(page)[0] == ["Chỉ tiêu", "Kỳ này", "So với năm 2025"]
    assert words(page.xpath("//*[@id='so-sanh']")[0]) == "So với cùng kỳ năm trước"


def test_days_chosen_freely_show_what_the_period_shows(leader):
    make_quarter()
    free = leader.page(FREE)
    assert words(free.xpath("//h1")[0]) == "Báo cáo từ 15/12/2025 đến 14/03/2026"
    assert [fig.split("↑")[0].split("↓")[0] for fig in figs(free)] == [
        fig.split("↑")[0].split("↓")[0] for fig in figs(leader.page(QUARTER))
    ]


def test_days_chosen_stay_in_their_fields_to_be_changed(leader):
    page = leader.page(FREE)
    assert page.xpath("//form[@action='/bao-cao/tu-chon']//input[@type='text']/@value") == ["15/12/2025", "14/3/2026"]
    assert leader.page(QUARTER).xpath("//form[@action='/bao-cao/tu-chon']") == []


def test_a_running_period_is_not_behind_before_its_months_are_over(client_for, leader):
    make_plan(items=[("1", "Hội nghị", 4, 5)])
    said = words(leader.page("/bao-cao/2026/quy-2").xpath("//*[contains(@class, 'prose')]")[0])
    assert "ít hơn số đến hạn" not in said
    with clock.frozen(at(15, 4)):
        said = words(
            client_for(make_account(Role.LEADER)).page("/bao-cao/2026/quy-2").xpath("//*[contains(@class, 'prose')]")[0]
        )
    assert "Số cuộc thuộc kế hoạch đã tổ chức ít hơn số đến hạn trong kỳ 05 cuộc." in said


def test_days_are_asked_for_before_there_are_any(leader):
    page = leader.page("/bao-cao/tu-chon")
    assert page.xpath("//form[@action='/bao-cao/tu-chon']//input/@name") == ["tu", "den"]
    assert page.xpath("//*[@role='alert']") == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("tu=32/1/2026&den=14/3/2026", "Ngày không đọc được. Hãy gõ như 05/03/2026."),
        ("tu=15/1/2026&den=", "Hãy gõ ngày cuối, như 14/09/2026."),
        ("den=14/3/2026", "Hãy gõ ngày đầu, như 15/06/2026."),
        ("tu=15/3/2026&den=14/3/2026", "Ngày cuối phải từ ngày đầu trở đi, cách nhiều nhất năm năm."),
        ("tu=15/3/2016&den=14/3/2026", "Ngày cuối phải từ ngày đầu trở đi, cách nhiều nhất năm năm."),
    ],
)
@pytest.mark.parametrize(
    "address", ["/bao-cao/tu-chon", "/bao-cao/tu-chon/cuoc", "/bao-cao/tu-chon.docx", "/bao-cao/tu-chon.xlsx"]
)
def test_wrong_days_are_refused_with_words_twice(leader, address, typed, message):
    page = leader.page(f"{address}?{typed}", status=422)
    assert message in [words(line) for line in page.xpath("//*[@role='alert']//li")]
    field = page.xpath("//form//input[@aria-invalid='true']")[0]
    assert words(page.get_element_by_id(field.get("aria-describedby"))) == f"Lỗi: {message}"


@pytest.mark.parametrize(
    "address",
    [
        "/bao-cao/2026/quy-5",
        "/bao-cao/2026/tu-chon",
        "/bao-cao/1999/nam",
        "/bao-cao/2026/quy-1/khong-co",
        "/bao-cao/2026/thang-13.docx",
        "/bao-cao/2026/thang-13.xlsx",
        "/bao-cao/2026/thang-13/cuoc",
        "/bao-cao/tu-chon/khong-co",
    ],
)
def test_addresses_of_nothing(leader, address):
    assert leader.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/bao-cao", QUARTER, f"{QUARTER}.docx", f"{QUARTER}.xlsx", f"{QUARTER}/cuoc", FREE, "/ke-hoach", "/ke-hoach/2026"],
)
def test_reports_are_for_organizers_leaders_and_administrators(app, client, client_for, address):
    make_quarter()
    assert client.get(address).status_code == 303
    focal_point = make_account(focal_of=make_organisation())
    for stranger in (make_account(), focal_point):
        assert client_for(stranger).get(address).status_code == 403
    for role in (Role.ORGANIZER, Role.LEADER, Role.ADMINISTRATOR):
        assert client_for(make_account(role)).get(address).status_code in (200, 303)


def test_page_in_english(app, client_for):
    make_quarter()
    account = make_account(Role.LEADER)
    with unit_of_work() as session:
        session.get_one(Account, account.id).locale = "en"
    page = client_for(account).page(QUARTER)
    assert page.get("lang") == "en"
    assert figs(page)[2].find("62.5 %") > 0
    assert [words(kind) for kind in page.xpath("//tbody//span[contains(@class, 'type')]")] == [
        "Training",
        "Press conference",
    ]


def test_page_sends_as_many_statements_however_much_was_held(leader, statements):
    make_quarter()
    leader.get(QUARTER)
    with statements() as few:
        leader.get(QUARTER)
    for day in range(1, 6):
        hold(at(day, 2), [(make_person(), make_organisation(), PRESENT)])
    leader.get(QUARTER)
    with statements() as many:
        leader.get(QUARTER)
    assert len(few) == len(many)
