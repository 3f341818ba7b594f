"""What somebody sees of trainings that he, or the people he speaks for, must attend."""

import pytest

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.mandates import service
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Person
from tests.mandates.ordered import ordered
from tests.reports.made import PRESENT, at, hold
from tests.support.factories import make_account, make_event, make_organisation, make_person


@pytest.fixture
def office(app):
    return make_organisation("Sở Nội vụ")


def test_whoever_must_attend_sees_until_when_and_by_which_event(client_for):
    account = make_account()
    person = person_of(account)
    ordered(person, events=(make_event("Lớp đã qua", starts_at=at(2, 3)), make_event("Lớp sắp tới")))
    shown = client_for(account).get("/cua-toi").text
    assert "Kiểm soát thủ tục hành chính" in shown and "hạn 31/03/2026" in shown
    assert "Dự được:" in shown and "Lớp sắp tới" in shown and "Lớp đã qua" not in shown
    assert "Tập huấn bắt buộc" not in client_for(make_account()).get("/cua-toi").text


def test_whoever_did_it_or_is_exempt_sees_by_what(client_for):
    account = make_account()
    person = person_of(account)
    ordered(person, name="Khóa một", events=(hold(at(2, 3), [(person, None, PRESENT)], title="Lớp tháng Ba"),))
    second = ordered(person, name="Khóa hai")
    with unit_of_work():
        service.exempt_people(actor=SYSTEM, mandate_id=second, person_ids=[person.id], document="12/QĐ-SNV", now=clock.now())
    shown = client_for(account).get("/cua-toi").text
    assert "đã dự Lớp tháng Ba, 02/03/2026" in shown and "được miễn theo 12/QĐ-SNV" in shown


def test_a_focal_point_sees_how_many_of_his_own_did_it_and_who_did_not(client_for, office):
    came, left = make_person("Lê An", organisation_id=office.id), make_person("Lê Bình", organisation_id=office.id)
    stranger = make_person("Lê Khách")
    ordered(came, left, stranger, events=(hold(at(2, 3), [(came, office, PRESENT)]), make_event("Lớp sắp tới")))
    browser = client_for(make_account(focal_of=office))
    shown = browser.get("/don-vi").text
    assert "1 trong 2 người đã dự" in shown and "Chưa dự: Lê Bình" in shown and "Lê Khách" not in shown
    other = client_for(make_account(focal_of=make_organisation())).get("/don-vi").text
    assert "Tập huấn bắt buộc" not in other


def test_both_pages_ask_as_often_however_many_trainings(client_for, office, statements):
    account = make_account(focal_of=office)
    person, browser = person_of(account), client_for(account)

    def asked():
        counts = []
        for address in ("/cua-toi", "/don-vi"):
            browser.get(address)
            with statements() as seen:
                browser.get(address)
            counts.append(len(seen))
        return counts

    ordered(person, events=(make_event(),))
    before = asked()
    for number in range(4):
        others = [make_person(organisation_id=office.id) for _ in range(3)]
        ordered(person, *others, name=f"Khóa {number}", events=(make_event(), make_event()))
    assert asked() == before


def person_of(account):
    """The person of an account."""
    return db.session.get_one(Person, account.person_id)
