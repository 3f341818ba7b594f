"""The province at a chosen size."""

from datetime import timedelta

from kstthc_training.events.enums import EventState
from kstthc_training.people.actors import SYSTEM
from kstthc_training.sample.multitude.attending import write_attendance, write_registrations
from kstthc_training.sample.multitude.batch import Batch
from kstthc_training.sample.multitude.bodies import add_divisions
from kstthc_training.sample.multitude.crowd import add_crowd
from kstthc_training.sample.multitude.happenings import Calendar, Happening, days_of_events
from kstthc_training.sample.people import Member
from kstthc_training.sample.province import Province

PEOPLE, EVENTS = 200, 50  # for each step of the scale; about 120 sessions, 5,000 registrations, 10,000 marks come along
_FEWEST_GUESTS, _MOST_GUESTS = 20, 215
_EVENTS_TOGETHER = 200


def add_multitude(province: Province, scale: int) -> list[Member]:
    """`scale` times 200 people and 50 events more, with their registrations, marks and results; the answer is everyone."""
    since = province.midnight - timedelta(days=800)
    divisions = add_divisions(actor=SYSTEM, bodies=province.bodies, now=since)
    bodies = [*province.bodies, *divisions]
    people = [*province.members, *add_crowd(province, bodies, scale * PEOPLE, now=since)]
    batch = Batch()
    calendar = Calendar(province, batch)
    for place, day in enumerate(days_of_events(province.today, scale * EVENTS), start=1):
        happening = calendar.write(day)
        expected = write_registrations(province, batch, happening, _guests(province, happening, people))
        if happening.state in (EventState.CLOSED, EventState.RELEASED):
            write_attendance(province, batch, happening, expected)
        if place % _EVENTS_TOGETHER == 0:
            batch.write()
    calendar.keep_numbers()
    batch.finish()
    return people


def _guests(province: Province, happening: Happening, people: list[Member]) -> list[Member]:
    if happening.state is EventState.DRAFT or happening.opens_at + timedelta(days=1) > province.midnight:
        return []
    return province.chance.sample(people, min(len(people), province.chance.randint(_FEWEST_GUESTS, _MOST_GUESTS)))
