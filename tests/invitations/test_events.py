"""Calling events off and changing them, and telling everyone concerned once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kstthc_training.db import db, unit_of_work
from kstthc_training.events import errors
from kstthc_training.events.drafts import Footprint
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.events.queries import load_whole
from kstthc_training.invitations import service
from kstthc_training.outbox.models import Message
from kstthc_training.people.models import Account
from kstthc_training.refusals import NotAllowed, Stale
from kstthc_training.registrations.enums import RegistrationState
from kstthc_training.registrations.errors import BelowTaken, NotOffered
from tests.events.drafts import draft_of
from tests.registrations.actors import again, an_organizer, cancelled, himself, registered
from tests.support.factories import make_account, make_event, make_person, make_venue

WAITING, CONFIRMED = RegistrationState.WAITING, RegistrationState.CONFIRMED


def an_event(*, venue="", **fields):
    """A released event with all that an invitation must state."""
    return make_event(venue_id=make_venue(venue).id, contact_name="Nguyễn Mẫu An", contact_phone="0900 000 021", **fields)


def person_with_account():
    """Somebody who finds notices on the pages, too."""
    person = make_person()
    make_account(person=person)
    return person


def letters(kind):
    """The letters of a kind: who got them, and what they say."""
    db.session.rollback()
    return {m.recipient: m for m in db.session.scalars(select(Message).where(Message.kind == kind))}


def changed(event, now, *, version=0, **said):
    """The number of letters after the event was saved with `said`."""
    whole = load_whole(event.id)
    draft = replace(draft_of(whole), **said)
    version = version or whole.version
    with unit_of_work():
        return service.change_event(
            actor=an_organizer(), event=event, draft=draft, version=version, footprint=Footprint(), now=now
        )


def moved(event, by):
    """The sessions of an event so much later."""
    sessions = draft_of(load_whole(event.id)).sessions
    return tuple(replace(s, starts_at=s.starts_at + by, ends_at=s.ends_at + by) for s in sessions)


def test_cancelling_tells_everyone_who_has_a_seat_or_waits_and_nobody_else(app, now):
    event = an_event(capacity=1)
    people = [make_person() for _ in range(3)]
    seated, waiting, gone = (registered(event, person) for person in people)
    cancelled(gone)
    with unit_of_work():
        told = service.cancel_event(actor=an_organizer(), event=event, reason="Bão số 5", now=now)
    found = letters("event-cancelled")
    assert (told, set(found)) == (2, {people[0].email, people[1].email})
    assert "Lý do: Bão số 5" in found[people[0].email].body
    assert db.session.get_one(Event, event.id).state is EventState.CANCELLED
    assert [again(r).state for r in (seated, waiting)] == [CONFIRMED, WAITING]


def test_an_event_is_cancelled_once(app, now):
    event = an_event()
    registered(event)
    with unit_of_work():
        service.cancel_event(actor=an_organizer(), event=event, reason="Bão", now=now)
    with pytest.raises(errors.WrongState), unit_of_work():
        service.cancel_event(actor=an_organizer(), event=event, reason="Bão", now=now)
    assert len(letters("event-cancelled")) == 1


def test_calling_off_needs_a_reason_and_tells_nobody_without(app, now):
    event = an_event()
    registered(event)
    for verb in (service.cancel_event, service.postpone_event):
        with pytest.raises(errors.ReasonMissing), unit_of_work():
            verb(actor=an_organizer(), event=event, reason="  ", now=now)
    assert letters("event-cancelled") == letters("event-postponed") == {}


def test_postponing_says_the_old_time_and_that_a_new_one_comes(app, now):
    event = an_event(venue="Hội trường A")
    person = make_person()
    registered(event, person)
    with unit_of_work():
        assert service.postpone_event(actor=an_organizer(), event=event, reason="Trùng lịch", now=now) == 1
    body = letters("event-postponed")[person.email].body
    assert "Thời gian: sẽ thông báo sau" in body
    assert "Trước đây: 09:00 – 12:00, Thứ Tư 25/03/2026, Hội trường A" in body
    assert "Lý do: Trùng lịch" in body


def test_nobody_registers_for_an_event_that_was_called_off(app, now):
    for verb in (service.cancel_event, service.postpone_event):
        event = an_event()
        with unit_of_work():
            verb(actor=an_organizer(), event=event, reason="Bão", now=now)
        with pytest.raises(NotOffered):
            registered(event)


def test_new_dates_of_a_postponed_event_are_told(app, now):
    event, person = an_event(), make_person()
    registered(event, person)
    with unit_of_work():
        service.postpone_event(actor=an_organizer(), event=event, reason="Bão", now=now)
    assert changed(event, now, sessions=moved(event, timedelta(days=7))) == 1
    body = letters("event-changed")[person.email].body
    assert "Thời gian: 09:00 – 12:00, Thứ Tư 01/04/2026" in body
    assert "Trước đây: 09:00 – 12:00, Thứ Tư 25/03/2026" in body


def test_a_new_time_or_place_is_told_and_other_words_are_not(app, now):
    event, person = an_event(venue="Hội trường A"), make_person()
    registered(event, person)
    assert changed(event, now, description="Mang máy tính") == 0
    assert changed(event, now, venue_id=make_venue("Phòng 2").id) == 1
    assert changed(event, now, sessions=moved(event, timedelta(hours=1))) == 1
    sent = db.session.scalars(select(Message.body).where(Message.kind == "event-changed").order_by(Message.id)).all()
    assert "Địa điểm: Phòng 2" in sent[0]
    assert "Trước đây: 09:00 – 12:00, Thứ Tư 25/03/2026, Hội trường A" in sent[0]
    assert "Thời gian: 10:00 – 13:00, Thứ Tư 25/03/2026" in sent[1]


def test_a_change_inside_an_event_of_several_sessions_is_told(app, now):
    event = an_event(sessions=3)
    registered(event)
    sessions = draft_of(load_whole(event.id)).sessions
    middle = replace(sessions[1], starts_at=sessions[1].starts_at + timedelta(minutes=30))
    assert changed(event, now, sessions=(sessions[0], middle, sessions[2])) == 1


def test_a_draft_changes_silently(app, now):
    event = an_event(state=EventState.DRAFT)
    assert changed(event, now, sessions=moved(event, timedelta(hours=1))) == 0


def test_more_seats_in_an_edit_go_to_those_who_wait(app, now):
    event = an_event(capacity=1)
    registered(event)
    waiting = registered(event)
    changed(event, now, capacity=2)
    assert again(waiting).state is CONFIRMED


def test_an_edit_keeps_the_seats_taken(app, now):
    event = an_event(capacity=2)
    registered(event), registered(event)
    with pytest.raises(BelowTaken):
        changed(event, now, capacity=1)
    assert db.session.get_one(Event, event.id).capacity == 2


def test_a_stale_edit_changes_and_tells_nothing(app, now):
    event = an_event()
    registered(event)
    with pytest.raises(Stale):
        changed(event, now, version=event.version + 7, sessions=moved(event, timedelta(hours=1)))
    assert letters("event-changed") == {}


def test_a_session_of_an_event_with_registrations_is_not_taken_away(app, now):
    event = an_event(sessions=2)
    registered(event)
    with pytest.raises(errors.SessionInUse) as refused:
        changed(event, now, sessions=draft_of(load_whole(event.id)).sessions[:1])
    assert refused.value.facts["registrations"] == 1


def test_each_reads_his_own_language(app, now):
    event = an_event()
    english, vietnamese = make_person(), make_person()
    account = make_account(person=english)
    with unit_of_work() as session:
        session.execute(update(Account).where(Account.id == account.id).values(locale="en"))
    registered(event, english), registered(event, vietnamese)
    with unit_of_work():
        service.cancel_event(actor=an_organizer(), event=event, reason="Bão", now=now)
    found = letters("event-cancelled")
    assert found[english.email].subject == f"CANCELLED: {event.title}"
    assert found[vietnamese.email].subject == f"HỦY: {event.title}"


def test_only_organizers_call_off_and_change(app, now):
    event, stranger = an_event(), himself(make_person())
    for verb in (service.cancel_event, service.postpone_event):
        with pytest.raises(NotAllowed), unit_of_work():
            verb(actor=stranger, event=event, reason="Bão", now=now)
    draft = draft_of(load_whole(event.id))
    with pytest.raises(NotAllowed), unit_of_work():
        service.change_event(actor=stranger, event=event, draft=draft, version=1, now=now)


def test_telling_many_costs_the_statements_of_telling_few(app, now, statements):
    counts = []
    for size in (5, 30):
        event = an_event()
        for _ in range(size):
            registered(event, person_with_account())
        organizer = an_organizer()
        with statements() as seen, unit_of_work():
            service.cancel_event(actor=organizer, event=event, reason="Bão", now=now)
        counts.append(len(seen))
    assert counts[0] == counts[1]
