"""Browsers of those who stand at doors, and rivals in processes of their own."""

import pytest

from kstthc_training.db import db, unit_of_work
from kstthc_training.events.models import DoorStaff
from kstthc_training.people.enums import Role
from tests.registrations.rivals import Rivals, product_at
from tests.support import databases
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


@pytest.fixture(scope="module")
def rivals():
    """The processes of a file's races."""
    with Rivals() as started:
        yield started


@pytest.fixture
def place(engine_name, tmp_path, tmp_path_factory):
    """A database of its own: its address, its folder, and the product on it for the test itself."""
    address = databases.fresh_address(engine_name, tmp_path, tmp_path_factory)
    product = product_at(address, tmp_path)
    with product.app_context():
        yield address, tmp_path
        db.session.remove()
        db.engine.dispose()
