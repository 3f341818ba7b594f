"""An allocation as the desk shows it: the criteria, the rows in words, and how many each reason admitted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from flask_babel import gettext as _
from sqlalchemy import select, union

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.events.models import Event
from kstthc_training.invitations.enums import InvitationAnswer
from kstthc_training.invitations.models import Invitation
from kstthc_training.mandates.calling import mandatory_at
from kstthc_training.registrations.allocation import Criterion
from kstthc_training.registrations.allocation_words import CRITERIA, GROUPS, HINTS, reason_words
from kstthc_training.registrations.enums import AllocationOutcome, RegistrationSource
from kstthc_training.registrations.models import AllocationRow, Registration
from kstthc_training.registrations.queries import Registrant, registrants_of
from kstthc_training.registrations.queries.allocation import Plan, Preview
from kstthc_training.text import fold, search_words

ADMITTED, WAITING = "nhan", "cho"


class Line(NamedTuple):
    """One row of the table in words; `is_first_behind` is the first that gets no seat."""

    id: int
    rank: int
    name: str
    organisation: str
    why: str
    is_admitted: bool
    result: str
    is_first_behind: bool


@dataclass(frozen=True)
class CriterionLine:
    """A criterion in its place, in words; `most` only of the one that has a number."""

    key: str
    label: str
    hint: str
    is_on: bool
    most: int | None


@dataclass(frozen=True)
class Table:
    """The lines that the search and the filter leave, how many there are without them, and how many by reason."""

    lines: Sequence[Line]
    admitted: int
    waiting: int
    groups: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        """Everybody who is ranked."""
        return self.admitted + self.waiting


class _Row(NamedTuple):
    id: int
    rank: int
    is_admitted: bool
    rule: str
    figures: Mapping[str, Any]
    said: str


class Facts(TypedDict):
    """What features above registrations know of those who applied, by person."""

    invited: frozenset[int]
    mandatory: frozenset[int]


def facts_of(event_id: int) -> Facts:
    """Who is invited and who must come, as the criteria ask it: two statements."""
    return Facts(invited=invited_people(event_id), mandatory=mandatory_at(event_id))


def invited_people(event_id: int) -> frozenset[int]:
    """Those invited by name, and those whom an organisation that is invited named; not where it stands no more or was
    declined: one statement."""
    stands = (
        Invitation.event_id == event_id, Invitation.revoked_at.is_(None), Invitation.answer != InvitationAnswer.DECLINED,
    )  # fmt: skip
    by_name = select(Invitation.person_id).where(*stands, Invitation.person_id.is_not(None))
    named = (
        select(Registration.person_id)
        .join(Invitation, Invitation.organisation_id == Registration.seat_organisation_id)
        .where(*stands, Registration.event_id == event_id, Registration.source == RegistrationSource.NOMINATION)
    )
    found = db.session.scalars(union(by_name, named))
    return frozenset(person_id for person_id in found if person_id is not None)


def criteria_lines(plan: Plan) -> list[CriterionLine]:
    """The criteria in their order."""
    return [
        CriterionLine(
            key=str(chosen.criterion),
            label=str(CRITERIA[chosen.criterion]),
            hint=_hint(chosen.criterion, plan) if chosen.is_on else _("tắt"),
            is_on=chosen.is_on,
            most=chosen.most,
        )
        for chosen in plan.criteria
    ]


def previewed(event: Event, plan: Plan, shown: Preview, *, search: str, result: str) -> Table:
    """The rows of a decision that is not made yet: five statements for the names."""
    reasons = {said.registration_id: said.reason for said in plan.said}
    rows = [
        _Row(r.registration_id, r.rank, r.is_admitted, str(r.rule), r.facts, reasons.get(r.registration_id, ""))
        for r in shown.rows
    ]
    return _table(event, rows, search, result)


def decided(event: Event, kept: Sequence[AllocationRow], *, search: str, result: str) -> Table:
    """The rows of a decision as they were kept: five statements for the names."""
    rows = [_kept(row) for row in kept]
    return _table(event, rows, search, result)


def _hint(criterion: Criterion, plan: Plan) -> str:
    if criterion is Criterion.DRAW:
        return _("hạt giống %(seed)s, rút lần %(n)s", seed=plan.seed, n=plan.draws)
    return str(HINTS.get(criterion, ""))


def _kept(row: AllocationRow) -> _Row:
    facts: dict[str, Any] = row.facts
    is_admitted = row.outcome is AllocationOutcome.ADMITTED
    return _Row(row.registration_id, row.rank, is_admitted, row.rule, facts["figures"], facts["reason"])


def _table(event: Event, rows: Sequence[_Row], search: str, result: str) -> Table:
    people = {r.id: r for r in registrants_of(event.id, on=clock.local_date(event.starts_at)).rows}
    admitted = sum(row.is_admitted for row in rows)
    wanted = {ADMITTED: True, WAITING: False}
    listed = [row for row in rows if result not in wanted or row.is_admitted is wanted[result]]
    words = search_words(search)
    lines = [_line(row, people[row.id], admitted) for row in listed if _is_about(people[row.id], words)]
    counts = Counter(row.rule for row in rows if row.is_admitted)
    groups = [(str(GROUPS[reason]), counts[reason]) for reason in GROUPS if counts[reason]]
    return Table(lines, admitted, len(rows) - admitted, groups)


def _line(row: _Row, person: Registrant, admitted: int) -> Line:
    return Line(
        id=row.id,
        rank=row.rank,
        name=person.full_name,
        organisation=person.organisation,
        why=reason_words(row.rule, row.figures, is_admitted=row.is_admitted, said=row.said),
        is_admitted=row.is_admitted,
        result=_("Nhận") if row.is_admitted else _("Chờ số %(n)s", n=row.rank - admitted),
        is_first_behind=row.rank == admitted + 1,
    )


def _is_about(person: Registrant, words: Sequence[str]) -> bool:
    folded = fold(f"{person.full_name} {person.organisation}")
    return all(word in folded for word in words)
