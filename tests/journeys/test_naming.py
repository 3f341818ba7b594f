"""A focal point names people: five, one of them new, and one changed for another; and by a list from a file."""

import re

import pytest
from playwright.sync_api import Page, expect

from kstthc_training.invitations.addresses import invitation_link
from tests.invitations.asked import invited
from tests.journeys.conftest import Product, Visit
from tests.journeys.made import event_of, open_event, person_of, within
from tests.registrations.test_questions import MEALS, asked
from tests.support.factories import make_organisation, make_person

FOCAL_POINT = "dau-moi@mau.example"
KNOWN = ("Lê Mẫu Ái", "Danh Mẫu Bảo", "Trần Mẫu Cẩm", "Phạm Mẫu Đức", "Thị Mẫu Én")


def invited_body(product: Product, title: str, *, places: int = 6) -> tuple[str, str]:
    """An organisation of five people invited to an event that asks something: the event's number, the path of the link."""
    code = open_event(product, title, capacity=40)

    def make() -> str:
        body = make_organisation("UBND huyện Hành Trình", kind="district", level="district", email="ht@mau.example")
        for name in KNOWN:
            make_person(name, title="Chuyên viên", organisation_id=body.id)
        asked(event_of(code), MEALS)
        (invitation,) = invited(event_of(code), body, places=places)
        return "/moi/" + invitation_link(invitation.id).rpartition("/")[2]

    return code, within(product, make)


def names_on(page: Page) -> list[str]:
    """Whom the page says are named, a substitute with the one whom he replaces."""
    cells = page.locator("section[aria-labelledby='da-cu'] td.main").all_inner_texts()
    return [" ".join(re.split(r"\s+", cell.partition("Còn 1 câu")[0].strip())) for cell in cells]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_focal_point_names_five_with_one_swap(product: Product, visit: Visit, phone: bool) -> None:
    _code, link = invited_body(product, "Tập huấn số hóa hồ sơ")
    page = visit(phone=phone)
    page.goto(link)
    page.get_by_role("link", name="Cử người", exact=True).click()
    for name in KNOWN[:4]:
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_label("Họ và tên người mới 1").fill("Nguyễn Mẫu Giàu")
    page.get_by_label("Chức vụ người mới 1").fill("Công chức Văn phòng")
    page.get_by_role("button", name="Cử người", exact=True).click()
    expect(page.get_by_text("Đã cử 5 người, đều có chỗ.").first).to_be_visible()
    page.goto(f"{link}/cu-nguoi")
    page.get_by_role("link", name=re.compile("Đổi người.*Danh Mẫu Bảo")).click()
    expect(page.get_by_text("Danh Mẫu Bảo")).to_have_count(1)
    page.get_by_role("radio", name=re.compile("Thị Mẫu Én")).check()
    page.get_by_role("button", name="Cử dự thay").click()
    expect(page.get_by_text("Thị Mẫu Én dự thay Danh Mẫu Bảo.").first).to_be_visible()
    assert names_on(page) == [
        "Lê Mẫu Ái", "Trần Mẫu Cẩm", "Phạm Mẫu Đức", "Thị Mẫu Én thay Danh Mẫu Bảo", "Nguyễn Mẫu Giàu",
    ]  # fmt: skip
    page.get_by_role("link", name=re.compile("Còn 1 câu chưa trả lời.*Thị Mẫu Én")).click()
    page.get_by_label("Không", exact=True).check()
    page.get_by_role("button", name="Lưu câu trả lời").click()
    expect(page.get_by_role("link", name=re.compile("Câu trả lời.*Thị Mẫu Én"))).to_be_visible()


def test_a_list_is_mended_by_a_second_file_and_named(product: Product, visit: Visit) -> None:
    code = open_event(product, "Tập huấn theo danh sách")
    body = within(product, lambda: person_of(FOCAL_POINT).organisation_id)
    page = visit(FOCAL_POINT, phone=True)
    page.goto(f"/don-vi/{body}/{code}")
    page.get_by_role("link", name="Cử theo danh sách Excel").click()
    for rows, bad in (("Mai Mẫu Lịch;0900\nMai Mẫu Trình;", 1), ("Mai Mẫu Lịch;0900000991\nMai Mẫu Trình;", 0)):
        content = f"Họ và tên;Điện thoại\n{rows}\n".encode()
        page.get_by_label("Tệp danh sách").set_input_files({"name": "ds.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Xem trước").click()
        expect(page.get_by_role("heading", name=f"{2 - bad} người cử được")).to_be_visible()
        expect(page.get_by_text("Không phải một số điện thoại.")).to_have_count(bad)
    page.get_by_role("button", name="Cử những người đã chọn").click()
    expect(page.get_by_text("Đã cử 2 người, đều có chỗ.").first).to_be_visible()
    assert names_on(page) == ["Mai Mẫu Lịch", "Mai Mẫu Trình"]
