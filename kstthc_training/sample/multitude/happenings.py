"""Events by the thousand, spread evenly over the working days of the sample's two years and more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from kstthc_training.audit.models import AuditEntry
from kstthc_training.clock import local_date
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import AgendaItem, Event, EventNumber, EventTopic, Session
from kstthc_training.sample.multitude.batch import Batch
from kstthc_training.sample.province import Province
from kstthc_training.sample.tables import Line, read_table
from kstthc_training.sample.times import Span, end_of_next_quarter, spans
from kstthc_training.text import search_text
from kstthc_training.working_days import is_working_day

_SHAPES = ("morning",) * 20 + ("afternoon",) * 15 + ("day",) * 30 + ("two_days",) * 35
_MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event written as a row, with what its registrations and marks follow from."""

    id: int
    line: Line
    state: EventState
    sessions: tuple[tuple[int, Span], ...]
    opens_at: datetime
    closes_at: datetime

    @property
    def starts_at(self) -> datetime:
        """The start of the first session."""
        return self.sessions[0][1].starts_at

    @property
    def ends_at(self) -> datetime:
        """The end of the last session."""
        return self.sessions[-1][1].ends_at


class Calendar:
    """Writes events on days, numbered on from those there are."""

    def __init__(self, province: Province, batch: Batch) -> None:
        self._province, self._batch = province, batch
        self._numbers = dict(db.session.execute(select(EventNumber.year, EventNumber.last_number)).all())
        self._lines = read_table("events_by_month")

    def keep_numbers(self) -> None:
        """Let the next event be numbered after the last one written."""
        for year, last in self._numbers.items():
            db.session.merge(EventNumber(year=year, last_number=last))
        db.session.flush()

    def write(self, day: date, *, title: str = "", shape: str = "", sessions: tuple[Span, ...] = ()) -> Happening:
        """An event of a day by chance, or with the title and sessions given, in the state that its time gives it."""
        chance = self._province.chance
        line = chance.choice(self._lines)
        sessions = sessions or spans(shape or chance.choice(_SHAPES), day)
        happening = Happening(
            id=self._batch.number(Event),
            line=line,
            state=EventState.RELEASED if title else self._state(sessions),
            sessions=tuple((self._batch.number(Session), span) for span in sessions),
            opens_at=sessions[0].starts_at - _MONTH,
            closes_at=sessions[0].starts_at - timedelta(hours=15),
        )
        self._write_event(happening, title)
        self._write_sessions(happening)
        return happening

    def _state(self, sessions: tuple[Span, ...]) -> EventState:
        lot, ahead = self._province.chance.random(), sessions[0].starts_at - self._province.midnight
        if lot < 0.02:
            return EventState.CANCELLED
        if ahead < timedelta(0):
            return EventState.CLOSED if sessions[-1].ends_at < self._province.midnight else EventState.RELEASED
        return EventState.DRAFT if lot > 0.9 and ahead > _MONTH else EventState.RELEASED

    def _write_event(self, happening: Happening, title: str) -> None:
        province, line, number = self._province, happening.line, self._number(happening)
        day = local_date(happening.starts_at)
        plan = province.plans.get(day.year)
        title = title or line["title"].format(year=day.year, month=day.month, quarter="I", last_quarter="IV")
        code = f"{day.year}-{number}"
        venue_id = province.venues[line["venue"]] if line["venue"] else None
        created_at = happening.opens_at - timedelta(days=1)
        draft, held = happening.state is EventState.DRAFT, happening.state is EventState.CLOSED
        self._batch.add(
            Event, happening.id, day.year, number, title, province.kinds[line["kind"]], line["mode"], happening.state,
            "Gộp với cuộc khác" if happening.state is EventState.CANCELLED else "", line["audience"], line["note"], "",
            venue_id, "", line["chair"], province.body("VPUBND").id, "Nguyễn Mẫu An", "0900000018",
            province.accounts.organizer.person_id, None, happening.opens_at, happening.closes_at,
            plan.items[line["item"]] if plan and line["item"] else None, happening.starts_at, happening.ends_at,
            local_date(happening.ends_at) if held else None,
            search_text(title, code, line["chair"], line["venue"], line["note"]), created_at, created_at,
            None if draft else happening.opens_at,
        )  # fmt: skip
        self._note(happening.id, code, title, created_at)
        for topic in line["topics"].split()[:2] if plan else ():
            self._batch.add(EventTopic, happening.id, plan.topics[topic])  # type: ignore[union-attr]

    def _number(self, happening: Happening) -> int:
        year = local_date(happening.starts_at).year
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return self._numbers[year]

    def _note(self, event_id: int, code: str, title: str, at: datetime) -> None:
        organizer = self._province.accounts.organizer
        facts = {"code": code, "title": title}
        who = (at, organizer.account_id, organizer.display_name, "")
        self._batch.add(AuditEntry, *who, "event.created", "event", event_id, facts)

    def _write_sessions(self, happening: Happening) -> None:
        at = happening.opens_at
        for position, (session_id, span) in enumerate(happening.sessions):
            uid = UUID(int=self._province.chance.getrandbits(128), version=4)
            self._batch.add(
                Session, session_id, happening.id, position, span.name, span.starts_at, span.ends_at, uid, at, at
            )
            middle = span.starts_at + timedelta(hours=1)
            self._batch.add(AgendaItem, happening.id, 2 * position, span.starts_at, middle, "Trình bày chuyên đề", "")
            self._batch.add(AgendaItem, happening.id, 2 * position + 1, middle, span.ends_at, "Hỏi đáp, thảo luận", "")


def days_of_events(today: date, count: int) -> Iterator[date]:
    """So many working days, in order, from January of last year to the end of next quarter."""
    first, last = date(today.year - 1, 1, 2), end_of_next_quarter(today)
    length = (last - first).days
    for place in range(count):
        day = first + timedelta(days=place * length // count)
        while not is_working_day(day):
            day += timedelta(days=1)
        yield day
