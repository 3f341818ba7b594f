"""Mandatory trainings and how the people listed stand with them, derived from the results of the events that count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.mandates.enums import MandateStanding
from kstthc_training.mandates.models import Mandate, MandateEvent, MandatePerson
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import short_or_name
from kstthc_training.people.models import Person
from kstthc_training.refusals import Unknown
from kstthc_training.text import search_words

Rows = Select[*tuple[Any, ...]]


class MandateLine(NamedTuple):
    """A mandatory training in a list, with how many of its people stand where."""

    id: int
    name: str
    document: str
    due_on: date
    people: int
    done: int
    exempt: int
    overdue: int
    due: int


class ListedPerson(NamedTuple):
    """Somebody on the list of a mandatory training: how he stands, by which event on which day, or by which document."""

    person_id: int
    full_name: str
    title: str
    organisation: str
    standing: MandateStanding
    done_on: date | None
    event_title: str
    year: int | None
    number: int | None
    exempt_document: str

    @property
    def code(self) -> str:
        """The number in addresses of the event that he attended, '' when there is none."""
        return f"{self.year}-{self.number}" if self.number else ""


class OwnMandate(NamedTuple):
    """A mandatory training of one person: until when, by order of what, and how he stands."""

    mandate_id: int
    name: str
    document: str
    due_on: date
    person_id: int
    full_name: str
    standing: MandateStanding
    done_on: date | None
    event_title: str
    exempt_document: str


class CountedEvent(NamedTuple):
    """An event that counts as a mandatory training."""

    mandate_id: int
    id: int
    year: int
    number: int
    title: str
    state: EventState
    starts_at: datetime

    @property
    def code(self) -> str:
        """The event's number in addresses."""
        return f"{self.year}-{self.number}"


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """Whom of a list to show: those who stand somewhere, those found by words, those of one organisation."""

    standing: MandateStanding | None = None
    search: str = ""
    organisation_id: int | None = None


def mandate_lines(*, search: str = "", withdrawn: bool = False, today: date) -> list[MandateLine]:
    """The mandatory trainings whose name or document holds every word, the last day to do it last: one statement."""
    done = _done()
    standing = _standing(today, done)
    words = [Mandate.search_text.contains(word, autoescape=True) for word in search_words(search)]
    there = Mandate.withdrawn_at.is_not(None) if withdrawn else Mandate.withdrawn_at.is_(None)
    statement = (
        select(
            Mandate.id, Mandate.name, Mandate.document, Mandate.due_on, func.count(MandatePerson.person_id),
            *(
                func.coalesce(func.sum(case((and_(MandatePerson.person_id.is_not(None), standing == each), 1), else_=0)), 0)
                for each in (MandateStanding.DONE, MandateStanding.EXEMPT, MandateStanding.OVERDUE, MandateStanding.DUE)
            ),
        )
        .outerjoin(MandatePerson, MandatePerson.mandate_id == Mandate.id)
        .outerjoin(done, _same(done))
        .where(there, *words)
        .group_by(Mandate.id, Mandate.name, Mandate.document, Mandate.due_on)
        .order_by(Mandate.due_on.desc(), Mandate.id.desc())
    )  # fmt: skip
    return [MandateLine(*row[:4], *map(int, row[4:])) for row in db.session.execute(statement)]


def get_mandate(mandate_id: int) -> Mandate:
    """A mandatory training with its topic; `Unknown` when there is none."""
    statement = select(Mandate).where(Mandate.id == mandate_id).options(joinedload(Mandate.topic))
    mandate = db.session.scalar(statement, execution_options={"populate_existing": True})
    if mandate is None:
        raise Unknown(mandate_id=mandate_id)
    return mandate


def standings_of(mandate_id: int, *, today: date) -> dict[MandateStanding, int]:
    """How many of a list stand where: one statement."""
    done = _done(MandateEvent.mandate_id == mandate_id)
    standing = _standing(today, done)
    statement = (
        select(standing, func.count())
        .select_from(MandatePerson)
        .join(Mandate, Mandate.id == MandatePerson.mandate_id)
        .outerjoin(done, _same(done))
        .where(MandatePerson.mandate_id == mandate_id)
        .group_by(standing)
    )
    found = {MandateStanding(word): count for word, count in db.session.execute(statement)}
    return {standing: found.get(standing, 0) for standing in MandateStanding}


def people_listed(
    mandate_id: int, wanted: ListFilter, *, today: date, limit: int | None = None, offset: int = 0
) -> tuple[list[ListedPerson], int]:
    """A page of the people of a list as wanted, by organisation and name, and how many there are: two statements."""
    done = _done(MandateEvent.mandate_id == mandate_id)
    statement = _listed(today, done).where(MandatePerson.mandate_id == mandate_id, *_wanted(wanted, today, done))
    total = db.session.execute(select(func.count()).select_from(statement.order_by(None).subquery())).scalar_one()
    rows = db.session.execute(statement.limit(limit).offset(offset) if limit else statement)
    return [ListedPerson._make((*row[:4], MandateStanding(row[4]), *row[5:])) for row in rows], total


def organisations_listed(mandate_id: int) -> list[tuple[int, str, int]]:
    """The organisations with people on a list, by name, and how many each has: one statement."""
    statement = (
        select(Organisation.id, short_or_name(Organisation), func.count())
        .join(Person, Person.organisation_id == Organisation.id)
        .join(MandatePerson, MandatePerson.person_id == Person.id)
        .where(MandatePerson.mandate_id == mandate_id)
        .group_by(Organisation.id, Organisation.name, Organisation.short_name, Organisation.sort_key)
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def own_mandates(*, today: date, person_id: int | None = None, organisation_id: int | None = None) -> list[OwnMandate]:
    """What is mandatory for one person, or for the people of one organisation; the next due first: one statement."""
    whose = Person.id == person_id if organisation_id is None else Person.organisation_id == organisation_id
    done = _done(AttendanceResult.person_id.in_(select(Person.id).where(whose)))
    statement = (
        select(
            Mandate.id, Mandate.name, Mandate.document, Mandate.due_on, Person.id, Person.full_name, _standing(today, done),
            done.c.held_on, func.coalesce(done.c.title, ""), MandatePerson.exempt_document,
        )
        .join(MandatePerson, MandatePerson.mandate_id == Mandate.id)
        .join(Person, Person.id == MandatePerson.person_id)
        .outerjoin(done, _same(done))
        .where(whose, Mandate.withdrawn_at.is_(None))
        .order_by(Mandate.due_on.desc(), Mandate.id.desc(), Person.sort_key, Person.id)
    )  # fmt: skip
    return [OwnMandate._make((*row[:6], MandateStanding(row[6]), *row[7:])) for row in db.session.execute(statement)]


def events_counted(mandate_ids: Sequence[int]) -> list[CountedEvent]:
    """The events that count as these mandatory trainings, in the order of their days: one statement."""
    rows = db.session.execute(
        select(MandateEvent.mandate_id, Event.id, Event.year, Event.number, Event.title, Event.state, Event.starts_at)
        .join(Event, Event.id == MandateEvent.event_id)
        .where(MandateEvent.mandate_id.in_(mandate_ids), Event.discarded_at.is_(None))
        .order_by(Event.starts_at, Event.id)
    )
    return [CountedEvent(*row) for row in rows]


def _done(*theirs: ColumnElement[bool]) -> Subquery:
    """For each person and mandatory training the first event that he attended of those that count as it.

    `theirs` says of whom, or of which training, so that the results of all others are not read.
    """
    order = func.row_number().over(
        partition_by=(MandateEvent.mandate_id, AttendanceResult.person_id), order_by=(Event.held_on, Event.id)
    )
    attended = (
        select(
            MandateEvent.mandate_id, AttendanceResult.person_id, Event.held_on, Event.title, Event.year, Event.number,
            order.label("place"),
        )
        .join(Event, Event.id == MandateEvent.event_id)
        .join(AttendanceResult, AttendanceResult.event_id == Event.id)
        .where(AttendanceResult.attended, *theirs)
        .subquery()
    )  # fmt: skip
    return select(attended).where(attended.c.place == 1).subquery()


def _same(done: Subquery) -> ColumnElement[bool]:
    return and_(done.c.mandate_id == MandatePerson.mandate_id, done.c.person_id == MandatePerson.person_id)


def _standing(today: date, done: Subquery) -> ColumnElement[str]:
    """Done goes before exempt; overdue from the day after the last one on."""
    return case(
        (done.c.held_on.is_not(None), MandateStanding.DONE.value),
        (MandatePerson.exempt_document != "", MandateStanding.EXEMPT.value),
        (Mandate.due_on < today, MandateStanding.OVERDUE.value),
        else_=MandateStanding.DUE.value,
    )


def _listed(today: date, done: Subquery) -> Rows:
    return (
        select(
            Person.id, Person.full_name, Person.title, func.coalesce(short_or_name(Organisation), ""),
            _standing(today, done), done.c.held_on, func.coalesce(done.c.title, ""), done.c.year, done.c.number,
            MandatePerson.exempt_document,
        )
        .select_from(MandatePerson)
        .join(Mandate, Mandate.id == MandatePerson.mandate_id)
        .join(Person, Person.id == MandatePerson.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(done, _same(done))
        .order_by(Organisation.sort_key, Person.sort_key, Person.id)
    )  # fmt: skip


def _wanted(wanted: ListFilter, today: date, done: Subquery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        or_(Person.search_text.contains(word, autoescape=True), Organisation.search_text.contains(word, autoescape=True))
        for word in search_words(wanted.search)
    ]
    if wanted.standing:
        found.append(_standing(today, done) == wanted.standing.value)
    if wanted.organisation_id:
        found.append(Person.organisation_id == wanted.organisation_id)
    return found
