"""One guest at one instant from many windows is one registration, on both engines; reading first is found out."""

import pytest
from sqlalchemy import func, select

from kstthc_training.db import db
from kstthc_training.ids import random_secret
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Person
from kstthc_training.registrations.addresses import guest_link
from kstthc_training.registrations.models import GuestEntry
from tests.registrations.visitors import open_to_guests

pytestmark = pytest.mark.race

SAID = {"full_name": "Trần Mẫu Bình", "organisation": "Báo Mẫu Xa", "email": "binh@bao.example"}
WINDOWS = 8


def count(table, *where):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


def here(event):
    found = guest_link(event.id).rpartition("/")[2]
    db.session.rollback()
    return f"/khach/{found}"


def test_one_page_sent_many_times_at_once_leads_to_one_registration(place, rivals):
    address = here(open_to_guests())
    data = {**SAID, "form_secret": random_secret()}
    answers = rivals.run(*place, [("send", {"address": address, "data": data})] * WINDOWS)
    assert {answer[:12] for answer in answers} == {"303 /ve/thu/"}
    assert (len(set(answers)), count(GuestEntry), count(Message)) == (1, 1, 1)
    assert count(Person, Person.email == SAID["email"]) == 1


def test_one_guest_in_many_windows_is_one_registration_and_only_the_first_is_led_to_it(place, rivals):
    address = here(open_to_guests())
    jobs = [("send", {"address": address, "data": {**SAID, "form_secret": random_secret()}}) for _ in range(WINDOWS)]
    answers = rivals.run(*place, jobs)
    assert sorted(answer[:12] for answer in answers) == ["303 /khach/1"] * (WINDOWS - 1) + ["303 /ve/thu/"]
    assert (count(GuestEntry), count(Message)) == (1, 2)
    assert count(Person, Person.email == SAID["email"]) == 1


def test_windows_that_read_before_they_write_are_found_out(place, rivals):
    event = open_to_guests()
    jobs = [("unguarded send", {"event_id": event.id, "form_secret": random_secret()}) for _ in range(WINDOWS)]
    answers = rivals.run(*place, jobs)
    assert {answer for answer in answers if not answer.startswith("error")} <= {"done"}
    assert count(GuestEntry) > 1
