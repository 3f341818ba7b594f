"""Nobody who does not keep the directory reads a whole telephone number of somebody else, in pages or in files."""

import pytest
from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.invitations.addresses import invitation_link
from kstthc_training.invitations.models import Invitation
from tests.privacy.kept import EMAIL, NAME
from tests.privacy.walked import PHONES, everywhere, opened, readable
from tests.support.browser import CheckingClient, sign_in


def codes() -> list[str]:
    return [event.code for event in db.session.scalars(select(Event).order_by(Event.id))]


@pytest.mark.parametrize("role", ["member", "door_staff", "focal_point", "leader"])
def test_no_whole_number_is_shown(app, role):
    _event, accounts = everywhere()
    browser = sign_in(CheckingClient(app), accounts[role])
    pages = list(opened(app, browser, codes()))
    asked_for = {f"?q={PHONES[0]}"}  # a page says again what was sought
    shown = [
        (path, phone)
        for _endpoint, path, text in pages
        for phone in PHONES
        if phone in (text.replace(PHONES[0], "") if any(path.endswith(each) for each in asked_for) else text)
    ]
    assert shown == []
    assert len(pages) > 20


@pytest.mark.parametrize("role", ["member", "door_staff"])
def test_no_address_is_shown_to_those_without_a_list(app, role):
    _event, accounts = everywhere()
    browser = sign_in(CheckingClient(app), accounts[role])
    assert [path for _endpoint, path, text in opened(app, browser, codes()) if EMAIL in text] == []


def test_the_link_of_an_invitation_shows_neither(app, client):
    everywhere()
    for invitation_id in db.session.scalars(select(Invitation.id)).all():
        link = invitation_link(invitation_id)
        for path in (link, f"{link}/cu-nguoi"):
            text = readable(client.get("/" + path.split("/", 3)[3]).data)
            assert not [each for each in (*PHONES, EMAIL) if each in text]


def test_the_walk_finds_numbers_where_they_may_be_seen(app):
    """The same walk by whoever keeps the directory meets the number and the name: it looks where they are."""
    _event, accounts = everywhere()
    browser = sign_in(CheckingClient(app), accounts["administrator"])
    pages = [(endpoint, text) for endpoint, path, text in opened(app, browser, codes()) if "0912" not in path]
    with_number = {endpoint for endpoint, text in pages if any(phone in text for phone in PHONES)}
    assert {"directory.people", "directory.person", "desk.registrations_xlsx", "desk.registrations_csv"} <= with_number
    named = {endpoint for endpoint, text in pages if NAME in text}
    assert {"desk.registrations", "desk.roster", "mandates.mandate", "mandates.workbook", "desk.invitations"} <= named
