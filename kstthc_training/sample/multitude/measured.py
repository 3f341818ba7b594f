"""What measuring needs: one event of 1,000 people, one person of 1,000 sessions, and seats that many run for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from kstthc_training.db import db
from kstthc_training.events.enums import Audience
from kstthc_training.events.models import Event
from kstthc_training.people.actors import SYSTEM
from kstthc_training.people.models import Account
from kstthc_training.people.service.persons import PersonDraft, add_people
from kstthc_training.registrations.models import SeatPool
from kstthc_training.sample.multitude.attending import write_attendance, write_registrations
from kstthc_training.sample.multitude.batch import Batch
from kstthc_training.sample.multitude.crowd import add_crowd
from kstthc_training.sample.multitude.happenings import Calendar
from kstthc_training.sample.names import invented_name
from kstthc_training.sample.people import Member
from kstthc_training.sample.province import Province
from kstthc_training.sample.times import Span, near, next_working_day, spans
from kstthc_training.working_days import previous_working_day

CROWDED = "Đo: hội nghị 1.000 đại biểu"
COURSE = "Đo: khóa học 50 buổi"
SOUGHT = "Đo: hội nghị còn nhiều chỗ"
FEW_SEATS = "Đo: hội nghị 200 chỗ"
FEED_LOGIN = "nguon-lich@mau.example"
VISITOR_LOGIN = "khach-{number}@mau.example"
GUESTS, COURSES, LESSONS, VISITORS, SEATS = 1_000, 20, 50, 2_600, 200

_COURSES_BEGIN = timedelta(days=310)  # ahead, where no page of today lists them, but feeds do
_SINCE = timedelta(days=800)


def add_measured(province: Province, people: Sequence[Member]) -> None:
    """Events named as for measuring, and accounts without a password for those who visit them."""
    batch = Batch()
    calendar = Calendar(province, batch)
    since = province.midnight - _SINCE
    guests = [*people, *add_crowd(province, province.bodies, max(0, GUESTS - len(people)), now=since)]
    _crowded(province, calendar, batch, guests)
    _courses(province, calendar, batch, _with_account(province, [FEED_LOGIN])[0])
    _sought(province, calendar, batch)
    calendar.keep_numbers()
    batch.finish()
    _open_to_visitors()
    _with_account(province, [VISITOR_LOGIN.format(number=number) for number in range(1, VISITORS + 1)])


def _crowded(province: Province, calendar: Calendar, batch: Batch, guests: Sequence[Member]) -> None:
    """One session that is over and closed, and one that goes on from midnight to midnight, in which nobody is marked yet."""
    day = Span(province.midnight + timedelta(minutes=30), province.midnight + timedelta(hours=23, minutes=30), "Buổi 2")
    sessions = (replace(spans("morning", previous_working_day(province.today))[0], name="Buổi 1"), day)
    happening = calendar.write(province.today, title=CROWDED, sessions=sessions)
    chosen = province.chance.sample(guests, GUESTS)
    expected = write_registrations(province, batch, happening, chosen, withdrawn=0)
    write_attendance(province, batch, happening, expected)


def _courses(province: Province, calendar: Calendar, batch: Batch, learner: Member) -> None:
    for number in range(1, COURSES + 1):
        day = province.today + _COURSES_BEGIN + timedelta(days=number % 10)
        sessions: list[Span] = []
        while len(sessions) < LESSONS:
            day = next_working_day(day)
            sessions += spans("day", day)
        course = calendar.write(day, title=f"{COURSE}, lớp {number}", sessions=tuple(sessions))
        write_registrations(province, batch, course, [learner], withdrawn=0)


def _sought(province: Province, calendar: Calendar, batch: Batch) -> None:
    day = near(province.today, 7)
    for title in (SOUGHT, FEW_SEATS):
        write_registrations(province, batch, calendar.write(day, title=title, shape="morning"), [])


def _open_to_visitors() -> None:
    """Visitors are journalists: both events are for them, and one has few seats."""
    sought = Event.title.in_((SOUGHT, FEW_SEATS))
    db.session.execute(update(Event).where(sought).values(audience=Audience.BOTH))
    event_id = db.session.scalars(select(Event.id).where(Event.title == FEW_SEATS)).one()
    db.session.execute(update(Event).where(Event.id == event_id).values(capacity=SEATS))
    db.session.execute(update(SeatPool).where(SeatPool.event_id == event_id).values(capacity=SEATS))


def _with_account(province: Province, logins: Sequence[str]) -> list[Member]:
    """People of the newspaper who may sign in, but without a password."""
    paper = province.body("BAO-KG")
    now = province.midnight - _SINCE
    drafts = [
        PersonDraft(full_name=invented_name(province.chance), title="Phóng viên", organisation_id=paper.id, email=login)
        for login in logins
    ]
    people = add_people(actor=SYSTEM, drafts=drafts, now=now)
    db.session.add_all(Account(person_id=p.id, login=p.email, is_sample=True, created_at=now) for p in people)
    db.session.flush()
    return [Member(p.id, p.full_name, p.title, paper.id, paper.kind) for p in people]
