"""Rows for tests: each factory sets only what is required, commits, and lets the test say what it is about."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import AgendaItem, Event, EventKind, Session, Venue
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.registrations.enums import PoolKind, RegistrationSource, RegistrationState
from kstthc_training.registrations.models import Registration, SeatPool
from kstthc_training.text import name_sort_key, search_text, sort_key

T = TypeVar("T")
_count = itertools.count(1)


@contextmanager
def rows() -> Iterator[OrmSession]:
    """The unit of work in which a test makes its rows: the one it is in already, or one of their own."""
    session = db.session()
    if session.info.get("in_unit_of_work"):
        yield session
        session.flush()
    else:
        with unit_of_work():
            yield session


def make_organisation(name: str = "", *, kind: str = "department", level: str = "province", **fields: Any) -> Organisation:
    """An organisation, by default a department of the province."""
    name = name or f"Sở Mẫu {next(_count)}"
    with rows() as session:
        kind_id = session.scalars(select(OrganisationKind.id).where(OrganisationKind.code == kind)).one()
        level_id = session.scalars(select(OrganisationLevel.id).where(OrganisationLevel.code == level)).one()
        organisation = Organisation(
            name=name, kind_id=kind_id, level_id=level_id, search_text=search_text(name), sort_key=sort_key(name), **fields
        )
        session.add(organisation)
    return _loaded(organisation)


def make_person(full_name: str = "", **fields: Any) -> Person:
    """A person without an account."""
    number = next(_count)
    full_name = full_name or f"Nguyễn Mẫu {_letters(number)}"
    values = {
        "email": f"nguoi{number}@mau.example",
        "search_text": search_text(full_name),
        "sort_key": name_sort_key(full_name),
    }
    with rows() as session:
        person = Person(full_name=full_name, **{"created_at": clock.now(), **values, **fields})
        session.add(person)
    return _loaded(person)


def make_account(*roles: Role, person: Person | None = None, focal_of: Organisation | None = None) -> Account:
    """An account with roles, for a new person unless one is given; no password."""
    person = person or make_person(organisation_id=focal_of.id if focal_of else None)
    with rows() as session:
        account = Account(person_id=person.id, login=f"tai-khoan-{next(_count)}@mau.example", created_at=clock.now())
        session.add(account)
        session.flush()
        for role in roles:
            session.add(RoleGrant(account_id=account.id, role=role, granted_at=clock.now()))
        if focal_of:
            grant = RoleGrant(account_id=account.id, role=Role.FOCAL_POINT, organisation_id=focal_of.id)
            grant.granted_at = clock.now()
            session.add(grant)
    return _loaded(account)


def make_venue(name: str = "", **fields: Any) -> Venue:
    """A room."""
    with rows() as session:
        venue = Venue(name=name or f"Phòng họp số {next(_count)}", **fields)
        session.add(venue)
    return _loaded(venue)


def make_event(
    title: str = "Tập huấn mẫu",
    *,
    starts_at: datetime | None = None,
    sessions: int = 1,
    state: EventState = EventState.RELEASED,
    kind: str = "tap-huan",
    owner: Person | None = None,
    capacity: int | None = None,
    **fields: Any,
) -> Event:
    """An event with sessions of three hours, one a day, by default released and starting in a week; with its seat pool."""
    starts_at = starts_at or clock.now() + timedelta(days=7)
    owner = owner or make_person()
    spans = [(starts_at + timedelta(days=d), starts_at + timedelta(days=d, hours=3)) for d in range(sessions)]
    with rows() as session:
        kind_id = session.scalars(select(EventKind.id).where(EventKind.code == kind)).one()
        event = Event(
            year=clock.local(starts_at).year,
            number=fields.pop("number", None) or next(_count),
            title=title,
            kind_id=kind_id,
            owner_id=owner.id,
            state=state,
            capacity=capacity,
            starts_at=spans[0][0],
            ends_at=spans[-1][1],
            search_text=fields.pop("search_text", None) or search_text(title),
            created_at=clock.now(),
            changed_at=clock.now(),
            **fields,
        )
        event.sessions = [
            Session(position=i, starts_at=start, ends_at=end, created_at=clock.now(), changed_at=clock.now())
            for i, (start, end) in enumerate(spans)
        ]
        session.add(event)
        session.flush()
        session.add(SeatPool(event_id=event.id, kind=PoolKind.EVENT, capacity=capacity))
    return _loaded(event)


def make_agenda_item(event: Event, title: str = "Khai mạc", *, position: int = 0, **fields: Any) -> AgendaItem:
    """A line of an event's programme."""
    with rows() as session:
        item = AgendaItem(event_id=event.id, title=title, position=position, starts_at=event.starts_at, **fields)
        session.add(item)
    return _loaded(item)


def make_registration(
    event: Event,
    person: Person | None = None,
    *,
    state: RegistrationState = RegistrationState.CONFIRMED,
    seated: bool = True,
    **fields: Any,
) -> Registration:
    """A registration that took its seat of the event's pool unless it is not `seated`, or its number in the queue."""
    person = person or make_person()
    with rows() as session:
        pool = session.scalars(select(SeatPool).where(SeatPool.event_id == event.id, SeatPool.kind == PoolKind.EVENT)).one()
        if state is RegistrationState.CONFIRMED and seated:
            pool.taken += 1
            fields["holds_seat"] = True
        if state is RegistrationState.WAITING:
            pool.queue_last += 1
            fields.setdefault("queue_number", pool.queue_last)
        registration = Registration(
            event_id=event.id,
            person_id=person.id,
            organisation_id=fields.get("organisation_id", person.organisation_id),
            seat_organisation_id=fields.pop("organisation_id", person.organisation_id),
            title_then=person.title,
            state=state,
            source=fields.pop("source", RegistrationSource.SELF),
            registered_at=clock.now(),
            changed_at=clock.now(),
            ticket_code=f"MAU{next(_count):05d}",
            **fields,
        )
        session.add(registration)
    return _loaded(registration)


def _letters(number: int) -> str:
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _loaded(row: T) -> T:
    """The row with its columns read, so that a test may use it after the session moved on."""
    db.session.refresh(row)
    db.session.expunge(row)
    return row
