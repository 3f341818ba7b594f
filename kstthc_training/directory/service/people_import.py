"""Taking a list of people in: whole, or not at all; letters go out only when asked for."""

from dataclasses import dataclass
from datetime import datetime

from kstthc_training.audit.service import record
from kstthc_training.clock import local_date
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import ImportRefused
from kstthc_training.directory.importing.columns import Chosen
from kstthc_training.directory.importing.focal_points import FocalPoints, plan_focal_points
from kstthc_training.directory.importing.people import PersonValues, plan_people
from kstthc_training.directory.importing.plans import Effect, ImportPlan, PlannedRow
from kstthc_training.people.actors import Actor
from kstthc_training.people.enums import Role
from kstthc_training.people.finding import get_person
from kstthc_training.people.models import Person
from kstthc_training.people.service.accounts import grant, invite
from kstthc_training.people.service.persons import PersonDraft, add_people, change_person
from kstthc_training.sheets import Table


@dataclass(frozen=True, slots=True)
class PeopleImported:
    """What was taken in, the person of each line, and how many focal points were let in by it."""

    plan: ImportPlan[PersonValues]
    person_ids: tuple[int, ...]
    invited: int
    granted: int


def import_people(
    *, actor: Actor, table: Table, chosen: Chosen | None = None, send_links: bool = False, now: datetime
) -> PeopleImported:
    """Take every row in, and answer what was done; the same file again changes nothing.

    Only with `send_links` do focal points get an account, by a one-time link to their own address, or the role on the
    account they have. `ImportRefused` with all problems when there is one.
    """
    plan = plan_people(table, chosen=chosen, on=local_date(now))
    focal_points = plan_focal_points(plan) if send_links else FocalPoints()
    if problems := (*plan.problems, *focal_points.problems):
        raise ImportRefused(problems=problems)
    people = _take_in(actor, plan, now)
    _let_in(actor, plan, people, focal_points, now)
    record(
        actor=actor, action="directory.people_imported", subject_type="directory", subject_id=None, now=now,
        kind=ImportKind.PEOPLE.value, new=plan.count(Effect.NEW), changed=plan.count(Effect.CHANGED),
        invited=len(focal_points.to_invite), granted=len(focal_points.to_grant),
    )  # fmt: skip
    person_ids = tuple(people[row.line].id if row.line in people else row.known_id or 0 for row in plan.rows)
    return PeopleImported(plan, person_ids, len(focal_points.to_invite), len(focal_points.to_grant))


def _take_in(actor: Actor, plan: ImportPlan[PersonValues], now: datetime) -> dict[int, Person]:
    """The people of the lines that were written, by line."""
    new = [row for row in plan.rows if row.effect is Effect.NEW]
    added = add_people(actor=actor, drafts=[_draft(row, None) for row in new], now=now)
    people = {row.line: person for row, person in zip(new, added, strict=True)}
    for row in plan.rows:
        if row.effect is Effect.CHANGED:
            person = get_person(row.known_id or 0)
            people[row.line] = change_person(
                actor=actor, person=person, draft=_draft(row, person), version=row.values.version, now=now
            )
    return people


def _draft(row: PlannedRow[PersonValues], known: Person | None) -> PersonDraft:
    values = row.values.row
    return PersonDraft(
        full_name=values.full_name,
        title=values.title or (known.title if known else ""),
        organisation_id=row.values.organisation_id,
        email=values.email or (known.email if known else ""),
        phone=values.phone or (known.phone if known else ""),
    )


def _let_in(
    actor: Actor, plan: ImportPlan[PersonValues], people: dict[int, Person], focal_points: FocalPoints, now: datetime
) -> None:
    rows = {row.line: row for row in plan.rows}
    for line in focal_points.to_invite:
        person = people.get(line) or get_person(rows[line].known_id or 0)
        invite(actor=actor, person=person, focal_of=[rows[line].values.organisation_id], now=now)
    for line, account_id in focal_points.to_grant:
        organisation_id = rows[line].values.organisation_id
        grant(actor=actor, account_id=account_id, role=Role.FOCAL_POINT, organisation_id=organisation_id, now=now)
