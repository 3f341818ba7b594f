"""Somebody who comes and is not even in the directory: added by those who keep it, who are named to others."""

from lxml import html
from sqlalchemy import select

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.db import db
from kstthc_training.people.models import Person
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from tests.attendance.arrivals import NONCE, address, rows, running_event, stored
from tests.support.factories import make_organisation

CONFIRMED, WALK_IN = RegistrationState.CONFIRMED, RegistrationSource.WALK_IN


def new_person(organisation, **fields):
    return {
        "full_name": "Thạch Mẫu Mới", "organisation_id": str(organisation.id), "phone": "0912 345 618",
        "nonce": NONCE, **fields,
    }  # fmt: skip


def test_an_organizer_adds_somebody_new_once(organizer):
    event, organisation = running_event(), make_organisation()
    answers = [organizer.post(address(event), data=new_person(organisation)) for _ in range(2)]
    assert ['data-result="ok"' in answer.text for answer in answers] == [True, True]
    added = db.session.scalars(select(Person).where(Person.full_name == "Thạch Mẫu Mới")).one()
    assert (added.organisation_id, added.phone) == (organisation.id, "0912345618")
    assert stored() == ([(added.id, CONFIRMED, WALK_IN)], [MarkStatus.PRESENT])


def test_somebody_new_needs_a_name_and_a_number_that_is_one(organizer):
    event, organisation = running_event(), make_organisation()
    for wrong in ({"full_name": " "}, {"phone": "12"}, {"organisation_id": "999"}):
        answer = organizer.post(address(event), data=new_person(organisation, **wrong))
        assert answer.status_code == 422
        page = html.document_fromstring(answer.text)
        assert page.xpath("//details[@open]//*[@class='err']") != []
        assert page.xpath("string(//title)").startswith("Lỗi:")
    assert stored() == ([], [])
    assert rows(Person) == 2  # the organizer, and the event's owner


def test_door_staff_are_told_who_adds_somebody_new(door_of):
    event, organisation = running_event(contact_name="Trần Mẫu Hỏi", contact_phone="0900 000 021"), make_organisation()
    door = door_of(event)
    page, people = door.page(address(event)), rows(Person)
    assert page.xpath("//input[@name='full_name']") == []
    assert "Gọi Trần Mẫu Hỏi, 0900 000 021." in page.text_content()
    assert page.xpath("//*[@class='nowrap']/text()") == ["0900 000 021"]
    assert door.post(address(event), data=new_person(organisation)).status_code == 403
    assert (stored(), rows(Person)) == (([], []), people)
