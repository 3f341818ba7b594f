"""Lists from Excel as pages: handed in, looked at, taken in whole; wrong files in clear words; nobody else's."""

import io
import zipfile

import openpyxl
import pytest
from lxml import html
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.directory.models import DirectoryImport
from kstthc_training.files.models import StoredFile
from kstthc_training.organisations.models import Organisation
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person
from tests.directory.files import SAMPLE, csv_bytes, xlsx_bytes
from tests.directory.pages import keeper, reader, small_province
from tests.directory.test_index_page import cells, texts
from tests.support.factories import make_account

PEOPLE = "họ tên;chức vụ;đơn vị;điện thoại;email;đầu mối"


@pytest.fixture
def province(now):
    return small_province(now)


@pytest.fixture
def client(client_for, province):
    return keeper(client_for)


def hand_in(client, content, *, name="tep.csv", kind="people"):
    boundary, body = encode_multipart({"kind": kind, "file": FileStorage(io.BytesIO(content), filename=name)})
    return client.post("/danh-ba/nhap", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def kept(client, *lines, heading=PEOPLE, kind="people"):
    """The address of the preview of a list."""
    answer = hand_in(client, csv_bytes(heading, *lines), kind=kind)
    assert answer.status_code == 303, answer.text
    return answer.location


def count(table):
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(table)).one()


def figures(page):
    return texts(page, "//*[@class='fig']/span[2]")


def test_from_the_file_to_the_directory(client):
    address = kept(client, "Danh Mẫu Hương;CC;Báo Mẫu;0900000031;;", "Bùi Mẫu Lệ;Tư pháp;xã Bình An, Kiên Lương;;;")
    page = client.page(address)
    assert figures(page) == ["1", "1", "0", "0", "0"]
    assert texts(page, "//section[@aria-labelledby='cap-nhat']//td[3]") == ["Chức vụ: Văn phòng → Tư pháp"]
    assert texts(page, "//section[@aria-labelledby='them']//td[2]") == ["Danh Mẫu Hương"]
    assert texts(page, "//form[@class='decide']//button") == ["Nhập 2 dòng"]
    assert count(Person) == 2
    answer = client.post(address)
    assert answer.location == "/danh-ba/nguoi"
    assert "Đã nhập: thêm 1, cập nhật 1." in client.get(answer.location).text
    assert count(Person) == 3


def test_the_province_of_2019_by_hand(client_for, app):
    client = keeper(client_for)
    answer = hand_in(client, SAMPLE.read_bytes(), name="don-vi.csv", kind="organisations")
    assert figures(client.page(answer.location)) == ["234", "0", "0", "0"]
    assert client.post(answer.location).location == "/danh-ba"
    assert count(Organisation) == 234
    again = hand_in(client, SAMPLE.read_bytes(), name="don-vi.csv", kind="organisations").location
    page = client.page(again)
    assert figures(page) == ["0", "0", "234", "0"]
    assert "Không có gì để nhập." in texts(page, "//form[@class='decide']")[0]
    assert page.xpath("//form[@class='decide']//button[contains(@class, 'btn--go')]") == []


def test_looking_writes_nothing(client):
    address = kept(client, "Danh Mẫu Hương;;Báo Mẫu;;;")
    before = [count(table) for table in (Person, AuditEntry, DirectoryImport, StoredFile)]
    for _ in range(3):
        client.get(address)
    assert [count(table) for table in (Person, AuditEntry, DirectoryImport, StoredFile)] == before


def test_wrong_lines_are_named_with_value_and_cure_and_nothing_is_taken(client):
    address = kept(client, "Lê Mẫu Tư;;UBND xã Bình An;;;", ";;Báo Mẫu;900 000 52;;", "Danh Mẫu Hương;;Báo Mẫu;;;")
    page = client.page(address)
    assert figures(page)[3] == "2"
    rows = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.xpath("//section[@aria-labelledby='loi']//tbody/tr")
    ]
    assert rows == [
        [
            "2", "Lê Mẫu Tư dòng 2", "đơn vị", "UBND xã Bình An",
            "2 nơi cùng tên: UBND X. Bình An, UBND H. Châu Thành; UBND X. Bình An, UBND H. Kiên Lương. "
            "Ghi thêm tên huyện sau dấu phẩy, hoặc dùng mã.",
        ],
        [
            "3", "(trống) dòng 3", "điện thoại", "900 000 52",
            "Không phải một số điện thoại. Ghi một số, 10 chữ số, bắt đầu bằng 0.",
        ],
        ["3", "(trống) dòng 3", "họ tên", "(trống)", "Ô này trống. Điền Họ và tên cho dòng này."],
    ]  # fmt: skip
    assert page.xpath("//form[@class='decide']//button") == []
    answer = client.post(address)
    assert answer.status_code == 422
    assert "2 nơi cùng tên" in answer.text
    assert count(Person) == 2


def test_wrong_lines_can_be_taken_home(client):
    address = kept(client, "Lê Mẫu Tư;;UBND xã Bình An;;;", "=1+1;;Không Có;;;")
    answer = client.get(f"{address}/loi.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in sheet[1]][:5] == ["Dòng", "Cột", "Vì sao", "Cách sửa", "họ tên"]
    assert [[row[0].value, row[1].value, row[4].value] for row in sheet.iter_rows(min_row=2)] == [
        [2, "đơn vị", "Lê Mẫu Tư"], [3, "đơn vị", "=1+1"],
    ]  # fmt: skip
    assert sheet["E3"].data_type == "s"


def test_columns_are_chosen_without_scripts(client):
    address = kept(client, "Danh Mẫu Hương;Báo Mẫu;ba", heading="người;chỗ;khác")
    page = client.page(address)
    assert [" ".join(t.split()) for t in texts(page, "//section[@aria-labelledby='loi']//td[5]")] == [
        "Chưa biết cột nào là Họ và tên. Chọn cột ấy ở bảng “Cột nào là gì”, hoặc chọn trang khác của tệp.",
        "Chưa biết cột nào là Đơn vị (mã hoặc tên). Chọn cột ấy ở bảng “Cột nào là gì”, hoặc chọn trang khác của tệp.",
    ]
    form = page.get_element_by_id("chon-cot")
    assert (form.get("method"), form.get("action")) == ("get", address)
    assert [select_.get("name") for select_ in form.xpath(".//select")] == ["c0", "c1", "c2"]
    chosen = client.page(f"{address}?c0=full_name&c1=organisation&c2=")
    assert figures(chosen)[0] == "1"
    hidden = {
        field.get("name"): field.get("value") for field in chosen.xpath("//form[@class='decide']//input[@type='hidden']")
    }
    assert {name: value for name, value in hidden.items() if name != "csrf_token"} == {
        "c0": "full_name", "c1": "organisation", "c2": "",
    }  # fmt: skip
    assert client.post(address, data={"c0": "full_name", "c1": "organisation", "c2": ""}).status_code == 303
    assert count(Person) == 3


def test_fragment_is_a_slice_of_the_page(client):
    address = kept(client, "Danh Mẫu Hương;;Báo Mẫu;;;") + "?c0=full_name&c2=organisation"
    part = client.fragment(address, "xem-truoc").text.strip()
    whole = client.page(address).get_element_by_id("xem-truoc")
    assert html.fragment_fromstring(part).get("id") == "xem-truoc"
    assert texts(html.fragment_fromstring(part), ".//h2") == texts(whole, ".//h2")
    assert figures(html.fragment_fromstring(part)) == ["1", "0", "0", "0", "0"]


def test_another_sheet_of_a_workbook(client):
    heading = ["Họ tên", "Đơn vị"]
    workbook = xlsx_bytes(("Bìa", ["Chú thích"], [("không có gì",)]), ("Cấp xã", heading, [("Danh Mẫu Hương", "Báo Mẫu")]))
    address = hand_in(client, workbook.getvalue(), name="đầu mối.xlsx").location
    assert texts(client.page(address), "//a[@class='chip']") == ["Bìa", "Cấp xã"]
    page = client.page(f"{address}?bang=Cấp+xã")
    assert figures(page)[0] == "1"
    assert client.post(address, data={"bang": "Cấp xã"}).status_code == 303
    assert count(Person) == 3


def test_a_sheet_that_is_not_there(client):
    workbook = xlsx_bytes(("A", ["Họ tên", "Đơn vị"], [("Danh Mẫu Hương", "Báo Mẫu")]))
    address = hand_in(client, workbook.getvalue(), name="a.xlsx").location
    for answer in (client.get(f"{address}?bang=B"), client.post(address, data={"bang": "B"})):
        assert answer.status_code == 422
        assert "Tệp không có trang này." in answer.text
    assert client.get(f"{address}/loi.xlsx?bang=B").status_code == 404
    assert count(Person) == 2


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tep.xlsx", lambda: b"PK\x03\x04 broken", "Tệp hỏng, không mở được."),
        ("tep.xlsx", lambda: b"plain text", "Nội dung không phải tệp .xlsx."),
        ("tep.xlsx", bomb, "giải nén ra quá lớn"),
        ("tep.pdf", lambda: b"%PDF-1.7", "Không đọc được loại tệp này."),
        ("tep", lambda: b"a;b", "Không đọc được loại tệp này."),
        ("tep.csv", lambda: b"", "Tệp trống."),
        ("tep.csv", lambda: b"a" * 5_000_001, "Tệp quá lớn, nhiều nhất 5 MB."),
        ("tep.csv", lambda: csv_bytes(PEOPLE, *["A B;;x;;;"] * 5_001), "Tệp có 5001 dòng, mỗi lần nhập nhiều nhất 5000."),
        ("tep.csv", lambda: b"\xff\xfe\x00", ""),
        ("tep.csv", lambda: b"t\xean;don vi\r\nB\xf9i;x", "Chữ ở dòng 1 không đọc được."),
        ("tep.csv", lambda: b'a;b\r\n"A;B', "Tệp hỏng từ dòng 2."),
    ],
)
def test_wrong_files_are_refused_in_clear_words(client, name, content, words):
    answer = hand_in(client, content(), name=name)
    assert answer.status_code == 422
    assert words in answer.text
    assert (count(DirectoryImport), count(StoredFile), count(Person)) == (0, 0, 2)


def test_no_file_at_all(client):
    answer = client.post("/danh-ba/nhap", data={"kind": "people"}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Hãy chọn một tệp." in answer.text
    assert hand_in(client, b"a;b", kind="nothing").status_code == 422


def test_letters_only_when_ticked(client):
    line = "Danh Mẫu Hương;;Báo Mẫu;;huong@mau.example;x"
    page = client.page(kept(client, line))
    assert figures(page)[4] == "1"
    client.post(kept(client, line))
    assert (count(Account), count(Message)) == (1, 0)
    address = kept(client, line)
    page = client.page(f"{address}?gui=1")
    assert texts(page, "//form[@class='decide']//button") == ["Gửi liên kết"]
    assert "Gửi liên kết hoặc trao vai trò cho 1 đầu mối." in texts(page, "//form[@class='decide']")[0]
    assert client.post(address, data={"gui": "1"}).status_code == 303
    assert (count(Account), count(Message)) == (2, 1)


def test_ticked_focal_points_without_an_address_are_named(client):
    address = kept(client, "Danh Mẫu Hương;;Báo Mẫu;;;x")
    assert "chưa có email để nhận liên kết" in client.get(f"{address}?gui=1").text
    assert client.post(address, data={"gui": "1"}).status_code == 422
    assert count(Person) == 2
    assert client.post(address).status_code == 303


def test_the_second_press_is_told_what_the_first_did(client):
    address = kept(client, "Danh Mẫu Hương;;Báo Mẫu;;;")
    client.post(address)
    for press in (client.post, client.get):
        answer = press(address)
        assert answer.status_code == 303
        assert "Tệp này đã nhập lúc 09:00 18/03/2026: thêm 1, cập nhật 0." in client.get(answer.location).text
    assert count(Person) == 3


def test_anothers_file_is_unknown(client, client_for):
    address = kept(client, "Danh Mẫu Hương;;Báo Mẫu;;;")
    other = keeper(client_for)
    assert other.get(address).status_code == 404
    assert other.fragment(address, "xem-truoc").status_code == 404
    assert other.get(f"{address}/loi.xlsx").status_code == 404
    assert other.post(address).status_code == 404
    assert count(Person) == 3
    assert client.get("/danh-ba/nhap/999999").status_code == 404


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_closed_to_those_who_do_not_keep_the_directory(client, client_for, role):
    address = kept(client, "Danh Mẫu Hương;;Báo Mẫu;;;")
    stranger = client_for(make_account(*([role] if role else [])))
    for closed in ("/danh-ba/nhap", "/danh-ba/nhap/mau/nguoi.xlsx", address, f"{address}/loi.xlsx"):
        assert stranger.get(closed).status_code == 403
    assert hand_in(stranger, csv_bytes(PEOPLE, "A B;;x;;;")).status_code == 403
    assert stranger.post(address).status_code == 403
    assert reader(client_for).get("/danh-ba").status_code == 200


@pytest.mark.parametrize(("word", "first"), [("nguoi", "Họ và tên"), ("noi", "Mã")])
def test_empty_files_have_headings_that_are_known(client, word, first):
    answer = client.get(f"/danh-ba/nhap/mau/{word}.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet["A1"].value == first
    kind = {"nguoi": "people", "noi": "organisations"}[word]
    sheet.append(["x"])
    filled = io.BytesIO()
    sheet.parent.save(filled)
    page = client.page(hand_in(client, filled.getvalue(), name="mau.xlsx", kind=kind).location)
    assert "" not in page.xpath("//select[starts-with(@name, 'c')]/option[@selected]/@value")
    assert len(page.xpath("//select[starts-with(@name, 'c')]/option[@selected]")) == sheet.max_column
    assert client.get("/danh-ba/nhap/mau/x.xlsx").status_code == 404


def test_the_same_statements_for_many(client, statements):
    counts = []
    for lines in (1, 120):
        address = kept(client, *(f"Người {n};;Báo Mẫu;;nguoi{n}@x.example;x" for n in range(lines)))
        client.get(f"{address}?gui=1")
        with statements() as seen:
            client.get(f"{address}?gui=1")
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7*7 }}", "%(n)s %d", '" onmouseover="x'])
def test_hostile_cells_are_shown_as_text(client, name):
    quoted = '"' + name.replace('"', '""') + '"'
    page = client.page(kept(client, f"{quoted};;{quoted};;;"))
    assert name in [text.removesuffix(" dòng 2") for text in cells(page, 2)]
    assert f"{name}" in cells(page, 4)


def test_whoever_may_be_on_record_already_is_told_before_he_is_added(client, province):
    known = province.person
    other = f"Danh Mẫu Khác;;{province.press.name};{known.phone};"
    page = client.page(kept(client, f"Lê Mẫu Lạ;;{province.press.name};;", other))
    assert texts(page, "//section[@aria-labelledby='co-the-trung']//td") == [
        "3", "Danh Mẫu Khác Báo Mẫu", "Bùi Mẫu Lệ Văn phòng, UBND X. Bình An: cùng số điện thoại",
    ]  # fmt: skip
    assert page.xpath("//section[@aria-labelledby='co-the-trung']//a/@href") == [f"/danh-ba/nguoi/{known.id}"]
    page = client.page(kept(client, f"Lê Mẫu Lạ;;{province.press.name};;"))
    assert page.xpath("//section[@aria-labelledby='co-the-trung']") == []
