"""A request of erasure made by a row that was united with another since: found, answered, refused, taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.audit.words import ERASED
from kstthc_training.db import db, unit_of_work
from kstthc_training.outbox.models import Message
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person
from kstthc_training.privacy.enums import RequestState
from kstthc_training.privacy.errors import AlreadyAsked
from kstthc_training.privacy.models import ErasureRequest
from kstthc_training.privacy.queries import find_open_request
from kstthc_training.privacy.service import requests
from tests.directory.unitings import ADMINISTRATOR, united
from tests.privacy.test_erasing_traces import erased
from tests.registrations.actors import actor_of
from tests.support.factories import make_account, make_person


@pytest.fixture
def kept(app):
    return make_person("Lê Mẫu An", email="an@mau.example")


@pytest.fixture
def account(kept):
    """The account of a row that asked and was united then."""
    other = make_account(person=make_person("Lê Mẫu Ân", email="an-cu@mau.example"))
    with unit_of_work():
        requests.ask(actor=actor_of(other), now=clock.now())
    united(kept, db.session.get_one(Person, other.person_id), actor=ADMINISTRATOR)
    return other


@pytest.fixture
def administers(client_for):
    return client_for(make_account(Role.ADMINISTRATOR))


def state():
    db.session.rollback()
    return db.session.scalars(select(ErasureRequest.state)).one()


def test_the_list_leads_on_to_the_row_that_stays(administers, account, kept):
    closed_id = db.session.scalars(select(ErasureRequest.person_id)).one()
    answer = administers.get(f"/quan-tri/du-lieu/{closed_id}")
    assert (answer.status_code, answer.location) == (303, f"/quan-tri/du-lieu/{kept.id}")
    assert "Từ chối yêu cầu" in administers.get(answer.location).text


def test_erasing_the_row_that_stays_answers_it(account, kept):
    erased(kept)
    assert state() is RequestState.DONE


def test_the_person_has_asked_already_and_may_take_it_back(account, kept):
    himself = replace(actor_of(account), person_id=kept.id)
    assert find_open_request(kept.id) is not None
    with pytest.raises(AlreadyAsked), unit_of_work():
        requests.ask(actor=himself, now=clock.now())
    with unit_of_work():
        requests.withdraw(actor=himself, now=clock.now())
    assert state() is RequestState.WITHDRAWN


def test_a_refusal_goes_to_the_row_that_stays(administers, account, kept):
    request_id = db.session.scalars(select(ErasureRequest.id)).one()
    db.session.rollback()
    sent = administers.post(f"/quan-tri/du-lieu/yeu-cau/{request_id}/tu-choi", data={"reason": ""})
    assert sent.status_code == 422
    administers.post(f"/quan-tri/du-lieu/yeu-cau/{request_id}/tu-choi", data={"reason": "Hồ sơ của Lê Mẫu An phải lưu"})
    key = f"privacy-refused:{request_id}"
    letter = db.session.scalars(select(Message).where(Message.key == key)).one()
    assert (state(), letter.recipient_name) == (RequestState.REFUSED, "Lê Mẫu An")


def test_the_reason_of_an_earlier_refusal_goes_with_the_person(administers, account, kept):
    request_id = db.session.scalars(select(ErasureRequest.id)).one()
    db.session.rollback()
    administers.post(f"/quan-tri/du-lieu/yeu-cau/{request_id}/tu-choi", data={"reason": "Hồ sơ của Lê Mẫu An phải lưu"})
    erased(kept)
    assert db.session.scalars(select(ErasureRequest.reason)).all() == [ERASED]
