"""Name plates and badges as PDF: everybody who has a seat and nobody else, each with the QR square of his own ticket."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.db import db
from kstthc_training.paper.name_papers import NamedOnPaper, badges
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import RegistrationState
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_registration


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


def pages_of(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf):
    return "\n".join(pages_of(pdf))


def address(event, name):
    return f"/hop/{event.code}/quan-ly/dang-ky/{name}.pdf"


def an_event_with_people():
    event, house = make_event("Tập huấn một cửa"), make_organisation("Sở Nông nghiệp")
    make_registration(event, make_person("Đỗ Mẫu Ân", organisation_id=house.id, title="Văn thư"))
    make_registration(event, make_person("Lê Mẫu Chờ"), state=RegistrationState.WAITING)
    make_registration(event, make_person('Nguyễn #Mẫu "Lạ" \\ $x$'))
    return event


def test_plates_name_those_with_a_seat_on_either_side(browser):
    answer = browser.get(address(an_event_with_people(), "bien-ten"))
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    said = text_of(answer.data)
    assert said.count("ĐỖ MẪU ÂN") >= 1
    assert said.count("Sở Nông nghiệp") >= 1
    assert 'NGUYỄN #MẪU "LẠ" \\ $X$' in said  # names are values, never markup
    assert "CHỜ" not in said
    assert len(pages_of(answer.data)) == 2  # a sheet for each
    assert [
        entry.facts for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registrations.exported"))
    ] == [{"form": "pdf", "rows": 2, "asked": []}]


def test_badges_stand_ten_on_a_sheet_with_the_code_and_the_square_of_the_ticket(browser):
    event = an_event_with_people()
    said = text_of(browser.get(address(event, "the")).data)
    assert "Đỗ Mẫu Ân" in said
    assert "Lê Mẫu Chờ" not in said
    people = [NamedOnPaper(f"Mẫu {n}", "", "", "7K4M 2Q9P", f"secret-{n}") for n in range(11)]
    assert [text.count("7K4M 2Q9P") for text in pages_of(badges(people, title="Họp"))] == [10, 1]
    assert badges(people[:1], title="Họp") != badges([NamedOnPaper("Mẫu 0", "", "", "7K4M 2Q9P", "another")], title="Họp")


def test_the_filters_of_the_list_hold_and_nobody_to_print_is_said(browser):
    event = an_event_with_people()
    assert "ĐỖ MẪU ÂN" not in text_of(browser.get(address(event, "bien-ten") + "?q=la").data)
    assert browser.get(address(event, "the") + "?tt=cho").status_code == 303
    assert "Chưa có ai có chỗ" in browser.page(f"/hop/{event.code}/quan-ly/dang-ky").text_content()


def test_only_organizers_print(client_for, app):
    event = an_event_with_people()
    assert [client_for(make_account()).get(address(event, name)).status_code for name in ("bien-ten", "the")] == [403, 403]
