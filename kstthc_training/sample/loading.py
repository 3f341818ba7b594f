"""The whole sample, in one unit of work: either all of it is there or none."""

from datetime import date, time
from random import Random

from sqlalchemy import select

from kstthc_training.clock import at_local
from kstthc_training.db import db, unit_of_work
from kstthc_training.events.enums import Audience
from kstthc_training.events.models import EventKind
from kstthc_training.people.actors import SYSTEM
from kstthc_training.sample.accounts import open_accounts
from kstthc_training.sample.admission import RuleWord
from kstthc_training.sample.answers import asked_to, take_letters_in
from kstthc_training.sample.deciding import decide
from kstthc_training.sample.doubles import add_doubles
from kstthc_training.sample.events import Made, call_off, make_event
from kstthc_training.sample.following import follow_calendars, read_notices, word_anew
from kstthc_training.sample.guests import let_guests_in
from kstthc_training.sample.invitations import invite_to_events
from kstthc_training.sample.letters import hold_decisions, keep_in_house, meet_trouble, settle_jobs, settle_letters
from kstthc_training.sample.mandates import order_trainings
from kstthc_training.sample.marks import mark_past
from kstthc_training.sample.materials import hand_out
from kstthc_training.sample.multitude.loading import add_multitude
from kstthc_training.sample.multitude.measured import add_measured
from kstthc_training.sample.news import bring_news, next_open
from kstthc_training.sample.organisations import add_organisations
from kstthc_training.sample.past_registrations import write_past
from kstthc_training.sample.patterns import Standing, planned_events
from kstthc_training.sample.people import add_members
from kstthc_training.sample.plan import add_plan
from kstthc_training.sample.province import Province
from kstthc_training.sample.questions import ask_questions
from kstthc_training.sample.registering import register_guests
from kstthc_training.sample.settings import set_office
from kstthc_training.sample.today import open_door, registered
from kstthc_training.sample.venues import add_venues
from kstthc_training.sample.views import keep_views

_OVER = (Standing.HELD, Standing.OVER, Standing.REOPENED)
_CALLED_OFF = (Standing.CANCELLED, Standing.POSTPONED)


def load_sample(today: date, *, scale: int = 1, measured: bool = False) -> None:
    """Fill an empty database: two years of events as they stand on the morning of `today`, the same for the same day.

    A `scale` above 1 adds so many times 200 people, 50 events and 5,000 registrations. What is to be `measured` has besides
    an event of 1,000 people, a person of 1,000 sessions, and seats for many to run for.
    """
    with unit_of_work():
        province = _set_up(today, Random(today.isoformat()))  # noqa: S311 - invented people, no secrets
        word_anew(province)
        made = [make_event(province, planned) for planned in planned_events(today=today, chance=province.chance)]
        _fill(province, made)
        add_doubles(province)
        _correspond(province, made)
        people = add_multitude(province, scale) if scale > 1 else list(province.members)
        if measured:
            add_measured(province, people)
        keep_in_house()


def _set_up(today: date, chance: Random) -> Province:
    since = at_local(date(today.year - 2, 11, 2), time(8, 0))
    years = (today.year - 1, today.year)
    set_office(actor=SYSTEM, years=years, now=since)
    bodies = add_organisations(actor=SYSTEM, now=since)
    members = add_members(actor=SYSTEM, bodies=bodies, chance=chance, now=since)
    return Province(
        today=today,
        midnight=at_local(today, time.min),
        chance=chance,
        bodies=bodies,
        members=members,
        accounts=open_accounts(members=members, now=since),
        plans={year: add_plan(year) for year in years},
        venues=add_venues(),
        kinds=dict(db.session.execute(select(EventKind.code, EventKind.id)).all()),
    )


def _fill(province: Province, made: list[Made]) -> None:
    """Registrations, marks and papers, in the order in which they came about."""
    over = [one for one in made if one.planned.standing in _OVER]
    running = next(one for one in made if one.planned.standing is Standing.RUNNING)
    decided = [one for one in over if one.planned.rule_word == RuleWord.ALLOCATION]
    past = write_past(province, [one for one in over if one not in decided])
    for one in made:
        if one.event.id not in past and one.planned.standing is not Standing.DRAFT:
            register_guests(province, one)
            decide(province, one)
    for one in made:
        if one.planned.standing in _CALLED_OFF:
            call_off(province, one)
    past |= {one.event.id: registered(one) for one in (*decided, running)}
    mark_past(province, [*over, running], past)
    open_door(province, running)
    hand_out(province, made)
    ask_questions(province, made)
    order_trainings(province, made)
    invite_to_events(province, made)
    let_guests_in(province, made)
    keep_views(province)


def _correspond(province: Province, made: list[Made]) -> None:
    """Letters out and in, calendars and notices, as they stand this morning."""
    bring_news(province, made)
    hold_decisions(province, made)
    *_others, refused, put_off = asked_to(province, next_open(made, Audience.PRESS, province))
    meet_trouble(province, refused.letter, put_off.letter)
    settle_letters(now=province.midnight)
    take_letters_in(province, made)
    settle_letters(now=province.midnight)
    settle_jobs(now=province.midnight)
    follow_calendars(province)
    read_notices(province)
