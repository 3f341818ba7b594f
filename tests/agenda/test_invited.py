"""Somebody who is signed in and was invited by name answers his invitation, whomever the event is for."""

from datetime import timedelta

import pytest

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience
from kstthc_training.invitations import service
from kstthc_training.people.enums import Role
from kstthc_training.registrations.enums import Admission, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration
from tests.invitations.asked import invited, now_of
from tests.registrations.actors import an_organizer
from tests.registrations.seats import a_ruled_event, pools_wrong
from tests.support.factories import make_account, make_organisation, make_person
from tests.support.forms import submit


@pytest.fixture
def person(app):
    return make_person("Lê Mẫu Ái", organisation_id=make_organisation().id, email="ai@mau.example")


@pytest.fixture
def browser(client_for, person):
    return client_for(make_account(Role.MEMBER, person=person))


@pytest.fixture
def event(app):
    """For the press alone, each one to be approved, and registration not open yet."""
    opens_at = clock.now() + timedelta(hours=1)
    fields = {"title": "Họp báo", "audience": Audience.PRESS, "registration_opens_at": opens_at}
    return a_ruled_event(capacity=5, admission=Admission.APPROVAL, fields=fields)


def answer_href(page):
    return page.xpath("//*[@id='dang-ky']//a[contains(@href, '/moi/')]/@href")


def test_the_event_page_leads_to_the_invitation_and_a_yes_is_a_seat(browser, event, person):
    assert answer_href(browser.page(f"/hop/{event.code}")) == []
    (invitation,) = invited(event, people=[person])
    page = browser.page(f"/hop/{event.code}")
    (href,) = answer_href(page)
    assert "Được mời đích danh" in page.text_content()
    assert browser.page("/cua-toi").xpath("//section[@aria-labelledby='duoc-moi']//a/@href")[-1] == href
    assert submit(browser, href, {}, action=f"{href}/nhan").status_code == 303
    db.session.rollback()
    (row,) = db.session.query(Registration).filter_by(event_id=event.id)
    assert (row.state, row.source, pools_wrong(event)) == (RegistrationState.CONFIRMED, RegistrationSource.SELF, [])
    assert now_of(invitation).answered_by_id is not None
    assert answer_href(browser.page(f"/hop/{event.code}")) == []
    assert "Được mời đích danh" not in browser.page("/cua-toi").text_content()


def test_an_invitation_taken_back_leads_nowhere(browser, event, person):
    (invitation,) = invited(event, people=[person])
    with unit_of_work():
        service.revoke(
            actor=an_organizer(), event_id=event.id, invitation_ids=[invitation.id], reason="Đổi thành phần", now=clock.now()
        )
    assert answer_href(browser.page(f"/hop/{event.code}")) == []
    assert "Được mời đích danh" not in browser.page("/cua-toi").text_content()


def test_nobody_is_led_to_the_invitation_of_another(client_for, event, person):
    invited(event, people=[person])
    other = client_for(make_account(Role.MEMBER))
    assert answer_href(other.page(f"/hop/{event.code}")) == []
    assert "Được mời đích danh" not in other.page("/cua-toi").text_content()
