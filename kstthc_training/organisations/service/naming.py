"""Names over time: a new one holds from its day on, old papers keep the old one, a slip of the pen leaves no trace."""

from datetime import date, datetime

from sqlalchemy import select

from kstthc_training.audit.service import Author, record
from kstthc_training.clock import local_date
from kstthc_training.db import db
from kstthc_training.organisations.errors import NameDayTaken
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.organisations.queries import names_of
from kstthc_training.organisations.service.indexing import index_with_children
from kstthc_training.organisations.service.rows import locked, require_existing


def rename(
    *, actor: Author, organisation: Organisation, name: str, short_name: str = "", from_day: date, now: datetime
) -> Organisation:
    """Let an organisation bear a name from `from_day` on; papers of earlier days keep the one before.

    A day to come changes the name when it comes. Raises `OutsideItsTime` and `NameDayTaken`.
    """
    organisation = locked(organisation)
    require_existing(organisation, from_day)
    borne = names_of(organisation.id)
    if not borne:
        borne = [_remember(organisation, organisation.name, organisation.short_name, None)]
    taken = next((other for other in borne if other.valid_from == from_day), None)
    if taken is not None:
        raise NameDayTaken(day=from_day, name=taken.name)
    _remember(organisation, name, short_name, from_day)
    _take_name_of(organisation, local_date(now))
    organisation.version += 1
    index_with_children(organisation)
    record(
        actor=actor, action="organisation.renamed", subject_type="organisation", subject_id=organisation.id, now=now,
        name=name, short_name=short_name, from_day=from_day.isoformat(),
    )  # fmt: skip
    return organisation


def correct_name(
    *, actor: Author, organisation: Organisation, name: str, short_name: str = "", now: datetime
) -> Organisation:
    """Mend the name in force, which was misspelt: also papers of earlier days, printed again, have the right one."""
    organisation = locked(organisation)
    before = [organisation.name, organisation.short_name]
    today = local_date(now)
    in_force = [n for n in names_of(organisation.id) if n.valid_from is None or n.valid_from <= today]
    if in_force:
        in_force[-1].name, in_force[-1].short_name = name, short_name
        db.session.flush()
    organisation.name, organisation.short_name = name, short_name
    organisation.version += 1
    index_with_children(organisation)
    record(
        actor=actor, action="organisation.name_corrected", subject_type="organisation", subject_id=organisation.id, now=now,
        before=before, after=[name, short_name],
    )  # fmt: skip
    return organisation


def take_names_of(day: date) -> int:
    """Let every organisation bear the name that `day` gives it, and answer how many changed: names may be set ahead."""
    renamed = select(OrganisationName.organisation_id).where(OrganisationName.valid_from <= day)
    organisations = db.session.scalars(select(Organisation).where(Organisation.id.in_(renamed))).all()
    changed = [organisation for organisation in organisations if _take_name_of(organisation, day)]
    for organisation in changed:
        organisation.version += 1
        index_with_children(organisation)
    return len(changed)


def _remember(organisation: Organisation, name: str, short_name: str, since: date | None) -> OrganisationName:
    row = OrganisationName(organisation_id=organisation.id, name=name, short_name=short_name, valid_from=since)
    db.session.add(row)
    db.session.flush()
    return row


def _take_name_of(organisation: Organisation, day: date) -> bool:
    in_force = [n for n in names_of(organisation.id) if n.valid_from is None or n.valid_from <= day][-1]
    before = (organisation.name, organisation.short_name)
    organisation.name, organisation.short_name = in_force.name, in_force.short_name
    return before != (in_force.name, in_force.short_name)
