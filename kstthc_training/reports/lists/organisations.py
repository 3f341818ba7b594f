"""The rows behind the figures of organisations: who came, who named people but never came, who named nobody."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Subquery, and_, func, not_, select, true

from kstthc_training.attendance.models import AttendanceResult
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.reports.conditions import existed_in, tally_by
from kstthc_training.reports.lists.slices import Scope, Slice, sliced

Chosen: TypeAlias = Callable[[Subquery], ColumnElement[bool]]


class OrganisationShare(NamedTuple):
    """One organisation: how many it sent and how many of them came."""

    organisation_id: int
    name: str
    name_vi: str
    name_en: str
    expected: int
    attended: int


def came(scope: Scope) -> Slice:
    """Organisations from which somebody attended, perhaps of one kind alone."""
    return _shares(scope, _came, true())


def press(scope: Scope) -> Slice:
    """Press agencies from which somebody attended."""
    return _shares(scope, _came, and_(OrganisationKind.is_press))


def offices(scope: Scope) -> Slice:
    """Organisations other than the press from which somebody attended."""
    return _shares(scope, _came, not_(OrganisationKind.is_press))


def never_came(scope: Scope) -> Slice:
    """Organisations of people expected, of whom none attended anything."""
    return _shares(scope, lambda tally: tally.c.attended == 0, true())


def named_nobody(scope: Scope) -> Slice:
    """Organisations other than the press that existed in the period and of which nobody was expected anywhere."""
    wanted = and_(existed_in(scope.period), not_(OrganisationKind.is_press))
    return _shares(scope, lambda tally: tally.c.key.is_(None), wanted)


def _came(tally: Subquery) -> ColumnElement[bool]:
    return tally.c.attended > 0


def _shares(scope: Scope, chosen: Chosen, wanted: ColumnElement[bool]) -> Slice:
    """Organisations by kind and name."""
    tally = tally_by(AttendanceResult.organisation_id, scope.period)
    code = scope.narrowing.group_code
    statement = (
        select(
            Organisation.id, Organisation.name, OrganisationKind.name_vi, OrganisationKind.name_en,
            func.coalesce(tally.c.expected, 0).label("expected"), func.coalesce(tally.c.attended, 0).label("attended"),
        )
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .outerjoin(tally, tally.c.key == Organisation.id)
        .where(wanted, chosen(tally), true() if code is None else OrganisationKind.code == code)
        .order_by(OrganisationKind.position, Organisation.sort_key, Organisation.id)
    )  # fmt: skip
    return sliced(statement, OrganisationShare, scope.page)
