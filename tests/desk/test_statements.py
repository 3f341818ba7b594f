"""Pages of the desk cost as many statements for fifty rows as for five."""

from datetime import timedelta

import pytest

from kstthc_training.attendance.enums import MarkStatus
from kstthc_training.audit.service import record
from kstthc_training.db import unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.files.store import Kept
from kstthc_training.materials.enums import MaterialAudience
from kstthc_training.materials.service import MaterialDraft, add_material
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import RegistrationState
from tests.attendance.doors import put_mark
from tests.support.factories import (
    make_account,
    make_agenda_item,
    make_event,
    make_organisation,
    make_person,
    make_registration,
    make_venue,
)

FEW, MANY = 5, 50
PAGES = ("", "/dang-ky", "/dang-ky/them?q=mau", "/diem-danh", "/tai-lieu", "/nhat-ky")


@pytest.fixture
def browser(client_for, app):
    return client_for(make_account(Role.ORGANIZER))


def asked(browser, statements, addresses):
    """How many statements each address takes, once everything that is noted once an hour was noted."""
    counts = []
    for address in addresses:
        browser.get(address)
        with statements() as seen:
            assert browser.get(address).status_code == 200
        counts.append(len(seen))
    return dict(zip(addresses, counts, strict=True))


def fill(event, more, first, now):
    """So many more of everything that a workspace lists."""
    organisations = [make_organisation() for _ in range(more)]
    people = [make_person(organisation_id=body.id) for body in organisations]
    for number, person in enumerate(people, start=first):
        state = RegistrationState.WAITING if number % 5 == 0 else RegistrationState.CONFIRMED
        registration = make_registration(event, person, state=state)
        make_agenda_item(event, f"Mục {number}", position=number)
        if state is RegistrationState.CONFIRMED:
            put_mark(event, registration.id, MarkStatus.LATE, now=now)
        with unit_of_work():
            _give_paper(event, number, now)
            record(
                actor=SYSTEM, action="registration.made", subject_type="event", subject_id=event.id, now=now,
                person_id=person.id,
            )  # fmt: skip


def _give_paper(event, number, now):
    said = MaterialDraft(
        title=f"Tài liệu {number}", file_name="a.pdf", media_type="application/pdf",
        audience=MaterialAudience.SIGNED_IN, available_at=None,
    )  # fmt: skip
    add_material(actor=SYSTEM, event=event, kept=Kept(key=f"{number:032x}", size=3, sha256="0" * 64), draft=said, now=now)


def test_the_workspace_of_an_event(browser, now, statements):
    event = make_event(starts_at=now - timedelta(hours=1), sessions=3, venue_id=make_venue().id)
    addresses = [f"/hop/{event.code}/quan-ly{page}" for page in PAGES] + [f"/hop/{event.code}/sua"]
    fill(event, FEW, 1, now)
    few = asked(browser, statements, addresses)
    fill(event, MANY - FEW, FEW + 1, now)
    assert asked(browser, statements, addresses) == few
    assert max(few.values()) <= 19


def test_the_home_of_the_desk(browser, now, statements):
    addresses = ["/dieu-hanh", "/dieu-hanh?trang-thai=du-thao", "/dieu-hanh?trang-thai=da-ket-thuc&q=tap"]

    def schedule(more):
        for _ in range(more):
            coming = make_event(venue_id=make_venue().id, capacity=9)
            make_registration(coming, state=RegistrationState.WAITING)
            make_event(state=EventState.DRAFT)
            make_event(starts_at=now - timedelta(days=4))

    schedule(FEW)
    few = asked(browser, statements, addresses)
    schedule(MANY - FEW)
    assert asked(browser, statements, addresses) == few
    assert max(few.values()) <= 13
