"""Where people belong, as far as it decides to which events they are invited."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, bindparam, select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, OrganisationKind
from kstthc_training.registrations.policy import Belonging


def belonging_to(organisation_id: int | None) -> Belonging:
    """The belonging of the people of an organisation, of none when there is none: one statement, or none at all."""
    if organisation_id is None:
        return Belonging()
    return belongings_to([organisation_id]).get(organisation_id, Belonging())


def belongings_to(organisation_ids: Collection[int]) -> dict[int, Belonging]:
    """The same of several organisations, by organisation: one statement."""
    ids, press = defaultdict(set), set()
    for own_id, body_id, is_press in db.session.execute(_BODIES, {"own": list(organisation_ids)}):
        ids[own_id].add(body_id)
        if is_press and body_id == own_id:
            press.add(own_id)
    return {own_id: Belonging(own_id in press, frozenset(found)) for own_id, found in ids.items()}


def is_press(organisation_id: int | None) -> bool:
    """Whether an organisation informs the public: one statement, or none at all."""
    if organisation_id is None:
        return False
    kind = select(OrganisationKind.is_press).join(Organisation, Organisation.kind_id == OrganisationKind.id)
    return bool(db.session.scalar(kind.where(Organisation.id == organisation_id)))


def _bodies() -> Select[int, int, bool]:
    """The organisations whose ids are bound to `own`, and all above each of them."""
    body = select(Organisation.id.label("own_id"), Organisation.id, Organisation.parent_id, Organisation.kind_id)
    bodies = body.where(Organisation.id.in_(bindparam("own", expanding=True))).cte("bodies", recursive=True)
    above = select(bodies.c.own_id, Organisation.id, Organisation.parent_id, Organisation.kind_id)
    # UNION without ALL ends also where bodies would stand above each other in a ring.
    bodies = bodies.union(above.join(bodies, Organisation.id == bodies.c.parent_id))
    kind = OrganisationKind
    return select(bodies.c.own_id, bodies.c.id, kind.is_press).join(kind, kind.id == bodies.c.kind_id)


_BODIES = _bodies()  # built once: every page of an event asks it, and building it takes longer than asking
