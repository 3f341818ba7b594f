"""A year of whatever people do to an event, followed by programs that know only the mails, and by one that polls the feed:
they end with exactly the state of the server."""

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from icalendar import Calendar
from sqlalchemy import select, update

from kstthc_training import clock
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.drafts import SessionDraft
from kstthc_training.events.enums import EventState
from kstthc_training.events.errors import AlreadyBegan, SessionInUse, SessionsOverlap, WrongState
from kstthc_training.events.models import Session
from kstthc_training.features import JOBS
from kstthc_training.invitations import service as invitations
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.errors import InvitingOver, NobodyChosen, Revoked
from kstthc_training.invitations.models import Invitation
from kstthc_training.outbox.enums import JobState, MessageState
from kstthc_training.outbox.models import Job, Message
from kstthc_training.people.models import Person
from kstthc_training.people.service.persons import ADDRESS_CHANGED, PersonDraft, change_person
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import RegistrationSource, RegistrationState
from kstthc_training.registrations.errors import AlreadyRegistered, NothingToSwap, NotOffered
from kstthc_training.registrations.models import Registration
from kstthc_training.scheduling.enums import CalendarMail
from kstthc_training.scheduling.models import CalendarSending
from kstthc_training.scheduling.service import choose
from kstthc_training.scheduling.service.settling import SETTLE_WORDING
from tests.calendars.readers import address_of
from tests.events.drafts import draft_of, whole
from tests.invitations.asked import invitation_of
from tests.registrations.actors import an_organizer, himself
from tests.registrations.test_any_order import orders
from tests.scheduling.calendars import MailCalendar
from tests.support.browser import CheckingClient
from tests.support.factories import make_account, make_event, make_organisation, make_person

PEOPLE = st.integers(0, 3)
REFUSED = (
    NotOffered, WrongState, SessionInUse, SessionsOverlap, AlreadyRegistered, NothingToSwap, Revoked, InvitingOver,
    NobodyChosen, AlreadyBegan,
)  # fmt: skip
PLAN_JOBS = (SETTLE_WORDING, ADDRESS_CHANGED)
CONFIRMED = RegistrationState.CONFIRMED


class Year(RuleBasedStateMachine):
    """Four people of one body, an event of two sessions, a mail calendar for every address that ever was, and a feed."""

    def __init__(self):
        super().__init__()
        body = make_organisation()
        self.people = [make_person(organisation_id=body.id) for _ in range(4)]
        self.accounts = [make_account(person=person) for person in self.people]
        self.actors = [himself(person) for person in self.people]
        self.organizer = an_organizer()
        self.start = clock.now()
        self.event = make_event(
            starts_at=self.start + timedelta(days=200), sessions=2, capacity=3, host_id=body.id, contact_name="Lan",
            contact_phone="0296123456",
            mode="online", online_url="https://hop.example/0",
        )  # fmt: skip
        self.at = self.start
        self.calendars = {}
        self.shown = {}
        self.edits = 0
        with unit_of_work():
            for person in self.people:
                choose(person_id=person.id, mail=CalendarMail.ALWAYS)
        for who in (0, 1):
            self.register(who)
        self.invite(2)

    def now(self):
        self.at += timedelta(minutes=7)
        return self.at

    def act(self, verb, **values):
        """What is refused changes nothing."""
        with contextlib.suppress(*REFUSED), clock.frozen(self.at), unit_of_work():
            verb(now=self.now(), **values)
        db.session.rollback()

    def registration(self, who):
        wanted = (Registration.event_id == self.event.id) & (Registration.person_id == self.people[who].id)
        return db.session.scalar(select(Registration).where(wanted))

    @rule(who=PEOPLE)
    def register(self, who):
        source = RegistrationSource.SELF
        self.act(registrations.register, actor=self.actors[who], event=self.event, person=self.people[who], source=source)

    @rule(who=PEOPLE, by_organizer=st.booleans())
    def cancel(self, who, by_organizer):
        if found := self.registration(who):
            actor = self.organizer if by_organizer else self.actors[who]
            self.act(registrations.cancel, actor=actor, registration=found, reason="")

    @rule(who=PEOPLE)
    def refuse(self, who):
        if found := self.registration(who):
            values = {"event_id": self.event.id, "registration_ids": [found.id], "reason": "Quá đông"}
            self.act(registrations.refuse, actor=self.organizer, **values)

    @rule(who=PEOPLE, other=PEOPLE)
    def substitute(self, who, other):
        if found := self.registration(who):
            person = db.session.get_one(Person, self.people[other].id)
            self.act(registrations.substitute, actor=self.organizer, registration=found, person=person)

    @rule(who=PEOPLE)
    def invite(self, who):
        invitees = [invitations.Invitee(person_id=self.people[who].id)]
        self.act(invitations.invite, actor=self.organizer, event_id=self.event.id, invitees=invitees)

    @rule(who=PEOPLE, act=st.sampled_from(["attend", "decline", "revoke"]))
    def answer(self, who, act):
        invitation = invitation_of(self.event, person_id=self.people[who].id)
        if invitation is None:
            return
        if act == "revoke":
            values = {"event_id": self.event.id, "invitation_ids": [invitation.id], "reason": ""}
            self.act(invitations.revoke, actor=self.organizer, **values)
        elif act == "decline":
            self.act(invitations.decline, actor=self.actors[who], invitation=invitation, reason="Bận")
        else:
            self.act(invitations.attend, actor=self.actors[who], invitation=invitation)

    def edit(self, **said):
        event = whole(self.event.id)
        draft = replace(draft_of(event), **said)
        self.act(invitations.change_event, actor=self.organizer, event=event, draft=draft, version=event.version)

    def numbers(self):
        db.session.rollback()
        return sorted(db.session.execute(select(Session.uid, Session.sequence).where(Session.event_id == self.event.id)))

    @rule(hours=st.integers(1, 9), which=st.integers(0, 1))
    def move(self, hours, which):
        """Also gives a postponed event its new dates."""
        sessions = draft_of(whole(self.event.id)).sessions
        later = timedelta(hours=hours)
        self.edit(
            sessions=tuple(
                replace(each, starts_at=each.starts_at + later, ends_at=each.ends_at + later)
                if number % 2 == which
                else each
                for number, each in enumerate(sessions)
            )
        )

    @rule()
    def meet_elsewhere(self):
        self.edits += 1
        self.edit(online_url=f"https://hop.example/{self.edits}")

    @rule(text=st.sampled_from(["Tập huấn, mới; \\n", "BEGIN:VEVENT", "Họp 100%"]))
    def word_anew(self, text):
        before = self.numbers()
        self.edits += 1
        self.edit(title=f"{text} {self.edits}", chair=text)
        assert self.numbers() == before

    @rule()
    def add_a_session(self):
        sessions = draft_of(whole(self.event.id)).sessions
        if len(sessions) < 4:
            last = sessions[-1]
            day = timedelta(days=1)
            self.edit(sessions=(*sessions, SessionDraft(starts_at=last.starts_at + day, ends_at=last.ends_at + day)))

    @rule()
    def take_a_session_out(self):
        """Refused while anybody is registered."""
        sessions = draft_of(whole(self.event.id)).sessions
        if len(sessions) > 1:
            self.edit(sessions=sessions[1:])

    @rule()
    def postpone(self):
        self.act(invitations.postpone_event, actor=self.organizer, event=whole(self.event.id), reason="Bão")

    @precondition(lambda self: self.edits > 6)
    @rule()
    def cancel_for_good(self):
        self.act(invitations.cancel_event, actor=self.organizer, event=whole(self.event.id), reason="Bão")

    @rule(who=PEOPLE, new=st.booleans())
    def reach_elsewhere(self, who, new):
        self.edits += 1
        person = db.session.get_one(Person, self.people[who].id)
        email = f"moi{self.edits}@mau.example" if new else f"nha{who}@mau.example"
        draft = PersonDraft(full_name=person.full_name, organisation_id=person.organisation_id, email=email)
        self.act(change_person, actor=self.organizer, person=person, draft=draft, version=person.version)

    @rule(days=st.integers(0, 6), put_off=st.integers(0, 3))
    def send(self, days, put_off):
        """The worker's round: jobs that are due, and letters in order but for some that the mail server puts off."""
        self.at += timedelta(days=days, minutes=15)
        due = (Job.kind.in_(PLAN_JOBS)) & (Job.state == JobState.WAITING) & (Job.run_at <= self.at)
        for job in db.session.scalars(select(Job).where(due).order_by(Job.id)).all():
            kind, payload, number = job.kind, job.payload, job.id
            db.session.rollback()
            JOBS[kind](payload, self.at)
            with unit_of_work():
                db.session.execute(update(Job).where(Job.id == number).values(state=JobState.DONE))
        self.carry(put_off)

    def carry(self, put_off=0):
        waiting = select(Message).where(Message.state == MessageState.WAITING).order_by(Message.id)
        letters = [each for number, each in enumerate(db.session.scalars(waiting)) if not put_off or number % 4 != put_off]
        for letter in letters:
            self.calendar(letter.recipient).receive([letter])
        ids = [letter.id for letter in letters]
        with unit_of_work():
            sent = {"state": MessageState.SENT, "sent_at": self.at}
            db.session.execute(update(Message).where(Message.id.in_(ids)).values(**sent))

    def calendar(self, email):
        return self.calendars.setdefault(email.casefold(), MailCalendar(email))

    @invariant()
    def no_calendar_was_ever_told_something_older(self):
        assert [calendar.falls for calendar in self.calendars.values() if calendar.falls] == []

    @invariant()
    def whoever_comes_is_to_hold_it_and_nobody_else(self):
        db.session.rollback()
        wanted = select(CalendarSending.person_id).where(CalendarSending.event_id == self.event.id, CalendarSending.wanted)
        states = select(Registration.person_id, Registration.state).where(Registration.event_id == self.event.id)
        standing = select(Invitation.person_id).where(
            Invitation.event_id == self.event.id, Invitation.revoked_at.is_(None), Invitation.sent_at.is_not(None),
            Invitation.answer != InvitationAnswer.DECLINED,
        )  # fmt: skip
        holding, listed = set(db.session.scalars(wanted)), dict(map(tuple, db.session.execute(states)))
        seated = {person_id for person_id, state in listed.items() if state is CONFIRMED}
        invited = set(db.session.scalars(standing))
        assert seated <= holding <= seated | invited
        assert invited - set(listed) <= holding

    def teardown(self):
        for _ in range(2):
            self.send(1, 0)
        self.mail_shows_the_state_of_the_server()
        for who in range(4):
            self.feed_shows_the_state_of_the_server(who)

    def held(self):
        """What every calendar is to show, by address and UID: SEQUENCE, times and title."""
        event = whole(self.event.id)
        sessions = {session.id: session for session in event.sessions}
        rows = db.session.execute(
            select(CalendarSending, Person.email)
            .join(Person, Person.id == CalendarSending.person_id)
            .where(CalendarSending.event_id == event.id, CalendarSending.wanted)
        )
        found = {}
        for row, email in rows:
            if row.session_id in sessions and event.state is EventState.RELEASED:
                session = sessions[row.session_id]
                number = session.sequence + row.raised
                found[(email.casefold(), str(row.uid))] = (number, session.starts_at, session.ends_at)
        return found, event

    def mail_shows_the_state_of_the_server(self):
        expected, event = self.held()
        shown = {
            (address, uid): (entry.sequence, entry.starts_at, entry.ends_at)
            for address, calendar in self.calendars.items()
            for uid, entry in calendar.entries.items()
            if not entry.called_off
        }
        assert shown == expected
        titles = [
            entry.summary.partition(" – ")[0]
            for calendar in self.calendars.values()
            for entry in calendar.entries.values()
            if not entry.called_off
        ]
        assert set(titles) <= {event.title}

    def feed_shows_the_state_of_the_server(self, who):
        expected, event = self.held()
        person = db.session.get_one(Person, self.people[who].id)
        found = self.registration(who)
        is_seated = found is not None and found.state is CONFIRMED and event.state is EventState.RELEASED
        with clock.frozen(self.at):
            answer = CheckingClient(self.app).get(address_of(self.app, self.accounts[who]))
        shown = {
            (person.email.casefold(), str(each["UID"])): (int(each["SEQUENCE"]), each["DTSTART"].dt, each["DTEND"].dt)
            for each in Calendar.from_ical(answer.data).walk("VEVENT")
            if each.get("STATUS") == "CONFIRMED"
        }
        mine = {key: value for key, value in expected.items() if key[0] == person.email.casefold()}
        assert shown == (mine if is_seated else {})


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_whatever_happens_in_a_year_calendars_end_as_the_server(app):
    Year.app = app
    run_state_machine_as_test(Year, settings=orders(30, 40))


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_same_on_postgresql_in_fewer_years(app):
    Year.app = app
    run_state_machine_as_test(Year, settings=orders(5, 30))
