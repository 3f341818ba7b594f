"""Which accounts a list of people calls for, when its focal points are to be let in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.directory.enums import ProblemCode
from kstthc_training.directory.importing.people import PersonValues
from kstthc_training.directory.importing.plans import ImportPlan, PlannedRow, Problem
from kstthc_training.people.enums import Role
from kstthc_training.people.logins import normal_login
from kstthc_training.people.models import Account, Person, RoleGrant
from kstthc_training.text import is_address


@dataclass(frozen=True, slots=True)
class FocalPoints:
    """Lines whose person gets an account and a letter; accounts that get the role, by line; what stands against it."""

    to_invite: tuple[int, ...] = ()
    to_grant: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def count(self) -> int:
        """How many accounts would be opened or given the role."""
        return len(self.to_invite) + len(self.to_grant)


def plan_focal_points(plan: ImportPlan[PersonValues]) -> FocalPoints:
    """What the focal points of a plan need to sign in for their organisations. Three statements.

    An account needs an address that nobody else signs in with.
    """
    rows = [row for row in plan.rows if row.values.speaks_for is not None]
    accounts, grants = _accounts_of(rows)
    to_invite, to_grant = [], []
    for row in rows:
        account_id = accounts.get(row.known_id or 0)
        if account_id is None:
            to_invite.append(row)
        elif (account_id, row.values.speaks_for) not in grants:
            to_grant.append((row.line, account_id))
    problems = _problems(plan, to_invite, _emails_of(to_invite))
    return FocalPoints(tuple(row.line for row in to_invite), tuple(to_grant), tuple(problems))


def _accounts_of(rows: Sequence[PlannedRow[PersonValues]]) -> tuple[dict[int, int], set[tuple[int, int | None]]]:
    """Accounts by person, and which speak for which organisation already."""
    known = [row.known_id for row in rows if row.known_id is not None]
    statement = (
        select(Account.person_id, Account.id, RoleGrant.organisation_id)
        .outerjoin(RoleGrant, (RoleGrant.account_id == Account.id) & (RoleGrant.role == Role.FOCAL_POINT))
        .where(Account.person_id.in_(known))
    )
    found = db.session.execute(statement).all()
    return {person_id: account_id for person_id, account_id, _ in found}, {(account, place) for _, account, place in found}


def _emails_of(rows: Sequence[PlannedRow[PersonValues]]) -> dict[int, str]:
    """The address each line's person will have, by line."""
    known = select(Person.id, Person.email).where(Person.id.in_([row.known_id for row in rows if row.known_id]))
    before = {person_id: email for person_id, email in db.session.execute(known)}
    return {row.line: normal_login(row.values.row.email or before.get(row.known_id or 0, "")) for row in rows}


def _problems(
    plan: ImportPlan[PersonValues], to_invite: Sequence[PlannedRow[PersonValues]], emails: dict[int, str]
) -> list[Problem]:
    wanted = {emails[row.line] for row in to_invite}
    taken = set(db.session.scalars(select(Account.login).where(Account.login.in_(wanted))))
    problems, first_lines = [], dict[str, int]()
    header = plan.columns.matches["email"].header if "email" in plan.columns.matches else ""
    for row in to_invite:
        email = emails[row.line]
        first = first_lines.setdefault(email, row.line)
        if not is_address(email):
            problems.append(Problem(row.line, header, "email", email, ProblemCode.ADDRESS_NEEDED))
        elif email in taken:
            problems.append(Problem(row.line, header, "email", email, ProblemCode.ADDRESS_TAKEN))
        elif first != row.line:
            problems.append(Problem(row.line, header, "email", email, ProblemCode.ADDRESS_TAKEN, (str(first),)))
    return problems
