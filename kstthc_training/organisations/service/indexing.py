"""What organisations are found and sorted by."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, OrganisationName
from kstthc_training.text import search_text, sort_key


def index(organisations: Sequence[Organisation]) -> None:
    """Renew search text and sort key: found by all names ever borne, the code, and the parent's names.

    So `giong rieng` finds the communes of that district, and an old name finds its bearer. Two statements.
    """
    db.session.flush()
    borne = _names_borne([organisation.id for organisation in organisations])
    parents = _parents([o.parent_id for o in organisations if o.parent_id is not None])
    for organisation in organisations:
        heading = dict.fromkeys((organisation.name, organisation.short_name))
        rest = [*borne[organisation.id], organisation.code, *parents.get(organisation.parent_id or 0, ())]
        others = [part for part in dict.fromkeys(rest) if part not in heading]
        organisation.search_text = search_text(" ".join(heading), *others)
        organisation.sort_key = sort_key(organisation.name)
    db.session.flush()


def index_with_children(organisation: Organisation) -> None:
    """Renew what an organisation whose names changed, and those right beneath it, are found by."""
    children = db.session.scalars(select(Organisation).where(Organisation.parent_id == organisation.id)).all()
    index([organisation, *children])


def _names_borne(ids: Sequence[int]) -> dict[int, list[str]]:
    statement = select(OrganisationName.organisation_id, OrganisationName.name, OrganisationName.short_name)
    rows = db.session.execute(statement.where(OrganisationName.organisation_id.in_(ids)).order_by(OrganisationName.id))
    borne: dict[int, list[str]] = defaultdict(list)
    for organisation_id, name, short_name in rows:
        borne[organisation_id] += [name, short_name]
    return borne


def _parents(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    statement = select(Organisation.id, Organisation.name, Organisation.short_name)
    rows = db.session.execute(statement.where(Organisation.id.in_(ids)))
    return {parent_id: (name, short_name) for parent_id, name, short_name in rows}
