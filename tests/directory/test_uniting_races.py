"""Several keepers at one instant: rows are united once, nobody is registered by a closed row, and pools stay true."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.directory.models import DirectoryAct
from kstthc_training.directory.service import unitings
from kstthc_training.events.models import Event
from kstthc_training.people.models import Person
from kstthc_training.refusals import Refusal
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.registrations.models import Registration
from tests.directory.mergers import pools_hold
from tests.directory.unitings import KEEPER, parted, united, uniting_of
from tests.registrations.rivals import product_at
from tests.support import databases
from tests.support.factories import make_event, make_organisation, make_person, make_registration

pytestmark = pytest.mark.race
ROUNDS = 5


@pytest.fixture
def product(engine_name, tmp_path, tmp_path_factory):
    """The product on a database of its own."""
    product = product_at(databases.fresh_address(engine_name, tmp_path, tmp_path_factory), tmp_path)
    with product.app_context():
        yield product
        db.session.remove()
        db.engine.dispose()


def at_once(product, *acts):
    """What each act came to, all begun at one instant: the name of a refusal, or nothing."""
    start = threading.Barrier(len(acts))

    def run(act):
        with product.app_context():
            db.session.execute(select(Person.id).limit(1))  # connected before the start
            db.session.rollback()
            start.wait(timeout=30)
            try:
                with unit_of_work():
                    act()
            except Refusal as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()
        return ""

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as crowd:
        return Counter(crowd.map(run, acts))


def unite(kept, *others):
    return lambda: unitings.unite(actor=KEEPER, uniting=uniting_of(kept, *others), now=clock.now())


def a_pair():
    here = make_organisation()
    pair = [make_person("Lê Mẫu An", organisation_id=here.id) for _ in range(2)]
    event = make_event(capacity=9)
    for each in pair:
        make_registration(event, each)
    return pair, event


def test_two_keepers_at_once_unite_the_same_rows_once(product):
    for _ in range(ROUNDS):
        (one, other), _event = a_pair()
        done = at_once(product, unite(one, other), unite(other, one), unite(one, other), unite(other, one))
        assert done == {"": 1, "AlreadyUnited": 3}
        assert pools_hold()
    assert len(db.session.scalars(select(DirectoryAct)).all()) == ROUNDS


def test_an_act_is_undone_once(product):
    (one, other), _event = a_pair()
    act_id = united(one, other)

    def undo():
        unitings.undo(actor=KEEPER, act_id=act_id, now=clock.now())

    assert at_once(product, undo, undo, undo) == {"": 1, "AlreadyUndone": 2}
    assert pools_hold()


def test_whoever_is_registered_while_rows_are_united_is_registered_by_the_open_row(product):
    for _ in range(ROUNDS):
        (one, other), _event = a_pair()
        elsewhere = make_event(capacity=9)

        def register(other=other, elsewhere=elsewhere):
            event, person = db.session.get_one(Event, elsewhere.id), db.session.get_one(Person, other.id)
            source = RegistrationSource.ORGANIZER
            registrations.register(actor=KEEPER, event=event, person=person, source=source, now=clock.now())

        done = at_once(product, unite(one, other), register)
        assert set(done) <= {"", "Unknown", "RowChanged"}
        db.session.rollback()
        closed = db.session.scalars(select(Person.id).where(Person.merged_into_id.is_not(None))).all()
        left = select(Registration.id).where(Registration.person_id.in_(closed), Registration.merged_into_id.is_(None))
        assert db.session.scalars(left).all() == []
        assert pools_hold()


def test_what_two_acts_did_is_undone_one_after_the_other(product):
    people = [make_person("Lê Mẫu An") for _ in range(3)]
    first = united(people[0], people[1])
    second = united(people[0], people[2])
    parted(first)
    parted(second)
    assert {person.merged_into_id for person in db.session.scalars(select(Person))} == {None}
