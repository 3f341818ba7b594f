"""A year of random acts, followed by programs that ask as such programs do: each ends with exactly what the server has."""

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import delete, select, update

from kstthc_training import clock
from kstthc_training.calendars.enums import FeedScope
from kstthc_training.calendars.models import CalendarEntry
from kstthc_training.calendars.scopes import ALL, AUDIENCES, MINE, Scope
from kstthc_training.db import db, unit_of_work
from kstthc_training.events import service as events
from kstthc_training.events.enums import Audience, EventMode, EventState
from kstthc_training.events.models import Event, Session
from kstthc_training.events.queries import load_whole
from kstthc_training.invitations import service as invitations
from kstthc_training.people.enums import Role
from kstthc_training.people.models import Person, RoleGrant
from kstthc_training.refusals import Refusal
from kstthc_training.registrations.models import Registration
from tests.calendars.readers import address_of, person_of, switch
from tests.events.drafts import draft_of
from tests.invitations.asked import attending, declined, invited
from tests.registrations.actors import actor_of, cancelled, registered
from tests.support.factories import make_account, make_event, make_organisation, make_person, make_venue

STEPS = 55


@dataclass
class Program:
    """Asks with what it holds, and takes the whole of what it gets."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    held: bytes = b""

    def poll(self, client):
        answer = client.get(self.address, headers=self.headers)
        assert answer.status_code in (200, 304, 404)
        if answer.status_code == 304:
            return
        self.held = answer.data if answer.status_code == 200 else b""
        self.headers = self.conditions(answer) if answer.status_code == 200 else {}

    def conditions(self, answer):
        return {"If-None-Match": f'"old", {answer.headers["ETag"]}'}

    def entries(self):
        return entries_in(self.held)


class ByDate(Program):
    """Knows no tags: asks by the date that it was given, if it was given one."""

    def conditions(self, answer):
        return {"If-Modified-Since": answer.headers["Last-Modified"]} if "Last-Modified" in answer.headers else {}


@dataclass
class ByEntry(Program):
    """Takes up an entry that it knows only when its LAST-MODIFIED is later, as ICSx5 does."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def poll(self, client):
        super().poll(client)
        found = entries_in(self.held)
        self.kept = {uid: entry if is_later(entry, self.kept.get(uid)) else self.kept[uid] for uid, entry in found.items()}

    def entries(self):
        return self.kept


def entries_in(octets):
    if not octets:
        return {}
    return {str(entry["UID"]): entry.to_ical() for entry in icalendar.Calendar.from_ical(octets).walk("VEVENT")}


def is_later(entry, known):
    if known is None:
        return True
    new, old = (icalendar.Event.from_ical(octets)["LAST-MODIFIED"].dt for octets in (entry, known))
    return new > old


class Province:
    """Some events and people, and what happens to them by chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.body = make_organisation("UBND xã Mẫu")
        self.rooms = [make_venue("Phòng 1"), make_venue("Phòng 2")]
        self.organizer = make_account(Role.ORGANIZER)
        self.member = make_account(person=make_person("Trần Mẫu Bình", organisation_id=self.body.id))
        self.focal = make_account(focal_of=self.body)
        self.turns = make_account(Role.LEADER)
        self.actor = actor_of(self.organizer, Role.ORGANIZER)
        for account in (self.organizer, self.member, self.focal):
            switch(account, waiting=True, invited=True, organised=True)
        for _ in range(8):
            self.plan()

    def act(self):
        acts = (
            self.plan, self.plan, self.plan, self.release, self.release, self.edit, self.edit, self.edit, self.move,
            self.move, self.postpone, self.call_off, self.discard, self.invite, self.invite, self.answer, self.answer,
            self.register, self.register, self.leave, self.leave, self.change_role, self.change_body,
        )  # fmt: skip
        with suppress(Refusal):
            self.chance.choice(acts)()

    def plan(self):
        make_event(
            f"Cuộc {self.chance.random()}", state=self.chance.choice((EventState.DRAFT, EventState.RELEASED)),
            starts_at=clock.now() + timedelta(days=self.chance.randrange(1, 90)), sessions=self.chance.randrange(1, 3),
            owner=person_of(self.organizer), venue_id=self.chance.choice(self.rooms).id, contact_name="Ông Mẫu",
            contact_phone="0900000001", audience=self.chance.choice(list(Audience)), capacity=self.chance.choice((None, 2)),
            mode=EventMode.BOTH, online_url="https://hop.example/1", host_id=self.chance.choice((None, self.body.id)),
        )  # fmt: skip

    def some(self, *states):
        db.session.rollback()
        open_to_acts = Event.state.in_(states) & Event.discarded_at.is_(None) & (Event.starts_at > clock.now())
        ids = db.session.scalars(select(Event.id).where(open_to_acts).order_by(Event.id)).all()
        if not ids:
            raise Refusal
        return load_whole(self.chance.choice(ids))

    def release(self):
        event = self.some(EventState.DRAFT)
        with unit_of_work():
            events.release(actor=self.actor, event=event, now=clock.now())

    def discard(self):
        event = self.some(EventState.DRAFT)
        with unit_of_work():
            events.discard(actor=self.actor, event=event, now=clock.now())

    def edit(self):
        event = self.some(EventState.DRAFT, EventState.RELEASED, EventState.POSTPONED)
        self.save(event, replace(draft_of(event), title=f"Cuộc {self.chance.random()}", chair="Bà Mẫu"))

    def move(self):
        event = self.some(EventState.RELEASED, EventState.POSTPONED)
        by = timedelta(days=self.chance.randrange(1, 30))
        draft = draft_of(event)
        sessions = tuple(replace(s, starts_at=s.starts_at + by, ends_at=s.ends_at + by) for s in draft.sessions)
        self.save(event, replace(draft, sessions=sessions, venue_id=self.chance.choice(self.rooms).id))

    def save(self, event, draft):
        with unit_of_work():
            invitations.change_event(actor=self.actor, event=event, draft=draft, version=event.version, now=clock.now())

    def postpone(self):
        event = self.some(EventState.RELEASED)
        with unit_of_work():
            invitations.postpone_event(actor=self.actor, event=event, reason="Bão", now=clock.now())

    def call_off(self):
        event = self.some(EventState.RELEASED, EventState.POSTPONED)
        with unit_of_work():
            invitations.cancel_event(actor=self.actor, event=event, reason="Trùng lịch", now=clock.now())

    def invite(self):
        event = self.some(EventState.RELEASED)
        invited(event, self.body, people=[person_of(self.member)], actor=self.actor)

    def answer(self):
        event = self.some(EventState.RELEASED)
        found = invited(event, people=[person_of(self.member)], actor=self.actor)
        for invitation in filter(None, found):
            self.chance.choice((attending, declined))(invitation)

    def register(self):
        registered(
            self.some(EventState.RELEASED), self.chance.choice((person_of(self.member), make_person())), actor=self.actor
        )

    def leave(self):
        db.session.rollback()
        rows = db.session.scalars(select(Registration).order_by(Registration.id)).all()
        if rows:
            cancelled(self.chance.choice(rows), actor=self.actor)

    def change_role(self):
        with unit_of_work() as session:
            gone = session.execute(
                delete(RoleGrant).where(RoleGrant.account_id == self.turns.id).returning(RoleGrant.id)
            ).all()
            if not gone:
                session.add(RoleGrant(account_id=self.turns.id, role=Role.LEADER, granted_at=clock.now()))

    def change_body(self):
        with unit_of_work() as session:
            person = session.get_one(Person, self.member.person_id)
            wanted = None if person.organisation_id else self.body.id
            session.execute(update(Person).where(Person.id == person.id).values(organisation_id=wanted))


@pytest.mark.parametrize("seed", [1])
def test_after_a_year_of_acts_every_program_holds_what_the_server_has(app, client, seed):
    province = Province(seed)
    own = Scope(FeedScope.ORGANISATION, str(province.body.id))
    room = Scope(FeedScope.ROOM, str(province.rooms[0].id))
    followed = [
        (province.member, MINE), (province.organizer, MINE), (province.focal, MINE), (province.turns, ALL),
        (province.member, AUDIENCES[0]), (province.member, own), (province.member, room),
    ]  # fmt: skip
    programs = [kind(address_of(app, account, scope)) for account, scope in followed for kind in (Program, ByDate)]
    programs += [ByEntry(address_of(app, account, scope)) for account, scope in followed if account is not province.turns]
    now = clock.now()
    for step in range(STEPS):
        now += timedelta(hours=province.chance.randrange(1, 240))
        with clock.frozen(now):
            province.act()
            asked = programs if step == STEPS - 1 else [p for p in programs if province.chance.random() < 0.4]
            for program in asked:
                program.poll(client)
                assert program.entries() == entries_in(client.get(program.address).data if program.held else b"")
    with clock.frozen(now):
        assert_made_anew_it_is_the_same(client, programs)
        assert_everything_that_is_on_stands_in(entries_in(client.get(address_of(app, province.organizer, ALL)).data), now)


def assert_made_anew_it_is_the_same(client, programs):
    """What was kept of entries is what they come to now."""
    with unit_of_work() as session:
        session.execute(delete(CalendarEntry))
    for program in programs:
        answer = client.get(program.address)
        assert program.held == (answer.data if answer.status_code == 200 else b"")


def assert_everything_that_is_on_stands_in(entries, now):
    """The public feed of an insider against the rows themselves."""
    first, last = clock.local_date(now) - timedelta(days=90), clock.local_date(now) + timedelta(days=364)
    forgotten, _end = clock.day_bounds(clock.local_date(now) - timedelta(days=30), clock.local_date(now))
    called_off = (EventState.CANCELLED, EventState.POSTPONED)
    rows = db.session.execute(
        select(Session.uid, Session.starts_at, Session.sequence, Event.state, Event.changed_at)
        .join(Event, Event.id == Session.event_id)
        .where(Event.discarded_at.is_(None))
    )
    expected = {
        str(uid): (starts_at, sequence, state in called_off)
        for uid, starts_at, sequence, state, changed_at in rows
        if first <= clock.local_date(starts_at) <= last and (state not in called_off or changed_at >= forgotten)
    }
    found = {uid: icalendar.Event.from_ical(octets) for uid, octets in entries.items()}
    assert expected == {
        uid: (entry.start, entry["SEQUENCE"], str(entry["STATUS"]) == "CANCELLED") for uid, entry in found.items()
    }
