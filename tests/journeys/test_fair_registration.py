"""More apply than there are seats, a list has mistakes, two communes become one: from the first press to the last."""

from playwright.sync_api import expect
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.invitations.models import Invitation
from kstthc_training.organisations.models import Organisation
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.models import AllocationRow, Registration
from tests.journeys.made import event_of, open_event, person_of, within
from tests.support.factories import make_organisation, make_person, make_registration

ORGANIZER, JOURNALIST = "to-chuc@mau.example", "phong-vien@mau.example"
EAST, WEST, NEW = COMMUNES = ("UBND xã Mẫu Đông", "UBND xã Mẫu Tây", "UBND xã Mẫu Mới")
MISTAKEN = (
    "họ tên;đơn vị;email\nLê Mẫu Giờ;Đài Mẫu;gio@mau.example\n;Đài Mẫu;khong-ten@mau.example\nTạ Mẫu Phút;Đài Mẫu;phut@\n"
)
MENDED = "họ tên;đơn vị;email\nLê Mẫu Giờ;Đài Mẫu;gio@mau.example\nTạ Mẫu Phút;Đài Mẫu;phut@mau.example\n"


def test_a_briefing_with_more_applicants_than_seats_is_decided_once_and_can_be_recomputed(product, visit):
    code = open_event(product, "Họp báo đông người", capacity=3)
    page = visit(ORGANIZER)
    page.goto(f"/hop/{code}/quan-ly/dang-ky/cach-nhan")
    page.get_by_role("radio", name="Phân bổ chỗ một lần sau khi hết hạn đăng ký").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**/dang-ky")
    visitor = visit(JOURNALIST, phone=True)
    visitor.goto(f"/hop/{code}/dang-ky")
    visitor.get_by_role("button", name="Đăng ký").last.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Đăng ký đang chờ duyệt")
    within(product, lambda: _apply(code, 5))
    page.goto(f"/hop/{code}/quan-ly/phan-bo")
    page.get_by_role("button", name="Lập phương án").click()
    expect(page.get_by_text("Phân bổ 3 chỗ cho 6 người")).to_be_visible()
    expect(page.get_by_text("Hết chỗ sau người thứ 3")).to_be_visible()
    page.get_by_role("button", name="Rút thăm lại").click()
    page.get_by_role("button", name="Quyết định").click()
    page.get_by_role("dialog").get_by_role("button", name="Quyết định").click()
    expect(page.get_by_text("chạy lại cùng hạt giống ra đúng kết quả này")).to_be_visible()
    states, reasons = within(product, lambda: _decided(code))
    assert sorted(states) == ["confirmed"] * 3 + ["waiting"] * 3
    assert len(reasons) == 6
    assert all(reasons)
    visitor.reload()
    is_seated = within(product, lambda: _state_of(code, JOURNALIST)) is RegistrationState.CONFIRMED
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Đã đăng ký dự họp" if is_seated else "Trong danh sách chờ")


def test_a_list_with_mistakes_is_mended_taken_in_and_taken_back(product, visit):
    within(product, lambda: make_organisation("Đài Mẫu").id)
    code = open_event(product, "Nhập danh sách có lỗi")
    page = visit(ORGANIZER)
    page.goto(f"/hop/{code}/quan-ly/dang-ky")
    page.get_by_role("link", name="Nhập từ Excel").click()
    _upload(page, MISTAKEN)
    expect(page.get_by_text("Chưa nhập được: 2 dòng có lỗi.")).to_be_visible()
    assert within(product, lambda: _names(code)) == []
    page.get_by_role("link", name="Chọn tệp khác").first.click()
    _upload(page, MENDED)
    page.get_by_role("button", name="Nhập người dự").click()
    page.wait_for_url("**/quan-ly/dang-ky")
    expect(page.get_by_role("link", name="Tạ Mẫu Phút")).to_be_visible()
    assert within(product, lambda: _names(code)) == ["Lê Mẫu Giờ", "Tạ Mẫu Phút"]
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("tr", has_text="Tạ Mẫu Phút")).to_contain_text("Đã hủy")
    assert within(product, lambda: _names(code)) == []


def test_two_communes_become_one_and_are_two_again(product, visit):
    code = open_event(product, "Mời hai xã sắp nhập làm một")
    within(product, lambda: _two_communes(event_of(code)))
    page = visit(ORGANIZER)
    page.goto("/danh-ba/sap-nhap/moi")
    for name, side in zip(COMMUNES, ("Là nơi cũ", "Là nơi cũ", "Là nơi mới"), strict=True):
        page.get_by_label("Tìm nơi, không cần dấu").fill(name)
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.get_by_role("button", name=f"{side} {name}").click()
    page.get_by_label("Hiệu lực", exact=False).first.fill(f"{clock.local(clock.now()):%d/%m/%Y}")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Gộp 2 nơi thành 1.")).to_be_visible()
    page.get_by_role("button", name="Thực hiện sáp nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Sáp nhập vào {NEW}")
    assert within(product, lambda: _places(code)) == {NEW: 5}
    assert within(product, lambda: _homes()) == [NEW, NEW]
    page.get_by_role("button", name="Hoàn tác").last.click()
    page.get_by_role("dialog").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("mọi dòng như trước khi sáp nhập").first).to_be_visible()
    assert within(product, lambda: _places(code)) == {EAST: 2, WEST: 3}
    assert within(product, lambda: _homes()) == sorted([EAST, WEST])


def _upload(page, text):
    page.get_by_label("Tệp", exact=False).set_input_files(
        {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Xem trước").click()
    page.wait_for_url("**/danh-ba/nhap/*")


def _apply(code, people):
    for number in range(people):
        make_registration(event_of(code), make_person(f"Phóng Mẫu Viên {number}"), state=RegistrationState.PENDING)


def _decided(code):
    event = event_of(code)
    states = db.session.scalars(select(Registration.state).where(Registration.event_id == event.id)).all()
    rows = select(AllocationRow.rule).join(Registration).where(Registration.event_id == event.id)
    return [str(state) for state in states], db.session.scalars(rows).all()


def _state_of(code, login):
    statement = select(Registration.state).where(Registration.event_id == event_of(code).id)
    return db.session.scalars(statement.where(Registration.person_id == person_of(login).id)).one()


def _names(code):
    statement = select(Person.full_name).join(Registration, Registration.person_id == Person.id)
    living = (Registration.event_id == event_of(code).id, Registration.state != RegistrationState.CANCELLED)
    return db.session.scalars(statement.where(*living).order_by(Person.full_name)).all()


def _two_communes(event):
    """Two communes asked with two and three places, somebody of each, and the one that is to continue them."""
    east, west, _new = (make_organisation(name, kind="commune", level="commune") for name in COMMUNES)
    for body, places in ((east, 2), (west, 3)):
        make_person(f"Người {body.name}", organisation_id=body.id)
        with unit_of_work() as session:
            asked = Invitation(event_id=event.id, organisation_id=body.id, places=places, made_at=clock.now())
            session.add(asked)


def _places(code):
    statement = select(Organisation.name, Invitation.places).join(Invitation, Invitation.organisation_id == Organisation.id)
    standing = (Invitation.event_id == event_of(code).id, Invitation.revoked_at.is_(None))
    return dict(db.session.execute(statement.where(*standing)).all())


def _homes():
    statement = select(Organisation.name).join(Person, Person.organisation_id == Organisation.id)
    return sorted(db.session.scalars(statement.where(Person.full_name.startswith("Người UBND xã Mẫu"))).all())
