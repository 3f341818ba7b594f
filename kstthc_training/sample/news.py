"""What is new since yesterday: a press briefing moves to another room, and people of the office are asked to come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kstthc_training.db import db
from kstthc_training.events.enums import Audience
from kstthc_training.events.queries import load_whole
from kstthc_training.invitations import service as invitations
from kstthc_training.people.models import Person
from kstthc_training.registrations import service as registrations
from kstthc_training.registrations.enums import RegistrationSource
from kstthc_training.reminders import service as reminders
from kstthc_training.reminders.enums import Reminded
from kstthc_training.reminders.policy import Rules
from kstthc_training.reminders.queries import reminders_of
from kstthc_training.sample.events import Made, draft_of
from kstthc_training.sample.patterns import Standing
from kstthc_training.sample.province import Province

MOVED_BEFORE = timedelta(hours=2, minutes=50)  # midnight: after the last have registered
_ASKED_BEFORE = timedelta(days=1, hours=14)
_LARGE_ROOM = "Hội trường, Văn phòng UBND tỉnh"
_MORE_REMINDERS = (3 * 24 * 60, 24 * 60)


def next_open(made: Sequence[Made], audience: Audience, province: Province) -> Made:
    """The next event that takes registrations of an audience, today's too."""
    coming = [
        one for one in made
        if one.planned.standing is Standing.OPEN and one.event.audience is audience
        and one.event.starts_at > province.midnight
    ]  # fmt: skip
    return min(coming, key=lambda one: (one.event.starts_at, one.event.id))


def bring_news(province: Province, made: Sequence[Made]) -> None:
    """Ask those of the office who have an account to try, move the next briefing, and say how two events remind."""
    _ask_own_people(province, made)
    _move(province, next_open(made, Audience.PRESS, province))
    _remind(province, made)


def _ask_own_people(province: Province, made: Sequence[Made]) -> None:
    """The organizer comes to the meeting of her own section; the leader is invited to a conference by name."""
    organizer, at = province.accounts.organizer, province.midnight - _ASKED_BEFORE
    own = next_open(made, Audience.INTERNAL, province).event
    herself = db.session.get_one(Person, organizer.person_id)
    registrations.register(actor=organizer, event=own, person=herself, source=RegistrationSource.ORGANIZER, now=at)
    leader = invitations.Invitee(person_id=province.accounts.by_login["lanh-dao@mau.example"].person_id)
    conference = next_open(made, Audience.BOTH, province).event
    invitations.invite(actor=organizer, event_id=conference.id, invitees=[leader], now=at)


def _move(province: Province, made: Made) -> None:
    """Everybody registered is told of the other room, and every calendar."""
    event = load_whole(made.event.id)
    draft = draft_of(province, made.planned)
    stored = {session.starts_at: session.id for session in event.sessions}
    sessions = tuple(replace(session, id=stored[session.starts_at]) for session in draft.sessions)
    moved = replace(draft, sessions=sessions, venue_id=province.venues[_LARGE_ROOM])
    at, organizer = province.midnight - MOVED_BEFORE, province.accounts.organizer
    invitations.change_event(actor=organizer, event=event, draft=moved, version=event.version, now=at)


def _remind(province: Province, made: Sequence[Made]) -> None:
    """Today's meeting was reminded of; a conference reminds three days before, and one of its reminders is left out."""
    organizer, now = province.accounts.organizer, province.midnight
    own = next_open(made, Audience.INTERNAL, province).event
    for each in reminders_of(own, now=now - _ASKED_BEFORE):
        if each.what is Reminded.START and each.due < now:
            reminders.send(event_id=own.id, mark=each.mark, at=each.due, now=each.due)
    conference = next_open(made, Audience.BOTH, province).event
    at = now - timedelta(days=1, hours=7)
    reminders.set_rules(actor=organizer, event_id=conference.id, rules=Rules(minutes_before=_MORE_REMINDERS), now=at)
    last = [each for each in reminders_of(conference, now=at) if each.what is Reminded.START and each.due > now][-1]
    reminders.skip(actor=organizer, event_id=conference.id, mark=last.mark, now=at)
