"""Taking a list of organisations in: whole, or not at all."""

from datetime import date, datetime

from kstthc_training.audit.service import record
from kstthc_training.clock import local_date
from kstthc_training.directory.enums import ImportKind
from kstthc_training.directory.errors import ImportRefused
from kstthc_training.directory.importing.columns import Chosen
from kstthc_training.directory.importing.organisations import OrganisationValues, plan_organisations
from kstthc_training.directory.importing.places import plain
from kstthc_training.directory.importing.plans import Effect, ImportPlan, PlannedRow
from kstthc_training.organisations import service
from kstthc_training.organisations.drafts import OrganisationDetails, OrganisationDraft
from kstthc_training.organisations.models import Organisation
from kstthc_training.organisations.queries import get_organisation, names_of
from kstthc_training.people.actors import Actor
from kstthc_training.sheets import Table


def import_organisations(
    *, actor: Actor, table: Table, chosen: Chosen | None = None, now: datetime
) -> ImportPlan[OrganisationValues]:
    """Take every row in, and answer what was done; the same file again changes nothing.

    `ImportRefused` with all problems when there is one. A name that differs by more than spelling and the
    usual abbreviations is a new name from today on; otherwise the spelling is mended.
    """
    today = local_date(now)
    plan = plan_organisations(table, chosen=chosen, on=today)
    if plan.problems:
        raise ImportRefused(problems=plan.problems)
    ids: dict[int, int] = {}
    for row in plan.rows:
        ids[row.line] = row.known_id or _add(actor, row, ids, now).id
        if row.known_id is not None and row.changes:
            _change(actor, row, ids, now)
    record(
        actor=actor, action="directory.organisations_imported", subject_type="directory", subject_id=None, now=now,
        kind=ImportKind.ORGANISATIONS.value, new=plan.count(Effect.NEW), changed=plan.count(Effect.CHANGED),
    )  # fmt: skip
    return plan


def _add(actor: Actor, row: PlannedRow[OrganisationValues], ids: dict[int, int], now: datetime) -> Organisation:
    values = row.values.row
    draft = OrganisationDraft(
        name=values.name,
        short_name=values.short_name,
        kind_id=values.kind_id,
        level_id=row.values.level_id,
        parent_id=_parent_id(row, ids),
        code=values.code,
        email=values.email,
        phone=values.phone,
        valid_from=values.valid_from,
    )
    return service.add(actor=actor, draft=draft, now=now)


def _change(actor: Actor, row: PlannedRow[OrganisationValues], ids: dict[int, int], now: datetime) -> None:
    organisation, values = get_organisation(ids[row.line]), row.values.row
    details = OrganisationDetails(
        kind_id=values.kind_id,
        level_id=row.values.level_id,
        parent_id=_parent_id(row, ids) if values.parent else organisation.parent_id,
        code=values.code or organisation.code or "",
        email=values.email or organisation.email,
        phone=values.phone or organisation.phone,
    )
    service.change(actor=actor, organisation=organisation, details=details, version=organisation.version, now=now)
    short_name = values.short_name or organisation.short_name
    if (values.name, short_name) != (organisation.name, organisation.short_name):
        _name(actor, organisation, values.name, short_name, now)


def _name(actor: Actor, organisation: Organisation, name: str, short_name: str, now: datetime) -> None:
    from_day = max(local_date(now), organisation.valid_from or local_date(now))
    if plain(name) == plain(organisation.name) or _was_named_on(organisation, from_day):
        service.correct_name(actor=actor, organisation=organisation, name=name, short_name=short_name, now=now)
    else:
        service.rename(actor=actor, organisation=organisation, name=name, short_name=short_name, from_day=from_day, now=now)


def _was_named_on(organisation: Organisation, day: date) -> bool:
    return any(borne.valid_from == day for borne in names_of(organisation.id))


def _parent_id(row: PlannedRow[OrganisationValues], ids: dict[int, int]) -> int | None:
    line = row.values.parent_line
    return row.values.parent_id if line is None else ids[line]
