"""The list of delegates: who stands on it, by body or by rank, to read or to sign; the page and the paper say the same."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.desk.delegates import BY_RANK, Wanted, listed_delegates
from kstthc_training.events.enums import EventMode
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import Circle, Place, RegistrationState
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


def text_of(answer):
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)


def address(event, ending=""):
    return f"/hop/{event.code}/quan-ly/dang-ky/danh-sach{ending}"


def an_event(**fields):
    event = make_event("Tập huấn một cửa", **fields)
    health, finance = make_organisation("Sở Y tế"), make_organisation("Sở Tài chính")
    commune = make_organisation("UBND xã Mẫu", level="commune")
    for name, title, body in (
        ("Trần Mẫu Bình", "Chuyên viên", finance),
        ("Lê Mẫu Ân", "Giám đốc", health),
        ("Đỗ Mẫu Cường", "Phó Giám đốc", finance),
        ("Võ Mẫu Đạt", "Chủ tịch", commune),
        ("Danh Mẫu An", "Chuyên viên", finance),
    ):
        make_registration(event, make_person(name, organisation_id=body.id, title=title))
    make_registration(event, make_person("Thị Mẫu Chờ"), state=RegistrationState.WAITING)
    return event


def names(event, wanted):
    db.session.rollback()
    listed = listed_delegates(event, wanted)
    return [(section.heading, [each.full_name for each in section.people]) for section in listed.officials]


def test_by_body_stand_rank_and_the_last_word_of_the_name(app):
    assert names(an_event(), Wanted()) == [
        ("Sở Tài chính", ["Đỗ Mẫu Cường", "Danh Mẫu An", "Trần Mẫu Bình"]),
        ("Sở Y tế", ["Lê Mẫu Ân"]),
        ("UBND xã Mẫu", ["Võ Mẫu Đạt"]),
    ]


def test_by_rank_stand_bodies_by_level_and_then_names(app):
    (listed,) = names(an_event(), Wanted(order=BY_RANK))
    assert listed == ("", ["Lê Mẫu Ân", "Võ Mẫu Đạt", "Đỗ Mẫu Cường", "Danh Mẫu An", "Trần Mẫu Bình"])


def test_the_page_shows_what_the_paper_prints(browser):
    event = an_event()
    page = browser.page(address(event))
    shown = [cell.text_content() for cell in page.xpath("//td[@class='main']")]
    printed = text_of(browser.get(address(event, ".pdf")))
    assert shown == ["Đỗ Mẫu Cường", "Danh Mẫu An", "Trần Mẫu Bình", "Lê Mẫu Ân", "Võ Mẫu Đạt"]
    assert [name for name in shown if name not in printed] == []
    assert "Sở Tài chính (3 người)" in printed
    assert "Danh sách này có 5 người./." in printed
    assert "Thị Mẫu Chờ" not in printed
    assert browser.get(address(event), headers={"HX-Request": "true", "HX-Target": "danh-sach"}).status_code == 200


def test_those_who_wait_stand_on_it_when_asked_and_say_so(browser):
    event = an_event()
    printed = text_of(browser.get(address(event, ".pdf?ai=tat-ca")))
    assert "Thị Mẫu Chờ" in printed and "Chờ chỗ" in printed
    assert "Danh sách này có 6 người./." in printed


def test_a_list_to_sign_has_room_for_each_half_day_and_for_who_comes_besides(browser):
    printed = text_of(browser.get(address(an_event(sessions=2), ".pdf?ky=1&xep=chuc-vu")))
    for said in ("DANH SÁCH ĐẠI BIỂU KÝ NHẬN", "Ký tên", "Số điện thoại", "Đơn vị công tác", "5 người và 5 dòng trống"):
        assert said in printed


def test_the_press_stands_apart_with_its_papers(browser):
    event = an_event()
    paper = make_organisation("Báo Mẫu", kind="press")
    make_registration(event, make_person("Ngô Mẫu Yến", organisation_id=paper.id, title="Phóng viên"), circle=Circle.PRESS)
    printed = text_of(browser.get(address(event, ".pdf?ky=1")))
    assert "I. ĐẠI BIỂU CÁC CƠ QUAN, ĐƠN VỊ" in printed
    assert "II. PHÓNG VIÊN, BIÊN TẬP VIÊN CÁC CƠ QUAN BÁO CHÍ" in printed
    assert "thẻ nhà" in printed


def test_room_and_online_are_told_apart_where_there_are_both(browser):
    event = make_event(mode=EventMode.BOTH, online_url="https://hop.mau.example/1")
    make_registration(event, make_person("Lê Mẫu Phòng"), place=Place.ROOM)
    make_registration(event, make_person("Lê Mẫu Mạng"), place=Place.ONLINE)
    room, online, both = (
        text_of(browser.get(address(event, f".pdf?{asked}"))) for asked in ("noi=phong", "noi=truc-tuyen", "")
    )
    assert ("Lê Mẫu Phòng" in room, "Lê Mẫu Mạng" in room) == (True, False)
    assert ("Lê Mẫu Phòng" in online, "Lê Mẫu Mạng" in online) == (False, True)
    assert "Trực tuyến" in both


def test_names_are_values_never_markup(browser):
    event = make_event('Họp #sys.inputs "lạ" \\ $x$')
    make_registration(event, make_person('Nguyễn #Mẫu "Lạ" \\ $x$ *đậm*'))
    printed = text_of(browser.get(address(event, ".pdf")))
    assert 'Nguyễn #Mẫu "Lạ" \\ $x$ *đậm*' in " ".join(printed.split())


def test_taking_it_is_recorded_and_nobody_to_print_is_said(browser):
    event, empty = an_event(), make_event()
    browser.get(address(event, ".pdf"))
    facts = [e.facts for e in db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrations.exported"))]
    assert facts == [{"form": "pdf", "rows": 5, "asked": []}]
    assert browser.get(address(empty, ".pdf")).status_code == 303
    assert "Chưa có ai trong danh sách này để in." in browser.page(address(empty)).text_content()


def test_choices_that_cannot_be_are_the_usual(browser):
    assert browser.get(address(an_event(), "?xep=la&ai=la&noi=la&ky=la")).status_code == 200


def test_only_organizers_see_and_take_it(client_for, app):
    event = an_event()
    assert [client_for(make_account()).get(address(event, ending)).status_code for ending in ("", ".pdf")] == [403, 403]


def test_the_page_costs_as_many_statements_whatever_its_size(browser, statements):
    counts = []
    for size in (2, 40):
        event = make_event()
        for _ in range(size):
            make_registration(event, make_person())
        with statements() as seen:
            browser.get(address(event))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_long_event_shares_one_column_to_sign(browser):
    short, long = (text_of(browser.get(address(an_event(sessions=n), ".pdf?ky=1"))) for n in (3, 6))
    assert ("25/03" in short, "25/03" in long) == (True, False)
    assert "Ký tên" in long
