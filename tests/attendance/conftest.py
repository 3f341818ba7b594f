"""Browsers of those who stand at doors."""

import pytest

from kstthc_training.db import unit_of_work
from kstthc_training.events.models import DoorStaff
from kstthc_training.people.enums import Role
from tests.support.factories import make_account


@pytest.fixture
def organizer(client_for):
    """The browser of somebody who runs events."""
    return client_for(make_account(Role.ORGANIZER))


@pytest.fixture
def door_of(client_for):
    """Opens the browser of somebody new put at the door of an event, and allowed nothing else."""

    def open_door(event):
        account = make_account()
        with unit_of_work() as session:
            session.add(DoorStaff(event_id=event.id, person_id=account.person_id))
        return client_for(account)

    return open_door
