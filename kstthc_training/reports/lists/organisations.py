"""The rows behind the figures of organisations: who came, who named people but never came, who named nobody."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.organisations.queries import names_as_of
from kstthc_training.reports.conditions import existed_in
from kstthc_training.reports.counts import counts_of
from kstthc_training.reports.lists.slices import Scope, Slice, cut
from kstthc_training.reports.rows import NOBODY_EXPECTED, by_name_in_kind


class OrganisationShare(NamedTuple):
    """One organisation under its name at the period's end, whether it existed in the period, how many it sent and how
    many of them came.
    """

    organisation_id: int
    kind_code: str
    name_vi: str
    name_en: str
    is_press: bool
    existed: bool
    expected: int
    attended: int
    name: str = ""


def came(scope: Scope) -> Slice:
    """Organisations from which somebody attended, perhaps of one kind alone."""
    return _shares(scope, lambda row: row.attended > 0)


def press(scope: Scope) -> Slice:
    """Press agencies from which somebody attended."""
    return _shares(scope, lambda row: row.attended > 0 and row.is_press)


def offices(scope: Scope) -> Slice:
    """Organisations other than the press from which somebody attended."""
    return _shares(scope, lambda row: row.attended > 0 and not row.is_press)


def never_came(scope: Scope) -> Slice:
    """Organisations of people expected, of whom none attended anything."""
    return _shares(scope, lambda row: row.expected > 0 and not row.attended)


def named_nobody(scope: Scope) -> Slice:
    """Organisations other than the press that existed in the period and of which nobody was expected anywhere."""
    return _shares(scope, lambda row: row.existed and not row.expected and not row.is_press)


def _shares(scope: Scope, wanted: Callable[[OrganisationShare], bool]) -> Slice:
    """Organisations by kind and name, as they were called at the period's end."""
    tallies, code = counts_of(scope.period).organisations, scope.narrowing.group_code
    statement = (
        select(
            Organisation.id, OrganisationKind.code, OrganisationKind.name_vi, OrganisationKind.name_en,
            OrganisationKind.is_press, existed_in(scope.period),
        )
        .join(OrganisationKind, OrganisationKind.id == Organisation.kind_id)
        .order_by(OrganisationKind.position, OrganisationKind.id)
    )  # fmt: skip
    every = (OrganisationShare(*row, *tallies.get(row[0], NOBODY_EXPECTED)) for row in db.session.execute(statement))
    rows = [row for row in every if wanted(row) and code in (None, row.kind_code)]
    names = names_as_of([row.organisation_id for row in rows], scope.period.last)
    named = [row._replace(name=names[row.organisation_id]) for row in rows]
    return cut(by_name_in_kind(named), scope.page)
