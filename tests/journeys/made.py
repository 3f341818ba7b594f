"""What a journey needs to be there before it begins, put into the running product's database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience
from kstthc_training.events.models import DoorStaff, Event
from kstthc_training.people.models import Account, Person
from tests.journeys.conftest import Product
from tests.support.factories import make_event, make_person, make_registration

NUMBERS = iter(range(900, 9999))


def running_event(product: Product, title: str, *, names: tuple[str, ...], door: str = "", sessions: int = 1) -> str:
    """An event whose first session began five minutes ago, with people registered; answers its number."""

    def make() -> str:
        event = make_event(title, starts_at=clock.now() - timedelta(minutes=5), sessions=sessions, number=next(NUMBERS))
        for name in names:
            make_registration(event, make_person(name))
        if door:
            with unit_of_work() as session:
                session.add(DoorStaff(event_id=event.id, person_id=person_of(door).id))
        return event.code

    return within(product, make)


def open_event(product: Product, title: str, *, capacity: int | None = None, names: tuple[str, ...] = ()) -> str:
    """A released event in three weeks that people register for; answers its number."""

    def make() -> str:
        event = make_event(
            title,
            audience=Audience.BOTH,
            starts_at=clock.now() + timedelta(days=21),
            capacity=capacity,
            number=next(NUMBERS),
        )
        for name in names:
            make_registration(event, make_person(name))
        return event.code

    return within(product, make)


def person_of(login: str) -> Person:
    """The person behind a sample account."""
    return db.session.scalars(select(Person).join(Account).where(Account.login == login)).one()


def event_of(code: str) -> Event:
    """The event with a number."""
    year, _dash, number = code.partition("-")
    return db.session.scalars(select(Event).where(Event.year == int(year), Event.number == int(number))).one()


def within(product: Product, act: Callable[[], Any]) -> Any:
    """Run something against the product's database."""
    with product.app.app_context():
        return act()
