"""Registering oneself where there is something to choose: room or online, and the papers of a journalist."""

import pytest
from lxml import html

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience, EventMode
from kstthc_training.people.models import Person
from kstthc_training.registrations import service
from kstthc_training.registrations.enums import Credential, Place, QuestionKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import PapersWanted
from kstthc_training.registrations.queries import find_registration
from kstthc_training.registrations.queries.limits import Limits
from kstthc_training.registrations.service.questions import QuestionDraft, add_question
from tests.registrations.actors import an_organizer, cancelled, himself
from tests.registrations.seats import a_member, a_ruled_event, entered, pools_wrong
from tests.support.factories import make_account, make_event, make_organisation

PAPERS = {"credential": "press_card", "credential_number": "IBT 01234"}


@pytest.fixture
def journalist(app):
    return make_account(person=a_member(make_organisation(kind="press")))


@pytest.fixture
def browser(client_for, journalist):
    return client_for(journalist)


def asking(**fields):
    return a_ruled_event(fields={"audience": Audience.PRESS, **fields}, asks_credentials=True)


def address(event):
    return f"/hop/{event.code}/dang-ky"


def own(event, account):
    db.session.rollback()
    return find_registration(event_id=event.id, person_id=account.person_id)


def test_where_there_is_one_place_and_no_papers_nothing_is_asked(browser):
    page = browser.page(address(make_event(audience=Audience.PRESS)))
    assert page.xpath("//input[@name='place' or @name='credential']") == []


def test_one_takes_part_where_one_says_and_in_the_room_if_one_does_not(client_for, app):
    event = a_ruled_event(Limits(room=1, online=1), fields={"mode": EventMode.BOTH})
    online, room = make_account(), make_account()
    page = client_for(online).page(address(event))
    assert page.xpath("//input[@name='place' and @checked]/@value") == ["room"]
    client_for(online).post(address(event), data={"place": "online"})
    client_for(room).post(address(event))
    assert (own(event, online).place, own(event, room).place) == (Place.ONLINE, Place.ROOM)
    ticket = client_for(online).page(f"/ve/{own(event, online).ticket_code}")
    assert "Trực tuyến" in ticket.xpath("//main")[0].text_content()
    assert pools_wrong(event) == []


def test_a_place_that_is_none_is_refused(browser, journalist):
    event = make_event(audience=Audience.BOTH, mode=EventMode.BOTH)
    answer = browser.post(address(event), data={"place": "moon"})
    assert answer.status_code == 422
    assert "Hãy chọn một trong những giá trị có sẵn." in answer.text
    assert own(event, journalist) is None


def test_a_journalist_shows_his_papers_and_the_ticket_says_which(browser, journalist):
    event = asking()
    assert browser.post(address(event), data=PAPERS).status_code == 303
    row = own(event, journalist)
    assert (row.credential, row.credential_number) == (Credential.PRESS_CARD, "IBT 01234")
    assert "Thẻ nhà báo số IBT 01234" in browser.page(f"/ve/{row.ticket_code}").text_content()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Hãy chọn thẻ nhà báo hoặc giấy giới thiệu."),
        ({"credential": "press_card", "credential_number": " "}, "Hãy ghi số thẻ hoặc số giấy giới thiệu."),
        ({"credential": "passport", "credential_number": "1"}, "Hãy chọn một trong những giá trị có sẵn."),
    ],
)
def test_without_sound_papers_nobody_is_registered_and_what_was_typed_is_kept(browser, journalist, data, said):
    event = asking()
    answer = browser.post(address(event), data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert own(event, journalist) is None


def test_officials_are_not_asked_and_those_whom_organizers_add_neither(client_for, app):
    event, official = asking(audience=Audience.BOTH), make_account(person=a_member())
    page = client_for(official).page(address(event))
    assert page.xpath("//input[@name='credential']") == []
    assert client_for(official).post(address(event)).status_code == 303
    assert entered(event, a_member(make_organisation(kind="press"))).state is RegistrationState.CONFIRMED


def test_who_showed_them_once_is_not_asked_again_when_he_comes_back(browser, journalist):
    event = asking()
    browser.post(address(event), data=PAPERS)
    cancelled(own(event, journalist), actor=an_organizer())
    assert browser.page(address(event)).xpath("//input[@name='credential']") == []
    assert browser.post(address(event)).status_code == 303
    assert own(event, journalist).credential_number == "IBT 01234"


def test_the_verb_itself_wants_the_papers(journalist, now):
    event, person = asking(), db.session.get_one(Person, journalist.person_id)
    with pytest.raises(PapersWanted), unit_of_work():
        service.register(actor=himself(person), event=event, person=person, source=RegistrationSource.SELF, now=now)
    assert own(event, journalist) is None


def test_all_that_is_wrong_stands_in_one_summary(browser):
    event, draft = asking(), QuestionDraft(QuestionKind.TEXT, "Có mang máy quay không?", is_required=True)
    with unit_of_work():
        add_question(actor=an_organizer(), event_id=event.id, draft=draft, now=clock.now())
    answer = browser.post(address(event), data={"da_hoi": "1"})
    (summary,) = html.fromstring(answer.text).xpath("//*[@role='alert']")
    assert "Cần sửa 3 chỗ trước khi gửi" in summary.text_content()
