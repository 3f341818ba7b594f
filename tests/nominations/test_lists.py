"""People named by a list from a file: looked at row by row, then named whole or not at all."""

import io
import unicodedata

import openpyxl
import pytest
from lxml import html
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import Registration
from tests.directory.files import xlsx_bytes
from tests.invitations.asked import invited, names_given, standing_of
from tests.nominations.test_link_pages import link
from tests.registrations.seats import a_member, pools_wrong
from tests.support.factories import make_account, make_event, make_organisation

HEADINGS = ("TT", "Họ và tên", "Chức vụ", "Điện thoại", "Email")


@pytest.fixture
def organisation(app):
    return make_organisation("UBND huyện Mẫu")


@pytest.fixture
def browser(client_for, organisation):
    return client_for(make_account(focal_of=organisation))


def address(organisation, event):
    return f"/don-vi/{organisation.id}/{event.code}/danh-sach"


def looked_at(browser, here, *rows, content=None, name="Danh sách.xlsx", headings=HEADINGS, status=200):
    """The page after a file was handed in; rows are without their number."""
    numbered = [(str(number), *row, *[""] * (4 - len(row))) for number, row in enumerate(rows, start=1)]
    file = content or xlsx_bytes(("Người dự", headings, numbered))
    answer = browser.post(here, data={"file": (file, name)}, content_type="multipart/form-data")
    assert answer.status_code == status, answer.text[:1500]
    return html.document_fromstring(answer.text)


def sent(page, *, but=()):
    """What pressing the button sends, without the ticks of those left out."""
    (form,) = page.xpath("//form[@id='danh-sach']")
    values = {each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden' or @checked]")}
    return {name: value for name, value in values.items() if name not in but and name != "csrf_token"}


def said(page):
    return " ".join(page.text_content().split())


def listed(event):
    """Whom the event has, by name."""
    db.session.rollback()
    here = select(Person.full_name).join(Registration).where(Registration.event_id == event.id)
    return sorted(db.session.scalars(here.where(Registration.state != RegistrationState.CANCELLED)))


def people():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Person))


def test_a_list_is_looked_at_and_named_in_one_act(browser, organisation):
    event = make_event("Tập huấn", capacity=9)
    (invitation,) = invited(event, organisation, places=3)
    a_member(organisation, full_name="Lê Mẫu Ái")
    before, here = people(), address(organisation, event)
    assert browser.page(here).xpath("//form[@enctype='multipart/form-data']//input[@type='file']")
    page = looked_at(
        browser, here, ("Lê Mẫu Ái", "Trưởng phòng"), ("Mai Mẫu Mới", "Chuyên viên", "0900 000 999", "m@x.example")
    )
    assert (people(), listed(event)) == (before, [])  # looking writes nothing
    text = said(page)
    assert "2 người cử được" in text and "Có trong danh bạ" in text and "Người mới" in text
    answer = browser.post(here, data=sent(page))
    assert (answer.status_code, answer.headers["Location"]) == (303, here.removesuffix("/danh-sach"))
    assert (listed(event), people()) == (["Lê Mẫu Ái", "Mai Mẫu Mới"], before + 1)
    assert (standing_of(invitation), pools_wrong(event)) == ("named", [])
    assert "Đã cử 2 người, đều có chỗ." in said(browser.page(here))
    again = browser.post(here, data=sent(page))  # the same press once more
    assert (again.status_code, people(), len(listed(event))) == (303, before + 1, 2)


def test_every_row_that_cannot_be_taken_says_why_and_the_good_ones_go_alone(browser, organisation):
    event = make_event("Tập huấn")
    (invitation,) = invited(event, organisation, places=9)
    already = a_member(organisation, full_name="Lê Mẫu Ái")
    names_given(invitation, already)
    for phone in ("0900000001", "0900000002"):
        a_member(organisation, full_name="Thị Mẫu Hai", phone=phone)
    decomposed = unicodedata.normalize("NFD", "Mai Mẫu Mới")
    here = address(organisation, event)
    page = looked_at(
        browser, here,
        ("Mai Mẫu Mới",), (decomposed, "Chuyên viên"), ("", "Phó phòng"), ("Trần Mẫu Số", "", "15/03/2024"),
        ("Trần Mẫu Thư", "", "", "thu@"), ("Lê Mẫu Ái",), ("Thị Mẫu Hai",), ("Thị Mẫu Hai", "", "900000002"), ("Ô" * 151,),
    )  # fmt: skip
    reasons = [" ".join(cell.text_content().split()) for cell in page.xpath("//table//td[contains(@class, 'c-bad')]")]
    assert reasons == [
        "Cùng người với dòng 2; chỉ cử một lần.",
        "Ô họ và tên trống; nếu là ô gộp thì tách ra rồi điền từng dòng.",
        "Không phải một số điện thoại. Ghi một số, 10 chữ số, bắt đầu bằng 0.",
        "Không phải một địa chỉ email. Ghi như ten@donvi.gov.vn.",
        "Đã có tên trong danh sách dự.",
        "Danh bạ có 2 người tên này: ghi điện thoại hoặc email để biết là ai.",
        "Họ tên hoặc chức vụ dài quá. Rút ngắn lại.",
    ]
    assert browser.post(here, data=sent(page)).status_code == 303
    assert listed(event) == ["Lê Mẫu Ái", "Mai Mẫu Mới", "Thị Mẫu Hai"]


def test_more_than_the_places_are_ticked_up_to_them_and_all_is_named_or_nothing(browser, organisation):
    event = make_event("Tập huấn")
    invited(event, organisation, places=2)
    before, here = people(), address(organisation, event)
    page = looked_at(browser, here, ("Mai Mẫu Một",), ("Mai Mẫu Hai",), ("Mai Mẫu Ba",))
    assert "Danh sách có 3 người cử được, đơn vị còn 2 chỗ. Đã chọn 2 người đầu; đổi nếu cần." in said(page)
    assert [name for name in sent(page) if name.endswith("chon")] == ["rows-0-chon", "rows-1-chon"]
    refused = browser.post(here, data={**sent(page), "rows-2-chon": "y"})
    assert (refused.status_code, listed(event), people()) == (422, [], before)
    assert len(html.document_fromstring(refused.text).xpath("//input[@type='checkbox' and @checked and @name]")) == 3  # kept
    assert browser.post(here, data=sent(page, but=("rows-0-chon",))).status_code == 303
    assert listed(event) == ["Mai Mẫu Hai"]
    assert browser.post(here, data={}).status_code == 422  # nobody ticked


def merged_workbook():
    """As offices make them: a title over merged cells, names after, a first sheet that is no list."""
    book = openpyxl.Workbook()
    book.active.title = "Bìa"
    book.active["A1"] = "Công văn số 12"
    sheet = book.create_sheet("Danh sách")
    sheet["A1"] = "DANH SÁCH CỬ DỰ TẬP HUẤN"
    sheet.merge_cells("A1:C1")
    for row, cells in enumerate(
        (("TT", "Họ tên", "Chức danh"), (1, "Mai Mẫu Một", "Phó phòng"), (2, "Mai Mẫu Hai", None)), start=2
    ):
        for column, cell in enumerate(cells, start=1):
            sheet.cell(row=row, column=column, value=cell)
    sheet.merge_cells("C3:C4")
    kept = io.BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


def test_the_sheet_with_names_is_found_whatever_stands_over_it(browser, organisation):
    event = make_event("Tập huấn")
    invited(event, organisation, places=5)
    here = address(organisation, event)
    page = looked_at(browser, here, content=merged_workbook())
    assert browser.post(here, data=sent(page)).status_code == 303
    assert listed(event) == ["Mai Mẫu Hai", "Mai Mẫu Một"]


def test_a_name_is_never_taken_for_a_heading(browser, organisation):
    event = make_event("Tập huấn")
    invited(event, organisation, places=9)
    here = address(organisation, event)
    names = ["Danh Mẫu Tên", "Lê Mẫu Anh Thư", "Mai", "Thư"]
    page = looked_at(browser, here, content=io.BytesIO("\n".join(["Họ tên", *names]).encode()), name="Tên.csv")
    assert browser.post(here, data=sent(page)).status_code == 303
    assert listed(event) == names


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        (lambda: xlsx_bytes(("Kinh phí", ("Khoản", "Tiền"), (("Ăn trưa", "100"),))), "a.xlsx", "Không thấy cột “Họ và tên”"),
        (lambda: io.BytesIO(b"%PDF-1.7"), "a.pdf", "Không đọc được loại tệp này"),
        (lambda: io.BytesIO(b"%PDF-1.7"), "a.xlsx", "Nội dung không phải tệp .xlsx"),
        (lambda: io.BytesIO(b""), "a.csv", "Tệp trống"),
        (lambda: io.BytesIO(b""), "", "Hãy chọn một tệp"),
        (lambda: io.BytesIO("Họ tên;Chức vụ\n".encode() + b"Mai;x\n" * 101), "a.csv", "nhiều nhất 100 người"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do_and_saves_nothing(browser, organisation, file, name, words):
    event = make_event("Tập huấn")
    invited(event, organisation, places=5)
    before = people()
    page = looked_at(browser, address(organisation, event), content=file(), name=name, status=422)
    assert words in said(page)
    assert (people(), listed(event)) == (before, [])


def test_a_list_by_the_link_of_an_invitation_and_none_after_it_is_dead(client, organisation, now):
    event = make_event("Tập huấn")
    (invitation,) = invited(event, organisation, places=5)
    here = f"{link(invitation)}/danh-sach"
    page = looked_at(client, here, ("Mai Mẫu Một", "Phó phòng"))
    assert client.post(here, data=sent(page)).status_code == 303
    assert listed(event) == ["Mai Mẫu Một"]
    foreign = a_member(make_organisation())
    stolen = {"rows-0-full_name": "X", "rows-0-person_id": str(foreign.id), "rows-0-chon": "y"}
    assert client.post(here, data=stolen).status_code == 404
    assert client.get(f"/moi/{'a' * 40}/danh-sach").status_code == 404
    assert listed(event) == ["Mai Mẫu Một"]


def test_strangers_see_no_list_and_the_template_is_read_back(browser, client_for, organisation):
    event = make_event("Tập huấn")
    invited(event, organisation, places=5)
    here = address(organisation, event)
    assert client_for(make_account()).get(here).status_code == 403
    assert client_for(make_account(focal_of=make_organisation())).post(here).status_code == 404
    template = browser.get("/cu-nguoi/mau.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(template))
    book.active.append(["Mai Mẫu Một", "Phó phòng", "0900000999", "m@x.example"])
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    assert "1 người cử được" in said(looked_at(browser, here, content=filled))
