"""How organisations answer invitations and whether those they name come: figures, and the invitations behind each.

Counted are invitations sent and not taken back, to events that ended in a span of days and were not called off. An
organisation answered when it first said yes or no, or had named somebody; in time up to its deadline, else the event's,
else the beginning of the event. No answer, a refusal and not coming after a yes are three different things.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select

from kstthc_training import clock
from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.compliance.enums import ComplianceFigure
from kstthc_training.db import db
from kstthc_training.events.enums import EventState
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAct, InvitationAnswer
from kstthc_training.invitations.models import Invitation, InvitationRules, InvitationStep
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import found_by
from kstthc_training.registrations.enums import GONE, RegistrationSource
from kstthc_training.registrations.models import Registration

_ANSWERS = (InvitationAct.ACCEPTED, InvitationAct.DECLINED, InvitationAct.NAMED)


@dataclass(frozen=True)
class Days:
    """Events that ended from the first to the last of these days, both included, and by the instant `now`."""

    first: date
    last: date
    now: datetime


class Compliance(NamedTuple):
    """The figures of one organisation, under its present name; `held` is to how many closed events it was invited."""

    organisation_id: int
    name: str
    kind_code: str
    name_vi: str
    name_en: str
    invited: int
    in_time: int
    late: int
    never: int
    declined: int
    named: int
    present: int
    no_show: int
    held: int

    @property
    def never_came(self) -> bool:
        """Whether nobody of it came to any event that is closed, whatever it answered."""
        return bool(self.held) and not self.present

    @property
    def never_answered(self) -> bool:
        """Whether it answered no invitation at all."""
        return self.never == self.invited

    def figure(self, figure: ComplianceFigure) -> int:
        """One of its figures."""
        return int(self[list(ComplianceFigure).index(figure) + 5])


class AskedInvitation(NamedTuple):
    """One invitation that was counted: to what, until when, what was answered when, who was named and who came.

    `present` and `no_show` are 0 while the event is not closed.
    """

    organisation_id: int
    organisation: str
    year: int
    number: int
    title: str
    starts_at: datetime
    deadline: datetime
    answer: InvitationAnswer
    answered_at: datetime | None
    named: int
    present: int
    no_show: int

    @property
    def code(self) -> str:
        """The event's number in addresses."""
        return f"{self.year}-{self.number}"


def compliance_of(days: Days, *, search: str = "", organisation_id: int | None = None) -> list[Compliance]:
    """Every organisation that was invited in these days, by kind and name, perhaps one alone: one statement."""
    asked = _asked(days, organisation_id)
    statement = (
        select(
            Organisation.id, Organisation.name, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en,
            *(_counted(asked, figure) for figure in ComplianceFigure), func.sum(asked.c.held),
        )
        .join(asked, asked.c.organisation_id == Organisation.id)
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .where(*found_by(search))
        .group_by(
            Organisation.id, Organisation.name, Organisation.sort_key, OrganisationKind.id, OrganisationKind.code,
            OrganisationKind.name_vi, OrganisationKind.name_en, OrganisationKind.position,
        )
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )  # fmt: skip
    return [Compliance(*row[:5], *map(int, row[5:])) for row in db.session.execute(statement)]


def last_year_of(organisation_id: int, *, now: datetime) -> list[tuple[ComplianceFigure, int]]:
    """The figures of one organisation in the twelve months to `now`, empty when it was not invited: one statement."""
    first, last = clock.year_to(clock.local_date(now))
    rows = compliance_of(Days(first, last, now), organisation_id=organisation_id)
    return [(figure, row.figure(figure)) for row in rows for figure in ComplianceFigure]


def invitations_counted(
    figure: ComplianceFigure, days: Days, *, organisation_id: int | None, limit: int, offset: int
) -> tuple[list[AskedInvitation], int]:
    """A page of the invitations that a figure counts, the latest event first, and how many there are: two statements."""
    asked = _asked(days, organisation_id)
    statement = (
        select(
            Organisation.id, Organisation.name, Event.year, Event.number, Event.title, Event.starts_at, asked.c.deadline,
            asked.c.answer, asked.c.answered_at, asked.c.named, asked.c.present, asked.c.no_show,
        )
        .join(Organisation, Organisation.id == asked.c.organisation_id)
        .join(Event, Event.id == asked.c.event_id)
        .where(_condition(asked, figure))
    )  # fmt: skip
    total = db.session.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    ordered = statement.order_by(Event.starts_at.desc(), Event.id, Organisation.sort_key, Organisation.id)
    rows = db.session.execute(ordered.limit(limit).offset(offset))
    return [AskedInvitation._make(row) for row in rows], total


def total_of(rows: Sequence[Compliance]) -> dict[ComplianceFigure, int]:
    """The figures of all these organisations together."""
    return {figure: sum(row.figure(figure) for row in rows) for figure in ComplianceFigure}


def _asked(days: Days, one: int | None) -> Subquery:
    """Each invitation that counts, perhaps of one organisation, with its deadline, first answer, and those named.

    The one is asked for in every part, so that its page reads its own rows by their index and nobody else's.
    """
    begins, ends = clock.day_bounds(days.first, days.last)
    there = (
        Event.ends_at >= begins, Event.ends_at < ends, Event.ends_at <= days.now,
        Event.state.in_((EventState.RELEASED, EventState.CLOSED)),
    )  # fmt: skip
    named, came, first = _named(there, one), _came(there, one), _first_answers(one)
    answered = case(
        (Invitation.answer != InvitationAnswer.NONE, func.coalesce(first.c.at, Invitation.answered_at)),
        else_=named.c.first_at,
    )
    return (
        select(
            Invitation.organisation_id, Invitation.event_id, Invitation.answer,
            case((Event.state == EventState.CLOSED, 1), else_=0).label("held"),
            func.coalesce(Invitation.answer_by, InvitationRules.answer_by, Event.starts_at).label("deadline"),
            answered.label("answered_at"), func.coalesce(named.c.people, 0).label("named"),
            func.coalesce(came.c.present, 0).label("present"), func.coalesce(came.c.no_show, 0).label("no_show"),
        )
        .join(Event, Event.id == Invitation.event_id)
        .outerjoin(InvitationRules, InvitationRules.event_id == Event.id)
        .outerjoin(first, first.c.invitation_id == Invitation.id)
        .outerjoin(named, _of_invited(named))
        .outerjoin(came, _of_invited(came))
        .where(*there, Invitation.organisation_id.is_not(None), *_of(Invitation.organisation_id, one))
        .where(Invitation.sent_at.is_not(None), Invitation.revoked_at.is_(None))
        .subquery()
    )  # fmt: skip


def _of_invited(counted: Subquery) -> ColumnElement[bool]:
    return and_(counted.c.event_id == Invitation.event_id, counted.c.organisation_id == Invitation.organisation_id)


def _first_answers(one: int | None) -> Subquery:
    """When each invitation was answered for the first time since it was made."""
    return (
        select(InvitationStep.invitation_id, func.min(InvitationStep.at).label("at"))
        .join(Invitation, Invitation.id == InvitationStep.invitation_id)
        .where(InvitationStep.act.in_(_ANSWERS), InvitationStep.at >= Invitation.made_at)
        .where(*_of(Invitation.organisation_id, one))
        .group_by(InvitationStep.invitation_id)
        .subquery()
    )


def _named(there: Sequence[Any], one: int | None) -> Subquery:
    """How many people each organisation has on the list of each event, walk-ins aside, and since when."""
    return (
        select(
            Registration.event_id, Registration.organisation_id, func.count().label("people"),
            func.min(Registration.registered_at).label("first_at"),
        )
        .join(Event, Event.id == Registration.event_id)
        .where(*there, Registration.state.not_in(GONE), Registration.source != RegistrationSource.WALK_IN)
        .where(*_of(Registration.organisation_id, one))
        .group_by(Registration.event_id, Registration.organisation_id)
        .subquery()
    )  # fmt: skip


def _came(there: Sequence[Any], one: int | None) -> Subquery:
    """Of each organisation at each event that is closed: who attended, and who neither did nor gave a reason."""
    result = AttendanceResult
    stayed_away = and_(~result.attended, result.sessions_excused == 0)
    return (
        select(
            result.event_id, result.organisation_id, func.sum(case((result.attended, 1), else_=0)).label("present"),
            func.sum(case((stayed_away, 1), else_=0)).label("no_show"),
        )
        .join(Event, Event.id == result.event_id)
        .where(*there, *_of(result.organisation_id, one))
        .group_by(result.event_id, result.organisation_id)
        .subquery()
    )  # fmt: skip


def _condition(asked: Subquery, figure: ComplianceFigure) -> ColumnElement[bool]:
    """Which invitations a figure counts, or holds the people of."""
    conditions: dict[ComplianceFigure, ColumnElement[bool]] = {
        ComplianceFigure.INVITED: asked.c.event_id.is_not(None),
        ComplianceFigure.IN_TIME: asked.c.answered_at <= asked.c.deadline,
        ComplianceFigure.LATE: asked.c.answered_at > asked.c.deadline,
        ComplianceFigure.NEVER: asked.c.answered_at.is_(None),
        ComplianceFigure.DECLINED: asked.c.answer == InvitationAnswer.DECLINED,
        ComplianceFigure.NAMED: asked.c.named > 0,
        ComplianceFigure.PRESENT: asked.c.present > 0,
        ComplianceFigure.NO_SHOW: asked.c.no_show > 0,
    }
    return conditions[figure]


def _counted(asked: Subquery, figure: ComplianceFigure) -> ColumnElement[int]:
    """A figure: people where it is about people, else invitations."""
    people = {
        ComplianceFigure.NAMED: asked.c.named,
        ComplianceFigure.PRESENT: asked.c.present,
        ComplianceFigure.NO_SHOW: asked.c.no_show,
    }
    return func.sum(people[figure] if figure in people else case((_condition(asked, figure), 1), else_=0))


def _of(organisation_id: Any, one: int | None) -> list[ColumnElement[bool]]:
    return [] if one is None else [organisation_id == one]
