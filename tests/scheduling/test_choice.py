"""Choosing how one's calendar is told."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kstthc_training.calendars.service import note_use, renew_address
from kstthc_training.db import db, unit_of_work
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Account
from kstthc_training.scheduling.enums import CalendarMail
from kstthc_training.scheduling.models import CalendarChoice
from kstthc_training.scheduling.policy import takes_mail
from kstthc_training.scheduling.queries import choice_of
from tests.support.browser import CheckingClient
from tests.support.factories import make_account

ADDRESS = "/cua-toi/loi-moi-lich"


@pytest.mark.parametrize("chosen", list(CalendarMail))
def test_what_one_chooses_is_kept_and_shown(client_for: Callable[[Account], CheckingClient], chosen: CalendarMail) -> None:
    account = make_account()
    browser = client_for(account)
    answer = browser.post(ADDRESS, data={"calendar_mail": chosen})
    assert (answer.status_code, answer.location) == (303, "/cua-toi/dong-bo#loi-moi-lich")
    db.session.rollback()
    assert choice_of(account.person_id) is chosen
    (box,) = re.findall(r'<input checked id="calendar_mail-\d"[^>]*>', browser.get("/cua-toi/dong-bo").text)
    assert f'value="{chosen}"' in box


@pytest.mark.parametrize("given", [{}, {"calendar_mail": "sometimes"}])
def test_what_is_no_choice_keeps_nothing(client_for: Callable[[Account], CheckingClient], given: dict[str, str]) -> None:
    account = make_account()
    answer = client_for(account).post(ADDRESS, data=given)
    assert (answer.status_code, answer.location) == (303, "/cua-toi/dong-bo#loi-moi-lich")
    assert db.session.get(CalendarChoice, account.person_id) is None


def test_who_is_not_signed_in_chooses_nothing(client: CheckingClient) -> None:
    assert client.post(ADDRESS, data={"calendar_mail": "never"}).status_code in (302, 303, 401)


@pytest.mark.parametrize(
    ("mail", "read_ago", "takes"),
    [
        (CalendarMail.AUTO, None, True),
        (CalendarMail.AUTO, timedelta(days=30), False),
        (CalendarMail.AUTO, timedelta(days=30, microseconds=1), True),
        (CalendarMail.ALWAYS, timedelta(0), True),
        (CalendarMail.NEVER, None, False),
    ],
)
def test_entries_go_to_whoever_wants_them_or_follows_no_feed(
    app: object, now: datetime, mail: CalendarMail, read_ago: timedelta | None, takes: bool
) -> None:
    assert takes_mail(mail, now - read_ago if read_ago is not None else None, now) is takes


def test_a_feed_that_was_read_counts_until_it_has_another_address(app: object, now: datetime) -> None:
    person_id = make_account().person_id
    with unit_of_work():
        note_use(person_id=person_id, program="Thunderbird/140", tag="x", now=now)
    assert db.session.get_one(CalendarChoice, person_id).subscribed_at == now
    with unit_of_work():
        renew_address(actor=SYSTEM, person_id=person_id, now=now)
    db.session.expire_all()
    assert db.session.get_one(CalendarChoice, person_id).subscribed_at is None
